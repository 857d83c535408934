"""The one way in which a support goes on or ends; ending deletes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.notifications.operations import forget_mails
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.workforce.sealing import KeyLost

from ..models import Support
from ..sealing import open_content
from ..states import TRANSITIONS, By


class NotNow(Refused):
    """That cannot be done any more: it was answered, or it has ended. Look at the page again."""


def move(support: Support, name: str, *, by: By, actor: Any, now: datetime, **also: Any) -> Support | None:
    """Lock it, check, write or delete. What was sent is forgotten at each step. The audit names no member. Raises `NotNow`."""
    held, transition = locked(support), TRANSITIONS[name]
    if held.state not in transition.sources or by not in transition.by:
        raise NotNow
    forget_what_was_sent(held, now)
    audit.record(actor=actor, verb=transition.verb, thing=held, now=now)
    if transition.target is None:
        held.delete()
        return None
    held.state = transition.target
    for field, value in also.items():
        setattr(held, field, value)
    held.save(update_fields=["state", *also])
    return held


def forget_what_was_sent(support: Support, now: datetime) -> None:
    """To whom the mails went is wiped from the ledger; they stand there in nobody's name."""
    try:
        ids = open_content(support).mails
    except KeyLost:
        # Whatever is lost, a support can be ended.
        return
    if ids:
        forget_mails(organisation=None, ids=ids, until={}, now=now)
