"""Tables drawn with rules: cells from the lines and filled areas on a page."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .pdf_text import turn

SNAP = 2.5
JOIN = 3.0
THIN = 3.0
SHORTEST = 5.0
ROW_BETWEEN = 32.0
MOST_RULES = 6_000


@dataclass(slots=True)
class Rule:
    """A horizontal rule at y = `at` from x = `start` to `end`, or a vertical one with x and y exchanged.

    `drawn` is False for the mere edge of a coloured area.
    """

    at: float
    start: float
    end: float
    drawn: bool = True


@dataclass(slots=True)
class Ruled:
    """A connected drawing of rules: its column and row lines, and which base cells form one cell.

    `owner[row][column]` is the (row, column) of the cell's top-left base cell; `drawn` is False where columns are only
    parted by the edges of coloured areas.
    """

    xs: list[float]
    ys: list[float]
    drawn: bool = True
    owner: list[list[tuple[int, int]]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The cell at a point inside."""
        row = min(bisect_right(self.ys, y) - 1, self.rows - 1)
        column = min(bisect_right(self.xs, x) - 1, self.columns - 1)
        return self.owner[max(row, 0)][max(column, 0)]


def page_rules(page: Any, turns: int) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules of a page: strokes, thin filled bars and the edges of coloured areas."""
    flat: list[Rule] = []
    upright: list[Rule] = []
    width, height = float(page.width), float(page.height)
    for shape in [*page.lines, *page.rects, *page.curves]:
        x0, top, x1, bottom = turn((shape["x0"], shape["top"], shape["x1"], shape["bottom"]), turns, width, height)
        wide, tall = x1 - x0, bottom - top
        if _is_invisible(shape) or (wide > 0.95 * max(width, height) and tall > 0.7 * min(width, height)):
            continue
        if shape["object_type"] == "curve" and not _is_axis_aligned(shape):
            continue
        if tall <= THIN:
            flat.append(Rule((top + bottom) / 2, x0, x1))
        elif wide <= THIN:
            upright.append(Rule((x0 + x1) / 2, top, bottom))
        elif shape["object_type"] != "line":
            drawn = bool(shape.get("stroke"))
            flat += [Rule(top, x0, x1, drawn), Rule(bottom, x0, x1, drawn)]
            upright += [Rule(x0, top, bottom, drawn), Rule(x1, top, bottom, drawn)]
        if len(flat) + len(upright) > MOST_RULES:
            break
    return _joined(flat), _joined(upright)


def find_ruled(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[Ruled]:
    """The connected drawings with at least two rules each way, from top to bottom."""
    found = []
    for group_flat, group_upright in _stacked(_components(flat, upright)):
        if len(group_flat) >= 2 and len(group_upright) >= 1:
            xs = _positions([rule.at for rule in group_upright] + _ends(group_flat))
            ys = _positions([rule.at for rule in group_flat] + _ends(group_upright))
            if len(xs) > 1 and len(ys) > 1:
                ruled = Ruled(xs, ys, any(rule.drawn for rule in group_upright))
                ruled.owner = _owners(ruled, group_flat, group_upright)
                found.append(ruled)
    return sorted(_outermost(found), key=lambda ruled: ruled.ys[0])


def _is_invisible(shape: dict[str, Any]) -> bool:
    """White filling without an outline, or neither filling nor outline."""
    if shape.get("stroke") and not _is_white(shape.get("stroking_color")):
        return False
    return not shape.get("fill") or _is_white(shape.get("non_stroking_color"))


def _is_white(colour: Any) -> bool:
    if isinstance(colour, (int, float)):
        return colour >= 0.995
    if isinstance(colour, (tuple, list)) and colour and all(isinstance(part, (int, float)) for part in colour):
        return all(part <= 0.005 for part in colour) if len(colour) == 4 else all(part >= 0.995 for part in colour)
    return False


def _is_axis_aligned(shape: dict[str, Any]) -> bool:
    points = shape.get("pts") or []
    return all(abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1 for a, b in itertools.pairwise(points))


def _joined(rules: list[Rule]) -> list[Rule]:
    """Rules nearly on one line and nearly touching become one."""
    joined: list[Rule] = []
    for band in _bands(rules):
        at = sum(rule.at for rule in band) / len(band)
        last: Rule | None = None
        for rule in sorted(band, key=lambda each: each.start):
            if last and rule.start <= last.end + JOIN:
                last.end = max(last.end, rule.end)
                last.drawn = last.drawn or rule.drawn
            else:
                last = Rule(at, rule.start, rule.end, rule.drawn)
                joined.append(last)
    return [rule for rule in joined if rule.end - rule.start >= SHORTEST]


def _bands(rules: Iterable[Rule]) -> list[list[Rule]]:
    bands: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if bands and rule.at - bands[-1][0].at <= SNAP:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return bands


def _positions(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > JOIN + 1:
            kept.append(value)
    return kept


def _ends(rules: Sequence[Rule]) -> list[float]:
    return [min(rule.start for rule in rules), max(rule.end for rule in rules)]


def _components(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch, directly or through others."""
    parent = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for number, line in enumerate(upright, start=len(flat)):
        for index, rule in enumerate(flat):
            if line.start - JOIN <= rule.at <= line.end + JOIN and rule.start - JOIN <= line.at <= rule.end + JOIN:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(flat):
            group[0].append(flat[index])
        else:
            group[1].append(upright[index - len(flat)])
    return list(groups.values())


