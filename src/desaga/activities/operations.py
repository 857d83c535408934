"""Everything one can do with what one did. It is the person's own: each writes in the person's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from .models import Activity
from .states import BY_HAND

EDITABLE = ("kind", "what", "on", "hours", "place", "with_whom", "practice", "users")


class NotYet(Refused):
    """This day is still to come. Write it down when it has happened."""


class NotTheirs(Refused):
    """Only the person whose activity it is may change or remove it."""


@transaction.atomic
def record_activity(
    *,
    actor: Any,
    person: Any,
    kind: str,
    what: str,
    on: date,
    hours: Decimal | None = None,
    place: str = "",
    with_whom: str = "",
    practice: str = "",
    users: str = "",
    source: str = BY_HAND,
    source_key: str = "",
    now: datetime | None = None,
) -> Activity:
    """Record a thing that happened, once: the same `source` and `source_key` answer what was recorded, as the person left it.

    For slices: `record_activity(actor=…, person=…, …, source="mentoring", source_key="meeting:12")` when it happens, so that what
    the person removes later does not come back. Raises `NotYet`.
    """
    now = now or timezone.now()
    if on > timezone.localdate(now):
        raise NotYet
    fields = {
        "kind": kind, "what": what, "on": on, "hours": hours, "place": place, "with_whom": with_whom, "practice": practice, "users": users,
    }  # fmt: skip
    with within(person=person, user=actor):
        return _recorded(actor, person, fields, source, source_key, now)


def _recorded(
    actor: Any, person: Any, fields: Mapping[str, Any], source: str, source_key: str, now: datetime
) -> Activity:
    fields = {**fields, "recorded_at": now, "changed_at": now}
    if source == BY_HAND:
        activity, is_new = Activity.objects.create(person=person, **fields), True
    else:
        activity, is_new = Activity.objects.get_or_create(
            person=person, source=source, source_key=source_key, defaults=fields
        )
    if is_new:
        audit.record(actor=actor, verb="recorded", thing=activity, person=person, now=now)
    return activity


@transaction.atomic
def correct_activity(*, actor: Any, activity: Activity, now: datetime | None = None, **fields: Any) -> Activity:
    """Say better what happened. The audit keeps which parts changed, not their words. Raises `NotTheirs`, `NotYet`."""
    now = now or timezone.now()
    refuse_others(actor, activity)
    if fields["on"] > timezone.localdate(now):
        raise NotYet
    with within(person=actor.person, user=actor):
        held = locked(activity)
        changed = [name for name in EDITABLE if getattr(held, name) != fields[name]]
        if changed:
            for name in changed:
                setattr(held, name, fields[name])
            held.changed_at = now
            held.save(update_fields=[*changed, "changed_at"])
            note = ", ".join(str(Activity._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
            audit.record(actor=actor, verb="corrected", thing=held, person=actor.person, note=note, now=now)
    return held


@transaction.atomic
def remove_activity(*, actor: Any, activity: Activity) -> None:
    """Remove it for good; the audit keeps its kind and day. Raises `NotTheirs`."""
    refuse_others(actor, activity)
    with within(person=actor.person, user=actor):
        audit.record(actor=actor, verb="removed", thing=activity, person=actor.person)
        activity.delete()


def refuse_others(actor: Any, activity: Activity) -> None:
    if actor.person_id is None or actor.person_id != activity.person_id:
        raise NotTheirs
