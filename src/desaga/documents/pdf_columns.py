"""Tables without vertical rules: columns inferred from the white between words that runs down the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from .markers import split_marker
from .pdf_rows import CellRow, join_rows
from .pdf_rules import Rule
from .pdf_text import Line, Word

WIDE_GAP = 0.8
NARROW_GUTTER = 0.2
GUTTER = 0.45
LOOK_AHEAD = 4
LINES_NEEDED = 3
LONGEST_CELL = 60
PROSE_LINES = 8
NARROWEST_PROSE = 120.0

Span = tuple[float, float]


@dataclass(slots=True)
class Inferred:
    """Lines `start` to `end` (excluded) of a page as a table; `edges` are the left edges of columns but the first.

    `prose` marks running text set in two columns instead, which has no rows.
    """

    start: int
    end: int
    edges: list[float]
    rows: list[CellRow] = field(default_factory=list)
    prose: bool = False


@dataclass(slots=True)
class Region:
    """Lines that share gutters while it grows downwards."""

    start: int
    end: int
    free: list[Span]
    gutters: list[Span]
    multi: list[int] = field(default_factory=list)


def find_columns(lines: Sequence[Line], rules: Sequence[Rule], hint: Sequence[float] = ()) -> list[Inferred]:
    """The tables among `lines`, which run from top to bottom. `hint` are the column edges of the table on the page
    before, taken up where this page's words respect them."""
    found: list[Inferred] = []
    index = 0
    while index < len(lines):
        floor = found[-1].end if found else 0
        table = _table_at(lines, index, floor, rules, hint) or _continued(lines, index, rules, hint)
        if table is None:
            index += 1
        else:
            if found and not table.prose and found[-1].end == table.start and _same_edges(found[-1].edges, table.edges):
                found[-1].rows += table.rows
                found[-1].end = table.end
            else:
                found.append(table)
            hint = hint if table.prose else table.edges
            index = table.end
    return found


def segments(line: Line) -> list[list[Word]]:
    """The words of a line parted where the white is wider than any space; a bullet belongs to what follows it."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - before.x1 > max(WIDE_GAP * word.size, 5.0):
            parts.append([])
        parts[-1].append(word)
    if (
        len(parts) > 1
        and len(parts[0]) == 1
        and split_marker(f"{parts[0][0].text} x")
        and parts[1][0].x0 - parts[0][0].x1 < 40
    ):
        parts[:2] = [parts[0] + parts[1]]
    return parts


def _same_edges(edges: Sequence[float], others: Sequence[float]) -> bool:
    return len(edges) == len(others) and all(abs(a - b) < 2 for a, b in zip(edges, others, strict=True))


def _table_at(
    lines: Sequence[Line], index: int, floor: int, rules: Sequence[Rule], hint: Sequence[float]
) -> Inferred | None:
    """The table whose first line with several columns is `index`; it takes in no line above `floor`."""
    if len(segments(lines[index])) < 2:
        return None
    region = _grow(lines, index)
    size = _typical_size(lines, region)
    edges = _edges(lines, region, size, hint)
    enough = len(region.multi) >= LINES_NEEDED or (len(region.multi) == 2 and len(edges) > 1)
    if not edges or not enough or _is_list(lines, region, edges):
        return None
    if _is_prose(lines[region.start : region.end], edges):
        return Inferred(max(region.start, floor), region.end, edges, prose=True)
    start = (
        _with_rest(lines, region.start, edges)
        if hint and edges == list(hint)
        else _with_header(lines, region.start, edges)
    )
    start = max(start, floor)
    table = Inferred(start, _without_tail(lines, region, edges), edges)
    table.rows = join_rows(lines[table.start : table.end], edges, rules)
    return table if len(table.rows) > 1 else None


def _grow(lines: Sequence[Line], start: int) -> Region:
    free = _free(lines[start], [(float("-inf"), float("inf"))])
    region = Region(start, start + 1, free, [], [start])
    region.gutters = _interior(free, lines, region)
    first = len(segments(lines[start])) - 1
    skipped = 0
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _is_far(lines, index, region):
            break
        parts = segments(line)
        if len(parts) < 2:
            skipped = skipped + 1 if _crosses(line, region.gutters) else 0
            if skipped >= LOOK_AHEAD or index - region.end > LONGEST_CELL:
                break
            continue
        narrowed = _free(line, region.free)
        gutters = _interior(narrowed, lines, Region(start, index + 1, narrowed, [], [*region.multi, index]))
        if not gutters or len(gutters) < 0.6 * min(len(region.gutters), first):
            break
        region.free, region.gutters, region.end = narrowed, gutters, index + 1
        region.multi.append(index)
        skipped = 0
    return region


def _is_far(lines: Sequence[Line], index: int, region: Region) -> bool:
    """White of several lines' height ends a table."""
    gap = lines[index].top - max(line.bottom for line in lines[max(region.start, index - 6) : index])
    return gap > 5 * lines[index].size


