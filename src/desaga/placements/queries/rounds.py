"""One round of a panel: what it hears, and what was scored. Its overview is `overview`, by what its reading is shared out `sharing_out`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, QuerySet

from desaga.organisations.models import Organisation

from ..models import Application, Assignment, Interest, PanelMember, Round, SchemeVersion
from ..states import PANEL_SEES, RoundState
from .applications import applications_led_by


def heard_in(round_: Round, user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What a round hears, of that whose scores somebody may read."""
    return applications_led_by(user, organisation).filter(round=round_, state__in=PANEL_SEES)


def readings_that_count() -> QuerySet[Assignment]:
    """In force, and nothing stands in the reader's way: who finds a conflict after they scored leaves the mean."""
    # By the seat within, not by a join to seats without: that join has the database read every reading of each member.
    reader = PanelMember.objects.filter(pk=OuterRef(OuterRef("member"))).values("person")
    in_the_way = Interest.objects.filter(Interest.in_the_way(), application=OuterRef("application"), person__in=reader)
    return Assignment.objects.filter(~Exists(in_the_way), ended_at=None)


#: What is added up of readings that count.
SUMS: dict[str, Any] = {
    "mean": Avg("mark"),
    "least": Min("mark"),
    "most": Max("mark"),
    "spread": Max("mark") - Min("mark"),
    "readers": Count("pk"),
    "sent": Count("mark"),
    "abstained": Count("abstained_at"),
}


def marks_of(applications: Collection[Application]) -> dict[int, dict[str, Any]]:
    """Application to what its readers gave: mean, least, most and spread of the marks that count, and how many read, sent, abstained."""
    rows = readings_that_count().filter(application__in=applications).order_by().values("application")
    return {row["application"]: dict(row) for row in rows.annotate(**SUMS)}


def round_hides_names(round_: Round) -> bool | None:
    """Whether names are hidden now in any application of the round; None where no scheme of theirs hides them."""
    used = Application.objects.filter(round=round_).values("version")
    hiding = SchemeVersion.objects.filter(pk__in=used, data__names_hidden=True)
    return hides_now(round_, list(hiding.values_list("data__names_shown_at_meeting", flat=True)))


def hides_now(round_: Round, shown_at_meeting: Collection[bool | None]) -> bool | None:
    """The same, from what each version that hides names says of the meeting."""
    if not shown_at_meeting or (round_.state == RoundState.SITTING and all(shown_at_meeting)):
        return None
    return round_.names_shown_at is None
