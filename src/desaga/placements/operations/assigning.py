"""Who reads what: proposed for a whole round and accepted, or made and taken away by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Application, Assignment, Interest, PanelMember, Round
from ..queries.panel import may_sit
from ..queries.readers import not_finished_any_more
from ..states import ApplicationState
from .conflicts import note_conflicts
from .gate import note_event


class HasConflict(Refused):
    """Something stands in their way with this application, and nobody waived it."""


class NotInTerm(Refused):
    """They do not sit on this panel now."""


class NotForThePanel(Refused):
    """Only what was found eligible goes to the panel."""


class ProposalGone(Refused):
    """That proposal is old. Propose anew, then accept it."""


class HasScores(Refused):
    """They have sent their scores. Ask them to abstain, or to step back, if those are not to count."""


@transaction.atomic
def assign(
    *, actor: Any, application: Application, member: PanelMember, why: str = "", now: datetime | None = None
) -> Assignment:
    """Give an application to a member to read, by hand; told again it is the same. Raises `NotForThePanel`, `NotInTerm`, `HasConflict`."""
    now = now or timezone.now()
    held = locked(application)
    if held.state != ApplicationState.ELIGIBLE:
        raise NotForThePanel
    if not member.is_in_term or member.scheme_id != held.scheme_id or not may_sit(member.person):
        raise NotInTerm
    note_conflicts(actor=actor, applications=[held], people=[member.person_id], now=now)
    if in_the_way({(held.pk, member.person_id)}):
        raise HasConflict
    return _give(actor, held, member, why, now, is_by_hand=True)


def _give(
    actor: Any, held: Application, member: PanelMember, why: str, now: datetime, *, is_by_hand: bool
) -> Assignment:
    told = {
        "organisation_id": held.organisation_id,
        "made_at": now,
        "made_by": actor,
        "why": why[:500],
        "is_by_hand": is_by_hand,
    }
    assignment, is_new = Assignment.objects.get_or_create(application=held, member=member, ended_at=None, defaults=told)
    if is_new:
        note_event(held, "assigned", actor=actor, now=now, words=str(member), for_applicant=False)
        audit.record(actor=actor, verb="gave to read", thing=assignment, now=now)
    return assignment


def in_the_way(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these (application, person) have a conflict that nobody waived; the applicant is in their own way."""
    applications, people = {pk for pk, _ in pairs}, {pk for _, pk in pairs}
    told = Interest.objects.filter(Interest.in_the_way(), application__in=applications, person__in=people)
    own = Application.objects.filter(pk__in=applications, applicant__in=people).values_list("pk", "applicant")
    return pairs & {*told.values_list("application", "person"), *own}


@transaction.atomic
def accept(
    *,
    actor: Any,
    pairs: Iterable[tuple[Application, PanelMember, str]],
    round_: Round | None = None,
    each: int | None = None,
    now: datetime | None = None,
) -> int:
    """Give out what was proposed, with why of each pair. What has become impossible since is left out. Answers how many are new.

    `each` is kept with the round: what has fewer readers lacks some. Readings that nobody can finish any more end where others were given the same.
    """
    now = now or timezone.now()
    wanted = list(pairs)
    if round_ is not None and locked(round_).readers_each != each:
        change_row(round_, actor=actor, fields={"readers_each": each})
    blocked = in_the_way({(one.pk, member.person_id) for one, member, _ in wanted})
    known = set(
        Assignment.objects.filter(application__in=[one for one, _, _ in wanted], ended_at=None).values_list(
            "application", "member"
        )
    )
    new = [
        Assignment(
            organisation_id=one.organisation_id,
            application=one,
            member=member,
            made_at=now,
            made_by=actor,
            why=why[:500],
        )
        for one, member, why in wanted
        if (one.pk, member.person_id) not in blocked
        and (one.pk, member.pk) not in known
        and one.state == ApplicationState.ELIGIBLE
        and member.is_in_term
        and member.scheme_id == one.scheme_id
    ]
    Assignment.objects.bulk_create(new)
    _end_what_nobody_finishes(new, actor, now)
    if new:
        audit.record(
            actor=actor, verb="shared out the reading of", thing=new[0].application.scheme, note=str(len(new)), now=now
        )
    return len(new)


def _end_what_nobody_finishes(new: Iterable[Assignment], actor: Any, now: datetime) -> None:
    given_anew = {one.application_id for one in new}
    for one in not_finished_any_more(given_anew).select_related("application", "member__person"):
        one.ended_at = now
        one.save(update_fields=["ended_at"])
        note_event(one.application, "taken_away", actor=actor, now=now, words=str(one.member), for_applicant=False)


@transaction.atomic
def take_away(*, actor: Any, assignment: Assignment, now: datetime | None = None) -> Assignment:
    """Somebody no longer reads it. Raises `HasScores`."""
    now = now or timezone.now()
    held = locked(assignment)
    if held.sent_at is not None:
        raise HasScores
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    note_event(held.application, "taken_away", actor=actor, now=now, words=str(held.member), for_applicant=False)
    audit.record(actor=actor, verb="took away", thing=held, now=now)
    return held
