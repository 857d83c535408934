"""All tables of a release together give nobody away, and neither do two releases of one day."""

from decimal import Decimal

import pytest

from desaga.disclosure import custom
from desaga.disclosure.attack import intervals
from desaga.workforce.figuring import ALL, Label, RawCell, RawTable, compute
from desaga.workforce.releasing import protecting
from desaga.workforce.releasing.tables import CellKind
from desaga.workforce.states import Audience

from .populations import thousands

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(protecting, "SECONDS", 0.3)


@pytest.mark.parametrize(("people", "seed"), [(120, 3), (300, 5)])
def test_no_small_cell_can_be_worked_out_from_all_tables_together(people, seed):
    """The attacker has what is shown, the sums and the rounding, and nothing of how it was hidden."""
    then, now = thousands(people, seed)
    raw = compute(now, then)
    seen = {(one.figure, one.cut): one for one in protecting.protected(raw, INTERNAL)}
    policy = protecting.POLICIES[INTERNAL]
    for crowd in protecting.crowds_of(raw):
        place = {known: n for n, known in enumerate(crowd.cells)}
        bounds = dict.fromkeys(crowd.cells, (0, None))
        for table in raw:
            if protecting.crowd_key(table.figure) != protecting._key(crowd) or not table.adds_up:
                continue
            for at, cell in seen[table.figure, table.cut].cells.items():
                if cell.kind in (CellKind.VALUE, CellKind.ZERO):
                    value = int(cell.value)
                    slack = 2 if value else 0
                    bounds[protecting.crowd_key(table.figure), protecting.said_of(table, *at)] = (
                        value - slack,
                        value + slack,
                    )
        # Parts of people are taken as whole numbers upward, so that their sums hold loosely: only people are asked of.
        if protecting._key(crowd) in ("workforce.fte", "workforce.fpe"):
            continue
        rows = [
            ([place[total], *(place[one] for one in parts)], [-1.0, *[1.0] * len(parts)], 0.0, 0.0)
            for total, parts in crowd.sums
        ]
        small = [known for known, cell in crowd.cells.items() if policy.hides(cell.people)]
        low, high = [bounds[known][0] for known in crowd.cells], [bounds[known][1] for known in crowd.cells]
        found = intervals(low, high, rows, [place[known] for known in small])
        assert {
            n for n, (least, most) in found.items() if most is not None and most - least < policy.protection
        } == set()


def test_tables_of_the_same_people_hide_the_same():
    _, now = thousands(120, 2)
    seen = {one.key: one for one in protecting.protected(compute(now), INTERNAL)}
    by_age, both = seen["workforce.headcount", "age"], seen["workforce.headcount", "age_sex"]
    assert {row.key: by_age.cell(row.key).kind for row in by_age.rows} == {row.key: both.cell(row.key, "").kind for row in by_age.rows}  # fmt: skip


def test_the_public_is_shown_nothing_but_fives_and_no_two_characteristics():
    _, now = thousands(300, 4)
    tables = protecting.protected(compute(now), PUBLIC)
    counts = [
        cell
        for one in tables
        if one.counted_as in ("people", "fte")
        for cell in one.cells.values()
        if cell.value is not None
    ]
    assert {cell.value % 5 for cell in counts} == {0}
    assert {cell.kind for cell in counts if cell.value == 0} == {CellKind.ZERO}
    assert {cut for _, cut in (one.key for one in tables)} & {"age_sex", "grade_sex"} == set()


def by_unit(**counts):
    """An exact table by unit."""
    cells = {(key, ""): RawCell(Decimal(count), count) for key, count in counts.items()}
    cells["", ""] = RawCell(Decimal(sum(counts.values())), sum(counts.values()))
    rows = tuple(Label(key, key.upper()) for key in counts)
    return RawTable(figure="workforce.headcount", cut="unit", rows=rows, columns=(ALL,), cells=cells, adds_up=True)


def hiding(table, *keys):
    (shown,) = protecting.exact([table])
    hidden = {
        place: protecting._told(
            protecting.engine.Cell(protecting.engine.Kind.SUPPRESSED), protecting.BY_KEY[table.figure]
        )
        for place in shown.cells
        if place[0] in keys
    }
    return [type(shown)(**{name: getattr(shown, name) for name in shown.__slots__} | {"cells": {**shown.cells, **hidden}})]  # fmt: skip


def test_what_one_release_hides_and_the_other_shows_is_found_and_named(monkeypatch):
    monkeypatch.setitem(protecting.POLICIES, INTERNAL, custom(5))
    raw = by_unit(physics=3, chemistry=12, workshops=40)
    alike = protecting.differences(
        [raw], hiding(raw, "physics", "chemistry"), [raw], hiding(raw, "physics", "chemistry"), INTERNAL
    )
    assert alike == []
    found = protecting.differences(
        [raw], hiding(raw, "physics", "chemistry"), [raw], hiding(raw, "physics", "workshops"), INTERNAL
    )
    assert [(one.figure, one.said) for one in found] == [("Technical staff, headcount", "PHYSICS")]


def test_what_the_public_reads_is_rounded_so_that_there_is_nothing_to_find():
    raw = by_unit(physics=3, chemistry=12)
    assert protecting.differences([raw], protecting.exact([raw]), [raw], protecting.exact([raw]), PUBLIC) == []


def test_a_share_is_hidden_where_its_part_is():
    """Turnover would tell how many left a unit whose leavers are hidden beside another's."""
    then, now = thousands(300, 6)
    seen = {one.key: one for one in protecting.protected(compute(now, then), INTERNAL)}
    left, turnover = seen["workforce.leavers", "unit"], seen["workforce.turnover", "unit"]
    hidden = {place for place, cell in left.cells.items() if cell.kind == CellKind.SUPPRESSED}
    assert hidden
    assert {turnover.cells[place].kind for place in hidden} <= {CellKind.SUPPRESSED, CellKind.NOT_COLLECTED}
