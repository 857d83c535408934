"""Bringing a plan in: hand a document in, read it, look through what was understood, commit or discard."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..interchange import fields_of, source_fields_of
from ..models import Action, DocumentContent, Doubt, ImportedDocument, Plan, StagedRow, Theme
from ..states import DocumentState
from .actions import parts_of, save_parts
from .gate import NotNow, move_document
from .parties import PartyBook, add_missing_terms

MEGABYTE = 1024 * 1024
LARGEST_DOCUMENT = 25 * MEGABYTE
# Some two seconds of one request; the refusal below says the figure in words.
MOST_COMMITTED = 2000


class DocumentTooLarge(Refused):
    """The file is larger than 25 MB. Remove pictures from it or split it, and choose it again."""


class DocumentIsEmpty(Refused):
    """There is nothing in the file. Check that it was saved, and choose it again."""


class NothingToCommit(Refused):
    """No action is left to commit. Take back one that you dropped, or discard the import."""


class TooManyToCommit(Refused):
    """More than 2,000 actions cannot be committed at once. Drop rows, or split the document and bring in each part."""


class StillBeingRead(Refused):
    """The document is still being read. Wait a moment and look again."""


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
) -> HandedIn:
    """Keep a document and have it read. The same form sent twice answers the same document.

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
            )
    except IntegrityError:
        # The same form, sent twice within the same moment: the other was quicker.
        return HandedIn(ImportedDocument.objects.get(submission=submission), is_known=False)
    DocumentContent.objects.create(organisation=organisation, document=document, content=content)
    audit.record(actor=actor, verb="handed in", thing=document)
    if in_background:
        _have_read(document, actor)
    return HandedIn(document, is_known=False)


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
    ).document


def read_now(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Read a document while the caller waits: begin, read in the confined child, finish or refuse."""
    from desaga.documents import UnreadableDocument

    from ..sources import read_confined

    name, content = begin_reading(actor=actor, document=document)
    try:
        found = read_confined(name, content)
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

    `found` is what `sources.read_with_rows` answers.
    """
    document = locked(document)
    found = _without_nul(found)
    plan = found["plan"]
    document = move_document(document, "finish", actor=actor, format=found["format"], refusal="")
    DocumentContent.objects.filter(document=document).update(reading=plan)
    StagedRow.objects.filter(document=document).delete()
    StagedRow.objects.bulk_create(
        StagedRow(
            organisation=document.organisation, document=document, order=order, understood=action, source_rows=rows
        )
        for order, (action, rows) in enumerate(zip(plan["actions"], found["rows"], strict=True))
    )
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
    _have_read(document, actor)
    return document


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


@transaction.atomic
def discard_import(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Put an import aside. Nothing is deleted; it can be taken back."""
    return move_document(locked(document), "discard", actor=actor)


@transaction.atomic
def restore_import(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Take back a discarded import; one that was never read is read now."""
    document = locked(document)
    if DocumentContent.objects.filter(document=document, reading=None).exists():
        document = move_document(document, "restore_unread", actor=actor, refusal="")
        _have_read(document, actor)
        return document
    return move_document(document, "restore", actor=actor)


@transaction.atomic
def commit_import(
    *, actor: Any, document: ImportedDocument, title: str = "", starts: str | None = None, ends: str | None = None
) -> Plan:
    """Make a plan of what was understood, all of it or nothing; a second commit answers the same plan.

    Adds the plan with its themes and actions, and the parties and abbreviations that the organisation lacks; people
    never. Title and period are the document's unless given. Raises `NothingToCommit`, `TooManyToCommit`, `gate.NotNow`.
    """
    document = locked(document)
    if document.plan:
        return document.plan
    if document.state != DocumentState.READ:
        raise NotNow
    rows = list(document.rows.filter(is_dropped=False))
    if not rows:
        raise NothingToCommit
    if len(rows) > MOST_COMMITTED:
        raise TooManyToCommit
    organisation = locked(document.organisation)
    reading: Any = DocumentContent.objects.get(document=document).reading
    plan = _plan_of(reading, organisation, title or reading["title"] or document.name, starts, ends)
    meanings = {" ".join(row["code"].split()).casefold(): row["meaning"] for row in reading["glossary"]}
    book = PartyBook()
    owners = [owner for row in rows for owner in row.data["owners"]]
    parties = book.add_missing(actor=actor, organisation=organisation, owners=owners, meanings=meanings)
    terms = add_missing_terms(actor=actor, organisation=organisation, glossary=reading["glossary"])
    _save_actions(plan, document, rows, _themes_of(plan, reading, rows), book)
    note = f"{len(rows)} actions from {document.name}; {parties} new parties, {terms} new abbreviations."
    audit.record(actor=actor, verb="committed", thing=plan, note=note)
    move_document(document, "commit", actor=actor, plan=plan, note=note)
    return plan


def _plan_of(
    reading: Mapping[str, Any], organisation: Organisation, title: str, starts: str | None, ends: str | None
) -> Plan:
    period = reading["period"]
    return Plan.objects.create(
        organisation=organisation,
        title=" ".join(title.split())[:300],
        starts=(period["start"] or "") if starts is None else starts,
        ends=(period["end"] or "") if ends is None else ends,
        **{name: reading[name] for name in ("glossary", "phases", "frameworks", "unplaced", "notices")},
    )


def _themes_of(plan: Plan, reading: Mapping[str, Any], rows: list[StagedRow]) -> dict[str, Theme]:
    """The plan's themes by what actions call them: those of the document in its order, then those given by hand."""
    told = {theme["code"] or theme["title"]: theme for theme in reading["themes"]}
    names = {theme["title"]: key for key, theme in reversed(told.items())} | {key: key for key in told}
    for row in rows:
        name = row.data["theme"]
        if name and name not in names:
            told[name], names[name] = {"code": None, "title": name}, name
    made = Theme.objects.bulk_create(
        Theme(organisation=plan.organisation, plan=plan, order=order, code=theme["code"] or "", title=theme["title"])
        for order, theme in enumerate(told.values())
    )
    by_key = dict(zip(told, made, strict=True))
    return {name: by_key[key] for name, key in names.items()}


def _save_actions(
    plan: Plan, document: ImportedDocument, rows: list[StagedRow], themes: Mapping[str, Theme], book: PartyBook
) -> None:
    actions = Action.objects.bulk_create(
        Action(
            organisation=plan.organisation,
            plan=plan,
            order=row.order,
            theme=themes.get(row.data["theme"] or ""),
            document=document,
            source_rows=row.source_rows,
            **fields_of(row.data),
            **source_fields_of(row.data),
        )
        for row in rows
    )
    parts: list[Any] = []
    for action, row in zip(actions, rows, strict=True):
        parts += parts_of(action, row.data, book)
        parts += [
            Doubt(organisation=plan.organisation, plan=plan, action=action, order=order, **notice)
            for order, notice in enumerate(row.data["notices"])
        ]
    save_parts(parts)


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


def _have_read(document: ImportedDocument, actor: Any) -> None:
    from ..tasks import read_import

    read_import.later(organisation=document.organisation, actor=actor, document_id=document.pk)


def _without_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL in JSON; a document has no use for it either."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {name: _without_nul(one) for name, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list) else value
