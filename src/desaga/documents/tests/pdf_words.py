"""The words of a PDF as a reader sees them."""

from __future__ import annotations

import io

import pdfplumber


def words_of_pdf(content: bytes) -> str:
    """All pages' text; a word that a line broke within a cell is still in pieces, so ask for short ones."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return "\n".join(page.extract_text() or "" for page in file.pages)
