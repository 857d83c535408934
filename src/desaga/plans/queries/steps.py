"""What was done to the rows of an import, and what they said before. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from ..models import ImportedDocument, ReviewStep, StagedRow
from .finding import found

STEPS_SHOWN = 100


def steps_of(document: ImportedDocument) -> QuerySet[ReviewStep]:
    """What was done since the document was read last, the latest first, without the rows themselves."""
    since = Q(at__gte=document.began_at) if document.began_at else Q()
    steps = ReviewStep.objects.filter(since, document=document).select_related("by__person")
    return steps.defer("before", "after").order_by("-id")


def step(document_pk: int, pk: int) -> ReviewStep:
    return found(ReviewStep.objects.select_related("document"), document=document_pk, pk=pk)


def last_step_of(document: ImportedDocument, user: Any) -> ReviewStep | None:
    """What this user did last and has not undone: the step that one press undoes."""
    return steps_of(document).filter(by=user, undone_at=None).first()


def row_was(document_pk: int, pk: int) -> bool:
    """Whether a document of ours had a row that a step has joined or taken away."""
    touched = Q(before__has_key=str(pk)) | Q(after__has_key=str(pk))
    return ReviewStep.objects.filter(touched, document=document_pk).exists()


def row_as_seen(row: StagedRow, version: int) -> Mapping[str, Any] | None:
    """What a row said when it was of a version, in the interchange format; None where that is not known."""
    if version > row.version:
        return None
    if version == row.version:
        return row.data
    steps = ReviewStep.objects.filter(document=row.document_id, before__has_key=str(row.pk)).order_by("id")
    for step in steps:
        state = step.before[str(row.pk)]
        # A step that did not touch the words leaves them as they are told by the next that does.
        if state["version"] >= version and "edited" in state:
            is_known = state["version"] == version or _is_unbroken(steps, row, version, state["version"])
            return (state["edited"] or row.understood) if is_known else None
    return row.data if _is_unbroken(steps, row, version, row.version) else None


def _is_unbroken(steps: QuerySet[ReviewStep], row: StagedRow, version: int, until: int) -> bool:
    """Whether every version from one to another was left by a step that is known and did not touch the words."""
    left = {state["version"]: state for state in (step.before[str(row.pk)] for step in steps)}
    return all(number in left and "edited" not in left[number] for number in range(version, until))
