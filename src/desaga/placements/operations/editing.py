"""Changing what a scheme is, part by part, in the version that is being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Scheme, SchemeVersion
from ..queries.schemes import version_in_force, version_written
from .schemes import NothingWritten, write_version


class StaysInForce(Refused):
    """No other version is in force yet: this one cannot be thrown away."""


@transaction.atomic
def change_definition(
    *, actor: Any, scheme: Scheme, change: Callable[[dict[str, Any]], dict[str, Any]], now: datetime | None = None
) -> SchemeVersion:
    """Write the next version with one change: of what is being written already, else of what is in force. Raises `CannotWork`."""
    locked(scheme)
    version = version_written(scheme) or version_in_force(scheme)
    assert version, "A scheme begins with a version."
    return write_version(
        actor=actor,
        scheme=scheme,
        data=change(version.data),
        note=version.note if not version.in_force_at else "",
        now=now,
    )


@transaction.atomic
def throw_away(*, actor: Any, scheme: Scheme) -> None:
    """Throw away what is being written; what is in force stays. Raises `NothingWritten`, `StaysInForce`."""
    locked(scheme)
    written = version_written(scheme)
    if written is None:
        raise NothingWritten
    if version_in_force(scheme) is None:
        raise StaysInForce
    audit.record(actor=actor, verb="threw away", thing=scheme, note=str(written))
    written.delete()
