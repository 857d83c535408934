"""PDF files with a text layer: ruled and unruled tables, lines of text, headings by their letters."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from .budget import Budget
from .kinds import notice, refuse
from .model import Cell, Document, Grid, Row, Source
from .pdf_columns import Inferred, find_columns
from .pdf_finish import PdfLine, finish
from .pdf_rules import Rule, Ruled, find_ruled, page_rules
from .pdf_text import Char, Line, build_lines, page_text


def read_pdf(data: bytes, document: Document, budget: Budget) -> None:
    """Adds each page's tables and lines from top to bottom. A table that goes on over pages gives a grid a page."""
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of much that it then reads well
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        count = len(pdf.pages)
    except (PDFPasswordIncorrect, PdfminerException) as error:
        locked = isinstance(error, PDFPasswordIncorrect) or any(isinstance(a, PDFPasswordIncorrect) for a in error.args)
        raise refuse("encrypted" if locked else "corrupt", document.name) from error
    except (PDFSyntaxError, OSError, ValueError, TypeError, KeyError) as error:
        raise refuse("corrupt", document.name) from error
    if not count:
        raise refuse("corrupt", document.name)
    with pdf:
        reader = PdfReader(document, budget)
        for page in pdf.pages[: budget.limits.pages]:
            reader.read_page(page)
            page.close()
            if budget.spent:
                break
        if count > budget.limits.pages:
            budget.stop(f"the first {budget.limits.pages} of {count} pages")
    if not reader.parts:
        raise refuse("no_text_layer", document.name)
    document.blocks = finish(reader.parts, reader.heights)
    for number in reader.silent[:50]:
        document.notices.append(notice("page_without_text", Source(page=number), page=number))


