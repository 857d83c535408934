"""Panels to test with, made through the operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from desaga.accounts.models import User
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..conflicting import NONE
from ..models import Application, Assignment, PanelMember, Scheme
from ..operations import assigning, blackening, conflicts, eligibility, members, scoring
from .factories import make_application, received, with_role


def eligible(scheme: Scheme, *, actor: Any, **told: Any) -> Application:
    """It came in, and was found eligible."""
    application = received(make_application(scheme, **told))
    with within(scheme.organisation, user=actor):
        return eligibility.find_eligible(actor=actor, application=application)


def make_member(
    scheme: Scheme,
    *,
    actor: Any,
    name: str = "Rita Reader",
    works_for: str = "University of Nowhere",
    role: str = Role.REVIEWER,
    **told: Any,
) -> tuple[User, PanelMember]:
    """Somebody with an account and the role, and their seat."""
    user = with_role(scheme.organisation, role, name)
    fields = {"starts_on": date(2020, 1, 1), **told}
    with within(scheme.organisation, user=actor):
        return user, members.add_member(actor=actor, scheme=scheme, person=user.person, works_for=works_for, **fields)


def given(application: Application, member: PanelMember, *, actor: Any) -> Assignment:
    with within(application.organisation, user=actor):
        return assigning.assign(actor=actor, application=application, member=member)


def declared(application: Application, user: User, kind: str = NONE, words: str = "") -> Any:
    with within(application.organisation, user=user):
        return conflicts.declare(actor=user, application=application, kind=kind, words=words)


def sheet_of(application: Application, value: int = 2, reason: str = "Clear and costed.") -> dict[str, dict[str, str]]:
    """All criteria, with the same score."""
    return {one.key: {"value": str(value), "reason": reason} for one in application.definition.criteria}


def scored(assignment: Assignment, user: User, value: int = 2) -> Assignment:
    with within(assignment.organisation, user=user):
        return scoring.send_scores(actor=user, assignment=assignment, typed=sheet_of(assignment.application, value))


def furnish_panel(scheme: Scheme, *, actor: Any) -> None:
    """A member who reads an application and has a conflict with another, and words that are blackened: for the walk of all addresses."""
    _, member = make_member(scheme, actor=actor)
    application = eligible(scheme, actor=actor)
    given(application, member, actor=actor)
    with within(scheme.organisation, user=actor):
        conflicts.note_conflict(actor=actor, application=application, person=member.person, kind="other", words="Ours")
        blackening.blacken_words(actor=actor, application=application, key="aims", words="helium")
