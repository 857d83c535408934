"""What the worker looks at: awards with something to come, receipts that wait for the scanner. In the organisation in scope."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from desaga.evidence.states import Scan

from ..models import Award, OutcomeFile, Receipt
from ..states import ApplicationState
from .awards import WITH

#: So long after its end nothing more is asked of a placement.
LONGEST_FOLLOWED = timedelta(days=6 * 366)
MOST_AT_ONCE = 50


def awards_to_follow() -> list[int]:
    """The ids of awards for which something may fall due."""
    going = Q(application__state__in=(ApplicationState.OFFERED, ApplicationState.ACCEPTED, ApplicationState.AGREED))
    over = Q(
        application__state__in=(ApplicationState.REPORTED, ApplicationState.CLOSED),
        ends_on__gte=timezone.localdate() - LONGEST_FOLLOWED,
    )
    return list(
        Award.objects.filter(going | over, application__stripped_at=None).order_by("pk").values_list("pk", flat=True)
    )


def award_to_follow(pk: int) -> Award:
    return Award.objects.select_related(*WITH).get(pk=pk)


def receipts_to_scan() -> list[int]:
    waiting = Receipt.objects.filter(scan=Scan.WAITING).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])


def outcome_files_to_scan() -> list[int]:
    waiting = OutcomeFile.objects.filter(scan=Scan.WAITING).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
