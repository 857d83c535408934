"""That somebody has shown again, at their institution, that it is they; it counts as long as a password would."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.http import HttpRequest

#: The mark of a sign-in, or of a proof, for which an institution has vouched.
INSTITUTION = "institution"


def note_sign_in(request: HttpRequest, user: Any, provider_id: int) -> None:
    record_authentication(request, user, INSTITUTION, provider=provider_id)


def note_proof(request: HttpRequest, provider_id: int) -> None:
    record_authentication(request, request.user, INSTITUTION, provider=provider_id, reauthenticated=True)


def has_proved_lately(request: HttpRequest) -> bool:
    records = [one for one in get_authentication_records(request, request.user) if one.get("reauthenticated")]  # type: ignore[arg-type]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
