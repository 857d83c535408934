"""Reads action plans out of documents: `read_plan(path)` gives the interchange format. Pure Python, deterministic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .hints import Hints, hints_from
from .model import Plan

__all__ = ["Hints", "Plan", "hints_from", "read_plan", "understand"]


def read_plan(path: Path | str) -> dict[str, Any]:
    """The plan that a file holds, as plain data in the interchange format (schema.json).

    Raises desaga.documents.UnreadableDocument, whose text is a sentence for the person who chose the file.
    """
    from desaga.documents import read_document

    return understand(read_document(Path(path))).as_dict()


def understand(document: Any, *, hints: Hints | None = None) -> Plan:
    """The plan that a read document holds. `hints` are what people have said that its words mean; those used are noted there."""
    from .assemble import assemble
    from .hints import heeding

    with heeding(hints):
        return assemble(document)
