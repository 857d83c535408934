"""Reads of panels: who sits, who leads, and what is kept of one application. Which applications, `applications` says."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role

from ..models import (
    Application,
    ApplicationEvent,
    Assignment,
    Blackened,
    EligibilityCheck,
    Interest,
    PanelMember,
    Round,
    Scheme,
    Score,
)
from ..states import ApplicationState, RoundState
from .applications import applications_led_by

#: Roles with which one may sit on a panel.
SIT = (Role.PANEL_CHAIR, Role.REVIEWER)


def may_sit(person: Person) -> bool:
    """Whether somebody is a reviewer or a panel chair here today."""
    return RoleAssignment.objects.filter(current_on(), person=person, role__in=SIT).exists()


def people_who_may_sit() -> QuerySet[Person]:
    held = RoleAssignment.objects.filter(current_on(), role__in=SIT).values("person")
    return Person.objects.filter(pk__in=held)


def people_who_may_lead() -> QuerySet[Person]:
    """Who may stand in for a chair: any reviewer, chair or scheme manager."""
    held = RoleAssignment.objects.filter(current_on(), role__in=(*SIT, Role.SCHEME_MANAGER, Role.LEAD)).values("person")
    return Person.objects.filter(pk__in=held)


def sits(scheme_id: int, person: Person) -> bool:
    return PanelMember.objects.filter(PanelMember.in_term(), scheme=scheme_id, person=person).exists()


def members_of(scheme: Scheme) -> QuerySet[PanelMember]:
    """All who sit or sat, with how much each reads now."""
    reads = Count(
        "assignments", filter=Q(assignments__ended_at=None, assignments__application__state=ApplicationState.ELIGIBLE)
    )
    return (
        PanelMember.objects.filter(scheme=scheme)
        .select_related("person")
        .prefetch_related("earlier_terms")
        .annotate(reads=reads)
    )


def members_in_term(scheme: Scheme) -> QuerySet[PanelMember]:
    """Those who can be given something to read: in term, and with the role still."""
    role = RoleAssignment.objects.filter(current_on(), role__in=SIT).values("person")
    rows = PanelMember.objects.filter(PanelMember.in_term(), scheme=scheme, person__in=role)
    return rows.select_related("person")


def member_or_404(scheme: Scheme, pk: int) -> PanelMember:
    return get_object_or_404(PanelMember.objects.select_related("person", "scheme"), scheme=scheme, pk=pk)


def round_or_404(scheme: Scheme, pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("chair", "administrator"), scheme=scheme, pk=pk)


def assignments_of(application: Application) -> list[Assignment]:
    """All readings of it, those that ended too, with all that was scored: the sheet that counts, and those before it."""
    scores = Score.objects.order_by("-sheet", "pk")
    rows = Assignment.objects.filter(application=application).select_related("member__person")
    return list(rows.prefetch_related(Prefetch("scores", scores, to_attr="told")))


def interests_in(application: Application) -> QuerySet[Interest]:
    return Interest.objects.filter(application=application).select_related("person", "waived_by__person")


def interest_or_404(application: Application, pk: int) -> Interest:
    return get_object_or_404(Interest.objects.select_related("person", "application"), application=application, pk=pk)


def blackened_rows(application: Application) -> QuerySet[Blackened]:
    return Blackened.objects.filter(application=application)


def blackened_or_404(application: Application, pk: int) -> Blackened:
    return get_object_or_404(blackened_rows(application).select_related("application"), pk=pk)


def checks_of(application: Application) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(application=application).select_related("by__person")


def events_of(application: Application) -> QuerySet[ApplicationEvent]:
    """Its history, the last first."""
    return (
        ApplicationEvent.objects.filter(application=application)
        .select_related("by__person", "application")
        .order_by("-at", "-pk")
    )


def rounds_led_by(user: Any, scheme: Scheme) -> QuerySet[Round]:
    """Those that somebody chairs, or stands in for whoever does."""
    if not user.person_id:
        return Round.objects.none()
    return open_rounds(scheme).filter(Q(chair=user.person_id) | Q(administrator=user.person_id))


def open_rounds(scheme: Scheme) -> QuerySet[Round]:
    rows = Round.objects.filter(scheme=scheme, state__in=(RoundState.PLANNED, RoundState.SITTING))
    return rows.select_related("chair", "administrator")


def assignment_or_404(application: Application, pk: int) -> Assignment:
    return get_object_or_404(
        Assignment.objects.filter(ended_at=None).select_related("member__person", "application"),
        application=application,
        pk=pk,
    )


def leads(user: Any, organisation: Organisation, application: Application) -> bool:
    """Whether somebody may read all scores of it."""
    return applications_led_by(user, organisation).filter(pk=application.pk).exists()