def _free(line: Line, free: Sequence[Span]) -> list[Span]:
    """What stays white of `free` under the words of `line`."""
    spans = list(free)
    for word in line.words:
        cut: list[Span] = []
        for left, right in spans:
            if word.x1 <= left or word.x0 >= right:
                cut.append((left, right))
            else:
                if word.x0 - left > 1:
                    cut.append((left, word.x0))
                if right - word.x1 > 1:
                    cut.append((word.x1, right))
        spans = cut
    return spans


def _interior(free: Sequence[Span], lines: Sequence[Line], region: Region) -> list[Span]:
    """White stretches with words on both sides, wider than spaces are."""
    members = [lines[index] for index in region.multi]
    left, right = min(line.x0 for line in members), max(line.x1 for line in members)
    least = GUTTER * _typical_size(lines, region)
    return [span for span in free if span[0] > left and span[1] < right and span[1] - span[0] >= least]


def _edges(lines: Sequence[Line], region: Region, size: float, hint: Sequence[float]) -> list[float]:
    """Left edges of the columns from the second on."""
    members = [lines[index] for index in region.multi]
    left, right = min(line.x0 for line in members), max(line.x1 for line in members)
    least = (GUTTER if len(members) > 4 else WIDE_GAP) * size
    inside = [span for span in region.free if span[0] > left and span[1] < right]
    found = [span for span in inside if span[1] - span[0] >= least or _is_narrow_gutter(span, members, size)]
    edges = [span[1] for span in _without_spaces(found, members)]
    fitting = [edge for edge in hint if any(span[0] < edge + 1 and edge - 3 < span[1] for span in region.free)]
    shared = [edge for edge in edges if any(abs(edge - other) < 2 for other in hint)]
    if len(hint) > len(edges) and len(fitting) == len(hint) and len(shared) >= 0.6 * len(edges):
        return list(hint)
    return edges


def _is_narrow_gutter(span: Span, members: Sequence[Line], size: float) -> bool:
    """White no wider than a space parts columns where words line up behind it and no line writes a space in it."""
    if span[1] - span[0] < NARROW_GUTTER * size:
        return False
    after = _words_after(span, members)
    aligned = [word for word in after if abs(word.x0 - span[1]) < 1.0]
    return not any(word.spaced for word in after) and len(aligned) >= (1 if _writes_spaces(members) else 3)


def _without_spaces(found: Sequence[Span], members: Sequence[Line]) -> list[Span]:
    """Leaves out white in which the file writes spaces, as in justified text, where it does not between columns."""
    rates = []
    for span, limit in zip(found, [*(following[0] for following in found[1:]), float("inf")], strict=False):
        near = [word for word in _words_after(span, members) if word.x0 < limit]
        after = [word for word in near if any(w.x1 <= span[0] + 1 for w in _line_of(word, members))]
        rates.append(sum(word.spaced for word in after) / len(after) if after else 0.0)
    if not rates or min(rates) > 0.2:
        return list(found)
    return [span for span, rate in zip(found, rates, strict=True) if rate <= 0.8]


def _words_after(span: Span, members: Sequence[Line]) -> list[Word]:
    """In each line the word that stands first behind the white."""
    firsts = (min((w for w in line.words if w.x0 >= span[1] - 1), key=lambda w: w.x0, default=None) for line in members)
    return [word for word in firsts if word]


def _line_of(word: Word, members: Sequence[Line]) -> list[Word]:
    return next(line.words for line in members if any(other is word for other in line.words))


def _writes_spaces(members: Sequence[Line]) -> bool:
    """Whether the file writes the spaces between words of running text."""
    close = [
        w for line in members for a, w in zip(line.words, line.words[1:], strict=False) if w.x0 - a.x1 < 0.4 * w.size
    ]
    return len(close) > 5 and sum(word.spaced for word in close) > 0.8 * len(close)


