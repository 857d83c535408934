"""Equality figures as they may be read: protected values alone, of years that are over. Nothing here opens what anybody said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..equality import AskedOf
from ..figures import OUTCOME_OF
from ..models import Application, EqualityFigures, Round, Scheme
from ..states import RoundState


@dataclass(frozen=True, slots=True)
class EqualityYear:
    """The equality figures of one year of a scheme: which protection they went through, and the protected tables of each question.

    No questions: fewer people applied than are shown at all.
    """

    year: int
    made_at: datetime
    policy: str
    questions: Sequence[AskedOf]


def equality_figures(scheme: Scheme, year: int) -> EqualityYear | None:
    """The figures of one calendar year of panels; None until they were made, which is once, when the year is over. Safe to publish as they are."""
    made = EqualityFigures.objects.filter(scheme=scheme, year=year).first()
    return _told(made) if made else None


def equality_years(scheme: Scheme) -> list[EqualityYear]:
    """All that were made, the latest first."""
    return [_told(one) for one in figures_made(scheme)]


def figures_made(scheme: Scheme) -> QuerySet[EqualityFigures]:
    return EqualityFigures.objects.filter(scheme=scheme)


def _told(made: EqualityFigures) -> EqualityYear:
    questions = [AskedOf.from_data(one) for one in made.data["questions"]]
    return EqualityYear(made.year, made.made_at, made.data["policy"], questions)


def years_made(scheme: Scheme) -> set[int]:
    return set(figures_made(scheme).values_list("year", flat=True))


def years_over(scheme: Scheme, today: date) -> set[int]:
    """The years before this one in which panels told outcomes, and in which none has still to."""
    rows = Round.objects.filter(scheme=scheme, meets_on__year__lt=today.year).exclude(state=RoundState.CALLED_OFF)
    # A panel to which nothing was bound has nothing to tell.
    bound = Exists(Application.objects.filter(round=OuterRef("pk")))
    states: dict[int, set[str]] = {}
    for meets_on, state in rows.filter(Q(state=RoundState.RELEASED) | bound).values_list("meets_on", "state"):
        states.setdefault(meets_on.year, set()).add(state)
    return {year for year, found in states.items() if found == {RoundState.RELEASED}}


class Row(NamedTuple):
    """An application whose outcome was told, with whose it is: for counting, never for a page."""

    pk: int
    person: int | None
    state: str
    panel: str


def told_in(scheme: Scheme, year: int) -> list[Row]:
    """Those of the panels of one year, in the order in which they were heard."""
    rows = Application.objects.filter(
        Q(
            scheme=scheme,
            round__state=RoundState.RELEASED,
            round__meets_on__year=year,
            state__in=OUTCOME_OF,
            stripped_at=None,
        )
    )
    ordered = rows.order_by("round__meets_on", "received_at", "pk")
    return [Row(*one) for one in ordered.values_list("pk", "applicant_id", "state", "round__name")]
