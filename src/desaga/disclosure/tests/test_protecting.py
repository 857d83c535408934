"""No hidden cell can be recovered: tried by an attacker who shares no code with the engine."""

import itertools

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.disclosure import Kind, Table, custom, internal, protect
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


def rounded_bounds(grid, hidden):
    shown = (grid + 2) // 5 * 5
    low = numpy.where(shown > 0, numpy.maximum(shown - 2, 5), 0)
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


@settings(max_examples=850, deadline=None)
@given(tables(largest=3))
def test_no_hidden_count_is_recovered(table):
    check(table, custom(), exact_bounds)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_count_is_recovered_through_the_rounding(table):
    check(table, internal(), rounded_bounds)


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


def test_the_good_method_alone_is_safe_and_says_that_its_gap_is_not_known():
    counts = tuple(tuple((r * 7 + c * 5) % 23 for c in range(12)) for r in range(12))
    table = Table(tuple(map(str, range(12))), tuple(map(str, range(12))), counts)
    web = table_web(table.with_margins(), custom())
    choice = choose(web, largest_exact=10)
    assert choice.gap is None or choice.lost == 0
    hidden = numpy.zeros(13 * 13, dtype=bool)
    hidden[[*choice.hidden, *web.sensitive]] = True
    for figure in web.sensitive:
        assert widest(table, hidden.reshape(13, 13), divmod(figure, 13), exact_bounds) >= 5


def test_time_that_runs_out_leaves_a_safe_table_and_a_gap():
    counts = tuple(tuple((r * 7 + c * c * 5) % 29 for c in range(9)) for r in range(9))
    web = table_web(Table(tuple("abcdefghi"), tuple("abcdefghi"), counts).with_margins(), custom())
    best, hurried = choose(web), choose(web, seconds=0)
    assert best.gap == 0
    assert hurried.lost >= best.lost >= hurried.bound


def test_a_lone_small_row_takes_its_margins_along():
    found = protect(Table(("only",), ("a", "b"), ((3, 0),)), custom())
    assert [[cell.kind.value for cell in row] for row in found.cells] == [["suppressed", "zero", "suppressed"]] * 2


def test_the_audit_finds_what_primary_suppression_alone_gives_away():
    grid = Grid(("a", "b", "Total"), ("x", "y", "Total"), ((None, 10, 13), (9, 12, 21), (12, 22, 34)), True, True)
    found = audit_grid(grid, custom())
    assert [(one.row, one.column, one.least, one.most) for one in found] == [("a", "x", 3, 3)]
    assert found[0].too_narrow(custom())
