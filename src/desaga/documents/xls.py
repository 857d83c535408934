"""OLE files: workbooks of Excel before 2007 (.xls) through calamine; encrypted and other old files are refused by name."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from .budget import Budget
from .kinds import notice, refuse
from .model import Document, Source
from .numberformat import general
from .sheets import Area, Sheet, SheetCell

STREAMS = ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book")


def read_ole(data: bytes, document: Document, budget: Budget) -> None:
    """Adds one grid a sheet of an .xls. The format does not hand on number formats here: dates come as ISO dates
    with a notice `display_guessed`."""
    held = {name for name in STREAMS if name.encode("utf-16-le") in data}
    if "EncryptedPackage" in held:
        raise refuse("encrypted", document.name)
    if "WordDocument" in held:
        raise refuse("old_word", document.name)
    if "PowerPoint Document" in held:
        raise refuse("presentation", document.name)
    if not held:
        raise refuse("unsupported", document.name, found="an old Office or e-mail file")
    document.format = "xls"
    _read_xls(data, document, budget)


def _read_xls(data: bytes, document: Document, budget: Budget) -> None:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise refuse("encrypted", document.name) from error
    except python_calamine.CalamineError as error:
        raise refuse("corrupt", document.name) from error
    guessed = False
    for number, details in enumerate(book.sheets_metadata, start=1):
        if details.typ != python_calamine.SheetTypeEnum.WorkSheet or budget.spent:
            continue
        found = book.get_sheet_by_name(details.name)
        sheet = Sheet(details.name)
        for (top, left), (bottom, right) in found.merged_cell_ranges or []:
            sheet.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        for row, values in enumerate(found.to_python(skip_empty_area=False), start=1):
            for column, value in enumerate(values, start=1):
                held = _cell(value)
                if held.text and budget.take(1, len(held.text)):
                    sheet.cells[row, column] = held
                guessed = guessed or isinstance(value, (date, time, timedelta, float))
        if grid := sheet.grid(number):
            document.blocks.append(grid)
            if details.visible != python_calamine.SheetVisibleEnum.Visible:
                document.notices.append(notice("hidden_sheet", Source(sheet=details.name), sheet=details.name))
    if guessed:
        document.notices.append(notice("display_guessed"))


def _cell(value: object) -> SheetCell:
    if isinstance(value, bool):
        return SheetCell("TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return SheetCell(general(value))
    if isinstance(value, datetime):
        return SheetCell(value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes"))
    return SheetCell(str(value).strip())
