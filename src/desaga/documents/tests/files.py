"""Makers of real files for the tests, each through the library that people's programs would use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from desaga.documents import Document, Grid, Text, read_document

Rows = Sequence[Sequence[str]]


def texts_of(document: Document) -> list[str]:
    """Every text of a document: lines, cells, titles of grids and words kept in notices."""
    found = [document.title or ""]
    for block in document.blocks:
        if isinstance(block, Text):
            found += [block.marker or "", block.text]
        else:
            found += [block.title or "", *(cell.text for row in block.rows for cell in row.cells)]
    return found + [notice.message for notice in document.notices]


def grids_of(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines_of(document: Document) -> list[Text]:
    return [block for block in document.blocks if isinstance(block, Text)]


def cells_of(grid: Grid) -> list[list[str]]:
    return [row.texts for row in grid.rows]


def kinds_of(document: Document) -> list[str]:
    return [notice.kind for notice in document.notices]


def read_bytes(folder: Path, name: str, data: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_document(path)


def write_xlsx(path: Path, rows: Rows) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column)
                cell.value = text
                cell.data_type = "s"
    book.save(path)
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell()
            if text:
                for part in text.split("\n"):
                    cell.addElement(P(text=part))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def write_docx(path: Path, rows: Rows) -> Path:
    import docx

    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def write_html(path: Path, rows: Rows) -> Path:
    from html import escape

    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row) + "</tr>" for row in rows
    )
    path.write_text(f"<!doctype html><meta charset=utf-8><table>{lines}</table>", encoding="utf-8")
    return path


def write_csv(path: Path, rows: Rows, delimiter: str = ",") -> Path:
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def write_pipes(path: Path, rows: Rows) -> Path:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"

    path.write_text("\n".join([line(rows[0]), "|" + "---|" * len(rows[0]), *map(line, rows[1:])]), encoding="utf-8")
    return path


def write_pdf(path: Path, html: str) -> Path:
    import logging
    import warnings

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint

        weasyprint.HTML(string=html).write_pdf(str(path))
    return path


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx_bytes(body: str, **parts: str) -> bytes:
    """A .docx whose body is this XML; other parts (styles, numbering, comments, footnotes) by name."""
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(f'<Relationship Id="r{n}" Type="{office}/{n}" Target="{n}.xml"/>' for n in parts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
    }
    for name, xml in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {namespaces}>{xml}</w:{name}>"
    return zipped(members)


def xlsx_bytes(sheet: str, strings: str = "", styles: str = "", sheets: str | None = None) -> bytes:
    """A .xlsx whose first sheet is this XML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    tab = sheets or '<sheet name="Plan" sheetId="1" r:id="r1"/>'
    kinds = {
        "r1": ("worksheet", "worksheets/sheet1.xml"),
        "r2": ("sharedStrings", "sharedStrings.xml"),
        "r3": ("styles", "styles.xml"),
    }
    links = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>' for key, (kind, target) in kinds.items()
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>{tab}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
        }
    )