class PdfReader:
    def __init__(self, document: Document, budget: Budget) -> None:
        self.document = document
        self.budget = budget
        self.parts: list[PdfLine | Grid] = []
        self.heights: dict[int, float] = {}
        self.silent: list[int] = []
        self.tables = 0
        self.hint: list[float] = []

    def read_page(self, page: Any) -> None:
        number = int(page.page_number)
        width, height = float(page.width), float(page.height)
        text = page_text(page.chars, width, height)
        chars, turns = text.chars, text.turns
        if not any(not char.text.isspace() for char in chars):
            self.silent.append(number)
            return
        if text.slanted:
            self.document.notices.append(notice("slanted_text", Source(page=number), page=number, text=text.slanted))
        if any(char.text == "\ufffd" for char in chars):
            self.document.notices.append(notice("unclear_text", Source(page=number), page=number))
        self.heights[number] = width if turns else height
        flat, upright = page_rules(page, turns)
        drawn = find_ruled(flat, upright)
        tables = [(ruled, held) for ruled, held in _shared(chars, drawn) if _is_table(ruled, held)]
        taken = {id(char) for _, held in tables for char in held}
        lines = build_lines([char for char in chars if id(char) not in taken])
        placed: list[tuple[float, PdfLine | Grid]] = []
        for ruled, held in tables:
            placed += [(ruled.ys[0], grid) for grid in self._ruled_grid(ruled, held, number)]
        placed += self._free_blocks(lines, flat, number, [ruled for ruled, _ in tables])
        self.parts += [part for _, part in sorted(placed, key=lambda each: each[0])]

    def _free_blocks(
        self, lines: Sequence[Line], flat: Sequence[Rule], number: int, tables: Sequence[Ruled]
    ) -> Iterator[tuple[float, PdfLine | Grid]]:
        """Unruled tables and lines of what stands outside ruled tables; a ruled table parts what is above and below."""
        for stretch in _stretches(lines, tables):
            index = 0
            for table in [*find_columns(stretch, flat, self.hint), None]:
                end = table.start if table else len(stretch)
                yield from ((line.top, part) for line in stretch[index:end] for part in self._line(line, number))
                if table:
                    top, index = stretch[table.start].top, table.end
                    yield from ((top, part) for part in self._inferred(table, stretch, number))

    def _line(self, line: Line, number: int) -> Iterator[PdfLine]:
        if self.budget.take(1, len(line.text)):
            yield PdfLine(line, number)

    def _inferred(self, table: Inferred, lines: Sequence[Line], number: int) -> Iterator[PdfLine | Grid]:
        if table.prose:
            for line in _column_after_column(lines[table.start : table.end], table.edges[0]):
                yield from self._line(line, number)
        else:
            self.hint = table.edges
            yield from self._inferred_grid(table, number)

    def _ruled_grid(self, ruled: Ruled, held: Sequence[Char], number: int) -> Iterator[Grid]:
        cells: dict[tuple[int, int], list[Char]] = {}
        for char in held:
            cells.setdefault(ruled.place((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2), []).append(char)
        self.tables += 1
        rows = []
        for r, owners in enumerate(ruled.owner):
            source = Source(None, number, self.tables, r + 1)
            row = [
                _ruled_cell(ruled, (r, c), cells.get((r, c), []), replace(source, column=c + 1))
                for c in range(len(owners))
            ]
            rows.append(Row(tuple(row), source))
        yield from self._grid(rows, number, ruled=True)

    def _inferred_grid(self, table: Inferred, number: int) -> Iterator[Grid]:
        self.tables += 1
        rows = []
        for r, found in enumerate(table.rows):
            source = Source(None, number, self.tables, r + 1)
            texts, bolds = found.texts(), found.bolds()
            cells = [Cell(text, replace(source, column=c + 1), bold=bolds[c]) for c, text in enumerate(texts)]
            if found.spanning:
                cells[0] = replace(cells[0], span=len(cells))
                cells[1:] = [replace(cell, anchor=(r, 0)) for cell in cells[1:]]
            rows.append(Row(tuple(cells), source))
        yield from self._grid(rows, number, ruled=False)

    def _grid(self, rows: list[Row], number: int, *, ruled: bool) -> Iterator[Grid]:
        size = sum(len(cell.text) for row in rows for cell in row.cells)
        if self.budget.take(len(rows) * len(rows[0].cells), size):
            yield Grid(tuple(rows), Source(None, number, self.tables, 1), None, ruled)


def _shared(chars: Sequence[Char], drawn: Sequence[Ruled]) -> Iterator[tuple[Ruled, list[Char]]]:
    """Each drawing with the characters inside it."""
    for ruled in drawn:
        held = [char for char in chars if ruled.holds((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)]
        yield ruled, held


def _is_table(ruled: Ruled, held: Sequence[Char]) -> bool:
    """At least two columns in use; frames, boxes and shaded rows are left to the reading of free text."""
    used = {ruled.place((c.x0 + c.x1) / 2, (c.top + c.bottom) / 2) for c in held if not c.text.isspace()}
    if len(used) < 2 or len({column for _, column in used}) < 2:
        return False
    return ruled.drawn or not (ruled.rows == 1 or _has_open_row(ruled, held))


def _has_open_row(ruled: Ruled, held: Sequence[Char]) -> bool:
    """A stretch without upright edges whose words keep to the columns all the same: a row between two shaded ones."""
    for row, owners in enumerate(ruled.owner):
        if set(owners) == {(row, 0)}:
            inside = [char for char in held if ruled.ys[row] <= (char.top + char.bottom) / 2 <= ruled.ys[row + 1]]
            words = [word for line in build_lines(inside) for word in line.words]
            if len({bisect_right(ruled.xs, word.x0 + 1) for word in words}) > 1 and not any(
                word.x0 < x - 1 < word.x1 - 2 for word in words for x in ruled.xs[1:-1]
            ):
                return True
    return False


def _ruled_cell(ruled: Ruled, place: tuple[int, int], held: list[Char], source: Source) -> Cell:
    row, column = place
    owner = ruled.owner[row][column]
    if owner != place:
        return Cell("", source, anchor=owner)
    span = sum(1 for other in ruled.owner[row][column:] if other == place)
    rowspan = sum(1 for owners in ruled.owner[row:] if owners[column] == place)
    lines = build_lines(held)
    text = "\n".join(line.text for line in lines)
    return Cell(text, source, None, None, span, rowspan, bool(lines) and all(line.bold for line in lines))


def _stretches(lines: Sequence[Line], tables: Sequence[Ruled]) -> list[list[Line]]:
    stretches: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines:
        above = sum(1 for ruled in tables if ruled.ys[0] < line.top)
        stretches[above].append(line)
    return stretches


def _column_after_column(lines: Sequence[Line], edge: float) -> Iterator[Line]:
    """Running text set in two columns: the left one, then the right one."""
    for right in (False, True):
        for line in lines:
            if words := [word for word in line.words if (word.x0 >= edge - 1) == right]:
                yield Line(words)
