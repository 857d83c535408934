"""Excel workbooks."""

from __future__ import annotations

import datetime
import time
import timeit
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from desaga.documents import read_document
from desaga.documents.tests.files import cells_of, grids_of, kinds_of, lines_of, read_bytes, write_xlsx, xlsx_bytes


@pytest.mark.parametrize(
    ("value", "code", "shown", "stored"),
    [
        (datetime.date(2025, 7, 26), "d-mmm", "26-Jul", "2025-07-26"),
        (datetime.date(2025, 3, 1), "mmm-yy", "Mar-25", "2025-03-01"),
        (datetime.date(2025, 3, 1), "mm-dd-yy", "01/03/2025", "2025-03-01"),
        (datetime.datetime(2025, 3, 1, 9, 30), "dd/mm/yyyy hh:mm", "01/03/2025 09:30", "2025-03-01T09:30:00"),
        (datetime.time(9, 30), "h:mm", "9:30", "09:30:00"),
        (0.8, "0%", "80%", "0.8"),
        (1500, "£#,##0", "£1,500", "1500"),
        (3, "General", "3", None),
        (True, "General", "TRUE", None),
        ("26-Jul", "General", "26-Jul", None),
        ("two\nlines ", "General", "two\nlines", None),
    ],
)
def test_what_is_displayed_counts(tmp_path: Path, value: object, code: str, shown: str, stored: str | None) -> None:
    book = openpyxl.Workbook()
    cell = book.active.cell(1, 1)
    cell.value = value
    cell.number_format = code
    book.save(tmp_path / "a.xlsx")

    found = grids_of(read_document(tmp_path / "a.xlsx"))[0].rows[0].cells[0]

    assert (found.text, found.stored) == (shown, stored)


def test_merged_cells_keep_text_in_their_anchor(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet["B2"] = "Plan"
    sheet.merge_cells("B2:D2")
    for column, text in enumerate(["Action", "Owner", "When"], start=2):
        sheet.cell(4, column, text)
    sheet["B5"] = "Do"
    sheet.merge_cells("B5:B6")
    sheet["C6"] = "HR"
    book.save(tmp_path / "a.xlsx")

    grid = grids_of(read_document(tmp_path / "a.xlsx"))[0]

    assert cells_of(grid) == [
        ["Plan", "", ""],
        ["", "", ""],
        ["Action", "Owner", "When"],
        ["Do", "", ""],
        ["", "HR", ""],
    ]
    assert [cell.anchor for cell in grid.rows[0].cells] == [None, (0, 0), (0, 0)]
    assert (grid.rows[0].cells[0].span, grid.rows[3].cells[0].rowspan, grid.rows[4].cells[0].anchor) == (3, 2, (3, 0))
    assert (grid.rows[0].source.row, grid.rows[4].cells[1].source.column, grid.title) == (2, 3, "Plan")


def test_hidden_things_and_comments_are_kept_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Action", "Note"])
    sheet.append(["Do", "hidden column"])
    sheet["A2"].comment = Comment("Ask the library", "someone")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("Old")
    other["A1"] = "earlier plan"
    other.sheet_state = "hidden"
    book.create_sheet("Empty").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    document = read_document(tmp_path / "a.xlsx")

    assert [cells_of(grid) for grid in grids_of(document)] == [
        [["Action", "Note"], ["Do", "hidden column"]],
        [["earlier plan"]],
    ]
    assert kinds_of(document) == ["hidden_rows", "hidden_rows", "cell_comment", "hidden_sheet"]
    comment = document.notices[2]
    assert (comment.source.row, comment.source.column) == (2, 1)
    assert "Ask the library" in comment.message


def test_bold_and_rich_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Visibility"
    sheet["A1"].font = Font(bold=True)
    sheet["A2"] = CellRichText(TextBlock(InlineFont(b=True), "All "), TextBlock(InlineFont(b=True), "bold"))
    sheet["A3"] = CellRichText("part ", TextBlock(InlineFont(b=True), "bold"))
    book.save(tmp_path / "a.xlsx")

    cells = [row.cells[0] for row in grids_of(read_document(tmp_path / "a.xlsx"))[0].rows]

    assert [(cell.text, cell.bold) for cell in cells] == [
        ("Visibility", True),
        ("All bold", True),
        ("part bold", False),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" t="str"><f>A2</f><v>kept result</v></c>', "kept result"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', "inline"),
        ('<c r="A1" t="s"><v>0</v></c>', "shared\ntext"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
        ('<c t="str"><v>no reference</v></c>', "no reference"),
    ],
)
def test_every_kind_of_cell(tmp_path: Path, cell: str, shown: str) -> None:
    strings = "<si><t>shared_x000D_\ntext</t><rPh><t>guide</t></rPh></si>"
    data = xlsx_bytes(f"<sheetData><row>{cell}</row></sheetData>", strings)

    assert cells_of(grids_of(read_bytes(tmp_path, "a.xlsx", data))[0]) == [[shown]]


def test_a_formula_without_a_result_is_said(tmp_path: Path) -> None:
    data = xlsx_bytes('<sheetData><row r="3"><c r="A3"><f>B1</f></c><c r="B3" t="str"><v>x</v></c></row></sheetData>')
    document = read_bytes(tmp_path, "a.xlsx", data)

    assert kinds_of(document) == ["formula_without_value"]
    assert (document.notices[0].source.row, document.notices[0].source.column) == (3, 1)


def test_text_boxes_on_a_sheet_are_read(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Plan")
    sheet.write("A1", "Action")
    sheet.insert_textbox("D1", "Agreed in May")
    book.close()

    assert [block.text for block in lines_of(read_document(tmp_path / "a.xlsx"))] == ["Agreed in May"]


def test_a_formatted_empty_area_costs_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}" s="1"/>' for c in "ABCDEFGH") + "</row>" for r in range(2, 60_000)
    )
    data = xlsx_bytes(f'<sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row>{rows}</sheetData>')
    start = time.process_time()
    grid = grids_of(read_bytes(tmp_path, "a.xlsx", data))[0]

    assert cells_of(grid) == [["x"]]
    assert time.process_time() - start < 25


def test_far_apart_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "first"
    book.active["XFD1048576"] = "last"
    book.active["C3"].fill = PatternFill("solid", "00FF00")
    book.save(tmp_path / "a.xlsx")

    grid = grids_of(read_document(tmp_path / "a.xlsx"))[0]

    assert (len(grid.rows), len(grid.rows[0].cells)) == (22, 22)
    assert (grid.rows[-1].source.row, grid.rows[-1].cells[-1].source.column) == (1_048_576, 16_384)


def test_two_hundred_rows_take_less_than_a_second(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[f"cell {r} {c}" for c in range(10)] for r in range(200)])

    assert min(timeit.repeat(lambda: read_document(path), timer=time.process_time, number=1, repeat=3)) < 1
