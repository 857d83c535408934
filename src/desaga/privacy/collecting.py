"""All that Desaga holds about a person, found by the data map: every table that names them, in each of their organisations.

A row is theirs where a foreign key names their person or their account, or where an e-mail address is one of theirs. Credentials, and what is sealed or
binary, are left out; other people are "somebody else". Slices add what cannot be found so (`sources.py`, `rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.models import Organisation, Person
from desaga.tenancy.context import within, within_platform

from . import facts
from .facts import DataClass
from .models import Access, DataExport, Objection
from .queries import accesses_to, key_linked, objections, organisations_ever_of
from .rows import HELD
from .sources import SOURCES

#: So many rows of one kind are enough to understand; the sentence beside says how many there are.
MOST_ROWS = 2000
NOT_SHOWN = (DataClass.CREDENTIAL,)
#: Its own packaging, and history that repeats what the rows say.
LEFT_OUT = (DataExport,)
#: Said in the file of whoever may not see what people said of themselves.
LEFT_OUT_HERE = {"what you said of yourself": "Sex, ethnicity and disabilities, if you told HR: the equality data steward of your institution answers."}  # fmt: skip
#: Whose rows somebody looked at is theirs to know, not the looker's.
OF_OTHERS = (Access._meta.get_field("keys"),)


def everything_about(user: Any) -> dict[str, Any]:
    """The person's export as JSON can hold it: who, when, and headings with rows of words."""
    with within(user=user):
        organisations = organisations_ever_of(user.person_id)
        parts = list(_parts(user, None))
    for organisation in organisations:
        with within(organisation, user=user):
            parts += _parts(user, organisation)
    with within_platform(user):
        parts += _mails(user)
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "name": user.get_full_name(),
        "parts": parts,
    }


def _parts(user: Any, organisation: Organisation | None) -> Iterator[dict[str, Any]]:
    for model in _models():
        if _is_owned(model) != (organisation is not None):
            continue
        found = model._base_manager.filter(naming(model, user))
        if organisation is not None:
            found = found.filter(organisation=organisation)
        if rows := list(found.order_by("pk")[:MOST_ROWS]):
            yield part(model, rows, organisation, found.count() if len(rows) == MOST_ROWS else len(rows), user)
    yield from _registered(user, organisation)


def _models() -> list[type[models.Model]]:
    """Tables that hold something personal, history and the ledger of mail (nobody but the platform reads it) aside."""
    held = dict.fromkeys(fact.model for fact in facts.data_map())
    return [
        model for model in held if facts.described(model) is model and model not in LEFT_OUT and not _is_ledger(model)
    ]


def _is_ledger(model: type[models.Model]) -> bool:
    return model._meta.label_lower == "notifications.outgoingmail"


def _is_owned(model: type[models.Model]) -> bool:
    return any(field.name == "organisation" for field in model._meta.local_fields)


def naming(model: type[models.Model], user: Any) -> Q:
    """The rows of a model that name this person, or are of them."""
    found = Q(pk__in=[])
    if model is type(user):
        found |= Q(pk=user.pk)
    if model is Person:
        found |= Q(pk=user.person_id)
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey):
            related = field.remote_field.model
            if related is Person:
                found |= Q(**{field.attname: user.person_id})
            elif related is type(user):
                found |= Q(**{field.attname: user.pk})
        elif isinstance(field, models.EmailField):
            found |= Q(**{f"{field.name}__iexact": user.email})
    return found


def part(
    model: type[models.Model], rows: Iterable[models.Model], organisation: Organisation | None, number: int, user: Any
) -> dict[str, Any]:
    told = facts.said()[model].processing
    return {
        "what": str(model._meta.verbose_name_plural).capitalize(),
        "organisation": organisation.name if organisation else "",
        "why": f"{told.name}: {told.purpose}",
        "kept": told.retention,
        "number": number,
        "rows": [row_told(row, user) for row in rows],
    }


def row_told(row: models.Model, user: Any) -> dict[str, Any]:
    """Headings to words of one row: what has a value, and is no credential and no file."""
    told = {}
    for field, holds in facts.facts_of(type(row)):
        if holds in NOT_SHOWN or isinstance(field, models.BinaryField | models.AutoField) or field in OF_OTHERS:
            continue
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            continue
        told[str(field.verbose_name)] = _words(row, field, value, user)
    return told


def _words(row: models.Model, field: models.Field, value: Any, user: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return _whom(field, value, user)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, list):
        return [one if isinstance(one, bool | int | float | dict | list) else str(one) for one in value]
    return value if isinstance(value, bool | int | float | dict) else str(value)


def _whom(field: models.ForeignKey, value: Any, user: Any) -> str:
    """Oneself, another person (who is not named here), or which thing, by its number."""
    related = field.remote_field.model
    if related in (Person, type(user)):
        return "you" if value == (user.person_id if related is Person else user.pk) else "somebody else"
    return f"{related._meta.verbose_name} {value}"


def _registered(user: Any, organisation: Organisation | None) -> Iterator[dict[str, Any]]:
    asked = "organisation" if organisation else "person"
    for source in SOURCES.values():
        if source.asked == asked and (rows := list(source.collect(user.person, user, organisation))):
            yield _told(source.title, organisation, rows)
    key = key_linked(user.person_id) if organisation else None
    if organisation is not None and key is not None:
        yield from _held(organisation, key, equality=True)


def _held(organisation: Organisation, key: UUID, *, equality: bool) -> Iterator[dict[str, Any]]:
    """What slices hold of whoever has a key."""
    for rows_held in HELD:
        for title, told in rows_held.told(organisation, key, equality).items():
            if rows := [dict(one) for one in told]:
                yield _told(title, organisation, rows)


def parts_without_account(organisation: Organisation, key: UUID, equality: bool) -> Iterator[dict[str, Any]]:
    """What is held of whoever has a key, and what is seen on one's own page, for which they would need an account. Within the organisation."""
    yield from _held(organisation, key, equality=equality)
    objected = [_objection(one) for one in objections().filter(key=key)]
    looked = [_look(one) for one in accesses_to(key)[:MOST_ROWS]]
    left_out = [] if equality else [LEFT_OUT_HERE]
    for title, rows in (
        ("What you objected to", objected),
        ("Who looked at your rows", looked),
        ("Not in this file", left_out),
    ):
        if rows:
            yield _told(title, organisation, rows)


def _objection(one: Objection) -> dict[str, Any]:
    told = {
        "made": timezone.localdate(one.made_at).isoformat(),
        "about": one.get_about_display(),
        "in your words": one.words,
    }
    return {**told, "state": one.get_state_display(), "answer": one.answer}


def _look(one: Access) -> dict[str, Any]:
    told = {"when": timezone.localtime(one.at).isoformat(sep=" ", timespec="minutes"), "who": one.by_name}
    return {**told, "where": one.page, "of": one.snapshot_name, "why": one.why}


def _told(title: str, organisation: Organisation | None, rows: list[Any]) -> dict[str, Any]:
    name = organisation.name if organisation else ""
    return {"what": title, "organisation": name, "why": "", "kept": "", "number": len(rows), "rows": rows}


def _mails(user: Any) -> Iterator[dict[str, Any]]:
    """Mails to the person's address: subject and fate, never what they said."""
    model = next(fact.model for fact in facts.data_map() if _is_ledger(fact.model))
    found = model._base_manager.filter(recipient__iexact=user.email).order_by("pk")
    if rows := list(found[:MOST_ROWS]):
        yield part(model, rows, None, found.count(), user)
