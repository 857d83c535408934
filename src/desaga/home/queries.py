"""Reads that join slices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from desaga.organisations import queries as organisations
from desaga.organisations.membership import Membership, organisations_of
from desaga.organisations.models import Organisation
from desaga.plans import queries as plans
from desaga.plans.models import Action, ActionOwner, Plan, late_on, still_to_do
from desaga.plans.queries.parties import parties_standing_for
from desaga.plans.states import PlanState
from desaga.tenancy.context import within
from desaga.ui.waiting import Waiting, own_waiting_for, waiting_for

SOON = timedelta(days=92)
MOST_DUE = 10
MOST_WAITING = 20


@dataclass(frozen=True)
class WaitingThere:
    """What waits for a person in one organisation."""

    organisation: Organisation
    items: list[Waiting]


def waiting_everywhere(user: Any) -> list[WaitingThere]:
    """What waits for a user in each workspace that is open to them, by the organisation's name; empty ones included."""
    answers = []
    for organisation in organisations_of(user):
        with within(organisation, user=user):
            answers.append(WaitingThere(organisation, waiting_for(user, organisation)))
    return answers


def own_waiting(user: Any) -> list[Waiting]:
    """What waits for a user of their own, with whomever; nothing for whoever is not a person yet. Asked in the user's own standing, which a page outside workspaces has."""
    return own_waiting_for(user) if user.person_id else []


def actions_carried_by(person_id: int, today: date | None = None) -> QuerySet[Action]:
    """Actions of plans at work that the person carries and that ended unsettled or end within three months."""
    owned = ActionOwner.objects.filter(party__in=parties_standing_for(person_id))
    return actions_ending(today).filter(pk__in=owned.values("action"))[:MOST_WAITING]


def actions_ending(today: date | None = None) -> QuerySet[Action]:
    """What is still to do in plans at work and whose last day is past or comes within three months, the earliest first."""
    until = (today or timezone.localdate()) + SOON
    rows = Action.objects.filter(still_to_do(), plan__state=PlanState.ACTIVE, last_day__lte=until)
    return rows.select_related("plan").order_by("last_day", "order")


@dataclass(frozen=True)
class Count:
    """How many there are of a thing, and where they are listed."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Step:
    """Something to do in a new workspace."""

    label: str
    hint: str
    url: str


@dataclass
class Overview:
    """An organisation at a glance. `due` are the actions that end first, of `due_count` in all."""

    plans: list[Plan]
    due: list[Action]
    due_count: int
    overdue_count: int
    counts: list[Count]
    others: list[Organisation]
    steps: list[Step] = field(default_factory=list)


def overview_of(membership: Membership, today: date | None = None) -> Overview:
    """What the organisation's first page shows to a member. Call within the organisation."""
    organisation, user = membership.organisation, membership.user
    today = today or timezone.localdate()
    ending = actions_ending(today)
    found = Overview(
        plans=list(plans.plans_listed().exclude(state=PlanState.CLOSED)),
        due=list(ending[:MOST_DUE]),
        due_count=ending.count(),
        overdue_count=ending.filter(late_on(today)).count(),
        counts=list(counts_for(membership)),
        others=[other for other in organisations_of(user) if other.pk != organisation.pk],
    )
    found.steps = list(next_steps(membership, found))
    return found


def counts_for(membership: Membership) -> list[Count]:
    """The lists of the organisation that are open to a member, with how much is in each."""
    slug = membership.organisation.slug
    lists: list[tuple[str, QuerySet[Any], str]] = [
        ("Units", organisations.open_units(), "organisations:list_units"),
        ("Groups", organisations.open_groups(), "governance:list_groups"),
        ("Parties", organisations.parties_listed(), "organisations:list_parties"),
        ("Abbreviations", organisations.glossary(), "organisations:list_terms"),
    ]
    if membership.user.has_perm("organisations.see_people", membership.organisation):
        lists.insert(0, ("People", organisations.people_visible_to(membership), "organisations:list_people"))
    return [Count(label, rows.count(), reverse(name, args=[slug])) for label, rows, name in lists]


def next_steps(membership: Membership, found: Overview) -> list[Step]:
    """What is still to be done to bring a workspace to life, for those who may."""
    organisation, user = membership.organisation, membership.user
    number = {count.label: count.number for count in found.counts}
    offered = (
        (not found.plans, "plans.bring_in", "Bring your plan in", "The file you have, in Word, Excel or PDF", "plans:hand_in_document"),
        (not number["Parties"], "organisations.keep_parties", "Load your parties", "Who carries actions: offices, groups, roles", "organisations:load_parties"),
        (not number["Units"], "organisations.keep_structure", "Add your faculties and departments", "So that “one per faculty” means something", "organisations:add_unit"),
        (number.get("People", 2) < 2, "accounts.invite_people", "Invite your colleagues", "They get an e-mail with a link", "accounts:invite_person"),
    )  # fmt: skip
    return [
        Step(label, hint, reverse(name, args=[organisation.slug]))
        for missing, permission, label, hint, name in offered
        if missing and user.has_perm(permission, organisation)
    ]
