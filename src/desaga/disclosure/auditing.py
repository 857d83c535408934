"""What an attacker can infer of a table that is already protected, by us or by others, knowing only what is printed."""

from __future__ import annotations

from dataclasses import dataclass

from .attack import intervals
from .policies import Policy
from .reading import Grid
from .solver import Row, Unsolved
from .tables import BadTable, grid_relations
from .web import believed

Interval = tuple[int, int | None]  # least and most; None: no end


@dataclass(frozen=True, slots=True)
class Inferred:
    """A hidden figure, and the least and most it can be; `most` None: no end.

    `if_not_zero`: the same for who knows that no zero is hidden, where that is another and is possible at all. `marked`: the
    most less the least that its mark itself leaves, as "<5" leaves 4.
    """

    row: str
    column: str
    least: int
    most: int | None
    if_not_zero: Interval | None = None
    marked: int | None = None

    @property
    def width(self) -> int | None:
        """Most less least; None: no end."""
        return None if self.most is None else self.most - self.least

    def too_narrow(self, policy: Policy) -> bool:
        """Whether it is known exactly, or may be under the threshold and has less doubt about it than the policy asks, or than its own mark leaves."""
        if self.width is None:
            return False
        small = self.least < max(1, policy.threshold)
        wanted = policy.protection if self.marked is None else min(policy.protection, self.marked)
        return self.width == 0 or (small and self.width < wanted)

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        data: dict[str, object] = {"row": self.row, "column": self.column, "least": self.least, "most": self.most}
        if self.if_not_zero is not None:
            data |= {"least_if_not_zero": self.if_not_zero[0], "most_if_not_zero": self.if_not_zero[1]}
        return data


def audit_grid(grid: Grid, policy: Policy) -> list[Inferred]:
    """The interval of every hidden figure, row by row. Refused (`BadTable`): figures that contradict one another.

    The attacker knows sums, that counts are whole and not negative, and the base of rounding; not the threshold, for a
    table of others may have another, but what a mark such as "<5" says of its own figure. A second attacker knows besides that
    no zero is hidden. In a two-dimensional table the linear programs are exact.
    """
    figures, rows, columns = _with_margins(grid)
    width = len(columns)
    flat = [figure for row in figures for figure in row]
    rounding = Policy("seen", base=policy.base)
    marks = {r * width + c: said for (r, c), said in grid.bounds.items()}
    known: list[Interval] = [
        marks.get(i, (0, None)) if figure is None else believed(figure, rounding) for i, figure in enumerate(flat)
    ]
    hidden = [i for i, figure in enumerate(flat) if figure is None and i in _printed(grid, width)]
    found = _ends(known, len(rows), width, hidden)
    if found is None:
        raise BadTable("The figures contradict one another: no whole counts add up to these totals. Is --base right?")
    informed = [(max(1, low), high) if i in hidden else (low, high) for i, (low, high) in enumerate(known)]
    if_not_zero = _ends(informed, len(rows), width, hidden) or {}
    return [
        Inferred(
            rows[i // width],
            columns[i % width],
            *found[i],
            if_not_zero.get(i) if if_not_zero.get(i) != found[i] else None,
            _left_by(marks.get(i)),
        )
        for i in hidden
    ]


def _ends(known: list[Interval], height: int, width: int, asked: list[int]) -> dict[int, Interval] | None:
    """The interval of each figure asked for; None where no whole counts are within what is known."""
    if any(high is not None and high < low for low, high in known):
        return None
    sums: list[Row] = [
        ([i for i, _ in one], [float(w) for _, w in one], 0.0, 0.0) for one in grid_relations(height, width)
    ]
    try:
        return intervals([low for low, _ in known], [high for _, high in known], sums, asked)
    except Unsolved:
        return None


def _left_by(mark: Interval | None) -> int | None:
    return None if mark is None or mark[1] is None else mark[1] - mark[0]


def _printed(grid: Grid, width: int) -> set[int]:
    """The places of the figures that the file has; margins that it lacks are unknown to the attacker too."""
    return {r * width + c for r in range(len(grid.rows)) for c in range(len(grid.columns))}


def _with_margins(grid: Grid) -> tuple[list[list[int | None]], list[str], list[str]]:
    figures: list[list[int | None]] = [list(row) for row in grid.figures]
    rows, columns = list(grid.rows), list(grid.columns)
    if not grid.row_totals:
        figures, columns = [[*row, None] for row in figures], [*columns, "Total"]
    if not grid.column_totals:
        figures, rows = [*figures, [None] * len(columns)], [*rows, "Total"]
    return figures, rows, columns


__all__ = ["Inferred", "audit_grid"]
