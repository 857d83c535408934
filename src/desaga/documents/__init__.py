"""Files to text and tables, with provenance. Pure Python: no Django, no database, no network."""

from .limits import Limits
from .model import Block, Cell, Document, Grid, Notice, Row, Source, Text, UnreadableDocument
from .read import read_document

__all__ = [
    "Block", "Cell", "Document", "Grid", "Limits", "Notice", "Row", "Source", "Text", "UnreadableDocument",
    "read_document",
]  # fmt: skip
