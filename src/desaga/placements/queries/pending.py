"""What is still to be done about awards, for `waiting.py` and `waiting_staff.py`: who may be told is theirs to know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..awarding import ChangeState, ClaimState, Party, ReportState
from ..models import (
    Award,
    AwardChange,
    AwardLetter,
    Claim,
    PlacementReport,
    ReservePlace,
    Round,
    Signature,
)
from ..states import ApplicationState
from .applications import applications_for, applications_not_hidden
from .awards import next_reserve_for


def own_awards() -> QuerySet[Award]:
    """Those of the person in scope that ask something, over all organisations that run schemes."""
    asks = (ApplicationState.OFFERED, ApplicationState.AGREED)
    rows = Award.mine.filter(application__state__in=asks)
    return rows.select_related("application__scheme", "application__organisation", "application__version")


def own_signatures() -> QuerySet[Signature]:
    """The person's own name that is missing under an agreement."""
    rows = Signature.mine.filter(
        party=Party.TECHNICIAN, signed_at=None, agreement__replaced_at=None, agreement__signed_at=None
    )
    return rows.select_related("agreement__award__application__scheme", "agreement__award__application__organisation")


def own_claims_returned() -> QuerySet[Claim]:
    rows = Claim.mine.filter(state=ClaimState.RETURNED)
    return rows.select_related("award__application__scheme", "award__application__organisation")


def letters_lost(user: Any, organisation: Organisation) -> QuerySet[AwardLetter]:
    """Letters with a link that did not arrive, and that no later one took the place of."""
    seen = AwardLetter.objects.filter(award__application__in=applications_for(user, organisation))
    rows = seen.filter(ended_at=None, expires_at__gt=timezone.now()).exclude(lost_at=None)
    return rows.select_related("award__application__scheme")


def reports_to_read(user: Any, organisation: Organisation) -> QuerySet[PlacementReport]:
    rows = PlacementReport.objects.filter(award__application__in=applications_for(user, organisation))
    return rows.filter(state=ReportState.SENT).select_related("award__application__scheme")


def changes_to_decide(user: Any, organisation: Organisation) -> QuerySet[AwardChange]:
    rows = AwardChange.objects.filter(award__application__in=applications_for(user, organisation))
    return rows.filter(state=ChangeState.ASKED).select_related("award__application__scheme")


def claims_waiting(user: Any, states: Collection[str]) -> QuerySet[Claim]:
    """In the organisation in scope, for whoever keeps its money."""
    rows = Claim.objects.filter(award__application__in=applications_not_hidden(user), state__in=states)
    return rows.select_related("award__application__scheme")


def rounds_with_reserves() -> QuerySet[Round]:
    """Panels with somebody on their reserve list."""
    waiting = ReservePlace.objects.filter(round=OuterRef("pk"), application__state=ApplicationState.RESERVE)
    return Round.objects.filter(Exists(waiting))


def places_to_offer(user: Any, organisation: Organisation, rounds: Iterable[Round]) -> Iterator[ReservePlace]:
    """Of each panel, the first on its reserve list for whom there is money, where somebody may read it."""
    for round_ in rounds:
        if place := next_reserve_for(user, organisation, round_):
            yield place
