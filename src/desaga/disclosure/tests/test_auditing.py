"""Whatever is hidden of a table that is true, the audit answers, and what it answers holds the truth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.disclosure import custom
from desaga.disclosure.attack import intervals
from desaga.disclosure.auditing import audit_grid
from desaga.disclosure.reading import Grid, read_grid
from desaga.disclosure.rounding import rounded
from desaga.disclosure.tables import grid_relations


def labels(letter, number, *, totals):
    return (*(f"{letter}{i}" for i in range(number - totals)), *(["Total"] if totals else []))


EITHER = st.booleans()


@st.composite
def masked(draw, totals=EITHER):
    """A true table with its margins or without, rounded or not, of which anything is hidden; its base, and the truth."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    counts = draw(st.lists(st.lists(st.integers(0, 20), min_size=width, max_size=width), min_size=height, max_size=height))  # fmt: skip
    base, totals = draw(st.sampled_from([1, 3, 5])), draw(totals)
    if totals:
        counts = [[*row, sum(row)] for row in counts]
        counts.append([sum(column) for column in zip(*counts, strict=True)])
    height, width = len(counts), len(counts[0])
    hidden = draw(st.lists(st.booleans(), min_size=height * width, max_size=height * width))
    seen = tuple(
        tuple(None if hidden[r * width + c] else int(rounded(count, base)) for c, count in enumerate(row))
        for r, row in enumerate(counts)
    )
    rows, columns = labels("r", height, totals=totals), labels("c", width, totals=totals)
    return Grid(rows, columns, seen, totals, totals), base, counts


@settings(max_examples=300, derandomize=True)
@given(masked())
def test_no_true_table_is_refused_and_every_interval_holds_the_truth(given_to_us):
    grid, base, counts = given_to_us
    for one in audit_grid(grid, custom(5, base)):
        true = counts[grid.rows.index(one.row)][grid.columns.index(one.column)]
        assert one.least <= true
        assert one.most is None or true <= one.most


@settings(max_examples=100, derandomize=True)
@given(masked(totals=st.just(True)))
def test_no_end_is_what_goes_beyond_any_number(given_to_us):
    grid, _, counts = given_to_us
    flat = [count for row in grid.figures for count in row]
    rows = [([i for i, _ in one], [float(w) for _, w in one], -20.0, 20.0) for one in grid_relations(len(counts), len(counts[0]))]  # fmt: skip
    low, asked = [count or 0 for count in flat], [i for i, count in enumerate(flat) if count is None]
    known = [[far if count is None else count + 100 for count in flat] for far in (None, 10**6)]
    capped = intervals(low, known[1], rows, asked)
    for figure, (least, most) in intervals(low, known[0], rows, asked).items():
        assert (least, most) == (capped[figure][0], None if capped[figure][1] > 10**5 else capped[figure][1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("u,c0,c1,Total\nr0,15,12,..\nr1,..,..,..\nr2,..,18,..\nTotal,..,..,..\n", [(27, 27), *[(0, None)] * 4, (18, None), (15, None), (30, None), (45, None)]),
        ("u,a,b\nr0,..,1000000000\nr1,..,2\n", [(0, None), (0, None)]),
        ("u,a,b,Total\nr0,..,900000000,1000000000\nr1,3,..,..\n", [(100000000, 100000000), (0, None), (3, None)]),
    ],
)  # fmt: skip
def test_what_has_no_end_is_said_to_have_none(text, expected):
    found = audit_grid(read_grid(text, marks=True), custom())
    assert [(one.least, one.most) for one in found] == expected
