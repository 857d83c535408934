"""Asking those who must approve an application, as it is sent, and what its applicant does about it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import ASK, Looked
from ..approving import BETWEEN_REMINDERS, PAST, AskingState, covers, ends_at, same_mailbox, who_cannot_be_asked
from ..defining import Approver
from ..models import Answer, Application, Asking
from ..queries.asking import addresses_of, going, going_by_key
from ..queries.schemes import round_to_hear
from ..states import ApplicationState
from .asking_mails import post, say_nothing_more_is_asked
from .conflicts import note_staff_conflicts
from .gate import move
from .receiving import receive
from .standing_deputies import hand_to_deputy
from .stepping import step


class CannotBeAsked(Refused):
    """Whoever you named cannot be asked."""


class SameAddress(Refused):
    """That is the address at which they were asked already. Name another."""


class AskedToday(Refused):
    """We wrote to them less than a day ago. Give them a day."""


class NothingWaits(Refused):
    """The application does not wait for approval any more."""


def send_to_approvers(
    application: Application, looked: Looked, *, actor: Any, now: datetime, **told: Any
) -> Application:
    """Ask everybody who has not said yes to what it is now; where all have, it is received. Call with the application held.

    Raises `CannotBeAsked`, `asking_mails.WroteEnough`.
    """
    named = named_in(application, looked.values)
    refuse_whoever_cannot(application, {key: person["email"] for key, person in named.items()})
    former = going_by_key(application)
    anew = [one for one in application.definition.approvers if not _stands(former.get(one.key), named[one.key], looked)]
    if not anew and all(one.is_settled for one in former.values()):
        return receive(application, actor=actor, now=now, **told)
    # The parts that were open stay noted: if it comes back, these open again and no others.
    sent_for = round_to_hear(application, timezone.localdate(now))
    # Of a draft that somebody gave back, nothing is wanted any more.
    opened: dict[str, Any] = {} if application.received_at else {"open_sections": []}
    held = move(application, "send", actor=actor, now=now, sent_for=sent_for, **opened, **told)
    # Before anybody who runs the scheme sees whom it waits for.
    note_staff_conflicts(application=held, now=now)
    for one in anew:
        if one.key in former:
            retire(former[one.key], actor=actor, now=now)
    # All of them first: nobody stands in for one who is asked for something else.
    for asking in [new_asking(held, one, named[one.key], looked.values, now=now) for one in anew]:
        ask(asking, actor=actor, now=now)
    return held


def named_in(application: Application, values: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Whom the applicant named, by the key of the definition's approver."""
    return {one.key: values[f"{ASK}{one.key}"[:40]] for one in application.definition.approvers}


def refuse_whoever_cannot(application: Application, emails: Mapping[str, str]) -> None:
    """Nobody approves themself, and nobody answers as two. Raises `CannotBeAsked` with all that is wrong."""
    titles = {one.key: one.title for one in application.definition.approvers}
    named = {key: (titles[key], email) for key, email in emails.items()}
    if troubles := who_cannot_be_asked(named, addresses_of(application)):
        raise CannotBeAsked(" ".join(troubles.values()))


def _stands(former: Asking | None, named: Mapping[str, str], looked: Looked) -> bool:
    """Whether what was said still holds: a yes, of the person named now, to what concerns them as it is now."""
    if former is None or former.state not in (AskingState.GIVEN, AskingState.CONDITIONAL):
        return False
    return same_mailbox(former.named_email, named["email"]) and former.covers == covers(former.asks, looked.values)


def retire(asking: Asking, *, actor: Any, now: datetime) -> None:
    """Another is asked in its place."""
    step(asking, "ask_anew" if asking.decided_at else "replace", actor=actor, now=now)


def new_asking(
    application: Application, approver: Approver, person: Mapping[str, str], values: Mapping[str, Any], *, now: datetime
) -> Asking:
    return Asking.objects.create(
        organisation_id=application.organisation_id,
        application=application,
        key=approver.key,
        asks=approver.asks,
        name=person["name"],
        email=person["email"],
        named_email=person["email"],
        state=AskingState.NOT_ASKED,
        since=now,
        covers=covers(approver.asks, values),
    )


def ask(asking: Asking, *, actor: Any, now: datetime, note: str = "") -> Asking:
    """Send the first mail of an asking."""
    times: dict[str, Any] = {"asked_at": now, "mailed_at": now, "expires_at": ends_at(now, asking.approver.open_days)}
    held = step(asking, "ask", actor=actor, now=now, **times)
    held, stands_in = hand_to_deputy(held, actor=actor, now=now)
    post(held, f"ask_{held.asks}", now=now, note=" ".join(filter(None, (note, stands_in))))
    return held


