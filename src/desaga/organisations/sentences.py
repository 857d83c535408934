"""Audit entries as sentences that a person can read."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

NOTHING = "nothing"


def sentence_of(entry: Any) -> tuple[str, list[str]]:
    """What somebody did in one sentence, and each change in a line: "job title: was nothing, is Technician"."""
    kind = kind_of(entry.thing_kind)
    about = entry.thing_name if kind is None else f"{kind} {entry.thing_name}"
    return f"{entry.actor_name} {entry.verb} {about}", [line(entry.thing_kind, *item) for item in entry.changes.items()]


def kind_of(label: str) -> str | None:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return None


def line(label: str, name: str, pair: list[Any]) -> str:
    before, after = (shown(value) for value in pair)
    return f"{field_name(label, name)}: was {before}, is {after}"


def field_name(label: str, name: str) -> str:
    try:
        return str(apps.get_model(label)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError):
        return name.replace("_", " ")


def shown(value: Any) -> str:
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
