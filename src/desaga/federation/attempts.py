"""Between leaving for the institution and coming back: kept in the browser's own session, used once, for ten minutes."""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

NAME = "federation.attempts"
HOLDS_FOR = 600
MOST_AT_ONCE = 5
SIGN_IN, PROVE, TRY, CONNECT = "sign_in", "prove", "try", "connect"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Where somebody went, what for, where they go on to, and what the protocol remembers of it."""

    provider_id: int
    purpose: str
    goes_to: str = ""
    organisation_id: int | None = None
    user_id: int | None = None
    memory: dict[str, Any]
    at: float


def new_state() -> str:
    return secrets.token_urlsafe(32)


def keep(request: HttpRequest, state: str, **fields: Any) -> None:
    """Remember an attempt under its state; the oldest give way."""
    kept = dict(list(request.session.get(NAME, {}).items())[-(MOST_AT_ONCE - 1) :])
    request.session[NAME] = {**kept, state: asdict(Attempt(at=time.time(), **fields))}


def take(request: HttpRequest, state: str, provider_id: int) -> Attempt | None:
    """The attempt of this state, once, if it was for this provider and not long ago."""
    kept = dict(request.session.get(NAME, {}))
    found = kept.pop(state, None)
    request.session[NAME] = kept
    attempt = Attempt(**found) if found else None
    if attempt is None or attempt.provider_id != provider_id or time.time() - attempt.at > HOLDS_FOR:
        return None
    return attempt
