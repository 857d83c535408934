"""What is still to be done about awards, for `waiting.py`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from ..awarding import ClaimState, Party
from ..models import Award, Claim, ReservePlace, Round, Signature
from ..states import ApplicationState
from .awards import next_reserve

MOST = 20


def own_awards() -> QuerySet[Award]:
    """Those of the person in scope that ask something, over all organisations that run schemes."""
    asks = (ApplicationState.OFFERED, ApplicationState.AGREED)
    rows = Award.mine.filter(application__state__in=asks)
    return rows.select_related("application__scheme", "application__organisation", "application__version")[:MOST]


def own_signatures() -> QuerySet[Signature]:
    """The person's own name that is missing under an agreement."""
    rows = Signature.mine.filter(
        party=Party.TECHNICIAN, signed_at=None, agreement__replaced_at=None, agreement__signed_at=None
    )
    return rows.select_related("agreement__award__application__scheme", "agreement__award__application__organisation")[
        :MOST
    ]


def own_claims_returned() -> QuerySet[Claim]:
    rows = Claim.mine.filter(state=ClaimState.RETURNED)
    return rows.select_related("award__application__scheme", "award__application__organisation")[:MOST]


def places_to_offer() -> Iterator[ReservePlace]:
    """Of each panel with somebody on its reserve list, the first for whom there is money."""
    waiting = ReservePlace.objects.filter(round=OuterRef("pk"), application__state=ApplicationState.RESERVE)
    for round_ in Round.objects.filter(Exists(waiting))[:MOST]:
        if place := next_reserve(round_):
            yield place
