"""Tables as files: that everything is in them, that nothing acts as a formula, and what they say of themselves."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.documents.out import FORMATS, PAPERS, Column, Contents, Heading, Imprint, Picture, Points, Table, Words
from desaga.documents.out.separated import FORMULA, disarm, rearm
from desaga.documents.out.widths import shares_of, size_of
from desaga.documents.out.workbook import sheet_name

from .pdf_checks import elements, failures_of
from .pdf_words import words_of_pdf

IMPRINT = Imprint("Plan <of> & ours", "Northmoor University", date(2027, 3, 1))
ATTACKS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "https://example.org/",
    "<b>&amp;</b>",
]
TABLE = Table(
    key="actions",
    title="Actions",
    columns=[Column("Code", "code", 8), Column("=What", width=40), Column("Number", "number", 8)],
    rows=[[f"A{n}", text, n] for n, text in enumerate(ATTACKS)],
    subtitle="9 actions",
    notes=["A note."],
)
EMPTY = Table(key="none", title="Nothing", columns=[Column("Code")], rows=[], notes=["No action fits."])


def written(ending: str, *tables: Table) -> bytes:
    return FORMATS[ending].write(tables or (TABLE,), IMPRINT)


def lines_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written("xlsx")))["Actions"]

    rows = [[cell.value for cell in line] for line in page.iter_rows(min_row=4, max_row=4 + len(ATTACKS))]

    assert rows == [["Code", "=What", "Number"], *TABLE.rows]
    assert {cell.data_type for cell in page["B"]} <= {"s", "n"}
    assert [cell.hyperlink for cell in page["B"] if cell.hyperlink] == []
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "A5"
    assert page.page_setup.orientation == "landscape"


def test_a_workbook_says_when_a_text_is_longer_than_a_cell() -> None:
    table = Table("long", "Long", [Column("Text")], [["x" * 40_000]])

    text = openpyxl.load_workbook(io.BytesIO(written("xlsx", table)))["Long"]["A5"].value

    assert len(text) == 32_767
    assert text.endswith("… (longer than a cell can hold)")


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Actions", [], "Actions"),
        ("Actions", ["actions"], "Actions 2"),
        ("Who: [all] / none?", [], "Who   all    none"),
        ("'History'", [], "Changes"),
        ("", [], "Table"),
        ("x" * 40, ["x" * 31], "x" * 29 + " 2"),
    ],
)
def test_a_sheet_has_a_name_that_a_workbook_takes(title: str, taken: list[str], name: str) -> None:
    assert sheet_name(title, taken) == name


@given(st.text())
def test_a_cell_of_csv_is_disarmed_and_gives_the_very_text_again(text: str) -> None:
    assert rearm(disarm(text)) == text
    assert not disarm(text).startswith(FORMULA)


def test_csv_holds_every_cell_and_no_formula() -> None:
    content = written("csv")

    lines = lines_of_csv(content)

    assert content.startswith(b"\xef\xbb\xbf")
    assert [[rearm(cell) for cell in line] for line in lines] == [
        ["Code", "=What", "Number"],
        *[[code, text, str(n)] for code, text, n in TABLE.rows],
    ]
    assert [cell for line in lines for cell in line if cell.startswith(FORMULA)] == []


def test_csv_of_several_tables_parts_them_by_a_line_with_nothing() -> None:
    assert lines_of_csv(written("csv", EMPTY, EMPTY)) == [["Nothing"], ["Code"], [], ["Nothing"], ["Code"]]


def test_json_holds_the_tables() -> None:
    told = json.loads(written("json"))

    assert told["title"] == IMPRINT.title
    assert told["made_on"] == "2027-03-01"
    assert told["tables"][0]["rows"] == TABLE.rows
    assert [column["heading"] for column in told["tables"][0]["columns"]] == ["Code", "=What", "Number"]


def test_a_letter_is_across_with_headings_and_a_head_on_every_page() -> None:
    book = docx.Document(io.BytesIO(written("docx")))
    table, section = book.tables[0], book.sections[0]

    assert [(p.style.name, p.text) for p in book.paragraphs if p.style.name.startswith("Heading")] == [
        ("Heading 1", IMPRINT.title),
        ("Heading 2", "Actions"),
    ]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Code", "=What", "Number"],
        *[[code, text, str(n)] for code, text, n in TABLE.rows],
    ]
    assert section.page_width > section.page_height
    assert section.header.paragraphs[0].text == "Northmoor University, 1 March 2027"
    # Word wants these in this order.
    about = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
    assert about == ["tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption"]
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") != [] for row in table.rows]
    assert heads == [True, *[False] * len(ATTACKS)]


def test_a_letter_says_nothing_of_who_or_what_wrote_it() -> None:
    properties = docx.Document(io.BytesIO(written("docx"))).core_properties

    assert (properties.title, properties.author, properties.language) == (IMPRINT.title, IMPRINT.organisation, "en-GB")
    assert (properties.last_modified_by, properties.comments) == ("", "")


def test_the_paper_is_shared_so_that_no_short_word_is_broken_and_long_texts_get_the_rest() -> None:
    heads = [Column("Code"), Column("Text"), Column("Business as usual"), Column("Status")]
    table = Table("t", "T", heads, [["SR-2a", "many words " * 30, "yes", "In progress"]])

    code, text, usual, status = shares_of(table)

    assert sum((code, text, usual, status)) == pytest.approx(1)
    assert code < usual < text
    assert text > 0.6
    assert usual >= (len("Business") + 2) / 158


@pytest.mark.parametrize(("columns", "least", "most"), [(3, 1, 1), (18, 0.7, 0.85), (60, 0.62, 0.63)])
def test_letters_are_smaller_where_there_are_many_columns(columns: int, least: float, most: float) -> None:
    table = Table("t", "T", [Column("inherited")] * columns, [["stated"] * columns])

    assert least <= size_of(table) <= most


@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=4))
def test_every_column_gets_some_of_the_paper(rows: list[list[str]]) -> None:
    shares = shares_of(Table("t", "T", [Column("A"), Column(""), Column("C" * 90)], rows))

    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0.02


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_an_office_file_links_to_nothing_outside(ending: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(ending))) as file:
        told = [file.read(name).decode() for name in file.namelist() if name.endswith(".rels")]

    assert told != []
    assert [text for text in told if 'TargetMode="External"' in text] == []


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("text", ["\x00\x0b\ud800\ufffe", "a\r\nb\rc", "😀 é ﷽", "]]>", "x" * 5000, ""])
def test_every_format_takes_any_text(ending: str, text: str) -> None:
    table = Table("any", text, [Column(text), Column("Number", "number")], [[text, None], [None, 1.5]], text, [text])

    content = FORMATS[ending].write([table, EMPTY], Imprint(text, text, date(2027, 3, 1)))

    assert len(content) > 20


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="20" height="20" fill="#124E96"/></svg>'
PAPER = [
    Heading("What <moved>"), Words("Since March.\nTwo lines."), Words("Counted today.", is_quiet=True),
    Points(["One & another", "Two"]), Heading("A section", 3), Picture(SVG, "Half of it is blue."), TABLE, EMPTY,
]  # fmt: skip


def test_a_paper_is_a_document_with_headings_lists_and_pictures_that_say_what_they_show() -> None:
    book = docx.Document(io.BytesIO(PAPERS["docx"].write_paper(PAPER, IMPRINT)))

    told = [(one.style.name, one.text) for one in book.paragraphs if one.text]

    assert told[:7] == [
        ("Heading 1", IMPRINT.title), ("Heading 2", "What <moved>"), ("Normal", "Since March.\nTwo lines."),
        ("Normal", "Counted today."), ("List Bullet", "One & another"), ("List Bullet", "Two"), ("Heading 3", "A section"),
    ]  # fmt: skip
    assert [shape._inline.docPr.get("descr") for shape in book.inline_shapes] == ["Half of it is blue."]
    assert [[cell.text for cell in row.cells][:2] for row in book.tables[0].rows][1] == ["A0", "=1+1"]
    assert book.sections[0].page_width < book.sections[0].page_height


def test_a_paper_as_pdf_can_be_walked_by_a_screen_reader() -> None:
    content = PAPERS["pdf"].write_paper(PAPER, IMPRINT)

    assert failures_of(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = [str(element["/S"]) for element, _ in elements(pdf)]
    assert [tag for tag in tags if tag in ("/H1", "/H2", "/H3", "/LI", "/Figure", "/Table")] == [
        "/H1", "/H2", "/LI", "/LI", "/H3", "/Figure", "/H3", "/Table", "/H3",
    ]  # fmt: skip


LISTED = [
    Contents(),
    Heading("All & some"),
    Heading("A section", 3),
    Words("One."),
    Heading("A section", 3),
    Words("Two."),
]


def test_a_list_of_contents_leads_to_each_heading() -> None:
    """In a PDF by links that say aloud where they lead, with its page."""
    content = PAPERS["pdf"].write_paper(LISTED, IMPRINT)
    assert failures_of(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links = [one for one in pdf.pages[0].Annots if one.Subtype == "/Link"]
        assert [str(one.Contents) for one in links] == ["All & some", "A section", "A section (2)"]
    assert re.search(r"^All & some\.+ ?1$", words_of_pdf(content), re.MULTILINE)
    book = docx.Document(io.BytesIO(PAPERS["docx"].write_paper(LISTED, IMPRINT)))
    assert [one.text for one in book.paragraphs if one.style.name == "List Bullet 2"] == ["A section", "A section"]