def _stacked(groups: list[tuple[list[Rule], list[Rule]]]) -> list[tuple[list[Rule], list[Rule]]]:
    """Drawings one below another with the same sides and room for a line or two between belong to one table: a row
    without upright rules parts them."""
    joined: list[tuple[list[Rule], list[Rule]]] = []
    for flat, upright in sorted((g for g in groups if g[0] and g[1]), key=lambda g: min(rule.at for rule in g[0])):
        top, ends = min(rule.at for rule in flat), _ends(flat)
        above = next(
            (g for g in joined if 0 <= top - max(rule.at for rule in g[0]) <= ROW_BETWEEN and _same(_ends(g[0]), ends)),
            None,
        )
        if above:
            above[0].extend(flat)
            above[1].extend(upright)
        else:
            joined.append((list(flat), list(upright)))
    return joined


def _same(ends: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(a - b) <= JOIN + 1 for a, b in zip(ends, others, strict=True))


def _owners(ruled: Ruled, flat: Sequence[Rule], upright: Sequence[Rule]) -> list[list[tuple[int, int]]]:
    """Joins neighbouring base cells with no rule between; a shape that is no rectangle is cut into its rows."""
    right = [
        [_covered(upright, ruled.xs[c + 1], ruled.ys[r], ruled.ys[r + 1]) for c in range(ruled.columns)]
        for r in range(ruled.rows)
    ]
    below = [
        [_covered(flat, ruled.ys[r + 1], ruled.xs[c], ruled.xs[c + 1]) for c in range(ruled.columns)]
        for r in range(ruled.rows)
    ]
    owner: list[list[tuple[int, int] | None]] = [[None] * ruled.columns for _ in range(ruled.rows)]
    for r in range(ruled.rows):
        for c in range(ruled.columns):
            if owner[r][c] is None:
                width = 1
                while c + width < ruled.columns and not right[r][c + width - 1] and owner[r][c + width] is None:
                    width += 1
                height = 1
                while r + height < ruled.rows and _row_joins(right, below, r + height, c, width):
                    height += 1
                for down in range(height):
                    for across in range(width):
                        owner[r + down][c + across] = (r, c)
    return [[place or (r, c) for c, place in enumerate(row)] for r, row in enumerate(owner)]


def _row_joins(right: list[list[bool]], below: list[list[bool]], row: int, column: int, width: int) -> bool:
    """Whether base row `row` continues the cell above it."""
    inside = range(column, column + width)
    return not any(below[row - 1][c] for c in inside) and not any(right[row][c] for c in inside[:-1])


def _covered(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules at this position cover most of the stretch."""
    length = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= JOIN + 1
    )
    return length >= 0.6 * (end - start)


def _outermost(found: list[Ruled]) -> list[Ruled]:
    """Drawings that stand inside another one's outline belong to its cells."""
    kept: list[Ruled] = []
    for ruled in sorted(found, key=lambda each: -(each.xs[-1] - each.xs[0]) * (each.ys[-1] - each.ys[0])):
        middle = ((ruled.xs[0] + ruled.xs[-1]) / 2, (ruled.ys[0] + ruled.ys[-1]) / 2)
        if not any(outer.holds(*middle) and outer.columns * outer.rows > 1 for outer in kept):
            kept.append(ruled)
    return kept
