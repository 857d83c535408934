"""OpenDocument spreadsheets (.ods), read from content.xml (OASIS OpenDocument 1.3): the text that each cell shows."""

from __future__ import annotations

from collections.abc import Iterator

from .archive import Archive
from .budget import Budget
from .kinds import notice, refuse
from .model import Document, Source, Text
from .numberformat import general
from .sheets import Area, Sheet, SheetCell
from .xml import Element, attribute, child, children, local, parse_xml

MOST_REPEATED = 1_000
GROUPS = {
    "table-row-group",
    "table-header-rows",
    "table-rows",
    "table-column-group",
    "table-header-columns",
    "table-columns",
}
SPACES = 1_000


def read_ods(archive: Archive, document: Document, budget: Budget) -> None:
    """Adds one grid a sheet with content, then the texts drawn on it, and notices about what is hidden."""
    root = parse_xml(archive.read("content.xml"), archive.name)
    book = child(child(root, "body"), "spreadsheet")
    if book is None:
        raise refuse("corrupt", archive.name)
    styles = child(root, "automatic-styles")
    reader = OdsReader(document, budget, styles if styles is not None else root)
    for number, table in enumerate(children(book, "table"), start=1):
        reader.read_sheet(table, number)


class OdsReader:
    def __init__(self, document: Document, budget: Budget, styles: Element) -> None:
        self.document = document
        self.budget = budget
        self.bold: set[str] = set()
        self.hidden_tables: set[str] = set()
        for style in children(styles, "style"):
            name = attribute(style, "name") or ""
            if any(attribute(part, "font-weight") in {"bold", "700"} for part in children(style, "text-properties")):
                self.bold.add(name)
            if any(attribute(part, "display") == "false" for part in children(style, "table-properties")):
                self.hidden_tables.add(name)

    def read_sheet(self, table: Element, number: int) -> None:
        sheet = Sheet(attribute(table, "name") or "")
        self._columns(table, sheet)
        row = 1
        rows = 0
        for element in _grouped(table, "table-row"):
            if self.budget.spent:
                break
            repeated = _repeats(element, "number-rows-repeated")
            if _has_content(element):
                for again in range(min(repeated, MOST_REPEATED)):
                    self._row(element, sheet, row + again, number)
                rows += 1
            if _is_hidden(element):
                sheet.hidden_rows.update(range(row, row + min(repeated, MOST_REPEATED)))
            row += repeated
            if rows >= self.budget.limits.rows:
                self.budget.stop(f"the first {rows:,} rows of the sheet “{sheet.name}”")
        self._add(table, sheet, number)

    def _add(self, table: Element, sheet: Sheet, number: int) -> None:
        notices, source = self.document.notices, Source(sheet=sheet.name)
        texts = [text for shapes in children(table, "shapes") for text in _paragraphs(shapes)]
        if grid := sheet.grid(number):
            self.document.blocks.append(grid)
        self.document.blocks += [
            Text(text, blank_before=1, source=source) for text in texts if self.budget.take(1, len(text))
        ]
        if attribute(table, "style-name") in self.hidden_tables and (grid or texts):
            notices.append(notice("hidden_sheet", source, sheet=sheet.name))
        if sheet.hidden_rows & {row for row, _ in sheet.cells}:
            notices.append(notice("hidden_rows", source, what="Rows", sheet=sheet.name))
        if sheet.hidden_columns & {column for _, column in sheet.cells}:
            notices.append(notice("hidden_rows", source, what="Columns", sheet=sheet.name))

    def _columns(self, table: Element, sheet: Sheet) -> None:
        column = 1
        for element in _grouped(table, "table-column"):
            repeated = _repeats(element, "number-columns-repeated")
            if _is_hidden(element):
                sheet.hidden_columns.update(range(column, column + min(repeated, MOST_REPEATED)))
            column += repeated

    def _row(self, element: Element, sheet: Sheet, row: int, number: int) -> None:
        column = 1
        for cell in children(element, "table-cell", "covered-table-cell"):
            repeated = _repeats(cell, "number-columns-repeated")
            if len(cell) and local(cell) == "table-cell" or attribute(cell, "value-type"):
                held = self._cell(cell, sheet, row, column, number)
                for again in range(min(repeated, MOST_REPEATED) if held else 0):
                    if held and self.budget.take(1, len(held.text)):
                        sheet.cells[row, column + again] = held
            column += repeated

    def _cell(self, cell: Element, sheet: Sheet, row: int, column: int, number: int) -> SheetCell | None:
        for annotation in children(cell, "annotation"):
            if text := "\n".join(_paragraphs(annotation)):
                source = Source(sheet.name, None, number, row, column)
                self.document.notices.append(notice("cell_comment", source, text=text))
        span = _repeats(cell, "number-columns-spanned")
        down = _repeats(cell, "number-rows-spanned")
        if span * down > 1:
            sheet.merged.append(Area(row, column, row + down - 1, column + span - 1))
        stored = _stored(cell)
        text = "\n".join(_text(part) for part in children(cell, "p")).strip()
        drawn = [text for frame in children(cell, "frame", "custom-shape") for text in _paragraphs(frame)]
        text = "\n".join([text, *drawn]).strip() or (stored or "" if not children(cell, "p") else "")
        bold = attribute(cell, "style-name") in self.bold
        return SheetCell(text, stored if stored != text else None, bold) if text else None


def _grouped(element: Element, name: str) -> Iterator[Element]:
    for part in element:
        if local(part) == name:
            yield part
        elif local(part) in GROUPS:
            yield from _grouped(part, name)


def _stored(cell: Element) -> str | None:
    """The value behind the text, for dates, times and numbers only."""
    for name in ("date-value", "time-value"):
        if value := attribute(cell, name):
            return value.removesuffix("T00:00:00")
    if attribute(cell, "value-type") in {"float", "percentage", "currency"}:
        try:
            return general(float(attribute(cell, "value") or ""))
        except (ValueError, OverflowError):
            return None
    return attribute(cell, "string-value")


def _has_content(row: Element) -> bool:
    return any(len(cell) or attribute(cell, "value-type") for cell in row)


def _is_hidden(element: Element) -> bool:
    return attribute(element, "visibility") in {"collapse", "filter"}


def _repeats(element: Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, int(value)) if value and value.isdecimal() else 1


def _paragraphs(holder: Element) -> list[str]:
    return [text for part in holder.iter("{*}p") if (text := _text(part).strip())]


def _text(part: Element) -> str:
    """The text of a paragraph with its spaces, tabs and line breaks; annotations inside are left out."""
    text = part.text or ""
    for inner in part:
        name = local(inner)
        if name == "s":
            text += " " * min(_repeats(inner, "c"), SPACES)
        elif name == "tab":
            text += "\t"
        elif name == "line-break":
            text += "\n"
        elif name != "annotation":
            text += _text(inner)
        text += inner.tail or ""
    return text
