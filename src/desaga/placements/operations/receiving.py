"""That an application came in, whichever way it went: sent where nobody must approve, or approved by all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from ..models import Application
from ..queries.schemes import round_to_hear
from .gate import move


def receive(application: Application, *, actor: Any, now: datetime, **fields: Any) -> Application:
    """It is complete: bound to the next panel whose cut-off is not past; who comes back with changes stays with theirs until it sits. Call inside a transaction."""
    round_ = round_to_hear(application, timezone.localdate(now))
    received_at = application.received_at or now
    return move(
        application, "receive", actor=actor, now=now, round=round_, received_at=received_at, open_sections=[], **fields
    )
