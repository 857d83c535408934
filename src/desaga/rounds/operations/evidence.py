"""Evidence that comes through a request: how much, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from desaga.evidence.operations import GivenPiece, take_back
from desaga.evidence.states import State
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import ActionEvidence, Update

from ..models import RequestEvidence, RequestKey, UpdateRequest
from ..states import Happened
from .opening import open_request
from .posting import happened

#: Whoever has a link may give so much: enough for a person who reports, too little to fill a disk with.
MOST_PIECES, MOST_PIECES_A_DAY = 40, 15
MOST_BYTES_A_DAY = 100 * 1024 * 1024
#: So much an hour is looked at for one request, whatever comes of it: looking takes the server a second.
MOST_FILES_AN_HOUR, MOST_BYTES_AN_HOUR = 60, 300 * 1024 * 1024
AN_HOUR = 3600
A_DAY = timedelta(hours=24)


class TooMuchEvidence(Refused):
    """You gave as much here today as one link takes. Give the rest tomorrow, or send it to whoever asked you."""


class LookedAtAlready(Refused):
    """This was looked at already, and counts. Tell whoever asked you if it is to go."""


class NotGivenHere(Refused):
    """This was not given by this link, or it was taken back already."""


def refuse_too_much(request: UpdateRequest, pieces: Sequence[GivenPiece] = (), *, now: datetime | None = None) -> None:
    """Raises `TooMuchEvidence` where the request, whose row the caller holds if it writes, has no room for these pieces."""
    now = now or timezone.now()
    whole = RequestEvidence.objects.filter(request=request)
    told = whole.filter(at__gt=now - A_DAY).order_by().aggregate(pieces=Count("pk"), size=Sum("size", default=0))
    more, size = len(pieces), sum(len(piece.file.content) for piece in pieces if piece.file)
    is_full = whole.count() + more > MOST_PIECES or told["pieces"] + more > MOST_PIECES_A_DAY
    if is_full or told["size"] + size > MOST_BYTES_A_DAY:
        raise TooMuchEvidence


def sends_too_much(request: UpdateRequest, sizes: Sequence[int], *, now: datetime | None = None) -> bool:
    """Whether more is sent for a request within an hour than is looked at; each file counts, and each of its bytes, kept or not."""
    hour = int((now or timezone.now()).timestamp()) // AN_HOUR
    told = (("files", len(sizes), MOST_FILES_AN_HOUR), ("bytes", sum(sizes), MOST_BYTES_AN_HOUR))
    # Both are added up, also where the first is too many.
    over = [_add_up(f"rounds:{what}:{request.pk}:{hour}", more) > most for what, more, most in told]
    return any(over)


def _add_up(key: str, more: int) -> int:
    number = int(cache.get(key, 0)) + more
    cache.set(key, number, AN_HOUR)
    return number


def note_given(request: UpdateRequest, update: Update, *, now: datetime | None = None) -> None:
    """Remember what came with an update as given through the request. The same form sent twice is remembered once."""
    now = now or timezone.now()
    for use in ActionEvidence.objects.filter(update=update).select_related("evidence"):
        RequestEvidence.objects.get_or_create(
            evidence=use.evidence,
            defaults={
                "organisation_id": request.organisation_id,
                "request": request,
                "size": use.evidence.size,
                "at": now,
            },
        )


@transaction.atomic
def take_evidence_back(
    *, request: UpdateRequest, evidence_id: int, actor: Any = None, link: RequestKey | None = None
) -> str:
    """Take back a piece that came through this request; answers its title. `link` is the one that was used.

    Raises `NotGivenHere`, `LookedAtAlready`, and what `opening.open_request` and `take_back` raise.
    """
    request = open_request(request, link)
    given = RequestEvidence.objects.filter(request=request, evidence_id=evidence_id).select_related("evidence").first()
    if given is None:
        raise NotGivenHere
    if locked(given.evidence).state != State.WAITING:
        raise LookedAtAlready
    take_back(actor=actor, evidence=given.evidence, note=f"by {request.name}, who had given it")
    happened(request, Happened.TOOK_BACK, actor=actor, now=timezone.now(), note=str(given.evidence), link=link)
    return str(given.evidence)
