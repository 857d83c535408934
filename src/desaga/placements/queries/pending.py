"""What is still to be done about awards, for `waiting_awards.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..awarding import ChangeState, ClaimState, Party, ReportState
from ..models import Award, AwardChange, AwardLetter, Claim, PlacementReport, ReservePlace, Round, Signature
from ..states import ApplicationState
from .awards import awards_for, next_place_for

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


def reports_to_read(user: Any, organisation: Organisation) -> QuerySet[PlacementReport]:
    rows = PlacementReport.objects.filter(state=ReportState.SENT, award__in=awards_for(user, organisation))
    return rows.select_related("award__application__scheme")[:MOST]


def changes_to_decide(user: Any, organisation: Organisation) -> QuerySet[AwardChange]:
    rows = AwardChange.objects.filter(state=ChangeState.ASKED, award__in=awards_for(user, organisation))
    return rows.select_related("award__application__scheme")[:MOST]


def letters_lost(user: Any, organisation: Organisation) -> QuerySet[AwardLetter]:
    """Letters with a link that did not arrive, and that no later one took the place of."""
    rows = AwardLetter.objects.filter(ended_at=None, expires_at__gt=timezone.now()).exclude(lost_at=None)
    rows = rows.filter(award__in=awards_for(user, organisation))
    return rows.select_related("award__application__scheme")[:MOST]


def places_to_offer(user: Any, organisation: Organisation) -> Iterator[ReservePlace]:
    """Of each panel with somebody on its reserve list, the first for whom there is money, where somebody may know of it."""
    waiting = ReservePlace.objects.filter(round=OuterRef("pk"), application__state=ApplicationState.RESERVE)
    for round_ in Round.objects.filter(Exists(waiting))[:MOST]:
        if place := next_place_for(user, organisation, round_):
            yield place
