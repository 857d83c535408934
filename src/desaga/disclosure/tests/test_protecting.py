"""No hidden cell can be recovered: tried by an attacker who shares no code with the engine."""

import itertools
import random
import time

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.disclosure import Kind, Table, custom, internal, protect, suppress
from desaga.disclosure.attack import exposed
from desaga.disclosure.auditing import audit_grid
from desaga.disclosure.reading import Grid
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import table_web

COUNT = st.one_of(st.integers(0, 8), st.integers(0, 40))


@st.composite
def tables(draw, largest=4):
    height, width = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    counts = draw(st.lists(st.tuples(*[COUNT] * width), min_size=height, max_size=height))
    return Table(tuple(f"r{i}" for i in range(height)), tuple(f"c{i}" for i in range(width)), tuple(counts))


def widest(table, hidden, place, bounds):
    """How far the figure at `place` moves: unit circles of hidden figures, found by trying, each pushed as far as it goes.

    A plain augmenting search in the graph whose nodes are sums and whose edges are figures, nothing of the engine's.
    """
    grid = numpy.array(table.with_margins())
    return sum(push(grid, hidden, place, bounds, way) for way in (1, -1))


def push(grid, hidden, place, bounds, way):
    now, (r, c), moved = grid.copy(), place, 0
    sign = numpy.ones_like(grid)
    sign[-1, :] *= -1
    sign[:, -1] *= -1
    while moved < 60:
        low, high = bounds(grid, hidden)
        if not low[r, c] <= now[r, c] + way <= high[r, c]:
            return moved
        # In signed terms the figure takes its row and its column up: the rest must lead from the one to the other.
        path = way_back(now, low, high, sign, r, c, way * sign[r, c])
        if path is None:
            return moved
        now[r, c] += way
        for (i, j), step in path:
            now[i, j] += step
        moved += 1
    return moved


def way_back(now, low, high, sign, r, c, up):
    """Steps of one that undo, in row `r` and column `c`, what the figure there did (`up` in signed terms)."""
    height, width = now.shape
    seen, queue = {("row", r): []}, [("row", r)]
    for kind, at in queue:
        if (kind, at) == ("column", c):
            return seen[kind, at]
        for other in range(width if kind == "row" else height):
            i, j = (at, other) if kind == "row" else (other, at)
            step = sign[i, j] * (-up if kind == "row" else up)
            after = ("column", j) if kind == "row" else ("row", i)
            if (i, j) != (r, c) and after not in seen and low[i, j] <= now[i, j] + step <= high[i, j]:
                seen[after] = [*seen[kind, at], ((i, j), step)]
                queue.append(after)
    return None


def exact_bounds(grid, hidden):
    return numpy.where(hidden, 0, grid), numpy.where(hidden, 10**6, grid)


def rounded_bounds(grid, hidden, threshold=5):
    shown = (grid + 2) // 5 * 5
    low = numpy.where(shown > 0, numpy.maximum(shown - 2, threshold), 0)
    return numpy.where(hidden, 0, low), numpy.where(hidden, 10**6, numpy.where(shown > 0, shown + 2, 0))


def hidden_of(found):
    return numpy.array([[cell.kind is Kind.SUPPRESSED for cell in row] for row in found.cells])


def check(table, policy, bounds):
    found = protect(table, policy)
    hidden, grid = hidden_of(found), numpy.array(table.with_margins())
    small = (grid > 0) & (grid < policy.threshold)
    assert hidden[small].all()
    assert not hidden[grid == 0].any()
    assert found.primary == small.sum()
    assert found.secondary == hidden.sum() - small.sum()
    assert found.information_lost == grid[hidden & ~small].sum()
    assert found.gap == 0
    for place in zip(*numpy.nonzero(small), strict=True):
        assert widest(table, hidden, place, bounds) >= policy.protection
    for (r, c), value in numpy.ndenumerate(grid):
        cell = found.cells[r][c]
        if not hidden[r, c]:
            assert cell.value == (value if policy.base == 1 else (value + 2) // 5 * 5)


@settings(max_examples=750, deadline=None)
@given(tables(largest=3))
def test_no_hidden_count_is_recovered(table):
    check(table, custom(), exact_bounds)


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from([5, 10]))
def test_no_hidden_count_is_recovered_through_the_rounding(table, threshold):
    check(table, internal(threshold), lambda grid, hidden: rounded_bounds(grid, hidden, threshold))