def _typical_size(lines: Sequence[Line], region: Region) -> float:
    sizes = sorted(lines[index].size for index in region.multi)
    return sizes[len(sizes) // 2]


def _crosses(line: Line, gutters: Sequence[Span]) -> bool:
    return any(word.x0 < left + 0.5 and word.x1 > right - 0.5 for word in line.words for left, right in gutters) or any(
        line.x0 < left and line.x1 > right and _bridged(line, (left, right)) for left, right in gutters
    )


def _bridged(line: Line, gutter: Span) -> bool:
    """Whether words of running text lie in the gutter."""
    return any(word.x0 < gutter[1] - 1 and word.x1 > gutter[0] + 1 for word in line.words)


def _is_list(lines: Sequence[Line], region: Region, edges: Sequence[float]) -> bool:
    """Bullets or numbers with their texts are a list, not a table of two columns."""
    if len(edges) != 1:
        return False
    firsts = [" ".join(w.text for w in lines[i].words if w.x0 < edges[0] - 1) for i in region.multi]
    marked = sum(1 for text in firsts if split_marker(f"{text} x"))
    return marked >= 0.7 * len(firsts)


def _is_prose(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Running text in two columns: about equally wide, most lines of both filling them."""
    if len(edges) != 1 or len(lines) < PROSE_LINES:
        return False
    left = [[word for word in line.words if word.x0 < edges[0] - 1] for line in lines]
    right = [[word for word in line.words if word.x0 >= edges[0] - 1] for line in lines]
    shares = []
    for column in (left, right):
        filled = [words for words in column if words]
        if len(filled) < 0.7 * len(lines):
            return False
        begin, end = min(words[0].x0 for words in filled), max(words[-1].x1 for words in filled)
        full = sum(1 for words in filled if words[-1].x1 - begin > 0.8 * (end - begin))
        shares.append((end - begin, full / len(filled)))
    widths = sorted(width for width, _ in shares)
    return widths[0] >= max(0.7 * widths[1], NARROWEST_PROSE) and min(full for _, full in shares) >= 0.6


def _with_header(lines: Sequence[Line], start: int, edges: Sequence[float]) -> int:
    """Takes in lines above whose words stand at the columns' edges: headers set tightly or in several heights."""
    first = start
    for index in range(start - 1, max(start - 1 - LOOK_AHEAD, -1), -1):
        line, below = lines[index], lines[index + 1]
        if below.top - line.bottom > 2.5 * line.size:
            break
        crossing = any(word.x0 < edge - 1.5 and word.x1 > edge + 1 for word in line.words for edge in edges)
        stacked = line.x0 >= edges[0] - 2 and len(line.words) <= 4 and below.top - line.bottom < 0.8 * line.size
        if _begins_at(line, edges, 0.6) or (not crossing and stacked and len(edges) > 1):
            first = index
    return first


def _with_rest(lines: Sequence[Line], start: int, edges: Sequence[float]) -> int:
    """Takes in the lines above that continue the table of the page before: they begin at its columns and cross none."""
    lefts = [min(line.x0 for line in lines[start : start + 8]), *edges]
    while start:
        line, below = lines[start - 1], lines[start]
        crossing = any(word.x0 < edge - 1.5 and word.x1 > edge + 1 for word in line.words for edge in edges)
        begins = any(abs(line.x0 - left) < 2 for left in lefts)
        if crossing or not begins or below.top - line.bottom > 2.5 * line.size:
            break
        start -= 1
    return start


def _without_tail(lines: Sequence[Line], region: Region, edges: Sequence[float]) -> int:
    """Takes in lines below the last one with several columns as long as they wrap a cell of it."""
    end = region.multi[-1] + 1
    while end < len(lines):
        line = lines[end]
        crossing = any(word.x0 < edge - 1 < word.x1 - 2 for word in line.words for edge in edges)
        over = line.x0 < edges[0] - 1 and line.x1 > edges[0]
        if len(segments(line)) > 1 or crossing or over or line.size > 1.15 * lines[end - 1].size:
            break
        above = _above(lines[max(region.start, end - 12) : end], line, edges)
        if above is None or line.top - above.top > 1.5 * line.size or line.bold != above.bold:
            break
        end += 1
    return end


def _above(lines: Sequence[Line], line: Line, edges: Sequence[float]) -> Line | None:
    """The words of the same column next above."""
    column = bisect_right(edges, line.x0 + 1.5)
    for candidate in reversed(lines):
        words = [word for word in candidate.words if bisect_right(edges, word.x0 + 1.5) == column]
        if words:
            return Line(words)
    return None


def _continued(lines: Sequence[Line], index: int, rules: Sequence[Rule], hint: Sequence[float]) -> Inferred | None:
    """A rest of the table of the page before, too short to show columns of its own."""
    if not hint or not _begins_at(lines[index], hint, 0.6):
        return None
    end = index + 1
    while end < len(lines):
        crossing = any(word.x0 < edge - 1.5 and word.x1 > edge + 1 for word in lines[end].words for edge in hint)
        if crossing or lines[end].top - lines[end - 1].bottom > 1.5 * lines[end].size:
            break
        end += 1
    table = Inferred(index, end, list(hint))
    table.rows = join_rows(lines[index:end], hint, rules)
    return table


def _begins_at(line: Line, edges: Sequence[float], share: float) -> bool:
    crossing = any(word.x0 < edge - 1.5 and word.x1 > edge + 1 for word in line.words for edge in edges)
    begun = sum(1 for edge in edges if any(abs(word.x0 - edge) < 2 for word in line.words))
    return not crossing and begun >= max(2, share * len(edges))
