"""Answering a request, passing it on, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.operations import GivenPiece
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Update
from desaga.plans.operations.updates import give_update
from desaga.plans.states import Way
from desaga.plans.updating import Account

from ..models import RequestedAction, RequestKey, UpdateRequest
from ..preparing import Line
from ..queries import is_known_address
from ..states import Happened
from .evidence import note_given, refuse_too_much
from .opening import open_request
from .posting import happened, post
from .rounds import add_request

EMAIL = re.compile(r"(?<![^\s<>(),;])[^\s<>(),;@]{1,64}@[^\s<>(),;@]{1,190}\.[a-zA-Z]{2,63}")
#: So often a request about one action may go from hand to hand.
MOST_HANDS = 5
LONGEST_NAME = 100


class NameWanted(Refused):
    """Several people read this address. Say who you are, so that your answer has a name."""


class WhomToAsk(Refused):
    """Say whom to ask: a name, an office or an e-mail address."""


class AlreadyAsked(Refused):
    """They are asked about this already."""


class PassedOnAlready(Refused):
    """You passed this on already. Whoever it went to was asked."""


class PassedOnTooOften(Refused):
    """This has gone from hand to hand already. Write the name, and the project office will ask."""


@transaction.atomic
def answer_action(
    *,
    line: RequestedAction,
    account: Account,
    name: str = "",
    actor: Any = None,
    nothing_new: bool = False,
    submission: UUID | None = None,
    pieces: Sequence[GivenPiece] = (),
    link: RequestKey | None = None,
    now: datetime | None = None,
) -> Update:
    """Say how one of the actions goes that a request asks about. `name` is who says so, where several people read the address.

    `pieces` are evidence given with it, `link` the one that was used. Raises `NameWanted`, `evidence.TooMuchEvidence`, and what
    `opening.open_request` and `give_update` raise.
    """
    request = open_request(line.request, link)
    if pieces:
        refuse_too_much(request, pieces, now=now)
    told = name.strip()[:150] or ("" if request.asks_name else request.name)
    if not told:
        raise NameWanted
    given_by = f"{told}, for {line.owner}"[:200] if request.asks_name and line.owner else told
    update = give_update(
        actor=actor,
        action=line.action,
        account=account,
        period=request.round.period,
        given_by=given_by,
        way=Way.LINK,
        unit=line.unit,
        nothing_new=nothing_new,
        submission=submission,
        pieces=pieces,
        person=None if request.asks_name else request.person,
        through=link,
        now=now,
    )
    if pieces:
        note_given(request, update, now=now)
    return update


@transaction.atomic
def pass_on(
    *,
    line: RequestedAction,
    words: str,
    name: str = "",
    actor: Any = None,
    trusted: bool = False,
    link: RequestKey | None = None,
    now: datetime | None = None,
) -> UpdateRequest | None:
    """Say that an action is another's. Where the words hold an address that the organisation deals with, that one is asked at once.

    Any other words wait for the project officer, since a link in a mail must not make Desaga write to strangers; an officer
    is `trusted`. Raises `WhomToAsk`, `AlreadyAsked`, `PassedOnAlready`, `PassedOnTooOften`, and what `opening.open_request` raises.
    """
    now, words = now or timezone.now(), " ".join(words.split())[:500]
    if not words:
        raise WhomToAsk
    request = open_request(line.request, link)
    line = locked(line)
    if line.passed_to_id and not trusted:
        raise PassedOnAlready
    found = EMAIL.search(words)
    if found and (trusted or _may_write_to(found[0], request)):
        return _ask_instead(line, request, found[0], words, actor, now, link)
    line.not_theirs = words
    line.save(update_fields=["not_theirs"])
    said = f"“{words}”" + (f", said {name.strip()}" if name.strip() else "")
    happened(
        request,
        Happened.NOT_THEIRS,
        actor=actor,
        now=now,
        note=f"{line.action.code or line.action.short_title}: {said}",
        link=link,
    )
    audit.record(actor=actor, verb="said is another’s", thing=line.action, note=said, now=now)
    return None


def _ask_instead(
    line: RequestedAction,
    request: UpdateRequest,
    email: str,
    words: str,
    actor: Any,
    now: datetime,
    link: RequestKey | None,
) -> UpdateRequest:
    if email.casefold() == request.email.casefold():
        raise AlreadyAsked
    if hands_of(line) >= MOST_HANDS:
        raise PassedOnTooOften
    name = EMAIL.sub("", words).strip(" ,;<>()")[:LONGEST_NAME] or email
    asked = UpdateRequest.objects.filter(round=request.round, email__iexact=email).first()
    if asked and asked.lines.filter(action=line.action, unit=line.unit).exists():
        raise AlreadyAsked
    new = add_request(
        request.round,
        email=email,
        name=name,
        person_id=None,
        lines=[Line(line.action, line.owner, line.unit)],
        asks_name=True,
    )
    line.passed_to, line.not_theirs = new, ""
    line.save(update_fields=["passed_to", "not_theirs"])
    what = line.action.code or line.action.short_title
    happened(request, Happened.PASSED_ON, actor=actor, now=now, note=f"{what}: to {name}", link=link)
    if new.asked_at is None:
        new.asked_at = now
        new.save(update_fields=["asked_at"])
    post(new, Happened.ASKED, actor=actor, now=now, note=f"{request.name} says that this is yours.")
    audit.record(actor=actor, verb="passed on", thing=line.action, note=f"{request.name} to {name}", now=now)
    return new


def hands_of(line: RequestedAction) -> int:
    """How often a request about this action was passed on before it came here."""
    number, request = 0, line.request_id
    while number < MOST_HANDS:
        former = RequestedAction.objects.filter(passed_to=request, action=line.action, unit=line.unit).first()
        if former is None:
            return number
        number, request = number + 1, former.request_id
    return number


def _may_write_to(email: str, request: UpdateRequest) -> bool:
    """An address that the organisation deals with, or one of the same domain as the one that was asked."""
    return email.rpartition("@")[2].casefold() == request.email.rpartition("@")[2].casefold() or is_known_address(email)


@transaction.atomic
def revoke_request(*, actor: Any, request: UpdateRequest, now: datetime | None = None) -> UpdateRequest:
    """Take a request back: its links end at once, and nobody is reminded. Doing it twice is doing it once."""
    now = now or timezone.now()
    request = locked(request)
    if request.revoked_at is None:
        request.revoked_at = now
        request.save(update_fields=["revoked_at"])
        happened(request, Happened.REVOKED, actor=actor, now=now)
        audit.record(actor=actor, verb="took back", thing=request, now=now)
    return request
