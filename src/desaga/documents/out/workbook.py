"""Tables as .xlsx: a sheet for each, ready to be read, filtered and printed. Texts are written as texts, so none can act as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from .model import Imprint, Table, Value, text_of

#: A cell holds 32,767 characters, a sheet's name 31, its head or foot 255.
LONGEST_CELL, LONGEST_NAME, LONGEST_HEAD = 32_767, 31, 200
CUT = " … (longer than a cell can hold)"
HEAD_ROW = 3
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def write(tables: Sequence[Table], imprint: Imprint) -> bytes:
    """Each sheet: title, what is counted, the table with its head held in sight, and notes under it."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **AS_WRITTEN}) as book:
        book.set_properties({"title": text_of(imprint.title)[:255], "company": text_of(imprint.organisation)[:255]})
        looks = _looks(book)
        names: list[str] = []
        for table in tables:
            names.append(sheet_name(table.title, names))
            _write_sheet(book.add_worksheet(names[-1]), table, imprint, looks)
    return out.getvalue()


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A name that a workbook takes and that none of its sheets has yet."""
    base = NOT_IN_A_NAME.sub(" ", text_of(title)).replace("\n", " ").strip(" '")[:LONGEST_NAME].strip(" '") or "Table"
    # A workbook keeps this name for itself.
    base = "Changes" if base.casefold() == "history" else base
    known, name, number = {one.casefold() for one in taken}, base, 1
    while name.casefold() in known:
        number += 1
        name = f"{base[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    return name


def _looks(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "quiet": book.add_format({"font_color": "#565C64"}),
        "head": book.add_format({**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EDEBE5"}),
        "text": book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        "number": book.add_format({**top, "align": "right"}),
        "number_head": book.add_format(
            {**top, "bold": True, "text_wrap": True, "align": "right", "bottom": 1, "bg_color": "#EDEBE5"}
        ),
    }


def _write_sheet(page: Any, table: Table, imprint: Imprint, looks: dict[str, Any]) -> None:
    page.write_string(0, 0, text_of(table.title)[:LONGEST_CELL], looks["title"])
    page.write_string(1, 0, text_of(table.subtitle)[:LONGEST_CELL], looks["quiet"])
    for at, column in enumerate(table.columns):
        page.set_column(at, at, min(column.width, 80))
        look = "number_head" if column.kind == "number" else "head"
        page.write_string(HEAD_ROW, at, text_of(column.heading), looks[look])
    for line, row in enumerate(table.rows, HEAD_ROW + 1):
        for at, value in enumerate(row):
            _write_cell(page, line, at, value, looks)
    for line, note in enumerate(table.notes, HEAD_ROW + len(table.rows) + 2):
        page.write_string(line, 0, text_of(note)[:LONGEST_CELL], looks["quiet"])
    if table.columns:
        page.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(table.rows), 1), len(table.columns) - 1)
    page.freeze_panes(HEAD_ROW + 1, 0)
    _lay_out(page, imprint)


def _write_cell(page: Any, line: int, at: int, value: Value, looks: dict[str, Any]) -> None:
    if isinstance(value, int | float):
        page.write_number(line, at, value, looks["number"])
        return
    text = text_of(value)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(CUT)] + CUT
    page.write_string(line, at, text, looks["text"])


def _lay_out(page: Any, imprint: Imprint) -> None:
    """A4 across, as wide as the paper, the head on every page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_header(f"&L{text_of(imprint.organisation).replace('&', '&&')[:LONGEST_HEAD]}&R{imprint.day}")
    page.set_footer("&RPage &P of &N")
