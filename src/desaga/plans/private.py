"""What `privacy` is told of documents that plans were read from: how long those may be kept that were put aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.retaining import Retained, retain

from .models import DocumentContent, ImportedDocument, ReviewStep, StagedRow, StateChange
from .states import DocumentState


def delete_put_aside(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """What documents held that were put aside before a day, and what was read from them."""
    moved = StateChange.objects.filter(became=DocumentState.DISCARDED, at__lt=before).values("document_id")
    later = StateChange.objects.filter(became=DocumentState.DISCARDED, at__gte=before).values("document_id")
    found = ImportedDocument.objects.filter(state=DocumentState.DISCARDED, pk__in=moved).exclude(pk__in=later)
    contents = DocumentContent.objects.filter(document__in=found.values("pk"))
    number = contents.count()
    if not dry:
        for model in (ReviewStep, StagedRow, DocumentContent):
            model.objects.filter(document__in=found.values("pk")).delete()
    return {"documents that were put aside": number}


def register() -> None:
    retain(
        Retained(
            key="put_aside",
            name="Documents that were put aside",
            what="Documents that a plan was to be read from and that were put aside, with what was read from them",
            days=180,
            reason="Half a year, so that a document can be taken back after a long holiday",
            counted_from="the day on which it was put aside",
            stays="That there was a document, its name, and who handed it in and put it aside",
            delete=delete_put_aside,
            is_shown_first=True,
        )
    )
