"""The formats that tables leave in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from .model import Block, Imprint, Table


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its name ends, what people call it, its media type, and the module here that writes it."""

    ending: str
    label: str
    media_type: str
    module: str

    def write(self, tables: Sequence[Table], imprint: Imprint) -> bytes:
        """The tables as one file."""
        content: bytes = import_module(f"{__package__}.{self.module}").write(tables, imprint)
        return content

    def write_paper(self, blocks: Sequence[Block], imprint: Imprint) -> bytes:
        """A text with headings, lists and tables as one file: only of `PAPERS`."""
        content: bytes = import_module(f"{__package__}.{self.module}").write_paper(blocks, imprint)
        return content


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS = {
    one.ending: one
    for one in (
        Format("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", "workbook"),
        Format("docx", "Word", f"{_OFFICE}.wordprocessingml.document", "letter"),
        Format("pdf", "PDF", "application/pdf", "portable"),
        Format("csv", "CSV", "text/csv; charset=utf-8", "separated"),
        Format("json", "JSON", "application/json", "structured"),
    )
}

PAPERS = {ending: FORMATS[ending] for ending in ("pdf", "docx")}
