"""The demo's documents say what `tools/demo_plans` says."""

import io
import re
import zipfile

import pdfplumber
import pytest

from tools.make_demo_documents import TARGET, make_word_document, make_workbook, words_of


@pytest.mark.parametrize(
    ("name", "words", "make"),
    [
        ("wexcombe-action-plan-2025-2027.xlsx", "wexcombe", make_workbook),
        ("ashlar-action-plan-2025-2028.docx", "ashlar", make_word_document),
    ],
)
def test_committed_document_is_what_its_words_make(name, words, make):
    assert members((TARGET / name).read_bytes()) == members(make(words_of(words)))


def members(package):
    """The unpacked parts: how tightly they are packed differs between machines."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_pdf_holds_every_word_of_its_plan():
    plan = words_of("engineering")
    meant = [text for theme in plan["themes"] for action in theme["actions"] for text in [theme["title"], *action]]
    with pdfplumber.open(TARGET / "wexcombe-engineering-plan-2026-27.pdf") as pdf:
        cells = {
            " ".join((cell or "").split())
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        }
    assert sorted({text for text in meant if re.search(r"\w", text)} - cells) == []
