"""Letting others see or act, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Grant, Organisation, Person
from ..refusals import Refused
from ..states import May
from .rows import add_row, change_row, locked


class GrantToOneself(Refused):
    """This is the owner's already. Choose somebody else."""


class GrantWithoutReason(Refused):
    """Say why; whoever reads this list later will want to know."""


class GrantEndsBeforeStart(Refused):
    """The grant would end before it begins."""


@transaction.atomic
def give_grant(
    *,
    actor: Any,
    organisation: Organisation,
    kind: str,
    to: Organisation | Person,
    reason: str,
    object_id: int | None = None,
    may: str = May.SEE,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Grant:
    """Let an organisation or a person see (or act on) one thing of ours, or everything of a kind, until when.

    `kind` is what the thing's model answers to `grant_kind()`, such as "plans.plan".
    """
    starts_at = starts_at or timezone.now()
    if to == organisation:
        raise GrantToOneself
    if not reason.strip():
        raise GrantWithoutReason
    if ends_at and ends_at <= starts_at:
        raise GrantEndsBeforeStart
    return add_row(
        Grant,
        actor=actor,
        verb="gave",
        owner_organisation=organisation,
        kind=kind,
        object_id=object_id,
        to_organisation=to if isinstance(to, Organisation) else None,
        to_person=to if isinstance(to, Person) else None,
        may=may,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason.strip(),
        given_by=actor,
    )


@transaction.atomic
def revoke_grant(*, actor: Any, grant: Grant, now: datetime | None = None) -> Grant:
    """Take a grant back at once. Taking it back twice changes nothing."""
    held = locked(grant)
    if held.revoked_at:
        return held
    return change_row(
        held,
        actor=actor,
        verb="took back",
        fields={"revoked_at": now or timezone.now(), "revoked_by": actor},
    )
