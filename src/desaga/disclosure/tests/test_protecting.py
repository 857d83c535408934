"""No hidden cell can be recovered: tried by an attacker who shares no code with the engine."""

import itertools
import random
import time

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.disclosure import Table, custom, internal, protect, suppress
from desaga.disclosure.attack import exposed
from desaga.disclosure.auditing import audit_grid
from desaga.disclosure.linking import Linked, protect_linked
from desaga.disclosure.reading import Grid
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import table_web

from .attackers import ends, hidden_in, reaches, sums_of

COUNT = st.one_of(st.integers(0, 8), st.integers(0, 40))
SMALL, ANY = st.integers(1, 3), st.integers(1, 6)
SIZE = st.one_of(SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, ANY)
POLICY = st.one_of(
    st.just(custom()),
    st.builds(internal, st.sampled_from([5, 10])),
    st.builds(custom, st.sampled_from([2, 3, 5, 10]), st.sampled_from([1, 1, 2, 3, 5, 10]), st.sampled_from([None, 1, 2, 8])),
)  # fmt: skip


@st.composite
def tables(draw, size=SIZE):
    height, width = draw(size), draw(size)
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


def check(table, policy):
    found = protect(table, policy, seconds=60)
    hidden, grid = hidden_in(found), table.with_margins()
    small = {(r, c) for r, row in enumerate(grid) for c, count in enumerate(row) if 0 < count < policy.threshold}
    once = {(r, c) for r, c in hidden if (r < len(table.rows) or r > 1) and (c < len(table.columns) or c > 1)}
    assert small <= hidden
    assert all(grid[r][c] for r, c in hidden)
    assert found.primary == len(small & once)
    assert found.secondary == len(once - small)
    assert found.information_lost == sum(grid[r][c] for r, c in once - small)
    assert found.gap == 0
    known = {"base": policy.base, "threshold": policy.threshold}
    for place, (least, most) in reaches(grid, hidden, **known).items():
        assert most - least >= (policy.protection if place in small else 1)
    assert all(least < most for least, most in reaches(grid, hidden, floor=1, **known).values())
    for r, row in enumerate(grid):
        for c, count in enumerate(row):
            shown = (2 * count + policy.base) // (2 * policy.base) * policy.base if policy.base > 1 else count
            assert found.cells[r][c].value == (None if (r, c) in hidden else shown)


@settings(max_examples=850, derandomize=True)
@given(tables(), POLICY)
def test_no_hidden_count_is_recovered(table, policy):
    check(table, policy)


@settings(max_examples=40, derandomize=True)
@given(tables(size=st.integers(4, 6)), POLICY)
def test_no_hidden_count_of_a_larger_table_is_recovered(table, policy):
    check(table, policy)


CUBES = st.integers(2, 3).flatmap(
    lambda size: st.lists(
        st.lists(st.lists(st.one_of(st.integers(0, 4), st.integers(0, 15)), min_size=size, max_size=size), min_size=2, max_size=3),
        min_size=2, max_size=2,
    ).filter(lambda cube: len({len(layer) for layer in cube}) == 1)
)  # fmt: skip


def sides_of(cube):
    """The three two-way tables of a cube of counts, each figure named by what it says of its people."""
    sizes = len(cube), len(cube[0]), len(cube[0][0])
    for one, other in itertools.combinations(range(3), 2):
        counts = [[0] * sizes[other] for _ in range(sizes[one])]
        for place in itertools.product(*map(range, sizes)):
            counts[place[one]][place[other]] += cube[place[0]][place[1]][place[2]]
        height, width = sizes[one], sizes[other]
        labels = [[f"{axis}{i}" for i in range(sizes[axis])] for axis in (one, other)]
        names = {
            (r, c): " ".join([*labels[0][r : r + 1], *labels[1][c : c + 1]]) or "all"
            for r in range(height + 1)
            for c in range(width + 1)
        }
        yield Linked(Table(*map(tuple, labels), tuple(map(tuple, counts))), names)


@settings(max_examples=25, derandomize=True)
@given(CUBES)
def test_no_hidden_count_of_tables_that_share_figures_is_recovered(cube):
    """In whole numbers, from all sides of a cube at once."""
    sides = list(sides_of(cube))
    found = protect_linked(sides, custom(), seconds=60)
    number = {name: i for i, name in enumerate(dict.fromkeys(name for side in sides for name in side.names.values()))}
    value, hidden, sums = {}, set(), []
    for side, seen in zip(sides, found, strict=True):
        grid = side.table.with_margins()
        value |= {number[name]: grid[r][c] for (r, c), name in side.names.items()}
        hidden |= {number[side.names[place]] for place in hidden_in(seen)}
        sums += sums_of(grid, lambda r, c, names=side.names: number[names[r, c]])
    for floor in (0, 1):
        low = [floor if i in hidden else value[i] for i in range(len(number))]
        high = [10**6 if i in hidden else value[i] for i in range(len(number))]
        for figure, (least, most) in ends(low, high, sums, sorted(hidden), whole=True).items():
            assert most - least >= (5 if value[figure] < 5 and not floor else 1)


@settings(max_examples=30, derandomize=True)
@given(tables())
def test_two_attackers_who_share_no_code_reach_as_far(table):
    found = protect(table, custom(), seconds=60)
    grid, hidden = table.with_margins(), hidden_in(found)
    mask = numpy.array([[(r, c) in hidden for c, _ in enumerate(row)] for r, row in enumerate(grid)])
    for place, (least, most) in reaches(grid, hidden).items():
        value = grid[place[0]][place[1]]
        assert widest(table, mask, place, exact_bounds) == min(60, most - value) + min(60, value - least)


@settings(max_examples=75, derandomize=True)
@given(tables(size=SMALL), st.randoms(use_true_random=False))
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
    began = time.process_time()
    choice = choose(web, seconds=1)
    assert time.process_time() - began < 10  # what it takes to make it safe
    assert exposed(web, choice.hidden | set(web.sensitive)) == {}


def test_a_lone_small_row_takes_its_margins_along():
    found = protect(Table(("only",), ("a", "b"), ((3, 0),)), custom())
    assert [[cell.kind.value for cell in row] for row in found.cells] == [["suppressed", "zero", "suppressed"]] * 2


@pytest.mark.parametrize("turned", [False, True])
def test_in_one_column_or_one_row_a_figure_and_the_margin_that_equals_it_count_once(turned):
    counts = ((3, 12, 9),) if turned else ((3,), (12,), (9,))
    labels = ("a", "b", "c")
    table = Table(("only",), labels, counts) if turned else Table(labels, ("only",), counts)
    data = protect(table, custom()).as_data()
    assert [data[name] for name in ("primary", "secondary", "information_lost", "gap")] == [1, 1, 9, 0]
    (linked,) = protect_linked([Linked(table, {})], custom())
    assert (linked.primary, linked.secondary, linked.information_lost) == (1, 1, 9)


def test_one_figure_alone_counts_once():
    assert protect(Table(("only",), ("only",), ((3,),)), custom()).primary == 1


def test_the_audit_finds_what_primary_suppression_alone_gives_away():
    grid = Grid(("a", "b", "Total"), ("x", "y", "Total"), ((None, 10, 13), (9, 12, 21), (12, 22, 34)), True, True)
    found = audit_grid(grid, custom())
    assert [(one.row, one.column, one.least, one.most) for one in found] == [("a", "x", 3, 3)]
    assert found[0].too_narrow(custom())
