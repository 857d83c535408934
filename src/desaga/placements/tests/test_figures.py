"""What the public is told in numbers: of whole years, each counted once, and nobody given away."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product

import pytest

from ..figures import (
    ALL,
    AWARD,
    CUTS,
    NO_AWARD,
    OTHER,
    OUTCOME,
    OUTCOME_OF,
    OUTCOMES,
    UNKNOWN,
    Told,
    figures,
    is_few,
    shown_of,
    year_by_year,
)
from ..publishing import charts_of, figures_table
from ..states import CAME_IN, UNDECIDED, ApplicationState


def seen(table):
    return {label: [cell[0] for cell in cells] for label, cells in table.as_words}


def told(*rows: tuple[str, str, str, int]) -> list[Told]:
    return [Told("June", nation, field, outcome) for nation, field, outcome, number in rows for _ in range(number)]


def by_key(tables):
    return {one.key: one for one in tables}


def test_counts_are_rounded_and_totals_after_they_are_calculated():
    tables = by_key(figures(told(("England", "Glass", AWARD, 23), ("Wales", "Glass", NO_AWARD, 9), ("Wales", "Lasers", AWARD, 14))))  # fmt: skip
    assert seen(tables["outcome"]) == {AWARD: ["35"], NO_AWARD: ["10"], OTHER: ["0"], ALL: ["45"]}
    assert seen(tables["nation"]) == {
        "England": ["25", "0", "0", "25"],
        "Wales": ["15", "10", "0", "25"],
        ALL: ["35", "10", "0", "45"],
    }


def test_what_would_give_somebody_away_is_told_more_coarsely_or_not_at_all():
    tables = by_key(figures(told(("England", "Glass", AWARD, 7), ("Wales", "Glass", NO_AWARD, 2))))
    assert seen(tables["outcome"])[ALL] == ["10"]
    # 10 in all is 8 to 12, England 5 is 3 to 7: so somebody applied from Wales, though 0 is shown of it.
    assert "nation" not in tables


def test_nothing_told_is_nothing_shown():
    assert figures([]) == []
    assert year_by_year([]) is None


def test_what_the_scheme_does_not_ask_is_no_table():
    assert "discipline" not in by_key(figures(told(("England", UNKNOWN, AWARD, 30))))


def test_every_outcome_that_ends_the_panels_work_has_its_word():
    decided = (set(CAME_IN) - set(UNDECIDED)) | {ApplicationState.WITHDRAWN}
    assert set(OUTCOME_OF) == decided
    assert [cut.key for cut in CUTS] == ["panel", "nation", "discipline"]


# ---- An attacker of our own: every whole table that could stand behind what is shown, tried one by one


def believable(shown: int) -> range:
    return range(3 if shown else 0, 3) if not shown else range(shown - 2, shown + 3)


def worlds(table, columns: int):
    """Every set of counts that could stand behind one table with its totals."""
    rows = [cells for label, cells in table.rows if label != ALL]
    (total,) = [cells for label, cells in table.rows if label == ALL]
    each = [believable(int(cell.value)) for cells in rows for cell in cells[:columns]]
    for counts in product(*each):
        grid = [counts[at : at + columns] for at in range(0, len(counts), columns)]
        across = all(sum(row) in believable(int(cells[-1].value)) for row, cells in zip(grid, rows, strict=True))
        down = all(sum(row[at] for row in grid) in believable(int(total[at].value)) for at in range(columns))
        if across and down and sum(counts) in believable(int(total[-1].value)):
            yield counts


@pytest.mark.parametrize("seed", range(12))
def test_no_small_figure_is_told_closer_than_a_shown_nought_is(seed):
    chance = random.Random(seed)
    rows = [("June", chance.choice(["England", "Wales"]), UNKNOWN, chance.choice(OUTCOMES)) for _ in range(chance.randint(3, 16))]  # fmt: skip
    for table in figures([Told(*row) for row in rows]):
        if table.key != "nation" or len(table.columns) == 1:
            continue
        real = Counter((nation, outcome) for _, nation, _, outcome in rows)
        labels = [(label, one) for label, _ in table.rows[:-1] for one in OUTCOMES]
        found = list(zip(*worlds(table, len(OUTCOMES)), strict=True))
        for place, counts in zip(labels, found, strict=True):
            if 0 < real[place] < 5:
                assert max(counts) - min(counts) >= 2, (place, rows)


def test_two_years_cannot_be_subtracted_from_one_another():
    """Each year is of other people; what is said of both is the sum of what was shown, so it tells nothing that they do not."""
    first = figures(told(("England", "Glass", AWARD, 23), ("Wales", "Glass", NO_AWARD, 12)))
    second = figures(told(("England", "Glass", AWARD, 24), ("Scotland", "Glass", NO_AWARD, 13)))
    both = year_by_year([("2025", first), ("2026", second)])
    whole = [by_key(one)["outcome"] for one in (first, second)]
    for column in OUTCOMES:
        parts = [one.cell(column, "Applications").value for one in whole]
        assert both.cell(ALL, column).value == sum(parts)
    assert "Scotland" not in {label for table in first for label, _ in table.rows}


def test_a_table_is_read_again_as_it_was_kept_and_stands_beside_its_chart():
    tables = figures(told(("England", "Glass", AWARD, 23), ("Wales", "Lasers", NO_AWARD, 12)))
    assert [shown_of(one.as_data()) for one in tables] == tables
    charts = dict(zip([one.key for one in tables], charts_of(tables, "2026"), strict=True))
    table, chart = charts["nation"]
    assert chart.table.rows == (("England", ("25",)), ("Wales", ("10",)))
    assert [label for label, _ in table.rows] == ["England", "Wales", ALL]


def test_the_file_has_every_figure_of_every_year_and_says_why_one_is_not_there():
    tables = figures(told(("England", "Glass", AWARD, 23), ("Wales", "Lasers", NO_AWARD, 12)))
    table = figures_table([("2026", tables), ("2025", [one for one in tables if one.key != OUTCOME.key])], "Placements")
    assert ["2026", "By nation", "Wales", NO_AWARD, 10, ""] in table.rows
    assert {row[0] for row in table.rows} >= {"2026", "2025"}
    assert all((row[4] is None) == bool(row[5]) for row in table.rows)


@pytest.mark.parametrize(("people", "few"), [(0, True), (7, True), (8, False), (40, False)])
def test_whether_a_sum_is_hidden_tells_no_more_than_the_rounded_count(people, few):
    assert is_few(people) is few
