"""Reading a document that was handed in, and keeping what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ...models import DocumentContent, ImportedDocument, Plan
from ...queries.remembered import hints_of_organisation
from ...states import PlanState
from ..gate import move_document
from .remembering import count_used
from .rereading import keep_rows_read


class StillBeingRead(Refused):
    """The document is still being read. Wait a moment and look again."""


def read_now(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Read a document while the caller waits: begin, read in the confined child, finish or refuse."""
    from desaga.documents import UnreadableDocument

    from ...sources import read_confined

    name, content = begin_reading(actor=actor, document=document)
    try:
        found = read_confined(name, content, hints_of_organisation())
    except UnreadableDocument as error:
        return refuse_document(actor=actor, document=document, why=str(error))
    return finish_reading(actor=actor, document=document, found=found)


@transaction.atomic
def begin_reading(*, actor: Any, document: ImportedDocument, now: datetime | None = None) -> tuple[str, bytes]:
    """Mark a document as being read; answers its name and bytes."""
    document = move_document(locked(document), "begin", actor=actor, began_at=now or timezone.now())
    return document.name, bytes(DocumentContent.objects.get(document=document).content)


@transaction.atomic
def finish_reading(*, actor: Any, document: ImportedDocument, found: Mapping[str, Any]) -> ImportedDocument:
    """Keep what was understood: the whole reading, and one row an action to look through.

    Rows that somebody has corrected already, before the document was read anew, keep their corrections.
    `found` is what `sources.read_with_rows` answers. A sheet that was taken from a plan of ours is a newer state of it.
    """
    document = locked(document)
    found = _without_nul(found)
    plan = found["plan"]
    document = move_document(document, "finish", actor=actor, format=found["format"], refusal="")
    DocumentContent.objects.filter(document=document).update(
        reading=plan, sheet=found.get("sheet"), choices_used=found.get("used", [])
    )
    if not document.updates_plan_id and (sheet := found.get("sheet")):
        document.updates_plan = Plan.objects.filter(pk=sheet["mark"]["plan"]).exclude(state=PlanState.CLOSED).first()
        document.save(update_fields=["updates_plan"])
    count_used(found.get("used", []))
    keep_rows_read(actor=actor, document=document, actions=plan["actions"], sources=found["rows"])
    return document


@transaction.atomic
def refuse_document(*, actor: Any, document: ImportedDocument, why: str) -> ImportedDocument:
    """Say why a document could not be read, in a sentence that says how to mend it."""
    return move_document(locked(document), "refuse", actor=actor, refusal=why, note=why)


@transaction.atomic
def read_again(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Have a document read once more that could not be read, or whose reading never came to an end."""
    document = locked(document)
    if document.is_waiting and not document.is_given_up:
        raise StillBeingRead
    document = move_document(document, "read_again", actor=actor, refusal="")
    have_read(document, actor)
    return document


def have_read(document: ImportedDocument, actor: Any) -> None:
    """Ask the worker to read a document once this transaction has ended well."""
    from ...tasks import read_import

    read_import.later(organisation=document.organisation, actor=actor, document_id=document.pk)


def _without_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL in JSON; a document has no use for it either."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {name: _without_nul(one) for name, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list) else value
