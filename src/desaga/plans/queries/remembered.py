"""What people have said that words of their documents mean. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from desaga.frameworks.queries import principles_read

from ..models import DocumentContent, ImportedDocument, RememberedChoice, StagedRow
from ..reading.words import key
from ..states import ChoiceKind
from .finding import found


def choices_remembered(*, kind: str = "", words: str = "") -> QuerySet[RememberedChoice]:
    """The choices of the organisation by kind and words, with who chose and where."""
    rows = RememberedChoice.objects.select_related("by__person", "document", "party")
    rows = rows.filter(kind=kind) if kind else rows
    for word in words.split():
        rows = rows.filter(words__icontains=word)
    return rows.order_by("kind", "key")


def choice(pk: int) -> RememberedChoice:
    return found(RememberedChoice.objects.all(), pk=pk)


def choices_used_in(document: ImportedDocument) -> QuerySet[RememberedChoice]:
    """The choices that were of use when a document was read, as far as they are still remembered."""
    used = DocumentContent.objects.filter(document=document).values_list("choices_used", flat=True).first()
    if not used:
        return RememberedChoice.objects.none()
    told = Q()
    for kind, words in used:
        told |= Q(kind=kind, key=words)
    return choices_remembered().filter(told)


def meanings_of(kind: str, keys: Iterable[str]) -> dict[str, Any]:
    """What has been said of these words, by their key."""
    rows = RememberedChoice.objects.filter(kind=kind, key__in=set(keys))
    return dict(rows.values_list("key", "meaning"))


def hints_of_organisation() -> dict[str, Any]:
    """Everything remembered, and the organisation's own frameworks, as plain data for the reader (`reading.hints.hints_from`).

    Names are no part of it.
    """
    rows = RememberedChoice.objects.exclude(kind=ChoiceKind.NAME).values_list("kind", "key", "meaning")
    told: dict[str, dict[str, Any]] = {kind: {} for kind in ChoiceKind.values}
    for kind, words, meaning in rows:
        told[kind][words] = meaning
    return {
        "headings": {key: meaning["role"] for key, meaning in told[ChoiceKind.HEADING].items()},
        "statuses": {key: meaning["status"] for key, meaning in told[ChoiceKind.STATUS].items()},
        "phases": {key: [meaning["start"], meaning["end"]] for key, meaning in told[ChoiceKind.PHASE].items()},
        "alignments": {key: meaning["principles"] for key, meaning in told[ChoiceKind.ALIGNMENT].items()},
        "frameworks": principles_read(),
    }


@dataclass
class Heading:
    """A heading over cells of a document: over how many, and what stands in one of them."""

    words: str
    cells: int = 0
    example: str = ""


def headings_of(document: ImportedDocument) -> list[Heading]:
    """The headings over the cells that the rows came from, in the order in which they are met; alike ones once."""
    found: dict[str, Heading] = {}
    rows = StagedRow.objects.filter(document=document).order_by("order")
    for sources in rows.values_list("source_rows", flat=True).iterator():
        for cell in (cell for source in sources for cell in source["cells"]):
            if told := key(cell["head"]):
                heading = found.setdefault(told, Heading(cell["head"]))
                heading.cells += 1
                heading.example = heading.example or cell["text"]
    return list(found.values())
