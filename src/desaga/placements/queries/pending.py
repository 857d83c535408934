"""What is still to be done about awards, for `waiting.py` and `waiting_staff.py`: who may be told is theirs to know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..awarding import ChangeState, ClaimState, Party, ReportState
from ..models import (
    Award,
    AwardChange,
    AwardLetter,
    Claim,
    OutcomeLetter,
    PlacementReport,
    ReservePlace,
    Round,
    Signature,
)
from ..sitting import AWARDS, OutcomeKind
from ..states import ApplicationState
from .applications import applications_for
from .awards import awards_for, claims_for, next_place_for

#: So long a lost letter about what a panel decided is called to mind.
TOLD_FOR = timedelta(days=30)
NO_AWARD = [str(one) for one in OutcomeKind if one not in AWARDS]


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
    """Letters that did not arrive, and that no later one took the place of; of awards that go on, and those that say that one does not."""
    rows = AwardLetter.objects.filter(ended_at=None, award__in=awards_for(user, organisation)).exclude(lost_at=None)
    rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    rows = rows.exclude(award__application__state=ApplicationState.TURNED_DOWN)
    return rows.select_related("award__application__scheme")


def outcome_letters_lost(user: Any, organisation: Organisation) -> QuerySet[OutcomeLetter]:
    """What a panel decided and the applicant did not get to know, where it was no award: those stand among the letters of awards."""
    since = timezone.now() - TOLD_FOR
    rows = OutcomeLetter.objects.filter(lost_at__gt=since, item__outcome__kind__in=NO_AWARD)
    rows = rows.filter(item__application__in=applications_for(user, organisation))
    return rows.select_related("item__application__scheme")


def reports_to_read(user: Any, organisation: Organisation) -> QuerySet[PlacementReport]:
    rows = PlacementReport.objects.filter(award__application__in=applications_for(user, organisation))
    return rows.filter(state=ReportState.SENT).select_related("award__application__scheme")


def changes_to_decide(user: Any, organisation: Organisation) -> QuerySet[AwardChange]:
    rows = AwardChange.objects.filter(award__application__in=applications_for(user, organisation))
    return rows.filter(state=ChangeState.ASKED).select_related("award__application__scheme")


def claims_waiting(user: Any, organisation: Organisation, states: Collection[str]) -> QuerySet[Claim]:
    return claims_for(user, organisation).filter(state__in=states).select_related("award__application__scheme")


def rounds_with_reserves() -> QuerySet[Round]:
    """Panels with somebody on their reserve list."""
    waiting = ReservePlace.objects.filter(round=OuterRef("pk"), application__state=ApplicationState.RESERVE)
    return Round.objects.filter(Exists(waiting))


def places_to_offer(user: Any, organisation: Organisation, rounds: Iterable[Round]) -> Iterator[ReservePlace]:
    """Of each panel, the first on its reserve list for whom there is money, where somebody may read it."""
    for round_ in rounds:
        if place := next_place_for(user, organisation, round_):
            yield place
