"""Who actions name as responsible, and the organisation's abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit

from ..loading import GLOSSARY, LoadRow
from ..models import GlossaryTerm, Organisation, Party
from ..refusals import Refused
from .rows import add_row, change_row, locked


class RowsHaveErrors(Refused):
    """Some rows have errors. Mend them in the file and load it again; nothing was changed."""


class TermOrMeaningMissing(Refused):
    """An abbreviation needs its meaning."""


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added, changed, and found as they already were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def add_party(*, actor: Any, organisation: Organisation, **fields: Any) -> Party:
    """Add whoever an action may name as responsible."""
    return add_row(Party, actor=actor, organisation=organisation, **fields)


@transaction.atomic
def change_party(*, actor: Any, party: Party, **fields: Any) -> Party:
    """Change a party, or say whom it stands for."""
    return change_row(party, actor=actor, fields=fields)


@transaction.atomic
def add_contacts(*, actor: Any, party: Party, contacts: Iterable[str]) -> int:
    """Add addresses that a party lacks; answers how many. The audit tells how many there are, not which."""
    party = locked(party)
    known = {one.casefold() for one in party.contacts}
    fresh = [one for one in dict.fromkeys(contacts) if one.casefold() not in known]
    if fresh:
        was, party.contacts = len(party.contacts), [*party.contacts, *fresh]
        party.save(update_fields=["contacts"])
        audit.record(
            actor=actor, verb="changed", thing=party, changes={"number of addresses": [was, len(party.contacts)]}
        )
    return len(fresh)


@transaction.atomic
def retire_party(*, actor: Any, party: Party, on: date | None = None) -> Party:
    """Stop offering a party for new actions; actions that name it keep it."""
    return change_row(party, actor=actor, verb="retired", fields={"retired_on": on or timezone.localdate()})


@transaction.atomic
def add_term(*, actor: Any, organisation: Organisation, **fields: Any) -> GlossaryTerm:
    """Add an abbreviation and its meaning."""
    return add_row(GlossaryTerm, actor=actor, organisation=organisation, **fields)


@transaction.atomic
def change_term(*, actor: Any, term: GlossaryTerm, **fields: Any) -> GlossaryTerm:
    return change_row(term, actor=actor, fields=fields)


@transaction.atomic
def remove_term(*, actor: Any, term: GlossaryTerm) -> None:
    """Remove an abbreviation from the glossary; the audit keeps what it was."""
    held = locked(term)
    was = audit.snapshot(held, "code", "meaning", "comment", "contact", "contacts")
    audit.record(actor=actor, verb="removed", thing=held, changes={name: [value, None] for name, value in was.items()})
    held.delete()


@transaction.atomic
def load_rows(*, actor: Any, organisation: Organisation, kind: str, rows: Sequence[LoadRow]) -> Loaded:
    """Write rows of a spreadsheet, all or none: known codes or names are brought up to date, others added.

    `kind` is `PARTIES` or `GLOSSARY` of `desaga.organisations.loading`. Loading the same rows again changes nothing.
    Raises `RowsHaveErrors` where a row has one.
    """
    if any(row.errors for row in rows):
        raise RowsHaveErrors
    locked(organisation)
    known = KnownTerms() if kind == GLOSSARY else KnownParties()
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        counts[known.write(actor, organisation, row)] += 1
    return Loaded(**counts)


class Known:
    """What there is already, found by code or name, whatever their case."""

    def __init__(self, model: Any, rows: Any) -> None:
        self.model = model
        self.by_key: dict[str, Any] = {}
        for thing in rows:
            self.remember(thing)

    def remember(self, thing: Any) -> None:
        for key in (thing.code, getattr(thing, "name", "")):
            if key:
                self.by_key[key.casefold()] = thing

    def find(self, row: LoadRow) -> Any:
        return self.by_key.get(row.code.casefold()) or self.by_key.get(row.name.casefold())

    def fields(self, row: LoadRow) -> dict[str, Any]:
        raise NotImplementedError

    def write(self, actor: Any, organisation: Organisation, row: LoadRow) -> str:
        thing, fields = self.find(row), self.fields(row)
        if thing is None:
            self.remember(add_row(self.model, actor=actor, organisation=organisation, **fields))
            return "added"
        # A blank cell says nothing about what is known already.
        told = {name: value for name, value in fields.items() if value not in ("", [])}
        if not audit.differences(audit.snapshot(thing, *told), told):
            return "unchanged"
        self.remember(change_row(thing, actor=actor, fields=told))
        return "changed"


class KnownTerms(Known):
    def __init__(self) -> None:
        super().__init__(GlossaryTerm, GlossaryTerm.objects.all())

    def find(self, row: LoadRow) -> Any:
        return self.by_key.get(row.code.casefold())

    def fields(self, row: LoadRow) -> dict[str, Any]:
        return {
            "code": row.code,
            "meaning": row.name,
            "comment": row.comment,
            "contact": row.contact,
            "contacts": list(row.contacts),
        }


class KnownParties(Known):
    def __init__(self) -> None:
        super().__init__(Party, Party.objects.filter(retired_on=None))

    def fields(self, row: LoadRow) -> dict[str, Any]:
        fields = {"code": row.code, "name": row.name, "comment": row.comment, "contacts": list(row.contacts)}
        fields |= {"role_title": row.contact} if row.contact else {}
        return fields | ({"kind": row.kind} if row.kind else {})
