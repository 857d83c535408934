"""Rounds as a whole: start, change, send, close."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Plan
from desaga.plans.operations.actions import open_plan
from desaga.plans.origins import refuse_held
from desaga.tenancy.context import within

from .. import queries
from ..models import RequestedAction, Round, UpdateRequest
from ..preparing import Line, Recipient
from ..states import ROUND_TRANSITIONS, Happened, RoundState
from . import posting

#: So many mails are written down in one transaction.
AT_ONCE = 50


class RoundGoingOn(Refused):
    """A round of this plan is going on. Close it before you start another."""


class NobodyToAsk(Refused):
    """Nobody is ticked who could be asked. Tick at least one, or say first who carries the actions and where they can be reached."""


class RoundIsNotOpen(Refused):
    """This round is closed. Reopen it first."""


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker. Look at the page again."""


class DueInThePast(Refused):
    """The day by which answers are wanted is past. Choose a later one."""


@transaction.atomic
def start_round(*, actor: Any, plan: Plan, today: date | None = None, **fields: Any) -> Round:
    """Prepare a round: nobody is asked before it is sent. Raises `RoundGoingOn`, `DueInThePast`, `PlanIsClosed`, `IsHeld`."""
    plan = open_plan(plan)
    refuse_held(plan)
    if fields["due_on"] < (today or timezone.localdate()):
        raise DueInThePast
    if Round.objects.filter(plan=plan).exclude(state=RoundState.CLOSED).exists():
        raise RoundGoingOn
    return add_row(Round, actor=actor, organisation=plan.organisation, plan=plan, started_by=actor, **fields)


@transaction.atomic
def edit_round(*, actor: Any, round_: Round, **fields: Any) -> Round:
    """Change what a round says, or by when answers are wanted. Raises `RoundIsNotOpen` where it is closed."""
    if locked(round_).state == RoundState.CLOSED:
        raise RoundIsNotOpen
    return change_row(round_, actor=actor, fields=fields)


@transaction.atomic
def send_round(*, actor: Any, round_: Round, emails: Collection[str], now: datetime | None = None) -> int:
    """Ask those of the prepared recipients whose address is among `emails`; answers how many. The mails leave through the worker.

    Raises `NobodyToAsk`, `NotNow`.
    """
    from .. import tasks

    now = now or timezone.now()
    round_ = _move(round_, "send", actor, now, sent_at=now)
    wanted = {email.casefold() for email in emails}
    recipients, _ = queries.preparation_of(round_.plan)
    chosen = [one for one in recipients if one.email.casefold() in wanted]
    if not chosen:
        raise NobodyToAsk
    _add_requests(round_, chosen)
    tasks.post_requests.later(organisation=round_.organisation, actor=actor, round_id=round_.pk)
    return len(chosen)


def _add_requests(round_: Round, recipients: Sequence[Recipient]) -> None:
    """The requests of a round that has none yet, in two statements however many they are."""
    owner = round_.organisation_id
    requests = UpdateRequest.objects.bulk_create(
        UpdateRequest(
            organisation_id=owner,
            round=round_,
            email=one.email,
            name=one.name,
            person_id=one.person_id,
            asks_name=one.asks_name,
        )
        for one in recipients
    )
    RequestedAction.objects.bulk_create(
        RequestedAction(organisation_id=owner, request=request, action=line.action, owner=line.owner, unit=line.unit)
        for request, one in zip(requests, recipients, strict=True)
        for line in one.lines
    )


def add_request(
    round_: Round, *, email: str, name: str, person_id: int | None, lines: Sequence[Line], asks_name: bool | None = None
) -> UpdateRequest:
    """Write down that an address is asked; if it was already, it is asked about these too."""
    asks = person_id is None if asks_name is None else asks_name
    request, _ = UpdateRequest.objects.get_or_create(
        round=round_,
        email__iexact=email,
        defaults={
            "organisation_id": round_.organisation_id, "email": email, "name": name, "person_id": person_id, "asks_name": asks,
        },
    )  # fmt: skip
    known = {(line.action_id, line.unit_id) for line in request.lines.all()}
    RequestedAction.objects.bulk_create(
        RequestedAction(
            organisation_id=round_.organisation_id,
            request=request,
            action=line.action,
            owner=line.owner,
            unit=line.unit,
        )
        for line in lines
        if (line.action.pk, line.unit and line.unit.pk) not in known
    )
    return request


def post_requests(*, organisation: Any, actor: Any, round_id: int) -> int:
    """Write down the first mail of each request that has none yet, some in a transaction; answers how many.

    Whoever is stopped in between goes on where it was: requests and their mails are written down together, or not at all.
    """
    number = 0
    while True:
        with within(organisation, user=actor):
            posted = _post_some(queries.round_or_404(round_id), actor)
        number += posted
        if not posted:
            return number


def _post_some(round_: Round, actor: Any) -> int:
    if round_.state != RoundState.OPEN:
        return 0
    now = timezone.now()
    requests = list(queries.to_post(round_).select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for request in requests:
        request.round, request.asked_at = round_, now
        posting.post(request, Happened.ASKED, actor=actor, now=now)
    UpdateRequest.objects.bulk_update(requests, ["asked_at"])
    return len(requests)


@transaction.atomic
def close_round(*, actor: Any, round_: Round, now: datetime | None = None) -> Round:
    """End a round: its links answer no more. What is open stays unanswered. Raises `NotNow`."""
    now = now or timezone.now()
    return _move(round_, "close", actor, now, closed_at=now)


@transaction.atomic
def reopen_round(*, actor: Any, round_: Round, now: datetime | None = None) -> Round:
    """Take a closing back. Raises `NotNow`, `RoundGoingOn`."""
    try:
        with transaction.atomic():
            return _move(round_, "reopen", actor, now or timezone.now(), closed_at=None)
    except IntegrityError:
        raise RoundGoingOn from None


def _move(round_: Round, name: str, actor: Any, now: datetime, **also: Any) -> Round:
    """The one way in which a round goes from one state to another."""
    transition, round_ = ROUND_TRANSITIONS[name], locked(round_)
    if round_.state not in transition.sources:
        raise NotNow
    was, round_.state = round_.state, transition.target
    for field, value in also.items():
        setattr(round_, field, value)
    round_.save(update_fields=["state", *also])
    changes = {"state": [was, round_.state]}
    audit.record(
        actor=actor, verb=transition.verb, thing=round_, changes=changes, note=f"Plan: {round_.plan.title}", now=now
    )
    return round_
