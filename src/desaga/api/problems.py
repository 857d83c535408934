"""Refusals that a program can read and a person understand: problem details for HTTP (RFC 9457).

https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"
ALLOWED = "GET, HEAD, OPTIONS"


def problem(
    status: int, detail: str, *, errors: Sequence[Mapping[str, Any]] = (), headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """An answer that says what is wrong: `type`, `title`, `status`, `detail`, and `errors` where words of the address are wrong."""
    words = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if errors:
        words["errors"] = list(errors)
    answer = JsonResponse(words, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def nothing_here() -> JsonResponse:
    """What is not there, and what is not open to this key: the same words."""
    return problem(404, "There is nothing at this address that is open to this key.")


def not_this_way() -> JsonResponse:
    """Everything here is to be read."""
    return problem(405, "This address can only be read: use GET.", headers={"Allow": ALLOWED})


def unknown_key() -> JsonResponse:
    """No key, a wrong one, one that has ended: which of them is not told."""
    detail = "Send a key that holds, as Authorization: Bearer and the key. The lead of your organisation makes keys."
    return problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="Desaga"'})


def too_many(seconds: int) -> JsonResponse:
    """The key has asked too often; `seconds` until it may ask again."""
    unit = "second" if seconds == 1 else "seconds"
    return problem(429, f"This key asks too often. Wait {seconds} {unit}.", headers={"Retry-After": str(seconds)})


def wrong_words(found: Sequence[Mapping[str, Any]]) -> JsonResponse:
    """Words of the address that cannot be understood, each with its name and why."""
    errors = [{"name": str(one["loc"][-1]), "reason": str(one["msg"])} for one in found]
    return problem(422, "Some words of the address cannot be understood; see errors.", errors=errors)
