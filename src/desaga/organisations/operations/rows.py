"""The shape that adding and changing a row share: lock, compare, write, record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from desaga.audit import operations as audit

Row = TypeVar("Row", bound=models.Model)

# The entry's own organisation and actor say it.
SAID_ALREADY = ("organisation", "owner_organisation", "recorded_by", "given_by")


def add_row(model: type[Row], *, actor: Any, verb: str = "added", **fields: Any) -> Row:
    """Write a row and its audit entry. Call inside a transaction."""
    thing = model._base_manager.create(**fields)
    written = {
        name: [None, value]
        for name, value in audit.snapshot(thing, *fields).items()
        if value not in (None, "", []) and name not in SAID_ALREADY
    }
    audit.record(actor=actor, verb=verb, thing=thing, changes=written)
    return thing


def change_row(thing: Row, *, actor: Any, verb: str = "changed", fields: Mapping[str, Any]) -> Row:
    """Lock a row, change the fields, and record what changed; nothing is written where nothing did."""
    held = locked(thing)
    before = audit.snapshot(held, *fields)
    for name, value in fields.items():
        setattr(held, name, value)
    changes = audit.differences(before, audit.snapshot(held, *fields))
    if changes:
        held.save(update_fields=list(fields))
        audit.record(actor=actor, verb=verb, thing=held, changes=changes)
    return held


def locked(thing: Row) -> Row:
    """The row as it is now, held until the transaction ends."""
    return type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
