"""Word documents."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from desaga.documents import Grid, Text, read_document
from desaga.documents.tests.files import cells_of, docx_bytes, grids_of, kinds_of, lines_of, read_bytes


def test_blocks_in_the_order_of_the_body(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Technician plan", 0)
    document.add_heading("Visibility", 1)
    document.add_paragraph("Some words")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("inner", style="List Bullet 2")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("• typed bullet")
    document.add_table(1, 2).cell(0, 0).text = "A"
    document.add_paragraph("")
    document.add_paragraph().add_run("After").bold = True
    document.save(str(tmp_path / "a.docx"))

    found = read_document(tmp_path / "a.docx")

    assert found.title == "Technician plan"
    told = [(b.kind, b.level, b.marker, b.text, b.bold) if isinstance(b, Text) else cells_of(b) for b in found.blocks]
    assert told == [
        ("heading", 1, None, "Technician plan", False),
        ("heading", 1, None, "Visibility", True),
        ("paragraph", 0, None, "Some words", False),
        ("item", 1, "•", "one", False),
        ("item", 2, "•", "inner", False),
        ("item", 1, "1.", "first", False),
        ("item", 1, "2.", "second", False),
        ("item", 1, "•", "typed bullet", False),
        [["A", ""]],
        ("paragraph", 0, None, "After", True),
    ]
    assert [block.blank_before for block in lines_of(found)] == [0, 1, 1, 1, 0, 0, 0, 0, 2]


def test_merged_cells_are_anchored_not_repeated(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Theme"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Down"
    table.cell(1, 1).text = "a\nb"
    table.cell(2, 2).text = "end"
    document.save(str(tmp_path / "a.docx"))

    grid = grids_of(read_document(tmp_path / "a.docx"))[0]

    assert cells_of(grid) == [["Theme", "", ""], ["Down", "a\nb", ""], ["", "", "end"]]
    assert [[cell.anchor for cell in row.cells] for row in grid.rows] == [
        [None, (0, 0), (0, 0)],
        [None, None, None],
        [(1, 0), None, None],
    ]
    assert (grid.rows[0].cells[0].span, grid.rows[1].cells[0].rowspan) == (3, 2)


def test_a_nested_table_is_flattened_and_a_layout_table_dissolved(tmp_path: Path) -> None:
    document = docx.Document()
    inner = document.add_table(1, 2).cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Phase 1", "2025"
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "Heading inside"
    plan = frame.add_table(2, 2)
    plan.cell(0, 0).text, plan.cell(0, 1).text, plan.cell(1, 0).text = "Action", "Owner", "Do"
    document.save(str(tmp_path / "a.docx"))

    found = read_document(tmp_path / "a.docx")

    assert [cells_of(grid) for grid in grids_of(found)] == [[["", "Phase 1 | 2025"]], [["Action", "Owner"], ["Do", ""]]]
    assert [block.text for block in lines_of(found)] == ["Heading inside"]


BODIES = {
    "insertion": "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
    "control": "<w:sdt><w:sdtContent><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "inline control": "<w:p><w:sdt><w:sdtContent><w:r><w:t>kept</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    "hyperlink": "<w:p><w:hyperlink><w:r><w:t>kept</w:t></w:r></w:hyperlink></w:p>",
    "field": "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>kept</w:t></w:r></w:fldSimple></w:p>",
    "text box": "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>kept</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>kept</w:t></w:r>"
    "</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "old text box": "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></w:pict></w:r></w:p>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_text_is_found_once_wherever_word_puts_it(tmp_path: Path, body: str) -> None:
    assert [block.text for block in lines_of(read_bytes(tmp_path, "a.docx", docx_bytes(body)))] == ["kept"]


def test_cells_and_rows_within_controls_belong_to_their_table(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('a')}<w:sdt><w:sdtContent>{cell.format('b')}</w:sdtContent></w:sdt></w:tr>"
    more = f"<w:sdt><w:sdtContent><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell.format('c')}{cell.format('d')}</w:tr></w:sdtContent></w:sdt>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('x')}{cell.format('y')}</w:tr>"
    grid = grids_of(read_bytes(tmp_path, "a.docx", docx_bytes(f"<w:tbl>{row}{more}{gone}</w:tbl>")))[0]

    assert cells_of(grid) == [["a", "b"], ["c", "d"]]
    assert [row.header for row in grid.rows] == [False, True]


def test_columns_that_differ_by_a_hair_are_one(tmp_path: Path) -> None:
    def row(*cells: tuple[int, str]) -> str:
        return (
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
                for span, text in cells
            )
            + "</w:tr>"
        )

    layout = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 40, 3000, 1000)) + "</w:tblGrid>"
    body = (
        f"<w:tbl>{layout}{row((2, 'Action'), (1, 'Owner'), (1, 'When'))}{row((1, 'Do'), (2, 'HR'), (1, 'May'))}</w:tbl>"
    )
    grid = grids_of(read_bytes(tmp_path, "a.docx", docx_bytes(body)))[0]

    assert cells_of(grid) == [["Action", "Owner", "When"], ["Do", "HR", "May"]]


def test_breaks_tabs_symbols_and_hidden_text(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">a </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>'
        '<w:sym w:char="F0FC"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>'
    )
    document = read_bytes(tmp_path, "a.docx", docx_bytes(body))

    assert lines_of(document)[0].text == "a \tb\nc‑d✓"
    assert kinds_of(document) == ["hidden_text"]
    assert "secret" in document.notices[0].message


def test_pages_are_counted_by_what_word_wrote_down(tmp_path: Path) -> None:
    text = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{text.format('one')}</w:p><w:p><w:r><w:br w:type='page'/></w:r></w:p>"
        f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{text.format('x')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:lastRenderedPageBreak/>"
        "<w:t>y</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    found = read_bytes(tmp_path, "a.docx", docx_bytes(body))

    assert [block.source.page for block in found.blocks] == [1, 2, 2]
    assert isinstance(found.blocks[2], Grid)


def test_notes_comments_headers_and_footers_are_kept(tmp_path: Path) -> None:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    data = docx_bytes(
        paragraph.format("body"),
        footnotes=f"<w:footnote w:type='separator'>{paragraph.format('')}</w:footnote><w:footnote>{paragraph.format('a note')}</w:footnote>",
        comments=f"<w:comment>{paragraph.format('a remark')}</w:comment>",
        header=paragraph.format("Draft"),
        footer=paragraph.format("Page 1"),
    )
    document = read_bytes(tmp_path, "a.docx", data)

    assert [(block.text, block.running) for block in lines_of(document)] == [
        ("Draft", True),
        ("body", False),
        ("a note", False),
        ("Page 1", True),
    ]
    assert [notice.message for notice in document.notices] == ["Comment: a remark"]


def test_tables_typed_into_paragraphs_are_grids(tmp_path: Path) -> None:
    document = docx.Document()
    for text in (
        "Before\tit",
        "",
        "Action\tOwner\tWhen",
        "\tHR\tMay",
        "Do\t\tJune",
        "After",
        "| A | B |",
        "|---|---|",
        "| 1 | 2 |",
    ):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    found = read_document(tmp_path / "a.docx")

    assert [cells_of(grid) for grid in grids_of(found)] == [
        [["Action", "Owner", "When"], ["", "HR", "May"], ["Do", "", "June"]],
        [["A", "B"], ["1", "2"]],
    ]
    assert [block.text for block in lines_of(found)] == ["Before\tit", "After"]


def test_numbers_are_counted_as_word_does(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level.format(0, "decimal", "%1.")
        + level.format(1, "lowerLetter", "%1.%2)")
        + "</w:abstractNum>"
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    cell = f"<w:tbl><w:tr><w:tc>{item.format(0, 'in a cell')}</w:tc></w:tr></w:tbl>"
    body = item.format(0, "a") + item.format(1, "b") + item.format(1, "c") + item.format(0, "d") + cell
    document = read_bytes(tmp_path, "a.docx", docx_bytes(body, numbering=numbering))

    assert [(block.marker, block.level) for block in lines_of(document)] == [
        ("1.", 1),
        ("1.a)", 2),
        ("1.b)", 2),
        ("2.", 1),
    ]
    assert cells_of(grids_of(document)[0]) == [["3. in a cell"]]
