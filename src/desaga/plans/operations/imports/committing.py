"""Making a plan of what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ...interchange import fields_of, source_fields_of
from ...models import Action, DocumentContent, Doubt, ImportedDocument, Plan, StagedRow, Theme
from ...states import ChoiceKind, DocumentState
from ..actions import parts_of, save_parts
from ..gate import NotNow, move_document
from ..linking import link_waits
from ..parties import PartyBook, add_missing_terms
from .remembering import count_used

# Some two seconds of one request; the refusal below says the figure in words.
MOST_COMMITTED = 2000


class NothingToCommit(Refused):
    """No action is left to commit. Take back one that you dropped, or discard the import."""


class UpdatesAPlan(Refused):
    """This document is a newer state of a plan, so no second plan is made of it. Look at what it changes, or say there that it is a plan of its own."""


class TooManyToCommit(Refused):
    """More than 2,000 actions cannot be committed at once. Drop rows, or split the document and bring in each part."""


@transaction.atomic
def commit_import(
    *, actor: Any, document: ImportedDocument, title: str = "", starts: str | None = None, ends: str | None = None
) -> Plan:
    """Make a plan of what was understood, all of it or nothing; a second commit answers the same plan.

    Adds the plan with its themes and actions, and the parties and abbreviations that the organisation lacks; people
    never. Title and period are the document's unless given. Raises `NothingToCommit`, `TooManyToCommit`, `UpdatesAPlan`, `gate.NotNow`.
    """
    document = locked(document)
    if document.plan:
        return document.plan
    if document.state != DocumentState.READ:
        raise NotNow
    if document.updates_plan_id:
        raise UpdatesAPlan
    rows = list(document.rows.filter(is_dropped=False))
    if not rows:
        raise NothingToCommit
    if len(rows) > MOST_COMMITTED:
        raise TooManyToCommit
    organisation = locked(document.organisation)
    reading: Any = DocumentContent.objects.get(document=document).reading
    plan = _plan_of(reading, organisation, title or reading["title"] or document.name, starts, ends)
    book = PartyBook()
    owners = [owner for row in rows for owner in row.data["owners"]]
    parties = book.add_missing(actor=actor, organisation=organisation, owners=owners, glossary=reading["glossary"])
    terms = add_missing_terms(actor=actor, organisation=organisation, glossary=reading["glossary"])
    _save_actions(plan, document, rows, _themes_of(plan, reading, rows), book)
    note = f"{len(rows)} actions from {document.name}; {parties} new parties, {terms} new abbreviations."
    count_used((ChoiceKind.NAME, words) for words in book.used)
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
            order=order,
            theme=themes.get(row.data["theme"] or ""),
            document=document,
            source_rows=row.source_rows,
            **fields_of(row.data),
            **source_fields_of(row.data),
        )
        for order, row in enumerate(rows)
    )
    parts: list[Any] = []
    for action, row in zip(actions, rows, strict=True):
        parts += parts_of(action, row.data, book)
        parts += [
            Doubt(organisation=plan.organisation, plan=plan, action=action, order=order, **notice)
            for order, notice in enumerate(row.data["notices"])
        ]
    save_parts(parts)
    link_waits(plan, {action.pk: row.data["depends_on"] for action, row in zip(actions, rows, strict=True)})
