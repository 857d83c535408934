"""Joining rows that a page tore apart, and cutting a row in two."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.organisations.refusals import Refused

from ... import mending
from ...models import ImportedDocument, StagedRow
from ...models.imports import GAP
from .steps import Seen, change_rows, held_for_review, held_rows


class NothingToJoin(Refused):
    """There is no row to join this one with. Tick two or more rows, or choose one that another row follows."""


class NothingToSplit(Refused):
    """Both actions need words. Put the mark where the second begins, or say what goes to the second."""


class NoRoomToSplit(Refused):
    """This row was cut too often to be cut again. Cut the row after it instead."""


@transaction.atomic
def join_rows(*, actor: Any, document: ImportedDocument, seen: Seen) -> StagedRow:
    """Make one row of several, in the document's order; answers it.

    Words, lists and source cells of all are kept, without repeats (`mending.joined`). The joined row counts as looked
    at only if all were. Raises `NothingToJoin`, `RowIsGone`, `ChangedMeanwhile`.
    """
    document = held_for_review(document)
    if len(seen) < 2:
        raise NothingToJoin
    first, *others = rows = held_rows(document, seen, check=True)
    fields = {
        "edited": mending.joined([row.data for row in rows]),
        "source_rows": [source for row in rows for source in row.source_rows],
        "is_dropped": all(row.is_dropped for row in rows),
        "is_kept": all(row.is_kept for row in rows),
        "holds": [*first.holds, *(reading for row in others for reading in [_reading_of(row), *row.holds])],
    }
    change_rows(
        actor=actor, document=document, words=f"joined {_named(rows)}", changed=[(first, fields)], removed=others
    )
    return first


@transaction.atomic
def split_row(*, actor: Any, row: StagedRow, cut: mending.Cut, seen: int | None = None) -> tuple[StagedRow, StagedRow]:
    """Cut a row in two; both keep all source cells. Answers the first and the second, which follows it.

    Raises `NothingToSplit` where one would have no words, `NoRoomToSplit`, `RowIsGone`, `ChangedMeanwhile`.
    """
    document = held_for_review(row.document)
    [row] = held_rows(document, {row.pk: seen}, check=True)
    first, second = mending.split(row.data, cut)
    if not (_has_words(first) and _has_words(second)):
        raise NothingToSplit
    number = _free_id(document, row.understood["id"])
    added = StagedRow(
        organisation=document.organisation,
        document=document,
        order=_place_after(row),
        understood={**row.understood, "id": number},
        edited={**second, "id": number},
        source_rows=row.source_rows,
    )
    words = f"split {row.short_name}"
    change_rows(
        actor=actor, document=document, words=words, changed=[(row, {"edited": first, "is_kept": False})], added=[added]
    )
    return row, added


def _reading_of(row: StagedRow) -> dict[str, Any]:
    return {"id": row.understood["id"], "source": row.understood["source"]}


def _named(rows: list[StagedRow]) -> str:
    return " and ".join(row.short_name for row in rows) if len(rows) == 2 else f"{len(rows)} rows"


def _has_words(data: dict[str, Any]) -> bool:
    return any(data[name].strip() for name in mending.TEXTS)


def _free_id(document: ImportedDocument, first: str) -> str:
    """The first row's id with a number after it that no row of the document has."""
    taken = set(StagedRow.objects.filter(document=document).values_list("understood__id", flat=True))
    number = 2
    while f"{first}-part-{number}" in taken:
        number += 1
    return f"{first}-part-{number}"


def _place_after(row: StagedRow) -> int:
    """Half-way to the row that follows, so that no other row moves."""
    later = StagedRow.objects.filter(document=row.document_id, order__gt=row.order).order_by("order")
    following = later.values_list("order", flat=True).first() or row.order + 2 * GAP
    place = (row.order + following) // 2
    if place == row.order:
        raise NoRoomToSplit
    return place
