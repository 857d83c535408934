"""Asking those who must approve an application, as it is sent, and what its applicant does about it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import ASK, Looked
from ..approving import PAST, AskingState, covers, ends_at, same_mailbox, who_cannot_be_asked
from ..defining import Approver
from ..models import Application, Asking
from ..queries.asking import addresses_of, going, going_by_key
from .asking_mails import post, say_nothing_more_is_asked
from .gate import move
from .receiving import receive
from .stepping import step


class CannotBeAsked(Refused):
    """Whoever you named cannot be asked."""


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
    held = move(application, "send", actor=actor, now=now, open_sections=[], **told)
    for one in anew:
        if one.key in former:
            retire(former[one.key], actor=actor, now=now)
        ask(new_asking(held, one, named[one.key], looked.values, now=now), actor=actor, now=now)
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
    post(held, f"ask_{held.asks}", now=now, note=note)
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
