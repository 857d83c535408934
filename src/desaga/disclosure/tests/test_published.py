"""Worked examples that others published, protected and audited by us."""

from dataclasses import replace

from desaga.disclosure import Kind, Table, custom, protect
from desaga.disclosure.auditing import audit_grid
from desaga.disclosure.reading import Grid
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import table_web

#: As the Australian Bureau of Statistics explains suppression in the README of its tool (github, "What is suppression?"), which builds on
#: Fischetti and Salazar, Management Science 47 (2001) 1008, https://pubsonline.informs.org/doi/10.1287/mnsc.47.7.1008.9805 .
#: Row II, column C must not be told; they hide II A, III A and III C besides.
REGIONS = Table(("I", "II", "III"), ("A", "B", "C"), ((20, 50, 10), (8, 19, 22), (17, 32, 12)))
TOLD = (6,)
THEIRS = frozenset({4, 8, 10})
#: The first example of https://stat.ethz.ch/CRAN/web/packages/GaussSuppression/vignettes/Small_count_frequency_table_suppression.html
AGES = Table(("young", "old"), ("Spain", "Iceland", "Portugal"), ((5, 2, 0), (6, 3, 4)))


def grid_of(table, hidden):
    """A table as published, with its totals, and these figures hidden."""
    wide = len(table.columns) + 1
    figures = [[None if r * wide + c in hidden else x for c, x in enumerate(row)] for r, row in enumerate(table.with_margins())]  # fmt: skip
    return Grid((*table.rows, "Total"), (*table.columns, "Total"), tuple(map(tuple, figures)), True, True)


def intervals(table, hidden):
    return {(one.row, one.column): (one.least, one.most) for one in audit_grid(grid_of(table, hidden), custom())}


def test_hiding_one_figure_alone_hides_nothing():
    assert intervals(REGIONS, TOLD) == {("II", "C"): (22, 22)}  # 49 - 19 - 8


def test_what_the_published_pattern_leaves_in_doubt():
    """By hand: II A is 30 - x, III C is 34 - x and III A is x - 5, none of them negative."""
    assert intervals(REGIONS, {*TOLD, *THEIRS})[("II", "C")] == (5, 30)


def test_the_least_loss_is_the_published_pattern():
    web = replace(table_web(REGIONS.with_margins(), custom(0, 1, 25)), sensitive=TOLD)
    choice = choose(web)
    assert (choice.hidden, choice.lost, choice.gap) == (THEIRS, 8 + 17 + 12, 0)


def test_a_published_table_of_small_counts_is_audited_and_protected_to_the_threshold():
    """They hide who is one or nobody, zeros too, with maxN = 1: Iceland and Portugal, young and old."""
    assert intervals(AGES, {1, 2, 5, 6}) == {
        ("young", "Iceland"): (0, 2),
        ("young", "Portugal"): (0, 2),
        ("old", "Iceland"): (3, 5),
        ("old", "Portugal"): (2, 4),
    }
    found = protect(AGES, custom(4))
    wide = len(AGES.columns) + 1
    hidden = {r * wide + c for r, row in enumerate(found.cells) for c, cell in enumerate(row) if cell.kind is Kind.SUPPRESSED}  # fmt: skip
    assert found.cells[0][2].kind is Kind.ZERO  # with us nobody is no secret
    assert {1, 5} <= hidden
    doubt = intervals(AGES, hidden)
    assert all(most is None or most - least >= 4 for (row, column), (least, most) in doubt.items() if (row, column) in {("young", "Iceland"), ("old", "Iceland")})  # fmt: skip
