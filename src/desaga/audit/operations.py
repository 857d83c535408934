"""Writing down who did what. Every operation does so, once, in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django_scopes import get_scope

from .models import Entry

LONGEST_NAME = 300
PLAIN = (str, int, float, bool, type(None))


def record(
    *,
    actor: Any,
    verb: str,
    thing: Model,
    changes: Mapping[str, Any] | None = None,
    organisation: Any = None,
    person: Any = None,
    note: str = "",
    elevated: bool | None = None,
    now: datetime | None = None,
) -> Entry:
    """Write one entry of the audit and answer it.

    `actor` is the user, or None for the platform itself (a job, a command). `verb` is in the past tense and follows the
    actor's name: "added", "gave the role". `changes` maps field names to [before, after], as `differences` gives them.
    The entry belongs to `organisation`, else to the organisation in scope; where there is neither, to `person`.
    """
    organisation = organisation or get_scope().get("organisation")
    return Entry.objects.create(
        at=now or timezone.now(),
        organisation=organisation,
        person=None if organisation else person,
        actor=actor,
        actor_name=name_of(actor),
        elevated=bool(get_scope().get("elevated")) if elevated is None else elevated,
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=str(thing.pk),
        thing_name=str(thing)[:LONGEST_NAME],
        changes={name: [plain(value) for value in pair] for name, pair in (changes or {}).items()},
        note=note,
    )


def name_of(actor: Any) -> str:
    if actor is None:
        return "Desaga"
    return str(actor.get_full_name())


def snapshot(thing: Model, *fields: str) -> dict[str, Any]:
    """The named fields of a thing as they are now, foreign keys as their words; all editable fields if none is named."""
    names = fields or tuple(
        field.name for field in thing._meta.concrete_fields if field.editable and not field.primary_key
    )
    return {name: plain(getattr(thing, name)) for name in names}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What changed between two snapshots: field names to [before, after]."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def plain(value: Any) -> Any:
    """A value as JSON can hold it and a person can read it."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)
