"""A spreadsheet as somebody uploads or pastes it, read within limits."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desaga.documents import Document, read_document


def read_uploaded(upload: Any) -> Document:
    """The document in an uploaded file. Raises `UnreadableDocument` with a sentence."""
    return read_bytes(b"".join(upload.chunks()), Path(upload.name).suffix.lower())


def read_pasted(text: str) -> Document:
    """The document in pasted cells, as spreadsheets put them on the clipboard. Raises `UnreadableDocument`."""
    return read_bytes(text.encode(), ".tsv" if "\t" in text else ".csv")


def read_bytes(content: bytes, suffix: str) -> Document:
    with TemporaryDirectory() as directory:
        path = Path(directory) / f"sheet{suffix}"
        path.write_bytes(content)
        return read_document(path)
