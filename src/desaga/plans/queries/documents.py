"""Documents that were handed in, and what was understood of them. All answer within the current scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from ..models import (
    DocumentContent,
    ImportedDocument,
    StagedRow,
)
from ..states import DocumentState
from .finding import found, short


def documents() -> QuerySet[ImportedDocument]:
    """What was handed in, the latest first, with how many rows each has and how many are doubtful."""
    told = Coalesce("rows__edited", "rows__understood")
    doubtful = Q(rows__is_dropped=False, rows__is_kept=False) & ~Q(told__notices=[])
    counted = (
        ImportedDocument.objects.select_related("handed_in_by__person", "plan")
        .alias(told=told)
        .annotate(
            row_count=Count("rows", filter=Q(rows__is_dropped=False)), doubtful_count=Count("rows", filter=doubtful)
        )
    )
    return counted.order_by("-handed_in_at", "-id")


def document(pk: int) -> ImportedDocument:
    rows = ImportedDocument.objects.select_related("handed_in_by__person", "plan", "organisation")
    return found(rows, pk=pk)


def content_of(document: ImportedDocument) -> DocumentContent:
    """The document's bytes and reading."""
    return found(DocumentContent.objects.all(), document=document)


def reading_of(document: ImportedDocument) -> dict[str, Any]:
    """What was understood of the document, in the interchange format, its actions apart."""
    reading = DocumentContent.objects.filter(document=document).values_list("reading", flat=True).first() or {}
    return {name: value for name, value in reading.items() if name != "actions"}


def documents_waiting_for_review() -> QuerySet[ImportedDocument]:
    """Documents that were read and wait for somebody to look through and commit."""
    return ImportedDocument.objects.filter(state=DocumentState.READ).order_by("handed_in_at")


def staged_row(document_pk: int, pk: int) -> StagedRow:
    return found(StagedRow.objects.select_related("document", "organisation"), document=document_pk, pk=pk)


def staged_rows(document: ImportedDocument, wanted: Mapping[str, Any]) -> QuerySet[StagedRow]:
    """The rows that a filter asks for: kind of notice (or any), doubtful, dropped, and words."""
    rows = StagedRow.objects.filter(document=document).alias(told=Coalesce("edited", "understood"))
    if kind := wanted.get("notice"):
        rows = rows.exclude(told__notices=[]) if kind == "any" else rows.filter(_notices_of(kind))
    if show := wanted.get("show"):
        rows = rows.filter(SHOWN[show])
    for word in (wanted.get("q") or "").split():
        rows = rows.alias(words=Cast("told", TextField())).filter(words__icontains=word)
    return rows


def _notices_of(kind: str) -> Q:
    return Q(told__notices__contains=[{"kind": kind}])


SHOWN = {
    "open": Q(is_kept=False, is_dropped=False),
    "kept": Q(is_kept=True),
    "dropped": Q(is_dropped=True),
    "corrected": Q(edited__isnull=False),
    "usual": Q(told__business_as_usual=True),
}


@dataclass
class ReviewSummary:
    """An import at a glance: rows to commit, as usual, dropped, still to look at, and notices by kind; their sentences of rows to commit."""

    actions: int = 0
    usual: int = 0
    dropped: int = 0
    doubtful: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    messages: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def committed(self) -> int:
        return self.actions + self.usual


def review_summary(document: ImportedDocument) -> ReviewSummary:
    """Counted in one query over all rows of the import."""
    summary = ReviewSummary()
    rows = StagedRow.objects.filter(document=document).order_by()
    told = Coalesce("edited", "understood")
    notices_now, usual_now = KeyTransform("notices", told), KeyTransform("business_as_usual", told)
    for dropped, kept, notices, usual in rows.values_list("is_dropped", "is_kept", notices_now, usual_now):
        summary.kinds.update({notice["kind"] for notice in notices})
        if dropped:
            summary.dropped += 1
            continue
        if usual:
            summary.usual += 1
        else:
            summary.actions += 1
        summary.messages.update((notice["kind"], notice["message"]) for notice in notices)
        summary.doubtful += bool(notices) and not kept
    return summary


def following(document: ImportedDocument) -> dict[int, tuple[int, int]]:
    """For each row that is not dropped, the id and version of the one that stands after it in the document."""
    rows = StagedRow.objects.filter(document=document, is_dropped=False).order_by("order").values_list("pk", "version")
    told = list(rows)
    return {pk: after for (pk, _), after in pairwise(told)}


def staged_themes(document: ImportedDocument, reading: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The themes that a row may be put under: the document's, and those that rows were given by hand."""
    told = [(t["code"] or t["title"], _theme_name(t)) for t in reading.get("themes", [])]
    rows = StagedRow.objects.filter(document=document).exclude(edited=None).order_by()
    given = {name for name in rows.values_list("edited__theme", flat=True) if name}
    known = {value for value, _ in told} | {t["title"] for t in reading.get("themes", [])}
    return told + [(name, name) for name in sorted(given - known)]


def _theme_name(theme: Mapping[str, Any]) -> str:
    return short(
        f"{theme['code']}: {theme['title']}" if theme["code"] and theme["title"] != theme["code"] else theme["title"]
    )
