"""Audit entries as sentences that a person can read."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

NOTHING = (None, "", [])


def sentence_of(entry: Any) -> tuple[str, list[str]]:
    """What somebody did in one sentence, and each change in a line.

    ("Ada added the unit “Workshop”", ["code: WS"]); a value that was another before reads "code: WS, before: W".
    """
    about = f"the {kind_of(entry.thing_kind)} “{entry.thing_name}”"
    lines = [line(field_of(entry.thing_kind, name), name, *pair) for name, pair in entry.changes.items()]
    return f"{entry.actor_name} {entry.verb} {about}", lines


def kind_of(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return "former thing"


def field_of(label: str, name: str) -> Field | None:
    try:
        field = apps.get_model(label)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None
    return field if isinstance(field, Field) else None


def line(field: Field | None, name: str, before: Any, after: Any) -> str:
    words = str(field.verbose_name) if field else name.replace("_", " ")
    if after in NOTHING:
        return f"{words}: nothing now, before: {shown(field, before)}"
    return f"{words}: {shown(field, after)}" + ("" if before in NOTHING else f", before: {shown(field, before)}")


def shown(field: Field | None, value: Any) -> str:
    """A value in words: the label of a choice, a date as people write it, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(shown(None, item) for item in value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "j M Y, H:i")
    if isinstance(field, DateField) and (day := parse_date(str(value))):
        return date_format(day, "j M Y")
    return str(value)
