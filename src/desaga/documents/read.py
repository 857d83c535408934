"""One door for every format: `read_document`."""

from __future__ import annotations

from pathlib import Path

from .budget import Budget
from .encoding import decode, looks_binary
from .kinds import notice, refuse
from .limits import MEGABYTE, Limits
from .model import Document

def read_document(path: Path, *, limits: Limits = Limits()) -> Document:
    """The blocks and notices of the file at `path`, told apart by content, not by name.

    Raises `UnreadableDocument`, and nothing else, where the file cannot be read: its `kind` is a key of
    `kinds.UNREADABLE_KINDS` and its sentence says how to mend it.
    """
    return _read_text_file(path, path.read_bytes(), limits)


def _read_text_file(path: Path, data: bytes, limits: Limits) -> Document:
    from .delimited import read_delimited
    from .text import read_text

    text, guessed = decode(data)
    if looks_binary(text):
        raise refuse("binary", path.name)
    budget = Budget(limits)
    document = Document(path.name, "txt")
    if path.suffix.lower() in {".csv", ".tsv"}:
        delimited = read_delimited(text, budget)
        document.format = "tsv" if delimited.delimiter == "\t" else "csv"
        document.blocks = [delimited.grid] if delimited.grid else []
        document.notices += delimited.notices
    else:
        document.blocks = read_text(text, budget)
    if guessed:
        document.notices.append(notice("encoding_guessed", encoding=guessed))
    document.notices += budget.cut
    if not document.blocks:
        raise refuse("empty", path.name)
    return document
