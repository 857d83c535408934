"""What can be read of the tour. What everybody may read is asked as nobody: row-level security shows no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Min, QuerySet, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .models import Tour, TourEvent, TourRequest, TourStop
from .states import ENDED, OPEN, TourState

MOST_NEXT = 3


@dataclass(frozen=True)
class ShownTour:
    """What the public page says: where it is, where it goes next, and whether one can ask."""

    title: str
    words: str
    needs: str
    is_open: bool
    address: str
    now: TourStop | None
    next: list[TourStop]


def tour_shown(organisation: Organisation, today: date | None = None) -> ShownTour | None:
    """The touring exhibition of an organisation as everybody reads it; None where it lends none."""
    tour = Tour._base_manager.filter(organisation=organisation, is_open=True).first()
    if tour is None:
        return None
    today = today or localdate()
    coming = TourStop._base_manager.filter(organisation=organisation, ends_on__gte=today).order_by("starts_on")
    stops = list(coming[: MOST_NEXT + 1])
    here = next((one for one in stops if one.starts_on <= today), None)
    return ShownTour(
        title=tour.title, words=tour.words, needs=tour.needs, is_open=tour.is_open, now=here,
        address=reverse("exhibition:ask_for_tour", args=[organisation.slug]),
        next=[one for one in stops if one is not here][:MOST_NEXT],
    )  # fmt: skip


def open_tour(organisation_slug: str) -> Tour:
    """A tour for which places can ask, or 404. Asked as nobody."""
    rows = Tour._base_manager.filter(organisation__slug=organisation_slug, is_open=True)
    return get_object_or_404(rows.select_related("organisation"))


def days_taken(organisation: Organisation, today: date | None = None) -> list[TourStop]:
    """The days that are promised, from today on. Asked as nobody."""
    rows = TourStop._base_manager.filter(organisation=organisation, ends_on__gte=today or localdate())
    return list(rows.order_by("starts_on"))


def tour_kept() -> Tour | None:
    """The tour of the organisation in scope."""
    return Tour.objects.select_related("organisation").first()


def requests_listed() -> QuerySet[TourRequest]:
    """What was confirmed; what is over comes last. What nobody confirmed is nobody's to read."""
    is_over = Case(When(state__in=ENDED, then=1), default=0)
    rows = TourRequest.objects.exclude(state=TourState.SENT).select_related("organisation")
    return rows.order_by(is_over, "starts_on", "pk")


def narrowed(rows: QuerySet[TourRequest], wanted: Mapping[str, Any]) -> QuerySet[TourRequest]:
    return rows.filter(state=wanted["state"]) if wanted.get("state") else rows


def request_or_404(pk: int) -> TourRequest:
    return get_object_or_404(requests_listed(), pk=pk)


def events_of(request: TourRequest) -> QuerySet[TourEvent]:
    return TourEvent.objects.filter(request=request).select_related("by__person")


def stops_overlapping(request: TourRequest, starts_on: date, ends_on: date) -> QuerySet[TourStop]:
    """What is promised to others on these days."""
    rows = TourStop.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    return rows.exclude(request=request)


def others_wanting(request: TourRequest) -> QuerySet[TourRequest]:
    """Other requests for some of the same days that are not decided or are promised."""
    rows = TourRequest.objects.filter(state__in=OPEN, starts_on__lte=request.ends_on, ends_on__gte=request.starts_on)
    return rows.exclude(pk=request.pk)


def request_opened(organisation: Organisation, key: str) -> TourRequest | None:
    """The request that a link opens. Reads within that organisation only."""
    with within(organisation):
        rows = TourRequest.objects.filter(key_hash=hash_of(key))
        return rows.select_related("tour__organisation", "organisation").first()


def who_is_told() -> list[str]:
    """The addresses of those who handle requests in the organisation in scope: its leads and editors."""
    rows = RoleAssignment.objects.filter(current_on(), role__in=[Role.LEAD, Role.EDITOR])
    users = User.objects.filter(person__in=rows.values("person_id"), is_active=True)
    return list(users.order_by("email").values_list("email", flat=True))


def waiting_count() -> dict[str, Any]:
    return (
        TourRequest.objects.order_by().filter(state=TourState.ASKED).aggregate(number=Count("pk"), since=Min("since"))
    )


def calendar(today: date | None = None) -> list[dict[str, Any]]:
    """Where it was, is and will be, in order, with the free days between two places. From three months ago on."""
    today = today or localdate()
    rows = TourStop.objects.filter(ends_on__gte=today - timedelta(days=92)).select_related("request__organisation")
    told: list[dict[str, Any]] = []
    for stop in rows.order_by("starts_on"):
        if told and (free := (stop.starts_on - told[-1]["ends_on"]).days - 1) > 0:
            told.append({"free": free, "starts_on": told[-1]["ends_on"] + timedelta(days=1), "ends_on": stop.starts_on - timedelta(days=1)})  # fmt: skip
        is_now = stop.starts_on <= today <= stop.ends_on
        told.append({"stop": stop, "starts_on": stop.starts_on, "ends_on": stop.ends_on, "is_now": is_now})
    return told
