"""Handing a document in: its bytes are kept for good, and reading it is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ...models import DocumentContent, ImportedDocument, Plan
from ...states import DocumentState
from ..gate import move_document
from .reading import have_read

MEGABYTE = 1024 * 1024
LARGEST_DOCUMENT = 25 * MEGABYTE


class DocumentTooLarge(Refused):
    """The file is larger than 25 MB. Remove pictures from it or split it, and choose it again."""


class DocumentIsEmpty(Refused):
    """There is nothing in the file. Check that it was saved, and choose it again."""


@dataclass(frozen=True)
class HandedIn:
    """A document, and whether these very bytes were handed in before."""

    document: ImportedDocument
    is_known: bool


@transaction.atomic
def hand_in(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    content: bytes,
    submission: UUID | None = None,
    is_pasted: bool = False,
    again: bool = False,
    in_background: bool = True,
    updates_plan: Plan | None = None,
) -> HandedIn:
    """Keep a document and have it read. The same form sent twice answers the same document.

    `updates_plan` is the plan of which the document is a newer state; None leaves that to the document.
    Where the organisation has these very bytes already, answers that document instead, unless `again`. With
    `in_background=False` the caller reads it (`read_now`). Raises `DocumentTooLarge`, `DocumentIsEmpty`.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise DocumentTooLarge
    if not content.strip():
        raise DocumentIsEmpty
    submission, sha256 = submission or uuid4(), hashlib.sha256(content).hexdigest()
    if sent := ImportedDocument.objects.filter(submission=submission).first():
        return HandedIn(sent, is_known=False)
    same = ImportedDocument.objects.filter(sha256=sha256).exclude(state=DocumentState.DISCARDED).first()
    if same and not again:
        return HandedIn(same, is_known=True)
    try:
        with transaction.atomic():
            document = ImportedDocument.objects.create(
                organisation=organisation,
                name=name.replace("\x00", "")[-255:],
                size=len(content),
                sha256=sha256,
                is_pasted=is_pasted,
                handed_in_by=actor,
                submission=submission,
                updates_plan=updates_plan,
            )
    except IntegrityError:
        # The same form, sent twice within the same moment: the other was quicker.
        return HandedIn(ImportedDocument.objects.get(submission=submission), is_known=False)
    DocumentContent.objects.create(organisation=organisation, document=document, content=content)
    audit.record(actor=actor, verb="handed in", thing=document)
    if in_background:
        have_read(document, actor)
    return HandedIn(document, is_known=False)


class ContentIsGone(Refused):
    """It was put aside too long ago: what it held was deleted. Hand the document in again."""


@transaction.atomic
def hand_in_again(*, actor: Any, document: ImportedDocument, submission: UUID) -> ImportedDocument:
    """Read the same bytes once more, as a new import beside the old one."""
    content = DocumentContent.objects.get(document=document)
    return hand_in(
        actor=actor,
        organisation=document.organisation,
        name=document.name,
        content=bytes(content.content),
        submission=submission,
        is_pasted=document.is_pasted,
        again=True,
        updates_plan=document.updates_plan,
    ).document


@transaction.atomic
def discard_import(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Put an import aside. Nothing is deleted; it can be taken back."""
    return move_document(locked(document), "discard", actor=actor)


@transaction.atomic
def restore_import(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Take back a discarded import; one that was never read is read now."""
    document = locked(document)
    if not DocumentContent.objects.filter(document=document).exists():
        raise ContentIsGone
    if DocumentContent.objects.filter(document=document, reading=None).exists():
        document = move_document(document, "restore_unread", actor=actor, refusal="")
        have_read(document, actor)
        return document
    return move_document(document, "restore", actor=actor)