@settings(max_examples=100, deadline=None)
@given(tables(largest=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_plays_no_part(table, random):
    rows, columns = list(range(len(table.rows))), list(range(len(table.columns)))
    random.shuffle(rows)
    random.shuffle(columns)
    turned = Table(
        tuple(table.rows[r] for r in rows),
        tuple(table.columns[c] for c in columns),
        tuple(tuple(table.counts[r][c] for c in columns) for r in rows),
    )
    straight, other = protect(table, custom()), protect(turned, custom())
    wide = [*columns, len(columns)]
    assert other.cells == tuple(tuple(straight.cells[r][c] for c in wide) for r in [*rows, len(rows)])


def test_nothing_safe_loses_less():
    table = Table(("a", "b", "c"), ("x", "y", "z"), ((2, 11, 9), (8, 30, 7), (14, 6, 22)))
    grid = numpy.array(table.with_margins())
    places = list(numpy.ndindex(grid.shape))
    safe = []
    for number in range(5):
        for chosen in itertools.combinations(places[1:], number):
            hidden = numpy.zeros(grid.shape, dtype=bool)
            hidden[0, 0] = True
            for place in chosen:
                hidden[place] = True
            if widest(table, hidden, (0, 0), exact_bounds) >= 5:
                safe.append(sum(grid[place] for place in chosen))
    assert protect(table, custom()).information_lost == min(safe)


def of_size(size, *, every=23):
    labels = tuple(map(str, range(size)))
    return Table(labels, labels, tuple(tuple((r * 7 + c * c * 5) % every for c in range(size)) for r in range(size)))


def assert_safe(table, web, choice):
    wide = len(table.columns) + 1
    hidden = numpy.zeros(len(web.values), dtype=bool)
    hidden[[*choice.hidden, *web.sensitive]] = True
    for figure in web.sensitive:
        assert widest(table, hidden.reshape(-1, wide), divmod(figure, wide), exact_bounds) >= web.need


def test_the_good_method_alone_is_safe_and_says_how_far_from_the_least_it_may_be():
    table = of_size(12)
    web = table_web(table.with_margins(), custom())
    choice, best = choose(web, largest_exact=10), choose(web)
    assert choice.lost >= best.lost >= choice.bound > 0
    assert_safe(table, web, choice)


@pytest.mark.parametrize("grace", [20.0, -1.0])
def test_time_that_runs_out_leaves_a_safe_table(grace, monkeypatch):
    """With no time at all: what was made safe is not tidied. Without grace either: everything is hidden."""
    monkeypatch.setattr(suppress, "GRACE", grace)
    table = of_size(9, every=29)
    web = table_web(table.with_margins(), custom())
    best, hurried = choose(web), choose(web, seconds=0)
    assert best.gap == 0
    assert hurried.lost >= best.lost
    assert hurried.gap is None
    assert (hurried.hidden == frozenset(web.free)) == (grace < 0)
    assert_safe(table, web, hurried)


def test_a_large_table_takes_no_longer_than_it_may():
    chance = random.Random(3)
    counts = [
        [chance.randint(1, 4) if chance.random() < 0.02 else chance.randint(5, 60) for _ in range(45)]
        for _ in range(45)
    ]
    labels = tuple(map(str, range(45)))
    web = table_web(Table(labels, labels, tuple(map(tuple, counts))).with_margins(), custom())
    began = time.monotonic()
    choice = choose(web, seconds=1)
    assert time.monotonic() - began < 10  # what it takes to make it safe, on a busy machine
    assert exposed(web, choice.hidden | set(web.sensitive)) == {}


def test_a_lone_small_row_takes_its_margins_along():
    found = protect(Table(("only",), ("a", "b"), ((3, 0),)), custom())
    assert [[cell.kind.value for cell in row] for row in found.cells] == [["suppressed", "zero", "suppressed"]] * 2


def test_the_audit_finds_what_primary_suppression_alone_gives_away():
    grid = Grid(("a", "b", "Total"), ("x", "y", "Total"), ((None, 10, 13), (9, 12, 21), (12, 22, 34)), True, True)
    found = audit_grid(grid, custom())
    assert [(one.row, one.column, one.least, one.most) for one in found] == [("a", "x", 3, 3)]
    assert found[0].too_narrow(custom())
