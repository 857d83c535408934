"""What personal data there are: what each slice says of its models' fields in its `personal.toml`, held against the models themselves.

A slice names its kinds of processing, and of each model which fields are personal, special category, credentials, free text or none of these. What need not
be said follows from the field: a foreign key to a person or an account says who did or is something; numbers, dates, choices and keys to other things say
nothing of a person, unless the whole model is `about_people`. `unclassified` answers every field of which neither holds; a test wants it empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

FILE = "personal.toml"
#: What words can be written into, whatever the field is meant for.
HOLDS_WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
)
PEOPLE = ("organisations.person", "accounts.user")


class DataClass(StrEnum):
    """What a field holds, the most sensitive first. UK GDPR, article 9, says what is special."""

    SPECIAL = "special"
    CREDENTIAL = "credential"
    PERSONAL = "personal"
    FREE = "free"
    NONE = "none"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    DataClass.SPECIAL: "Special category",
    DataClass.CREDENTIAL: "Credential",
    DataClass.PERSONAL: "Personal",
    DataClass.FREE: "Words that may name people",
    DataClass.NONE: "Not personal",
}


@dataclass(frozen=True, slots=True)
class Processing:
    """One kind of processing, as a record of processing needs it: UK GDPR, article 30."""

    key: str
    slice: str
    name: str
    purpose: str
    basis: str
    whose: str
    source: str
    seen_by: str
    retention: str
    condition: str = ""
    recipients: str = "Nobody outside the institution and whoever runs its server."
    is_platform: bool = False


@dataclass(frozen=True, slots=True)
class FieldFact:
    """A field of a model and what it holds."""

    model: type[models.Model]
    field: str
    holds: DataClass
    processing: Processing

    @property
    def thing(self) -> str:
        return str(self.model._meta.verbose_name).capitalize()

    @property
    def label(self) -> str:
        return str(getattr(self.model._meta.get_field(self.field), "verbose_name", self.field))


class BadFacts(Exception):
    """A `personal.toml` says something of a model or field that is not there, or leaves something out."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a slice says of one model."""

    model: type[models.Model]
    processing: Processing
    about_people: bool
    holds: dict[str, DataClass]


def folders() -> Iterator[tuple[AppConfig, Path]]:
    for app in apps.get_app_configs():
        path = Path(app.path) / FILE
        if app.name.startswith("desaga.") and path.exists():
            yield app, path


@cache
def processings() -> dict[str, Processing]:
    """Every kind of processing by its key: special category data first, then in the order of the slices."""
    found: dict[str, Processing] = {}
    for app, path in folders():
        for key, told in tomllib.loads(path.read_text())["processing"].items():
            if key in found:
                raise BadFacts(f"{path}: there are two kinds of processing called {key}")
            found[key] = Processing(key=key, slice=app.label, **told)
    # What needs a condition of its own, since it is special category data, comes first.
    return dict(sorted(found.items(), key=lambda pair: not pair[1].condition))


@cache
def said() -> dict[type[models.Model], Said]:
    """What is said of each model."""
    found: dict[type[models.Model], Said] = {}
    for app, path in folders():
        data = tomllib.loads(path.read_text())
        usual = next(iter(data["processing"]))
        for name, told in data.get("models", {}).items():
            one = read_model(app, name, told, usual)
            found[one.model] = one
    return found


def read_model(app: AppConfig, name: str, told: dict[str, Any], usual: str) -> Said:
    try:
        model = apps.get_model(name if "." in name else f"{app.label}.{name}")
    except LookupError as problem:
        raise BadFacts(f"{app.label}: there is no model {name}") from problem
    told = dict(told)
    processing = processings()[told.pop("processing", usual)]
    about_people = bool(told.pop("about_people", False))
    holds = {field: DataClass(kind) for kind, fields in told.items() for field in fields}
    strange = set(holds) - {field.name for field in model._meta.local_fields}
    if strange:
        raise BadFacts(f"{name} has no field {sorted(strange)[0]}")
    return Said(model, processing, about_people, holds)


def described(model: type[models.Model]) -> type[models.Model]:
    """The model that says what this one's fields hold: a table of history holds what the table that it follows does."""
    return getattr(model, "pgh_tracked_model", None) or model


def every_model() -> list[type[models.Model]]:
    """Every table that is ours to fill, those of the packages that we build on included."""
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]


def follows(field: models.Field, about_people: bool) -> DataClass | None:
    """What a field holds where nothing is said of it; None where it must be said."""
    if field.primary_key and isinstance(field, models.AutoField):
        return DataClass.NONE
    if isinstance(field, models.ForeignKey):
        related = field.remote_field.model._meta.label_lower
        return DataClass.PERSONAL if related in PEOPLE else DataClass.NONE
    if about_people:
        return DataClass.PERSONAL
    return None if isinstance(field, HOLDS_WORDS) and not field.choices else DataClass.NONE


def facts_of(model: type[models.Model]) -> Iterator[tuple[models.Field, DataClass | None]]:
    """Each field of a model with what it holds; None where nobody said and nothing follows."""
    told = said().get(described(model))
    for field in model._meta.local_fields:
        if field.name.startswith("pgh_"):
            yield field, DataClass.NONE
            continue
        holds = told.holds.get(field.name) if told else None
        yield field, holds or follows(field, bool(told and told.about_people))


def unclassified() -> list[str]:
    """Fields that could hold personal data and of which nobody says what they hold: "plans.Plan.title"."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in every_model()
        for field, holds in facts_of(model)
        if holds is None or (holds != DataClass.NONE and described(model) not in said())
    ]


@cache
def data_map() -> tuple[FieldFact, ...]:
    """Every field that holds personal data or may, in the order of the kinds of processing."""
    order = list(processings())
    found = [
        FieldFact(model, field.name, holds, said()[described(model)].processing)
        for model in every_model()
        for field, holds in facts_of(model)
        if holds not in (None, DataClass.NONE) and described(model) in said()
    ]
    return tuple(sorted(found, key=lambda fact: (order.index(fact.processing.key), fact.model._meta.label)))
