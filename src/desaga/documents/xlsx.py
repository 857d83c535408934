"""Excel workbooks (.xlsx, .xlsm), read from their XML (ECMA-376): what is shown, with what is stored behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .archive import Archive
from .budget import Budget
from .kinds import notice, refuse
from .model import Block, Document, Source, Text
from .numberformat import format_code, general, is_date_format, render, render_text, stored_moment
from .sheets import Sheet, SheetCell, parse_area, parse_reference
from .xlsx_extras import boxed_texts, sheet_comments
from .xml import Element, attribute, child, children, iterate_xml, local, parse_xml, relations

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ROWS_OF_A_SHEET = 1_048_576


@dataclass(slots=True)
class Styles:
    codes: list[str] = field(default_factory=lambda: ["General"])
    bold: list[bool] = field(default_factory=lambda: [False])

    def code(self, index: int) -> str:
        return self.codes[index] if 0 <= index < len(self.codes) else "General"

    def is_bold(self, index: int) -> bool:
        return self.bold[index] if 0 <= index < len(self.bold) else False


def read_xlsx(archive: Archive, document: Document, budget: Budget) -> None:
    """Adds one grid a sheet with content, then the texts of its drawn boxes, and notices about what is hidden."""
    book = Workbook(archive, document, budget)
    for table, (name, state, part) in enumerate(book.sheets(), start=1):
        if budget.spent:
            break
        book.read_sheet(name, state, part, table)


class Workbook:
    def __init__(self, archive: Archive, document: Document, budget: Budget) -> None:
        self.archive = archive
        self.document = document
        self.budget = budget
        roots = relations(archive, "")
        self.part = next((target for kind, target in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
        if self.part not in archive:
            raise refuse("corrupt", archive.name)
        self.root = parse_xml(archive.read(self.part), archive.name)
        self.relations = relations(archive, self.part)
        properties = child(self.root, "workbookPr")
        self.date1904 = properties is not None and attribute(properties, "date1904") in {"1", "true"}
        self.strings = list(self._shared_strings())
        self.styles = self._styles()

    def sheets(self) -> Iterator[tuple[str, str, str]]:
        """Name, state ("visible", "hidden", "veryHidden") and part of every sheet, in the order of the tabs."""
        holder = child(self.root, "sheets")
        for sheet in holder if holder is not None else ():
            kind, target = self.relations.get(attribute(sheet, "id") or "", ("", ""))
            if kind == "worksheet" and target in self.archive:
                yield attribute(sheet, "name") or "", attribute(sheet, "state") or "visible", target

    def read_sheet(self, name: str, state: str, part: str, table: int) -> None:
        sheet = self._cells(name, part)
        blocks: list[Block] = []
        if grid := sheet.grid(table):
            blocks.append(grid)
        for text in boxed_texts(self.archive, part):
            if self.budget.take(1, len(text)):
                blocks.append(Text(text, blank_before=1, source=Source(sheet=name)))
        self.document.blocks += blocks
        if state != "visible" and blocks:
            self.document.notices.append(notice("hidden_sheet", Source(sheet=name), sheet=name))
        self._hidden_notices(sheet)
        for reference, text in sheet_comments(self.archive, part):
            row, column = parse_reference(reference) or (None, None)
            self.document.notices.append(notice("cell_comment", Source(name, None, table, row, column), text=text))

    def _hidden_notices(self, sheet: Sheet) -> None:
        used = {"Rows": sheet.hidden_rows & {row for row, _ in sheet.cells}}
        used["Columns"] = sheet.hidden_columns & {column for _, column in sheet.cells}
        for what, numbers in used.items():
            if numbers:
                source = Source(sheet.name, row=min(numbers) if what == "Rows" else None)
                self.document.notices.append(notice("hidden_rows", source, what=what, sheet=sheet.name))

    def _cells(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        last_row = rows = 0
        for element in iterate_xml(self.archive.read(part), self.archive.name, "row", "mergeCell", "col"):
            kind = local(element)
            if kind == "mergeCell" and (area := parse_area(attribute(element, "ref") or "")):
                sheet.merged.append(area)
            elif kind == "col" and attribute(element, "hidden") in {"1", "true"}:
                first, last = int(attribute(element, "min") or 1), int(attribute(element, "max") or 1)
                sheet.hidden_columns.update(range(first, min(last, 16_384) + 1))
            elif kind == "row" and not self.budget.spent:
                last_row = _number(attribute(element, "r")) or last_row + 1
                before = len(sheet.cells)
                self._row(sheet, element, last_row)
                rows += len(sheet.cells) > before
                if rows >= self.budget.limits.rows:
                    self.budget.stop(f"the first {self.budget.limits.rows:,} rows of the sheet “{name}”")
        return sheet

    def _row(self, sheet: Sheet, element: Element, row: int) -> None:
        if attribute(element, "hidden") in {"1", "true"}:
            sheet.hidden_rows.add(row)
        column, reference = 0, ""
        for cell in element:
            own = cell.get("r")
            if own and not len(cell):
                reference = own
                continue
            place = parse_reference(own or reference)
            column = (place[1] + (not own)) if place else column + 1
            reference = ""
            held = self._cell(sheet, cell, row, column) if len(cell) and row <= ROWS_OF_A_SHEET else None
            if held and self.budget.take(1, len(held.text)):
                sheet.cells[row, column] = held

    def _cell(self, sheet: Sheet, cell: Element, row: int, column: int) -> SheetCell | None:
        kind = cell.get("t", "n")
        style = _number(cell.get("s")) or 0
        value = child(cell, "v")
        raw = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            text, bold = rich_text(child(cell, "is"))
            held = SheetCell(text.strip(), bold=bold or self.styles.is_bold(style))
        elif not raw:
            if child(cell, "f") is not None and kind != "str":
                source = Source(sheet.name, None, None, row, column)
                self.document.notices.append(notice("formula_without_value", source))
            return None
        else:
            held = self._value(kind, raw, style)
        return held if held.text else None

    def _value(self, kind: str, raw: str, style: int) -> SheetCell:
        code, bold = self.styles.code(style), self.styles.is_bold(style)
        if kind == "s":
            index = _number(raw)
            text, rich_bold = self.strings[index] if index is not None and index < len(self.strings) else ("", False)
            return SheetCell(render_text(text, code).strip(), bold=bold or rich_bold)
        if kind == "b":
            return SheetCell("TRUE" if raw.strip() in {"1", "true"} else "FALSE", bold=bold)
        if kind in {"str", "e", "d"}:
            return SheetCell(render_text(unescape(raw), code).strip(), bold=bold)
        return self._numeric(raw, code, bold)

    def _numeric(self, raw: str, code: str, bold: bool) -> SheetCell:
        try:
            number = float(raw)
            text = render(number, code, date1904=self.date1904)
        except (ValueError, OverflowError, ArithmeticError):
            return SheetCell(raw.strip(), bold=bold)
        stored = stored_moment(number, date1904=self.date1904) if is_date_format(code) else None
        stored = stored or general(number)
        return SheetCell(text, stored if stored != text else None, bold)

    def _shared_strings(self) -> Iterator[tuple[str, bool]]:
        part = next((target for kind, target in self.relations.values() if kind == "sharedStrings"), "")
        if part in self.archive:
            for item in iterate_xml(self.archive.read(part), self.archive.name, "si"):
                yield rich_text(item)

    def _styles(self) -> Styles:
        part = next((target for kind, target in self.relations.values() if kind == "styles"), "")
        if part not in self.archive:
            return Styles()
        root = parse_xml(self.archive.read(part), self.archive.name)
        holders = {local(holder): holder for holder in root}
        custom = {
            _number(attribute(each, "numFmtId")) or 0: attribute(each, "formatCode") or ""
            for each in holders.get("numFmts", ())
        }
        fonts = [_is_bold(font) for font in holders.get("fonts", ())]
        styles = Styles([], [])
        for each in holders.get("cellXfs", ()):
            styles.codes.append(format_code(_number(attribute(each, "numFmtId")) or 0, custom))
            font = _number(attribute(each, "fontId")) or 0
            styles.bold.append(font < len(fonts) and fonts[font])
        return styles


def rich_text(holder: Element | None) -> tuple[str, bool]:
    """The text of a string item and whether every run of it is bold; phonetic guides are left out."""
    if holder is None:
        return "", False
    plain = "".join(text.text or "" for text in children(holder, "t"))
    runs = children(holder, "r")
    texts = ["".join(text.text or "" for text in children(run, "t")) for run in runs]
    bolds = [_is_bold(child(run, "rPr")) for run, text in zip(runs, texts, strict=True) if text.strip()]
    return unescape(plain + "".join(texts)), bool(bolds) and all(bolds)


def unescape(text: str) -> str:
    """Characters that XML cannot hold are stored as _x000D_ and the like."""
    if "_x" in text:
        text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _is_bold(properties: Element | None) -> bool:
    mark = child(properties, "b")
    return mark is not None and attribute(mark, "val") not in {"0", "false"}


def _number(text: str | None) -> int | None:
    try:
        return int(text) if text else None
    except ValueError:
        return None
