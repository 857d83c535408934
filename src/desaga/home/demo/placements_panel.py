"""The demo's panel: who sits on it, what came in for its next round, who reads what, and some scores."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.placements.conflicting import NONE
from desaga.placements.models import Application, PanelMember, Scheme
from desaga.placements.operations import (
    applications,
    assigning,
    conflicts,
    eligibility,
    members,
    reading_mails,
    scoring,
)
from desaga.placements.operations.assigning import HasConflict
from desaga.tenancy.context import within

from .world import email_of, world

#: What every applicant of the demo answers alike.
ALIKE: dict[str, Any] = {
    "nation": "england", "role_word": "role_technical_specialist", "cover_at_work": "Two colleagues take turns; nothing is booked for those days.", "department_cost": "0", "on_grant": "no", "risk_assessed": "yes", "visa_checked": "yes", "insured": "yes", "working_days": "5",
    "use_for_host": "A second pair of eyes, and our own notes in return.", "session_promised": "yes", "payee": "employer", "advance": "no", "true_and_mine": True,
    "costs": [
        {"kind": "travel", "what": "Train and bus", "pounds": "184.60", "currency": "GBP", "foreign": ""},
        {"kind": "accommodation", "what": "A room near the host", "pounds": "620", "currency": "GBP", "foreign": ""},
    ],
    "ask_line_manager": {"name": "Alix Fenner", "email": "alix.fenner@work.example"},
    "ask_host": {"name": "Remy Osei", "email": "remy.osei@host.example"},
}  # fmt: skip
#: Readers of the demo score so long before the meeting.
SCORES_BEFORE = timedelta(days=10)
#: What a score of the demo says, by its value.
REASONS = (
    "Not shown.",
    "Said, and not argued: how would one know afterwards?",
    "Clear, and the host fits; the days could be planned better.",
    "Very clear: what, with whom, and what changes on the Monday after.",
)


def load_panel() -> None:
    """Seat the panel of the placements, hand in, check, give out and score; once."""
    told = world()["panel"]
    organisation = Organisation.objects.get(slug=told["organisation"])
    actor = account(told["organisation"], told["by"])
    with within(organisation, user=actor):
        scheme = Scheme.objects.get(slug=told["scheme"])
        if PanelMember.objects.filter(scheme=scheme).exists():
            return
        seats = {one["login"]: seat(actor, scheme, told["organisation"], one) for one in told["members"]}
    for one in told["applications"]:
        load_one(actor, scheme, one, seats)
    with within(organisation, user=actor):
        for round_ in scheme.rounds.all()[:1]:
            leaders = {name: seats[told[name]].person for name in ("chair", "administrator")}
            members.name_leaders(actor=actor, round_=round_, **leaders)
            reading_mails.set_score_by(actor=actor, round_=round_, score_by=round_.meets_on - SCORES_BEFORE)


def account(slug: str, login: str) -> User:
    return User.objects.get(email=email_of(slug, login))


def seat(actor: User, scheme: Scheme, slug: str, told: dict[str, Any]) -> PanelMember:
    today = timezone.localdate()
    return members.add_member(
        actor=actor,
        scheme=scheme,
        person=account(slug, told["login"]).person,
        works_for=told["works_for"],
        starts_on=date(today.year - 1, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        expertise=told["knows"],
        prefers=told["prefers"],
        most=told.get("most"),
    )


def load_one(actor: User, scheme: Scheme, told: dict[str, Any], seats: dict[str, PanelMember]) -> None:
    """Handed in by whom it is told; found eligible, read and scored as far as it is told."""
    application = hand_in(scheme, told)
    if told["state"] != "eligible":
        return
    with within(scheme.organisation, user=actor):
        application = eligibility.find_eligible(actor=actor, application=application)
        for member in seats.values():
            give(actor, application, member)
    for login, value in told["scores"].items():
        score(account(scheme.organisation.slug, login), application, value)


def give(actor: User, application: Application, member: PanelMember) -> None:
    """Everybody reads all, as far as nothing stands in the way."""
    try:
        with transaction.atomic():
            assigning.assign(actor=actor, application=application, member=member, why="Everybody reads all.")
    except HasConflict:
        return


def hand_in(scheme: Scheme, told: dict[str, Any]) -> Application:
    applicant = account(*told["applicant"])
    starts_on = timezone.localdate() + timedelta(days=told["starts_in"])
    days = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=told["days"])}
    dates = {key: {"day": str(day.day), "month": str(day.month), "year": str(day.year)} for key, day in days.items()}
    with within(scheme.organisation, user=applicant), transaction.atomic():
        application = applications.begin(actor=applicant, scheme=scheme)
        applications.save_answers(actor=applicant, application=application, answers=ALIKE | told["answers"] | dates)
        application = applications.send(actor=applicant, application=application)
        return applications.receive(application, actor=applicant, now=timezone.now())


def score(user: User, application: Application, value: int) -> None:
    with within(application.organisation, user=user):
        reading = application.assignments.filter(member__person=user.person_id).first()
        if reading is None:
            return
        conflicts.declare(actor=user, application=application, kind=NONE)
        sheet = {
            one.key: {"value": str(max(value - (number % 2), 0)), "reason": REASONS[max(value - (number % 2), 0)]}
            for number, one in enumerate(application.definition.criteria)
        }
        scoring.send_scores(actor=user, assignment=reading, typed=sheet)
