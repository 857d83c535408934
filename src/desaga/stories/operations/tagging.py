"""How an organisation calls the fields of work."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row
from desaga.organisations.refusals import Refused

from ..models import FieldTag
from .writing import keep_shipped_fields


class FieldIsThere(Refused):
    """There is such a field already."""


@transaction.atomic
def add_field(*, actor: Any, organisation: Organisation, name: str) -> FieldTag:
    """Raises `FieldIsThere`. A field that was retired comes back."""
    keep_shipped_fields(organisation)
    key = slugify(name)[:60]
    known = FieldTag.objects.filter(key=key).first()
    if known and known.retired_on is None or not key:
        raise FieldIsThere
    if known:
        return change_row(known, actor=actor, verb="brought back", fields={"retired_on": None, "name": name.strip()})
    return add_row(FieldTag, actor=actor, organisation=organisation, key=key, name=name.strip())


@transaction.atomic
def retire_field(*, actor: Any, tag: FieldTag, today: date) -> FieldTag:
    """It is offered no more; stories that have it keep it."""
    return change_row(tag, actor=actor, verb="retired", fields={"retired_on": today})
