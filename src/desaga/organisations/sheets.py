"""A spreadsheet as somebody uploads or pastes it: its tables, read in a process with limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desaga.documents.model import Grid
from desaga.documents.read import read_document
from desaga.documents.sandbox import read_limited

# A row's number in the file, and its cells.
Line = tuple[int, list[str]]


def tables_in_upload(upload: Any) -> list[list[Line]]:
    """The tables of an uploaded file. Raises `UnreadableDocument` with a sentence."""
    return tables_in(b"".join(upload.chunks()), Path(upload.name).name)


def tables_in_text(text: str) -> list[list[Line]]:
    """The tables in pasted cells, as spreadsheets put them on the clipboard. Raises `UnreadableDocument`."""
    return tables_in(text.encode(), "pasted.tsv" if "\t" in text else "pasted.csv")


def tables_in(content: bytes, name: str) -> list[list[Line]]:
    tables = read_limited(f"{__name__}:read_tables", name, content)
    return [[(number, cells) for number, cells in table] for table in tables]


def read_tables(payload: Mapping[str, str]) -> list[list[Line]]:
    """What the process with limits does: nothing here knows Django."""
    document = read_document(Path(payload["path"]))
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[(row.source.row or number, row.texts) for number, row in enumerate(grid.rows, 1)] for grid in grids]
