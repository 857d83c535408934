"""Changing rows of an import before the commit. Each function does one thing to one row or to several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from desaga.organisations.refusals import Refused

from ...models import ImportedDocument, StagedRow
from .steps import Fields, Seen, change_rows, changed_last_by, held_for_review, held_rows


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed at the same time."""

    name: str
    theirs: Any
    mine: Any


class EditedMeanwhile(Refused):
    """Somebody else changed the same lines while you were typing. Both are below: choose, and save again."""

    def __init__(self, row: StagedRow, merged: Mapping[str, Any], conflicts: list[Conflict]) -> None:
        super().__init__(f"{changed_last_by(row)} changed the same lines while you were typing.")
        self.row, self.merged, self.conflicts = row, merged, conflicts


@transaction.atomic
def keep_rows(*, actor: Any, document: ImportedDocument, seen: Seen) -> list[StagedRow]:
    """Say that rows were looked at and are right."""
    return _each(actor, document, seen, "kept {}", lambda row: {"is_kept": True, "is_dropped": False})


@transaction.atomic
def drop_rows(*, actor: Any, document: ImportedDocument, seen: Seen) -> list[StagedRow]:
    """Leave rows out of the plan. They can be taken back until the commit."""
    return _each(actor, document, seen, "dropped {}", lambda row: {"is_dropped": True, "is_kept": False})


@transaction.atomic
def restore_rows(*, actor: Any, document: ImportedDocument, seen: Seen) -> list[StagedRow]:
    """Take dropped rows back."""
    return _each(actor, document, seen, "took back {}", lambda row: {"is_dropped": False})


@transaction.atomic
def mark_rows(*, actor: Any, document: ImportedDocument, seen: Seen, is_usual: bool = True) -> list[StagedRow]:
    """Say that rows are business as usual, or with `is_usual=False` that they are actions after all."""
    words = "marked {} as business as usual" if is_usual else "marked {} as action after all"
    return _each(actor, document, seen, words, lambda row: _edited(row, business_as_usual=is_usual))


@transaction.atomic
def retheme_rows(*, actor: Any, document: ImportedDocument, seen: Seen, theme: str) -> list[StagedRow]:
    """Put rows under another theme: one of the document's, a new one, or none ("")."""
    return _each(
        actor, document, seen, "gave another theme to {}", lambda row: _edited(row, theme=theme.strip() or None)
    )


def keep_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Say that a row was looked at and is right."""
    return keep_rows(actor=actor, document=row.document, seen={row.pk: None})[0]


def drop_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Leave a row out of the plan. It can be taken back until the commit."""
    return drop_rows(actor=actor, document=row.document, seen={row.pk: None})[0]


def restore_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Take a dropped row back."""
    return restore_rows(actor=actor, document=row.document, seen={row.pk: None})[0]


def retheme_row(*, actor: Any, row: StagedRow, theme: str) -> StagedRow:
    """Put a row under another theme: one of the document's, a new one, or none ("")."""
    return retheme_rows(actor=actor, document=row.document, seen={row.pk: None}, theme=theme)[0]


@transaction.atomic
def edit_row(
    *,
    actor: Any,
    row: StagedRow,
    data: Mapping[str, Any],
    seen: int | None = None,
    base: Mapping[str, Any] | None = None,
) -> StagedRow:
    """Correct a row; `data` is in the interchange format. What the reader understood is kept beside it.

    Where the row is no longer of the version `seen`, what both changed is put together line by line: `base` is what
    the row said when one began to type (`queries.row_as_seen`). Raises `EditedMeanwhile` where both changed the same.
    """
    document = held_for_review(row.document)
    [row] = held_rows(document, {row.pk: None})
    if seen is not None and seen != row.version:
        data = _put_together(row, data, base)
    names = ("id", "source", "notices")
    edited = {**data, **{name: row.data[name] for name in names}}
    corrected = [name for name, value in edited.items() if row.data[name] != value]
    fields = {"edited": edited, "is_kept": True, "is_dropped": False}
    note = f"; corrected: {', '.join(corrected)}" if corrected else ""
    words = f"corrected {row.short_name}"
    change_rows(actor=actor, document=document, words=words, changed=[(row, fields)], note=note)
    return row


def _put_together(row: StagedRow, mine: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """Theirs with what I changed. Where it is not known what I began from, whatever differs is asked about."""
    theirs = row.data
    changed = [name for name in theirs if name in mine and mine[name] != (theirs if base is None else base)[name]]
    conflicts = [
        Conflict(name, theirs[name], mine[name])
        for name in changed
        if mine[name] != theirs[name] and (base is None or theirs[name] != base[name])
    ]
    merged = {**theirs, **{name: mine[name] for name in changed}}
    if conflicts:
        raise EditedMeanwhile(row, merged, conflicts)
    return merged


def _each(
    actor: Any, document: ImportedDocument, seen: Seen, words: str, fields_of: Callable[[StagedRow], Fields]
) -> list[StagedRow]:
    """Do one thing to each row, as one step; `words` have a blank for what it was done to."""
    document = held_for_review(document)
    rows = held_rows(document, seen)
    words = words.format(rows[0].short_name if len(rows) == 1 else f"{len(rows)} rows")
    changed = [(row, fields_of(row)) for row in rows]
    change_rows(actor=actor, document=document, words=words, changed=changed, seen=seen)
    return rows


def _edited(row: StagedRow, **fields: Any) -> dict[str, Any]:
    """The row's words with these changed; nothing where they are so already."""
    return {"edited": {**row.data, **fields}} if any(row.data[n] != v for n, v in fields.items()) else {}
