"""Meetings to test with, made through the operations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.tenancy.context import within

from ..models import AgendaItem, Application, Round, Scheme
from ..operations import meeting, pending, releasing
from ..queries import meeting as reads
from .factories import make_round, noon_of
from .panels import declared, eligible, given, make_member, scored


def begun(scheme: Scheme, *, actor: Any, round_: Round | None = None) -> Round:
    """The scheme's first panel sits."""
    with within(scheme.organisation, user=actor):
        round_ = round_ or Round.objects.filter(scheme=scheme).order_by("meets_on")[0]
        return meeting.begin_meeting(actor=actor, round_=round_, now=noon_of(round_.meets_on))


def item_of(application: Application) -> AgendaItem:
    """Its item on the agenda that it stands on last."""
    with within(application.organisation):
        rows = AgendaItem.objects.select_related(*reads.WITH, "outcome")
        return rows.filter(application=application).order_by("-pk")[0]


def decided(application: Application, kind: str, *, actor: Any, **told: Any) -> AgendaItem:
    """It has a pending outcome."""
    item = item_of(application)
    usual: dict[str, dict[str, Any]] = {
        "decline": {"reasons": ["aims_unclear"]},
        "changes": {"open_parts": ["placement"], "words": "Say which week."},
    }
    known = reads.outcome_of(item)
    with within(application.organisation, user=actor):
        pending.set_outcome(
            actor=actor, item=item, kind=kind, seen=known.set_at if known else None, **{**usual.get(kind, {}), **told}
        )
    return item_of(application)


def released(round_: Round, *, actor: Any, now: datetime | None = None) -> int:
    """The outcomes are told, by somebody who looked at the letters."""
    organisation, now = round_.organisation, now or timezone.now()
    with within(organisation, user=actor):
        later = meeting.next_after(round_, now)
        seen = releasing.digest_of(reads.items_to_tell(round_), timezone.localdate(now), later)
        return releasing.release(actor=actor, organisation=organisation, round_=round_, seen=seen, now=now)


def read_by(application: Application, values: Sequence[int], *, actor: Any) -> list[User]:
    """Scored by so many new members, each with the same score for all criteria."""
    users = []
    for number, value in enumerate(values):
        user, member = make_member(application.scheme, actor=actor, name=f"Reader {application.pk} {number}")
        reading = given(application, member, actor=actor)
        declared(application, user)
        scored(reading, user, value)
        users.append(user)
    return users


def furnish_meeting(scheme: Scheme, *, actor: Any) -> None:
    """A panel of its own that sits over one application, for the walk of all addresses."""
    application = eligible(scheme, actor=actor)
    round_ = make_round(scheme, actor=actor, meets_in=3)
    with within(scheme.organisation, user=actor):
        Application.objects.filter(pk=application.pk).update(round=round_)
    begun(scheme, actor=actor, round_=round_)
    decided(application, "full", actor=actor)


def meeting_things() -> dict[str, Any]:
    """Names used in the walk's table to what they are here. Within the organisation."""
    item = AgendaItem.objects.select_related("application").get()
    return {"meeting_round": item.round_id, "heard_application": item.application.reference}
