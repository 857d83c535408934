"""Pages on which rows of people are seen: each look is written down as the page is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from desaga.organisations.refusals import Refused

from .operations.accesses import record_access


@dataclass(frozen=True, slots=True)
class Seen:
    """How many people a page showed; of which snapshot (None: of a file on its way in), by which keys (none: all of it), with equality data or not."""

    rows: int
    snapshot: Any = None
    keys: Sequence[UUID] = ()
    equality: bool = False


class ReadsRowsMixin:
    """Put first: whoever is answered 200 has seen rows of people, and it is written down who, where, how many and why.

    The view says `page_seen` and `why_seen`, and sets `seen` while the page is made, or answers it by `rows_seen`. Where a seal cannot be opened, since its
    key is not on this server, a page says so in a sentence.
    """

    page_seen = why_seen = ""
    seen = Seen(0)
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            # A page of a template is made when it leaves; what it shows is known only then.
            if answer.status_code == 200 and hasattr(answer, "render"):
                answer.render()
        except Refused as refusal:
            return render(request, "privacy/closed.html", {"sentence": refusal}, status=503)
        if answer.status_code == 200:
            self.write_down(request)
        return answer  # type: ignore[no-any-return]

    def write_down(self, request: HttpRequest) -> None:
        seen = self.rows_seen()
        record_access(
            actor=request.user,
            page=self.page_seen,
            rows=seen.rows,
            why=self.why_seen,
            snapshot=seen.snapshot,
            keys=seen.keys,
            has_equality=seen.equality,
        )

    def rows_seen(self) -> Seen:
        return self.seen
