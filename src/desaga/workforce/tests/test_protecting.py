"""All tables of a release together give nobody away."""

import pytest

from desaga.disclosure.attack import intervals
from desaga.workforce.figuring import compute
from desaga.workforce.releasing import protecting
from desaga.workforce.releasing.tables import CellKind
from desaga.workforce.states import Audience

from .populations import thousands

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(protecting, "SECONDS", 0.3)


def key_of(crowd):
    return next(iter(crowd.cells))[0]


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
            if protecting.crowd_key(table.figure) != key_of(crowd) or not table.adds_up:
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
        if key_of(crowd) in ("workforce.fte", "workforce.fpe"):
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


def test_parts_of_people_are_hidden_where_the_people_are():
    """Nearly as many: FPE and FTE of those whose headcount is hidden would tell it."""
    seen = {one.key: one for one in protecting.protected(compute(thousands(120, 2)[1]), INTERNAL)}
    heads, parts = seen["workforce.headcount", "unit"], (seen[f"workforce.{one}", "unit"] for one in ("fpe", "fte"))
    hidden = {place for place, cell in heads.cells.items() if cell.kind == CellKind.SUPPRESSED}
    assert hidden
    assert {table.cells[place].kind for table in parts for place in hidden} == {CellKind.SUPPRESSED}


def test_a_share_is_hidden_where_its_part_is():
    """Turnover would tell how many left a unit whose leavers are hidden beside another's."""
    then, now = thousands(300, 6)
    seen = {one.key: one for one in protecting.protected(compute(now, then), INTERNAL)}
    left, turnover = seen["workforce.leavers", "unit"], seen["workforce.turnover", "unit"]
    hidden = {place for place, cell in left.cells.items() if cell.kind == CellKind.SUPPRESSED}
    assert hidden
    assert {turnover.cells[place].kind for place in hidden} <= {CellKind.SUPPRESSED, CellKind.NOT_COLLECTED}
