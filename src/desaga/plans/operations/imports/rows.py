"""Changing one row of an import before the commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked

from ...models import StagedRow
from ...states import DocumentState
from ..gate import NotNow


@transaction.atomic
def keep_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Say that a row was looked at and is right."""
    return _change_row(row, actor, "kept", is_kept=True, is_dropped=False)


@transaction.atomic
def drop_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Leave a row out of the plan. It can be taken back until the commit."""
    return _change_row(row, actor, "dropped", is_dropped=True, is_kept=False)


@transaction.atomic
def restore_row(*, actor: Any, row: StagedRow) -> StagedRow:
    """Take a dropped row back."""
    return _change_row(row, actor, "took back", is_dropped=False)


@transaction.atomic
def edit_row(*, actor: Any, row: StagedRow, data: Mapping[str, Any]) -> StagedRow:
    """Correct a row; `data` is in the interchange format. What the reader understood is kept beside it."""
    edited = {
        **data,
        "id": row.understood["id"],
        "source": row.understood["source"],
        "notices": row.understood["notices"],
    }
    return _change_row(row, actor, "corrected", edited=edited, is_kept=True, is_dropped=False)


@transaction.atomic
def retheme_row(*, actor: Any, row: StagedRow, theme: str) -> StagedRow:
    """Put a row under another theme: one of the document's, a new one, or none ("")."""
    # The document first, as everywhere: two people at one row would else wait for each other.
    locked(row.document)
    row = locked(row)
    return _change_row(row, actor, "gave another theme to", edited={**row.data, "theme": theme.strip() or None})


def _change_row(row: StagedRow, actor: Any, verb: str, **fields: Any) -> StagedRow:
    document = locked(row.document)
    if document.state != DocumentState.READ:
        raise NotNow
    row = locked(row)
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    corrected = [name for name, value in (fields.get("edited") or {}).items() if row.data[name] != value]
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    note = f"Document: {document.name}" + (f"; corrected: {', '.join(corrected)}" if corrected else "")
    audit.record(actor=actor, verb=verb, thing=row, note=note)
    return row
