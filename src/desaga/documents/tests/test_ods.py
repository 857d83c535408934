"""OpenDocument spreadsheets."""

from __future__ import annotations

from pathlib import Path

from odf.dc import Creator
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableHeaderRows, TableRow
from odf.text import LineBreak, P, S

from desaga.documents import read_document
from desaga.documents.tests.files import cells_of, grids_of, kinds_of


def text_cell(text: str, **attributes: object) -> TableCell:
    cell = TableCell(**attributes)
    cell.addElement(P(text=text))
    return cell


def test_a_sheet_is_read_as_displayed(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    bold = Style(name="ce1", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    book.automaticstyles.addElement(bold)
    table = Table(name="Plan")
    head = TableHeaderRows()
    row = TableRow()
    row.addElement(text_cell("Plan", numbercolumnsspanned=2, stylename=bold))
    row.addElement(CoveredTableCell())
    row.addElement(text_cell("end"))
    head.addElement(row)
    table.addElement(head)
    row = TableRow(visibility="collapse")
    row.addElement(text_cell("26-Jul", valuetype="date", datevalue="2025-07-26"))
    row.addElement(text_cell("80%", valuetype="percentage", value="0.8"))
    long = P(text="two")
    long.addElement(S(c=2))
    long.addText("lines")
    long.addElement(LineBreak())
    long.addText("here")
    cell = TableCell()
    cell.addElement(long)
    note = Annotation()
    note.addElement(Creator(text="x"))
    note.addElement(P(text="Ask first"))
    cell.addElement(note)
    row.addElement(cell)
    table.addElement(row)
    table.addElement(TableRow(numberrowsrepeated=1_000_000))
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))

    document = read_document(tmp_path / "a.ods")
    grid = grids_of(document)[0]

    assert cells_of(grid) == [["Plan", "", "end"], ["26-Jul", "80%", "two  lines\nhere"]]
    assert grid.rows[0].cells[1].anchor == (0, 0)
    assert grid.rows[0].cells[0].bold
    assert [cell.stored for cell in grid.rows[1].cells] == ["2025-07-26", "0.8", None]
    assert kinds_of(document) == ["cell_comment", "hidden_rows"]


def test_repeated_cells_and_hidden_sheets(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    hidden = Style(name="ta1", family="table")
    hidden.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    table = Table(name="Old", stylename=hidden)
    row = TableRow(numberrowsrepeated=2)
    row.addElement(text_cell("x", numbercolumnsrepeated=3))
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))

    document = read_document(tmp_path / "a.ods")

    assert cells_of(grids_of(document)[0]) == [["x", "x", "x"], ["x", "x", "x"]]
    assert kinds_of(document) == ["hidden_sheet"]
