"""Holding a request while something is done through it: what ended meanwhile opens nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import RequestKey, UpdateRequest
from ..states import RoundState
from .rounds import RoundIsNotOpen


class RequestTakenBack(Refused):
    """This request was taken back. Nothing is asked of you any more."""


class LinkIsOver(Refused):
    """This link opens no more. Use the one of the last e-mail, or tell whoever asked you."""


def open_request(
    request: UpdateRequest, link: RequestKey | None = None, *, now: datetime | None = None
) -> UpdateRequest:
    """The request as it is now, held, so that it is taken back either before or after what is done through it.

    The `link` by which somebody came is looked at again, since it may have ended after the page was opened. The round is read anew, not
    held: whoever answers would wait until all reminders of a morning are written. Raises `RoundIsNotOpen`,
    `RequestTakenBack`, `LinkIsOver`.
    """
    request = locked(request)
    if request.round.state != RoundState.OPEN:
        raise RoundIsNotOpen("This round is closed. What you want to say, tell whoever asked you.")
    if request.revoked_at:
        raise RequestTakenBack
    rows = RequestKey.objects.filter(request=request, expires_at__gt=now or timezone.now())
    if link and not rows.filter(pk=link.pk).exists():
        raise LinkIsOver
    return request
