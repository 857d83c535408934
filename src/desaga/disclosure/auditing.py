"""What an attacker can infer of a table that is already protected, by us or by others, knowing only what is printed."""

from __future__ import annotations

from dataclasses import dataclass

from .attack import intervals
from .policies import Policy
from .reading import Grid
from .solver import Row, Unsolved
from .tables import BadTable, grid_relations
from .web import believed


@dataclass(frozen=True, slots=True)
class Inferred:
    """A hidden figure, and the least and most it can be; `most` None: no end. `marked` is the most that its mark itself says, as "<5" says 4."""

    row: str
    column: str
    least: int
    most: int | None
    marked: int | None = None

    @property
    def width(self) -> int | None:
        """Most less least; None: no end."""
        return None if self.most is None else self.most - self.least

    def too_narrow(self, policy: Policy) -> bool:
        """Whether it may be under the threshold and has less doubt about it than the policy asks, or than its own mark leaves."""
        small = self.least < max(1, policy.threshold)
        wanted = policy.protection if self.marked is None else min(policy.protection, self.marked)
        return small and self.width is not None and self.width < max(1, wanted)

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {"row": self.row, "column": self.column, "least": self.least, "most": self.most}


def audit_grid(grid: Grid, policy: Policy) -> list[Inferred]:
    """The interval of every hidden figure, row by row. Refused (`BadTable`): figures that contradict one another.

    The attacker knows sums, that counts are whole and not negative, and the base of rounding; not the threshold, for a
    table of others may have another, but what a mark such as "<5" says of its own figure. In a two-dimensional table the linear programs are exact.
    """
    figures, rows, columns = _with_margins(grid)
    height, width = len(rows), len(columns)
    flat = [figure for row in figures for figure in row]
    rounding = Policy("seen", base=policy.base)
    marked = {r * width + c: most for (r, c), most in grid.most.items()}
    known = [(0, marked.get(i)) if figure is None else believed(figure, rounding) for i, figure in enumerate(flat)]
    sums: list[Row] = [
        ([i for i, _ in one], [float(w) for _, w in one], 0.0, 0.0) for one in grid_relations(height, width)
    ]
    hidden = [i for i, figure in enumerate(flat) if figure is None and i in _printed(grid, width)]
    try:
        found = intervals([low for low, _ in known], [high for _, high in known], sums, hidden)
    except Unsolved:
        raise BadTable(
            "The figures contradict one another: no whole counts add up to these totals. Is --base right?"
        ) from None
    return [Inferred(rows[i // width], columns[i % width], *found[i], marked.get(i)) for i in hidden]


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
