"""The demo's documents, brought in as a user brings in theirs: uploaded or pasted, read, committed."""

from __future__ import annotations


def load_documents() -> None:
    """Bring in each document that its organisation lacks."""
