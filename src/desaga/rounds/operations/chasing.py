"""Reminding those who have not answered, and telling the lead once who is silent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import RoleAssignment
from desaga.organisations.operations.rows import locked
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role

from .. import queries
from ..models import Round, UpdateRequest
from ..preparing import chase_due, is_silent
from ..states import Happened, RoundState
from .opening import RequestTakenBack
from .posting import happened, post, tell_the_lead
from .rounds import RoundIsNotOpen


@transaction.atomic
def remind(*, actor: Any, request: UpdateRequest, now: datetime | None = None) -> None:
    """Remind one who has not answered, by hand. Raises `RoundIsNotOpen`, `RequestTakenBack`."""
    request = locked(request)
    if request.round.state != RoundState.OPEN:
        raise RoundIsNotOpen
    if request.revoked_at:
        raise RequestTakenBack
    post(request, Happened.REMINDED, actor=actor, now=now or timezone.now())


@transaction.atomic
def remind_all(*, actor: Any, round_: Round, now: datetime | None = None) -> int:
    """Remind everybody in a round who has not answered; answers how many. Raises `RoundIsNotOpen`."""
    now = now or timezone.now()
    if locked(round_).state != RoundState.OPEN:
        raise RoundIsNotOpen
    waiting = list(queries.unanswered(round_))
    for request in waiting:
        request.round = round_
        post(request, Happened.REMINDED, actor=actor, now=now)
    audit.record(actor=actor, verb="reminded in", thing=round_, note=f"{len(waiting)} who have not answered", now=now)
    return len(waiting)


@transaction.atomic
def chase_round(*, round_: Round, today: date | None = None, now: datetime | None = None) -> int:
    """What Desaga sends by itself on a day: due soon, late, silent, and once to the lead who is silent. Twice on a day is once. Answers how many mails."""
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    if locked(round_).state != RoundState.OPEN:
        return 0
    number, silent = 0, []
    former, mute = queries.silent_before(round_)
    for request in queries.unanswered(round_).prefetch_related("events", "lines"):
        request.round = round_
        done = {event.kind for event in request.events.all()}
        said_nothing = all(line.is_waiting for line in request.lines.all())
        if kind := chase_due(round_, done, today, said_nothing=said_nothing):
            again = kind == Happened.STAYS_SILENT and request.email.casefold() in mute
            post(request, kind, now=now, note=f"For {former} nothing came either." if again else "")
            number += 1
        if is_silent(round_, today) and Happened.ESCALATED not in done:
            silent.append(request)
    return number + (escalate(round_, silent, now) if silent else 0)


def escalate(round_: Round, silent: list[UpdateRequest], now: datetime) -> int:
    """One mail to each lead that names those who are silent; answers how many."""
    addresses = queries.addresses_known().of_people
    leads = RoleAssignment.objects.filter(current_on(), role=Role.LEAD).values_list("person_id", flat=True)
    reached = {addresses[person].email: addresses[person] for person in leads if person in addresses}
    mails = [
        tell_the_lead(
            email,
            {
                "lead": address,
                "round": round_,
                "silent": silent,
                "button_label": "See the round",
                "button_url": _page(round_),
            },
            round_.organisation,
        )
        for email, address in reached.items()
    ]
    for request in silent if mails else ():
        happened(request, Happened.ESCALATED, now=now, mail_id=mails[0])
    return len(mails)


def _page(round_: Round) -> str:
    from django.conf import settings

    return f"{settings.SITE_ADDRESS}{round_.get_absolute_url()}"
