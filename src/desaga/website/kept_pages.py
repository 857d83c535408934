"""Pages of the sites are kept in memory for as long as nothing at all was written to the database: until then they are what they were (ADR 0057)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from .models.pages import KEPT

CACHE = "pages"
#: A longer address is nobody's who reads, and would push out what is read.
LONGEST_ADDRESS = 300
#: Who sends one of these is answered by the page itself.
ASKS_ITSELF = ("If-None-Match", "If-Modified-Since", "Range")


class Held(NamedTuple):
    """A page as it was written, and the state of the database in which it was."""

    state: str
    content: bytes
    headers: dict[str, str]


def state_of_database() -> str:
    """The same for as long as nothing is written and it is the same day; empty where this very transaction writes, whose rows the snapshot does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NULL")
        snapshot, only_reads = cursor.fetchone()
    return f"{snapshot} {localdate()}" if only_reads else ""


def kept_while_nothing_is_written(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that is the same for everybody is written once, and given to whoever asks until something changes. Takes one query instead of thirty."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        address = f"{request.get_host()}{request.get_full_path()}"
        is_plain = request.method == "GET" and not any(name in request.headers for name in ASKS_ITSELF)
        state = state_of_database() if is_plain and len(address) <= LONGEST_ADDRESS else ""
        if not state:
            return view(request, *args, **kwargs)
        held = caches[CACHE].get(address)
        if held is None or held.state != state:
            answer = view(request, *args, **kwargs)
            # Whoever is signed in is given what is kept, and nothing is kept that was written under their name.
            if settings.SESSION_COOKIE_NAME in request.COOKIES or not may_be_kept(answer):
                return answer
            held = Held(state, answer.content, dict(answer.headers))
            caches[CACHE].set(address, held)
        return HttpResponse(held.content, headers=held.headers)

    return serve


def may_be_kept(answer: Any) -> bool:
    """What says of itself that everybody may keep it: a whole page, without cookie."""
    is_page = type(answer) is HttpResponse and answer.status_code == 200 and not answer.cookies
    return is_page and answer.headers.get("Cache-Control") == KEPT and answer.headers["Content-Type"].startswith("text/html")  # fmt: skip
