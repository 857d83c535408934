"""That an application came in, whichever way it went: sent where nobody must approve, or approved by all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from ..models import Application, Round
from ..queries.schemes import round_to_hear
from ..states import RoundState
from .binding import write_of_panel
from .conflicts import note_staff_conflicts
from .gate import move
from .telling_employers import tell_employer


def receive(application: Application, *, actor: Any, now: datetime, **fields: Any) -> Application:
    """It is complete: bound to the next panel whose cut-off is not past; who comes back with changes stays with theirs until it sits. Call inside a transaction.

    What records tell of those who run the scheme is written down before any of them reads it.
    """
    round_ = round_to_hear(application, timezone.localdate(now))
    received_at = application.received_at or now
    is_first = application.received_at is None
    missed = missed_by(application, round_)
    received = move(
        application, "receive", actor=actor, now=now, round=round_, received_at=received_at, open_sections=[],
        words=f"It missed {missed.cut_off_on:%-d %B %Y}; {when_heard(round_)}" if missed else "", **fields
    )  # fmt: skip
    note_staff_conflicts(application=received, now=now)
    if is_first:
        tell_employer(received, "application")
    if missed and round_:
        write_of_panel(received, "late")
    return received


def missed_by(application: Application, round_: Round | None) -> Round | None:
    """The panel for which it was meant when it was sent, where its last yes came after the cut-off."""
    meant = application.sent_for
    if meant is None or meant == round_ or meant.state == RoundState.CALLED_OFF:
        return None
    return meant if round_ is None or round_.meets_on > meant.meets_on else None


def when_heard(round_: Round | None) -> str:
    return f"it is heard on {round_.meets_on:%-d %B %Y}." if round_ else "no later panel is planned yet."
