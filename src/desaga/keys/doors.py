"""Permission at the door of the API: which key, of whom, for what, how often. Imports ninja: only for the API's own assembly."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import HttpError, Throttled
from ninja.security import HttpBearer

from desaga.tenancy.context import enter

from . import operations, queries
from .letting import seconds_to_wait
from .models import ApiKey
from .states import Scope

FORBIDDEN = 403


class WithKey(HttpBearer):
    """Lets in whoever sends a key that holds and has one of the scopes, and goes on in its organisation's name.

    Without scopes every key will do. Sets `request.key` and `request.organisation`; a session counts for nothing here.
    """

    openapi_description = "A key of an organisation, made by its lead. It reads in the organisation's name."

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = queries.key_presented(token.strip())
        if key is None:
            return None
        enter(key.organisation)
        request.key, request.organisation = key, key.organisation  # type: ignore[attr-defined]
        refuse_too_often(request, key)
        operations.note_use(key=key)
        if self.scopes and not key.opens(*self.scopes):
            needed = " or ".join(self.scopes)
            raise HttpError(FORBIDDEN, f"This key does not open that. It would need the scope {needed}.")
        return key


def refuse_too_often(request: HttpRequest, key: ApiKey) -> None:
    """Raises `Throttled` where a key asks more often than `API_RATE` allows."""
    if wait := seconds_to_wait(request, key):
        raise Throttled(wait=wait)
