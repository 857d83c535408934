"""The demo's panel that sits: the small fund's, over a handful of applications, some with a pending outcome, one that the chair does not hear."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.placements.conflicting import NONE
from desaga.placements.models import AgendaItem, Application, PanelMember, Round, Scheme
from desaga.placements.operations import (
    applications,
    assigning,
    conflicts,
    eligibility,
    meeting,
    members,
    pending,
    schemes,
    scoring,
)
from desaga.tenancy.context import within

from .placements import AFTER, BEFORE
from .world import email_of, world


def load_placement_meeting() -> None:
    """Plan a panel whose cut-off is past, hand in for it, read, score, and begin the meeting; once."""
    told = world()["meeting"]
    organisation = Organisation.objects.get(slug=told["organisation"])
    actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
    with within(organisation, user=actor):
        scheme = Scheme.objects.get(slug=told["scheme"])
        if AgendaItem.objects.filter(round__scheme=scheme).exists():
            return
        round_ = plan(actor, scheme)
        seats = {login: seat(actor, scheme, told["organisation"], login, works_for) for login, works_for in told["members"].items()}  # fmt: skip
        leaders = {name: seats[told[name]][1].person for name in ("chair", "administrator")}
        members.name_leaders(actor=actor, round_=round_, **leaders)
    for one in told["applications"]:
        read(actor, hand_in(scheme, one, round_), one, seats)
    with within(organisation, user=actor):
        meeting.begin_meeting(actor=actor, round_=round_)
    for one in told["applications"]:
        decide(seats[one["by"]][0] if one.get("by") else actor, scheme, one)


def plan(actor: User, scheme: Scheme) -> Round:
    """A panel of these days, whose cut-off is past. Nobody who applies now is bound to it."""
    meets_on = timezone.localdate() + timedelta(days=1)
    return schemes.plan_round(
        actor=actor, scheme=scheme, name=f"Panel of {meets_on:%B %Y}", cut_off_on=meets_on - BEFORE, meets_on=meets_on, answers_by=meets_on + AFTER
    )  # fmt: skip


def seat(actor: User, scheme: Scheme, slug: str, login: str, works_for: str) -> tuple[User, PanelMember]:
    user = User.objects.get(email=email_of(slug, login))
    began = date(timezone.localdate().year - 1, 1, 1)
    return user, members.add_member(
        actor=actor, scheme=scheme, person=user.person, works_for=works_for, starts_on=began
    )


def hand_in(scheme: Scheme, told: dict[str, Any], round_: Round) -> Application:
    """Begun and received a week before the cut-off."""
    applicant = User.objects.get(email=email_of(*told["applicant"]))
    now = timezone.make_aware(datetime.combine(round_.cut_off_on - timedelta(days=7), time(11, 30)))
    starts_on = timezone.localdate() + timedelta(days=told["starts_in"])
    dates = {
        key: {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        for key, day in {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=told["days"])}.items()
    }
    with within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme, now=now)
        answers = told["answers"] | dates | {"true_and_mine": True}
        applications.save_answers(actor=applicant, application=application, answers=answers, at=now, now=now)
        application = applications.send(actor=applicant, application=application, now=now)
        return applications.receive(application, actor=applicant, now=now)


def read(
    actor: User, application: Application, told: dict[str, Any], seats: dict[str, tuple[User, PanelMember]]
) -> None:
    """Found eligible, declared on by the whole panel, read and scored by those who are told."""
    with within(application.organisation, user=actor):
        application = eligibility.find_eligible(actor=actor, application=application)
        readings = {
            login: assigning.assign(actor=actor, application=application, member=seats[login][1])
            for login in told["scores"]
        }
    for login, (user, _) in seats.items():
        with within(application.organisation, user=user):
            if login in told.get("conflicts", {}):
                conflicts.declare(actor=user, application=application, kind="personal", words=told["conflicts"][login])
            elif login in readings or told.get("declared", True):
                conflicts.declare(actor=user, application=application, kind=NONE)
            if login in readings:
                sheet = score(application, *told["scores"][login])
                scoring.send_scores(actor=user, assignment=readings[login], typed=sheet)


def score(application: Application, value: int, reason: str) -> dict[str, dict[str, str]]:
    """All criteria with the same score, the last one lower by one."""
    *others, last = application.definition.criteria
    typed = {one.key: {"value": str(value), "reason": reason} for one in others}
    return typed | {last.key: {"value": str(max(value - 1, 0)), "reason": "One would like to know who keeps it alive."}}


def decide(actor: User, scheme: Scheme, told: dict[str, Any]) -> None:
    outcome = dict(told.get("outcome", {}))
    if not outcome:
        return
    if "amount" in outcome:
        outcome["amount"] = Decimal(outcome["amount"])
    with within(scheme.organisation, user=actor):
        item = AgendaItem.objects.select_related("application__version", "round").get(
            application__title=told["answers"]["title"]
        )
        meeting.open_item(actor=actor, item=item)
        pending.set_outcome(actor=actor, item=item, **outcome)
        meeting.keep_notes(actor=actor, item=item, notes=told.get("notes", ""))
        meeting.close_item(actor=actor, item=item)
