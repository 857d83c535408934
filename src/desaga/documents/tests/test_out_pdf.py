"""PDFs that a screen reader can walk: what a program can tell of PDF/UA-1, and that the checks would see a fault."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from desaga.documents.out import FORMATS, Column, Imprint, Table

from .pdf_checks import elements, failures_of
from .pdf_words import words_of_pdf

IMPRINT = Imprint("A plan of <b>ours</b>", "Northmoor University", date(2027, 3, 1))
COLUMNS = [Column("Code", "code", 8), Column("What", width=40), Column("Number", "number", 8)]


def pdf_of(*tables: Table) -> bytes:
    return FORMATS["pdf"].write(tables, IMPRINT)


def table_of(rows: int, title: str = "Actions") -> Table:
    return Table(
        "actions", title, COLUMNS, [[f"A{n}", f"Second line\nof {n}", n] for n in range(rows)], "Counted", ["A note."]
    )


@pytest.fixture(scope="module")
def good() -> bytes:
    """Two tables, one broken over several pages."""
    return pdf_of(table_of(60), table_of(2, "Others"))


def spoiled(content: bytes, spoil: Callable[[Pdf], Any]) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        spoil(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return [failure.split(":")[0] for failure in failures_of(out.getvalue())]


def first(pdf: Pdf, tag: str) -> Any:
    return next(element for element, _ in elements(pdf) if element.get("/S") == tag)


def test_nothing_that_a_program_can_tell_is_wrong(good: bytes) -> None:
    assert failures_of(good) == []


@pytest.mark.parametrize(
    "tables", [[], [table_of(0)], [table_of(1)], [Table("t", IMPRINT.title, COLUMNS, [["", None, None]])]]
)
def test_small_files_are_right_too(tables: list[Table]) -> None:
    assert failures_of(pdf_of(*tables)) == []


def paint_without_tag(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"q 0 0 10 10 re f Q")


def lose_a_place(pdf: Pdf) -> None:
    del first(pdf, "/H1").K


def call_head_a_cell(pdf: Pdf) -> None:
    for element, _ in elements(pdf):
        if element.S == Name.TH:
            element.S = Name.TD


def lose_a_cell(pdf: Pdf) -> None:
    row = first(pdf, "/TR")
    del row.K[0]


def lose_letters(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def lose_fonts(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        about = font.DescendantFonts[0].FontDescriptor
        for name in ("/FontFile", "/FontFile2", "/FontFile3"):
            if name in about:
                del about[name]


def not_ua(pdf: Pdf) -> None:
    told = re.sub(rb'pdfuaid:part="1"', b'pdfuaid:part="9"', pdf.Root.Metadata.read_bytes())
    pdf.Root.Metadata.write(told)


def nest_artifact(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/P <</MCID 0>> BDC /Artifact BMC q 0 0 1 1 re f Q EMC EMC")


FAULTS: list[tuple[str, Callable[[Pdf], Any]]] = [
    ("01-003, 01-004", nest_artifact),
    ("01-005", paint_without_tag),
    ("01-006", lose_a_place),
    ("01-007", lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False)),
    ("02-001", lambda pdf: setattr(first(pdf, "/P"), "S", Name("/Paragraph"))),
    ("06-001 to 06-003", not_ua),
    ("06-001 to 06-003", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("07-001, 07-002", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    ("09-004, 09-005", lambda pdf: setattr(first(pdf, "/TR"), "S", Name.P)),
    ("11-006", lambda pdf: pdf.Root.__delitem__("/Lang")),
    ("13-004", lambda pdf: setattr(first(pdf, "/P"), "S", Name.Figure)),
    ("14-002, 14-003", lambda pdf: setattr(first(pdf, "/H1"), "S", Name.H3)),
    ("15-001", call_head_a_cell),
    ("15-003", lambda pdf: setattr(first(pdf, "/TH"), "A", Dictionary(O=Name.Table))),
    ("15-004", lose_a_cell),
    ("31-009", lose_fonts),
    ("31-027", lose_letters),
]


@pytest.mark.parametrize(("number", "spoil"), FAULTS, ids=[f"{n} {i}" for i, (n, _) in enumerate(FAULTS)])
def test_each_check_sees_its_fault(good: bytes, number: str, spoil: Callable[[Pdf], Any]) -> None:
    assert number in spoiled(good, spoil)


def test_heads_say_whether_they_head_a_column_or_a_row(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        scopes = [str(element.A.Scope) for element, _ in elements(pdf) if element.S == Name.TH]

    assert scopes[:4] == ["/Column", "/Column", "/Column", "/Row"]


def test_words_are_words_and_heads_stand_on_every_page(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        about = {name: str(value) for name, value in pdf.docinfo.items()}
    with pdfplumber.open(io.BytesIO(good)) as file:
        pages = [page.extract_text() for page in file.pages]

    with_rows = [words for words in pages if "Second line" in words]
    assert len(with_rows) > 2
    # The second table begins on one of these pages, under its own head.
    assert [words.count("Code") - words.count("Others") for words in with_rows] == [1] * len(with_rows)
    assert sum(words.count("Others") for words in with_rows) == 1
    assert "A plan of <b>ours</b>" in pages[0]
    assert about.pop("/Producer").startswith("WeasyPrint ")
    assert about == {"/Author": "Northmoor University", "/Title": "A plan of <b>ours</b>"}


@pytest.mark.parametrize("rows", range(18, 32, 2))
def test_a_heading_stands_on_the_page_where_its_table_begins(rows: int) -> None:
    content = pdf_of(table_of(rows), table_of(3, "Others"))

    with pdfplumber.open(io.BytesIO(content)) as file:
        page = next(words for words in (page.extract_text() for page in file.pages) if "Others" in words)
    assert "A0" in page.split("Others")[1]


def test_nothing_is_fetched_whatever_a_text_says() -> None:
    attack = '<img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd">'

    content = pdf_of(Table("t", attack, COLUMNS, [[attack, attack, 1]]))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == []
    assert "file:///etc/passwd" in words_of_pdf(content).replace("\n", "")
