"""The last look over a whole PDF: headings by size, running lines by repetition, words broken at line ends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .markers import split_marker
from .model import Block, Grid, Row, Source, Text
from .pdf_text import Line

MARGIN = 0.12
LONGEST_HEADING = 120
PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–|]?\s*\d{1,4}\s*(?:[-–|]|(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
NUMBER_BROKEN = re.compile(r"(?<=\w-)\n(?=\d)")
BROKEN = re.compile(r"(\w+)([-\u2010\u00ad])\n(?=([a-z]\w*))")
LEVEL_STEP = 15.0


@dataclass(frozen=True, slots=True)
class PdfLine:
    line: Line
    page: int


def finish(parts: Sequence[PdfLine | Grid], heights: dict[int, float]) -> list[Block]:
    """Blocks of the document from the lines and grids of its pages in order."""
    lines = [part for part in parts if isinstance(part, PdfLine)]
    running = _running(lines, heights)
    body = _body_size(parts)
    sizes = sorted({round(part.line.size) for part in lines if part.line.size > 1.12 * body}, reverse=True)
    vocabulary = _vocabulary(parts)
    blocks: list[Block] = []
    indents: list[float] = []
    previous: PdfLine | None = None
    for part in parts:
        if isinstance(part, Grid):
            blocks.append(_mended(part, vocabulary))
            previous = None
            indents = []
        else:
            blocks.append(_text(part, previous, id(part) in running, body, sizes, indents))
            previous = part
    return blocks


def _text(
    part: PdfLine, previous: PdfLine | None, running: bool, body: float, sizes: list[int], indents: list[float]
) -> Text:
    line = part.line
    blank = 0 if previous is None else _blank_between(previous, part)
    block = Text(line.text, blank_before=blank, bold=line.bold, source=Source(page=part.page), running=running)
    if running:
        return block
    item = split_marker(line.text)
    if line.size > 1.12 * body and len(line.text) <= LONGEST_HEADING:
        return replace(
            block, kind="heading", level=min(sizes.index(round(line.size)) + 1, 6) if round(line.size) in sizes else 1
        )
    if item:
        return replace(block, kind="item", level=_level(indents, line.x0), marker=item[0], text=item[1])
    if line.bold and len(line.text) <= LONGEST_HEADING and not line.text.endswith((".", ",", ";")):
        return replace(block, kind="heading", level=min(len(sizes) + 1, 6))
    if indents and line.x0 < indents[0]:
        indents.clear()
    return block


def _blank_between(previous: PdfLine, part: PdfLine) -> int:
    if previous.page != part.page:
        return 1
    gap = part.line.top - previous.line.bottom
    return max(0, min(3, round(gap / (1.2 * part.line.size)))) if gap > 0.55 * part.line.size else 0


def _level(indents: list[float], x0: float) -> int:
    while indents and x0 < indents[-1] - LEVEL_STEP / 3:
        indents.pop()
    if not indents or x0 > indents[-1] + LEVEL_STEP / 3:
        indents.append(x0)
    return len(indents)


def _running(lines: Sequence[PdfLine], heights: dict[int, float]) -> set[int]:
    """Lines in the margins that stand at the same height with the same words on most pages, and page numbers."""
    places: dict[tuple[str, int], list[PdfLine]] = defaultdict(list)
    found: set[int] = set()
    for part in lines:
        height = heights[part.page]
        if part.line.bottom < MARGIN * height or part.line.top > (1 - MARGIN) * height:
            places[re.sub(r"\d+", "#", part.line.text), round(part.line.top / 4)].append(part)
            if PAGE_NUMBER.match(part.line.text.strip()) and part.line.top > (1 - MARGIN) * height:
                found.add(id(part))
    for same in places.values():
        pages = {part.page for part in same}
        if len(pages) > 1 and len(pages) >= 0.5 * (len(heights) - 1):
            found |= {id(part) for part in same}
    return found


def _body_size(parts: Sequence[PdfLine | Grid]) -> float:
    counts: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, PdfLine):
            counts[round(part.line.size * 2) / 2] += len(part.line.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def _vocabulary(parts: Sequence[PdfLine | Grid]) -> set[str]:
    words: set[str] = set()
    for part in parts:
        texts = [part.line.text] if isinstance(part, PdfLine) else [c.text for row in part.rows for c in row.cells]
        for text in texts:
            words.update(re.findall(r"[\w-]+", text.lower()))
    return words


def _mended(grid: Grid, vocabulary: set[str]) -> Grid:
    """Words broken at line ends inside cells are put together again."""
    return replace(grid, rows=tuple(_mended_row(row, vocabulary) for row in grid.rows))


def _mended_row(row: Row, vocabulary: set[str]) -> Row:
    if not any("-\n" in cell.text or "\u2010\n" in cell.text or "\u00ad\n" in cell.text for cell in row.cells):
        return row
    return replace(row, cells=tuple(replace(cell, text=mend_breaks(cell.text, vocabulary)) for cell in row.cells))


def mend_breaks(text: str, vocabulary: set[str]) -> str:
    """A hyphen at a line end goes where the file knows the whole word, or where only typesetting puts one there (soft
    hyphen, U+2010); it stays, without the line break, where the word may well be written with it or a number follows."""

    def joined(found: re.Match[str]) -> str:
        head, hyphen, tail = found[1], found[2], found[3]
        whole = f"{head}{tail}".lower()
        if hyphen != "-" or (whole in vocabulary and f"{head}-{tail}".lower() not in vocabulary):
            return head
        return f"{head}-"

    return NUMBER_BROKEN.sub("", BROKEN.sub(joined, text))
