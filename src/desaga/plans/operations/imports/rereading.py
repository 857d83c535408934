"""Keeping the rows of a reading: all of them the first time; after that, with what somebody has done to them meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ... import rereading
from ...models import ImportedDocument, StagedRow
from ...models.imports import GAP
from .steps import change_rows


def keep_rows_read(
    *, actor: Any, document: ImportedDocument, actions: Sequence[Any], sources: Sequence[list[Any]]
) -> None:
    """Write one row an action. Where the document has rows, they stay the rows that they are, corrections and all.

    A row whose action is no longer found goes; one that somebody has corrected is dropped instead, and so not lost.
    All of it is one step, which can be undone. The document is held by the caller and is being looked through.
    """
    rows = list(StagedRow.objects.filter(document=document).order_by("order"))
    if not rows:
        fresh = zip(actions, sources, strict=True)
        StagedRow.objects.bulk_create(_new_row(document, n * GAP, *one) for n, one in enumerate(fresh))
        return
    pairs = rereading.paired([row.understood for row in rows], [row.holds for row in rows], actions)
    lost = [row for index, row in enumerate(rows) if index not in pairs.action_of]
    fields = {rows[i].pk: _fields_now(rows[i], actions[at], sources[at]) for i, at in pairs.action_of.items()}
    fields |= {row.pk: {"is_dropped": True, "is_kept": False} for row in lost if row.edited}
    removed = [row for row in lost if not row.edited]
    added = {at: _new_row(document, 0, actions[at], sources[at]) for at in pairs.fresh}
    _set_order(_in_order(rows, pairs, added, removed), fields, max(row.order for row in rows))
    change_rows(
        actor=actor,
        document=document,
        words=_words(lost, removed, added),
        changed=[(row, fields[row.pk]) for row in rows if row.pk in fields],
        added=list(added.values()),
        removed=removed,
    )


def _new_row(document: ImportedDocument, order: int, action: Any, source: list[Any]) -> StagedRow:
    return StagedRow(
        organisation=document.organisation, document=document, order=order, understood=action, source_rows=source
    )


def _fields_now(row: StagedRow, action: Any, source: list[Any]) -> dict[str, Any]:
    """What a row is after it was read anew. It counts as looked at only where no doubt has come up."""
    now = {**action, "id": row.understood["id"]} if _is_part(row) else action
    kept_source = [one for one in row.source_rows if one not in source] if row.holds else []
    return {
        "understood": now,
        "edited": rereading.reapplied(row.understood, row.edited, now),
        "source_rows": [*source, *kept_source],
        "is_kept": row.is_kept and all(notice in row.understood["notices"] for notice in now["notices"]),
    }


def _is_part(row: StagedRow) -> bool:
    return rereading.base_id(row.understood["id"]) != row.understood["id"]


def _in_order(
    rows: Sequence[StagedRow], pairs: rereading.Pairs, added: dict[int, StagedRow], removed: Sequence[StagedRow]
) -> list[StagedRow]:
    """The rows as their actions stand in the document now; those without one stay behind the row that they followed."""
    gone = {row.pk for row in removed}
    placed: list[tuple[int, int, StagedRow]] = []
    last = -1
    for index, row in enumerate(rows):
        last = pairs.action_of.get(index, last)
        if row.pk not in gone:
            placed.append((last, index, row))
    placed += [(at, len(rows), row) for at, row in added.items()]
    return [row for _, _, row in sorted(placed, key=lambda one: one[:2])]


def _set_order(rows: Sequence[StagedRow], fields: dict[int, dict[str, Any]], highest: int) -> None:
    """Number rows anew beyond all numbers in use, so that no two meet on the way; not where the order is as it was."""
    orders = [row.order for row in rows]
    if all(row.pk for row in rows) and orders == sorted(orders):
        return
    for number, row in enumerate(rows, 1):
        order = highest + number * GAP
        if row.pk:
            fields.setdefault(row.pk, {})["order"] = order
        else:
            row.order = order


def _words(lost: Sequence[StagedRow], removed: Sequence[StagedRow], added: dict[int, StagedRow]) -> str:
    kept = len(lost) - len(removed)
    told = [f"{len(added)} more" if added else "", f"{len(removed)} fewer" if removed else ""]
    told += [f"{kept} corrected with no place, now among the dropped" if kept else ""]
    rows = ", ".join(words for words in told if words)
    return f"read the document anew{f' (rows: {rows})' if rows else ''}"
