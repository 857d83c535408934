"""Letting a program in by its key, for addresses that are not the API's own: no ninja here."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

from desaga.tenancy.context import enter

from . import operations, queries
from .models import ApiKey
from .words import read_words


class NotLetIn(Exception):
    """No key, a wrong one, one that has ended: which of them is not told."""


class AsksTooOften(Exception):
    """The key asked too often; `seconds` until it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class DoesNotOpen(Exception):
    """The key holds and does not open this."""


def let_in(request: HttpRequest, *scopes: str) -> ApiKey:
    """The key that a request presents, entered in its organisation's name. Raises `NotLetIn`, `AsksTooOften`, `DoesNotOpen`."""
    key = queries.key_presented(words_presented(request))
    if key is None:
        raise NotLetIn
    enter(key.organisation)
    if wait := seconds_to_wait(request, key):
        raise AsksTooOften(wait)
    operations.note_use(key=key)
    if not key.opens(*scopes):
        raise DoesNotOpen
    return key


def words_presented(request: HttpRequest) -> str:
    """The words of a key in the `Authorization` header: as Bearer, or as the password or the name of Basic. Nowhere else.

    Never in the address, which every machine on the way may write down.
    """
    how, _, told = request.headers.get("Authorization", "").partition(" ")
    if how.lower() == "bearer":
        return told.strip()
    return _of_basic(told.strip()) if how.lower() == "basic" else ""


def _of_basic(told: str) -> str:
    try:
        name, _, password = b64decode(told, validate=True).decode().partition(":")
    except ValueError:
        return ""
    return next((words for words in (password, name) if read_words(words)), "")


def seconds_to_wait(request: HttpRequest, key: ApiKey) -> int:
    """Counts the request; answers how many seconds a key that asks more often than `API_RATE` allows must wait, else 0."""

    def whose(group: str, request: Any) -> str:
        return f"key:{key.pk}"

    usage = get_usage(request, group="api", key=whose, rate=settings.API_RATE, increment=True)
    return max(int(usage["time_left"]), 1) if usage and usage["should_limit"] else 0
