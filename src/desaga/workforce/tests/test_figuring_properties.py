"""What holds of any population: margins, order, flows, quickness."""

import random
import timeit
from dataclasses import replace
from time import process_time

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desaga.workforce.figuring import ALL, FIGURES, NOT_COLLECTED, Kind, RawTable, Stating, compute, declared
from desaga.workforce.figuring.counting import Cell
from desaga.workforce.population import Covers, Population

from .populations import DAY, GRADES, YEAR_BEFORE, populations, thousands

STATING = Stating(grades=GRADES)
covers = st.sampled_from(Covers)
pairs = st.tuples(populations(DAY, covers), populations(YEAR_BEFORE, covers))
# Shrinking a whole population takes minutes and tells little more than the first one found.
PHASES = [phase for phase in Phase if phase is not Phase.shrink]
quick = settings(max_examples=25, deadline=None, phases=PHASES)


def _lines(table: RawTable) -> list[tuple[Cell, list[Cell]]]:
    """Each margin with the cells that it is of."""
    rows, columns = [row.key for row in table.rows], [column.key for column in table.columns]
    of_rows = [((row, ""), [(row, column) for column in columns]) for row in rows if table.columns != (ALL,)]
    of_columns = [(("", column), [(row, column) for row in rows]) for column in columns if table.rows != (ALL,)]
    return [*of_rows, *of_columns, (("", ""), [(row, column) for row in rows for column in columns])]


@quick
@given(pairs)
def test_margins_are_sums(pair: tuple[Population, Population]) -> None:
    tables = [table for table in compute(*pair, stating=STATING) if table.adds_up]

    assert tables
    for table in tables:
        for margin, cells in _lines(table):
            assert table.cell(*margin).value == sum(table.cell(*cell).value or 0 for cell in cells), (
                table.figure,
                table.cut,
            )


@quick
@given(pairs)
def test_people_behind_a_cell_are_never_more_than_those_behind_its_margin(pair: tuple[Population, Population]) -> None:
    for table in compute(*pair, stating=STATING):
        for margin, cells in _lines(table):
            if table.is_collected and table.cell(*margin) is not NOT_COLLECTED:
                assert all(table.cell(*cell).people <= table.cell(*margin).people for cell in cells), (
                    table.figure,
                    table.cut,
                )


@quick
@given(pairs, st.randoms(use_true_random=False))
def test_order_of_people_does_not_matter(pair: tuple[Population, Population], chance: random.Random) -> None:
    def shuffled(population: Population) -> Population:
        people = [
            replace(one, contracts=tuple(chance.sample(one.contracts, len(one.contracts)))) for one in population.people
        ]
        return replace(population, people=tuple(chance.sample(people, len(people))))

    assert compute(*pair, stating=STATING) == compute(*(shuffled(one) for one in pair), stating=STATING)


@quick
@given(pairs)
def test_flows_make_the_change_in_headcount(pair: tuple[Population, Population]) -> None:
    """Then + started + moved in − left − moved out, and those of whom it is not known, make now."""
    now, before = pair
    figures = (declared.HEADCOUNT, declared.STARTED, declared.LEFT, declared.MOVED_IN, declared.GONE)
    heads, started, left, moved_in, unknown = (_whole(now, before, figure) for figure in figures)
    moved_out = _whole(now, before, declared.MOVED_OUT)
    change = heads - _whole(before, None, declared.HEADCOUNT)

    if now.covers == before.covers == Covers.ALL:
        assert (change, unknown) == (started + moved_in - left - moved_out, 0)
    else:
        assert abs(change - (started + moved_in - left - moved_out)) <= unknown + _seen_as_others(now, before)


def _whole(now: Population, before: Population | None, figure: declared.Figure) -> int:
    return int(compute(now, before, [figure], STATING)[0].cell().value or 0)


def _seen_as_others(now: Population, before: Population) -> int:
    """Those whom an extract of technical staff shows as others all the same: drawn people may be so, real extracts have none."""
    return len(
        {one.key for one in before.people}
        & {one.key for one in now.people if not one.technical or not all(c.technical for c in one.contracts)}
    )


@quick
@given(pairs)
def test_shares_lie_between_none_and_all(pair: tuple[Population, Population]) -> None:
    yearly = {declared.TURNOVER_RATE.key, declared.RESIGNATIONS.key}
    shares = [figure for figure in FIGURES if figure.kind == Kind.SHARE and figure.key not in yearly]
    cells = [cell for table in compute(*pair, figures=shares, stating=STATING) for cell in table.cells.values()]

    assert cells
    assert all(cell.value is None or 0 <= cell.value <= 100 for cell in cells)
    assert all((cell.value is None) == (not cell.of) for cell in cells if cell is not NOT_COLLECTED)


def test_ten_times_the_people_take_about_ten_times_as_long() -> None:
    few, many = seconds_for(1_000), seconds_for(10_000)
    assert many < 25 * few, f"{many:.2f} s of 10,000 people, {few:.2f} s of 1,000"


def seconds_for(people: int) -> float:
    """Of the processor, in the quickest of three."""
    before, now = thousands(people)
    return min(timeit.repeat(lambda: compute(now, before, stating=STATING), timer=process_time, number=1, repeat=3))