def end_askings(application: Application, *, actor: Any, now: datetime, why: str) -> None:
    """Nobody is asked any more: links end, and who has one is told kindly. What was said already stays. Call with the application held."""
    for asking in going(application):
        if asking.decided_at is None and asking.state not in PAST:
            was_asked = asking.state in (AskingState.ASKED, AskingState.OPENED)
            held = step(asking, "take_back", actor=actor, now=now)
            if was_asked:
                say_nothing_more_is_asked(held, why)


def receive_if_all_agree(application: Application, *, actor: Any, now: datetime) -> bool:
    """The last yes sends it on. Call with the application held."""
    if all(one.is_settled for one in going(application)):
        receive(locked(application), actor=actor, now=now)
        return True
    return False


# ---- What the applicant does while it waits


def held_waiting(asking: Asking) -> Asking:
    """The asking as it is now, held with its application. Raises `NothingWaits`."""
    application = locked(asking.application)
    if application.state != ApplicationState.WITH_APPROVERS:
        raise NothingWaits
    held = locked(asking)
    held.application = application
    return held


@transaction.atomic
def remind(*, actor: Any, asking: Asking, now: datetime | None = None) -> Asking:
    """Write once more, at most once a day; where the time was over or a mail came back, the time begins anew.

    Raises `AskedToday`, `NothingWaits`, `stepping.NotThisWay`, `asking_mails.WroteEnough`, `asking_mails.WroteOften`.
    """
    now = now or timezone.now()
    held = held_waiting(asking)
    if held.mailed_at and now - held.mailed_at < BETWEEN_REMINDERS:
        raise AskedToday
    if held.state in (AskingState.BOUNCED, AskingState.EXPIRED):
        ends = ends_at(now, held.approver.open_days)
        held = step(held, "ask_again", actor=actor, now=now, mailed_at=now, expires_at=ends, reminders=0)
        post(held, f"ask_{held.asks}", now=now)
    else:
        held = step(held, "remind", actor=actor, now=now, mailed_at=now)
        post(held, "ask_remind", now=now)
    return held


@transaction.atomic
def replace(*, actor: Any, asking: Asking, name: str, email: str, now: datetime | None = None) -> Asking:
    """Ask somebody else, or the same at another address; the applicant's answer says so from now on.

    Raises `SameAddress`, `CannotBeAsked`, `NothingWaits`, `stepping.NotThisWay`, `asking_mails.WroteEnough`.
    """
    now = now or timezone.now()
    held = held_waiting(asking)
    if held.state != AskingState.NOT_ASKED and same_mailbox(email, held.email):
        raise SameAddress
    others = {one.key: one.email for one in going(held.application) if one.key != held.key}
    refuse_whoever_cannot(held.application, {**others, held.key: email})
    had_link = held.state in (AskingState.ASKED, AskingState.OPENED)
    former = step(held, "replace", actor=actor, now=now, words=f"{name}, {email}")
    if had_link:
        say_nothing_more_is_asked(former, "replaced")
    Answer.objects.filter(application=held.application, key=f"{ASK}{held.key}"[:40]).update(
        value={"name": name, "email": email}, at=now
    )
    note_staff_conflicts(application=held.application, now=now)
    new = instead_of(former, name=name, email=email, named_email=email, now=now)
    return ask(new, actor=actor, now=now)


def instead_of(former: Asking, *, name: str, email: str, named_email: str, now: datetime, hands: int = 0) -> Asking:
    """Another in its place, not asked yet."""
    return Asking.objects.create(
        organisation_id=former.organisation_id,
        application=former.application,
        key=former.key,
        asks=former.asks,
        name=name,
        email=email,
        named_email=named_email,
        state=AskingState.NOT_ASKED,
        since=now,
        covers=former.covers,
        hands=hands,
        replaces=former,
    )


@transaction.atomic
def accept_condition(*, actor: Any, asking: Asking, now: datetime | None = None) -> Asking:
    """The applicant accepts the condition of a yes; the last yes sends it on. Twice is once. Raises `NothingWaits`, `stepping.NotThisWay`."""
    now = now or timezone.now()
    held = held_waiting(asking)
    if held.accepted_at is None:
        held = step(held, "accept", actor=actor, now=now, accepted_at=now)
        receive_if_all_agree(held.application, actor=actor, now=now)
    return held
