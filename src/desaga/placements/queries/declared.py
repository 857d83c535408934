"""What somebody declared themselves, of what a panel still decides on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from ..conflicting import NONE, Source, conflict_label
from ..models import Application, Assignment, Interest, Scheme
from ..states import ApplicationState, RoundState
from ..telling import Hidden
from .applications import applications_on_panel
from .reading import blackened_in, hides_names, title_told, with_versions

GOING = (RoundState.PLANNED, RoundState.SITTING)


@dataclass(frozen=True)
class DeclaredClear:
    """That nothing stood in the way, of something that they read or hear."""

    application: Application
    title: str


@dataclass(frozen=True)
class DeclaredConflict:
    """A conflict that they said themselves. Nothing of the application is told but its reference."""

    interest: Interest
    label: str
    may_be_taken_back: bool


def declared_clear(user: Any, organisation: Organisation, scheme: Scheme) -> list[DeclaredClear]:
    """As many queries for one as for many."""
    rows = applications_on_panel(user, organisation).filter(
        scheme=scheme, state=ApplicationState.ELIGIBLE, round__state__in=GOING
    )
    found = with_versions(rows.select_related("round").order_by("reference"))
    black = blackened_in([row.pk for row in found])
    return [DeclaredClear(row, title_told(row, Hidden(hides_names(row), black.get(row.pk, {}))).title) for row in found]


def own_conflicts(user: Any, scheme: Scheme) -> QuerySet[Interest]:
    """Those that somebody declared and did not take back, and whether they had scored or read it by then."""
    stepped = Assignment.objects.filter(
        application=OuterRef("application"), member__person=OuterRef("person"), recused_at__isnull=False
    )
    rows = Interest.objects.filter(Interest.declared(), person=user.person_id, application__scheme=scheme)
    rows = rows.exclude(kind=NONE).filter(source=Source.DECLARED, application__round__state__in=GOING)
    return rows.annotate(has_stepped_back=Exists(stepped)).select_related("application__round", "application__version")


def declared_in_the_way(user: Any, scheme: Scheme) -> list[DeclaredConflict]:
    if not user.person_id:
        return []
    return [
        DeclaredConflict(
            one,
            conflict_label(one.application.definition, one.kind),
            not one.has_stepped_back and _is_planned(one),  # type: ignore[attr-defined]
        )
        for one in own_conflicts(user, scheme).order_by("application__reference")
    ]


def _is_planned(interest: Interest) -> bool:
    round_ = interest.application.round
    return round_ is not None and round_.state == RoundState.PLANNED


def own_conflict_or_404(user: Any, scheme: Scheme, pk: int) -> Interest:
    return get_object_or_404(own_conflicts(user, scheme), pk=pk)
