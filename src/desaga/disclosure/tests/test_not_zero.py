"""Who knows that no zero is hidden, because zeros are shown, still knows no hidden figure."""

from itertools import combinations

import pytest

from desaga.disclosure import Table, custom, protect
from desaga.disclosure.linking import Linked, protect_linked
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import table_web

from .attackers import known_exactly, reaches

ONES = ((1, 1, 20, 9), (1, 1, 30, 8), (1, 1, 12, 7), (1, 1, 40, 9), (1, 1, 16, 11))


def table_of(counts):
    return Table(tuple(f"r{i}" for i in range(len(counts))), tuple(f"c{i}" for i in range(len(counts[0]))), counts)


def test_what_is_hidden_is_not_known_from_its_being_somebody():
    found = protect(table_of(ONES), custom())
    assert found.gap == 0
    assert known_exactly(found, floor=1) == []


def test_nor_where_what_a_small_figure_would_be_rounded_to_is_nought():
    counts = ((0, 6, 0), (5, 3, 1), (3, 2, 5), (6, 6, 1), (4, 0, 3))
    assert known_exactly(protect(table_of(counts), custom(3, 3, 2)), floor=1) == []


@pytest.mark.parametrize("way", [{"largest_exact": 0}, {"seconds": 0}])
def test_nor_where_the_good_method_is_alone_or_time_is_up(way):
    table = table_of(ONES)
    web = table_web(table.with_margins(), custom())
    chosen = choose(web, **way)
    hidden = {divmod(figure, 5) for figure in (*chosen.hidden, *web.sensitive)}
    ends = reaches(table.with_margins(), hidden, base=1, floor=1)
    assert [place for place, (least, most) in ends.items() if least == most] == []
    assert chosen.lost >= choose(web).lost


def test_no_table_that_keeps_both_conditions_loses_less():
    """Four ones under totals of two: from nought up each may be 0, 1 or 2; from one up each is 1."""
    table = table_of(((1, 1, 9), (1, 1, 8)))
    grid = table.with_margins()
    places = [(r, c) for r, row in enumerate(grid) for c, _ in enumerate(row)]
    small = {(r, c) for r, c in places if grid[r][c] == 1}
    assert set(reaches(grid, small).values()) == {(0, 2)}
    assert set(reaches(grid, small, floor=1).values()) == {(1, 1)}

    def is_safe(hidden):
        from_nought, from_one = reaches(grid, hidden), reaches(grid, hidden, floor=1)
        wide = all(from_nought[place][1] - from_nought[place][0] >= 2 for place in small)
        return wide and all(least < most for least, most in from_one.values())

    others = [place for place in places if place not in small]
    choices = [set(some) for number in range(len(others) + 1) for some in combinations(others, number)]
    least = min(sum(grid[r][c] for r, c in some) for some in choices if is_safe(small | some))
    found = protect(table, custom(2))
    assert (found.information_lost, found.gap) == (least, 0)
    assert least > 0


def test_tables_that_share_figures_keep_it_too():
    names = {(r, 4): f"r{r}" for r in range(5)}
    first, second = (
        Linked(table_of(ONES), names),
        Linked(table_of(tuple((sum(row) - 3, 3) for row in ONES)), {(r, 2): f"r{r}" for r in range(5)}),
    )
    for found in protect_linked([first, second], custom()):
        assert known_exactly(found, floor=1) == []
