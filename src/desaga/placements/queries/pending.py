"""What is still to be done about awards, for `waiting.py` and `waiting_staff.py`: who may be told is theirs to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..awarding import ClaimState, Party, ReportState
from ..models import Award, AwardChange, AwardLetter, Claim, PlacementReport, ReservePlace, Round, Signature
from ..states import ApplicationState
from .awards import next_reserve


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


def letters_lost() -> QuerySet[AwardLetter]:
    """Letters with a link that did not arrive, and that no later one took the place of."""
    rows = AwardLetter.objects.filter(ended_at=None, expires_at__gt=timezone.now()).exclude(lost_at=None)
    return rows.select_related("award__application__scheme")


def claims_in_state(*states: str) -> QuerySet[Claim]:
    return Claim.objects.filter(state__in=states).select_related("award__application__scheme")


def reports_to_read() -> QuerySet[PlacementReport]:
    return PlacementReport.objects.filter(state=ReportState.SENT).select_related("award__application__scheme")


def changes_to_decide() -> QuerySet[AwardChange]:
    return AwardChange.objects.filter(state="asked").select_related("award__application__scheme")


def rounds_with_reserves() -> QuerySet[Round]:
    """Panels with somebody on their reserve list."""
    waiting = ReservePlace.objects.filter(round=OuterRef("pk"), application__state=ApplicationState.RESERVE)
    return Round.objects.filter(Exists(waiting))


def places_to_offer(rounds: Iterable[Round]) -> Iterator[ReservePlace]:
    """Of each panel, the first on its reserve list for whom there is money."""
    for round_ in rounds:
        if place := next_reserve(round_):
            yield place
