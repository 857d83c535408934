"""What happened between two snapshots: starters, leavers, moves, turnover, stability and promotions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from . import declared, groups
from .counting import HUNDRED, Tally, table_of_counts, table_of_shares, tally
from .flows import Flow, Move
from .model import NOT_COLLECTED, Cut, Figure, Label, RawCell, RawTable, not_collected
from .moment import Moment
from .presence import Present
from .stock import Count

#: What counts as about a year between two snapshots.
LEAST_DAYS, MOST_DAYS = 335, 396
A_YEAR = Decimal(365)


def of_flows(*flows: Flow) -> Count:
    """Counts those who moved so: of who went, as they stood before; of who came, as they stand now."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        return table_of_counts(figure, cut, _tally(moment, cut, moment.of_flow(*flows)))

    return count


def _tally(moment: Moment, cut: Cut, moves: Iterable[Move]) -> Tally:
    return tally((move.stood for move in moves), cut, moment.frame)


def moves_out(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """Moves to other staff, by what they are now."""
    if not moment.now.covers_all:
        return not_collected(
            figure, cut, "The extract covers technical staff only, so that nobody is seen as other staff."
        )
    went = [move.now for move in moment.of_flow(Flow.MOVED_OUT) if move.now is not None]
    return table_of_counts(figure, cut, tally(went, cut, moment.frame))


def turnover(counts: Callable[[Move], bool]) -> Count:
    """Leavers out of the average headcount, scaled to a year."""

    def count(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
        left = _tally(moment, cut, (move for move in moment.of_flow(Flow.LEFT) if counts(move)))
        then, now = tally(_before(moment), cut, moment.frame), tally(moment.technical, cut, moment.frame)
        rows, columns = _labels(then, now)
        scale = A_YEAR / Decimal(moment.days)
        cells = {
            cell: _rate(left, cell, (then.values[cell] + now.values[cell]) / 2, scale)
            for cell in {*then.values, *now.values}
        }
        return RawTable(figure=figure.key, cut=cut.key, rows=rows, columns=columns, cells=_known(moment, cut, cells))

    return count


def _rate(left: Tally, cell: tuple[str, str], average: Decimal, scale: Decimal) -> RawCell:
    value = left.values[cell] * HUNDRED * scale / average if average else None
    return RawCell(value, left.people[cell], average)


def _labels(then: Tally, now: Tally) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    now.row_labels = {**then.row_labels, **now.row_labels}
    now.column_labels = {**then.column_labels, **now.column_labels}
    return now.labels()


def _before(moment: Moment) -> list[Present]:
    return moment.before.technical() if moment.before is not None else []


def _known(moment: Moment, cut: Cut, cells: dict[tuple[str, str], RawCell]) -> dict[tuple[str, str], RawCell]:
    """The cells, without those of people of whom it is not known whether they left."""
    unknown = _tally(moment, cut, moment.of_flow(Flow.GONE)).people
    return {cell: NOT_COLLECTED if unknown.get(cell) else one for cell, one in cells.items()}


def stability(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """Those of a year ago who are still here, out of all of a year ago."""
    if not LEAST_DAYS <= moment.days <= MOST_DAYS:
        return not_collected(figure, cut, "It needs a snapshot of about a year before.")
    here = [one for one in _before(moment) if one.person.key in moment.now.present]
    table = table_of_shares(figure, cut, tally(here, cut, moment.frame), tally(_before(moment), cut, moment.frame))
    return replace(table, cells=_known(moment, cut, dict(table.cells)))


def promotions(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """Those whose grade rose, by how they stand now."""
    if not moment.frame.stating.grades:
        return not_collected(figure, cut, NO_ORDER)
    return table_of_counts(figure, cut, tally((one for one, rose in _ranked(moment) if rose), cut, moment.frame))


def promotion_rate(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """Those whose grade rose, out of all whose grades can be compared."""
    if not moment.frame.stating.grades:
        return not_collected(figure, cut, NO_ORDER)
    ranked = _ranked(moment)
    risen, compared = (one for one, rose in ranked if rose), (one for one, _ in ranked)
    return table_of_shares(figure, cut, tally(risen, cut, moment.frame), tally(compared, cut, moment.frame))


NO_ORDER = "The order of grades is not stated yet."


def _ranked(moment: Moment) -> list[tuple[Present, bool]]:
    """Technical staff of both snapshots whose grades are in the order, each with whether theirs rose."""
    ranked = []
    for move in moment.of_flow(Flow.STAYED):
        if move.before is None or move.now is None:
            continue
        then, now = (moment.frame.stating.rank(one.main.grade) for one in (move.before, move.now))
        if then is not None and now is not None:
            ranked.append((move.now, now > then))
    return ranked


def _resigned(move: Move) -> bool:
    return groups.REASONS.get(move.stood.main.leaving_reason) == groups.RESIGNED


COUNTS: dict[str, Count] = {
    declared.STARTED.key: of_flows(Flow.STARTED),
    declared.LEFT.key: of_flows(Flow.LEFT),
    declared.MOVED_IN.key: of_flows(Flow.MOVED_IN),
    declared.MOVED_OUT.key: moves_out,
    declared.GONE.key: of_flows(Flow.ARRIVED, Flow.GONE),
    declared.TURNOVER_RATE.key: turnover(lambda move: True),
    declared.RESIGNATIONS.key: turnover(_resigned),
    declared.STABILITY_RATE.key: stability,
    declared.PROMOTED.key: promotions,
    declared.PROMOTION_RATE.key: promotion_rate,
}
