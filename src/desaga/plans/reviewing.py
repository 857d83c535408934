"""What a review page sends along: which rows, and which version of each it showed. And the steps of the way to a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from .models import ImportedDocument
from .queries import ReviewSummary, review_summary
from .queries.names import names_open
from .queries.words import words_open

LARGEST = 2**31 - 1


def version_in(text: str | None) -> int | None:
    """A version that a form sent; None where it sent none that can be."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= LARGEST else None


def moment_in(text: str | None) -> datetime | None:
    """A moment that a form sent; None where it sent none that can be."""
    try:
        told = datetime.fromisoformat((text or "")[:40])
    except ValueError:
        return None
    return told if told.tzinfo else None


def seen_in(values: Iterable[str]) -> dict[int, int | None]:
    """Rows with the version that was shown, from "7:3" each. What cannot be a row is left out."""
    told = (value.partition(":") for value in values)
    return {pk: version_in(version) for row, _, version in told if (pk := version_in(row)) is not None}


def way_to_plan(
    document: ImportedDocument, current: str, *, summary: ReviewSummary | None = None, names: int | None = None
) -> list[dict[str, Any]]:
    """The steps from a document to a plan, with how much is left in each; none of them must be done, the last apart.

    Of a newer state of a plan it leads to what that changes. `summary` and `names`, the number of open ones, where the page has them already.
    """
    summary = summary or review_summary(document)
    names = names_open(document) if names is None else names
    left = {"rows": summary.doubtful, "names": names, "words": words_open(summary.messages)}
    settling = [("names", "plans:settle_names", "Names", "name"), ("words", "plans:settle_words", "Words", "word")]
    steps = [
        ("rows", "plans:review_import", "Rows", "doubt"),
        *settling,
        ("commit", "plans:commit_import", "Commit", ""),
    ]
    if document.updates_plan_id:
        steps = [*settling, ("changes", "plans:review_changes", "Changes", "")]
    return [
        {
            "label": label,
            "url": reverse(address, args=[document.organisation.slug, document.pk]),
            "is_current": name == current,
            "left": left.get(name),
            "of": f"{of}{'s' if left.get(name) != 1 else ''}",
        }
        for name, address, label, of in steps
    ]
