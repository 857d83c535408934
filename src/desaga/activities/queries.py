"""Reads: what a person did, and what an employer may see of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from desaga.indicators.states import Unit, said
from desaga.organisations.queries import matching

from .models import Activity, shown_to


def activities_of(person_id: int) -> QuerySet[Activity]:
    """What the person did, over all employers, the newest first. Within the person's scope."""
    return Activity.objects.filter(person=person_id)


def activities_at(organisation: Any) -> QuerySet[Activity]:
    """What an organisation may see as an employer, the newest first; also where the asker has activities of their own elsewhere.

    What one wrote of the benefits stays one's own: it is not even read.
    """
    return Activity.objects.filter(shown_to(organisation)).select_related("person").defer("practice", "users")


def own_or_404(person_id: int | None, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.filter(person=person_id), pk=pk)


#: Where words are looked for: an employer's never in what it is not shown.
SHOWN_WORDS = ("what", "place", "with_whom", "person__name")
OWN_WORDS = ("what", "place", "with_whom", "practice", "users")


def narrowed(rows: QuerySet[Activity], wanted: Mapping[str, Any], words_in: Sequence[str]) -> QuerySet[Activity]:
    """Those with all words in these columns, of one kind, of one year; each where asked for."""
    rows = matching(rows, wanted.get("q") or "", *words_in)
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    return rows.filter(on__year=wanted["year"]) if wanted.get("year") else rows


def years_of(rows: QuerySet[Activity]) -> list[int]:
    """The years in which something happened, the newest first."""
    return [day.year for day in rows.order_by().dates("on", "year", order="DESC")]


@dataclass(frozen=True, slots=True)
class Sums:
    """How much there is: activities, hours, people."""

    activities: int
    hours: Decimal
    people: int

    @property
    def hours_said(self) -> str:
        return said(self.hours, Unit.HOURS)


def sums_of(rows: QuerySet[Activity]) -> Sums:
    """One query."""
    found = rows.order_by().aggregate(n=Count("pk"), hours=Sum("hours"), people=Count("person", distinct=True))
    return Sums(found["n"], found["hours"] or Decimal(0), found["people"])


def sums_of_year(organisation: Any, today: date) -> Sums:
    """What an organisation may see of the calendar year up to a day."""
    return sums_of(activities_at(organisation).filter(on__year=today.year, on__lte=today))
