"""Reads: who is to be asked, what was asked and answered, and the page that a key opens. All but the last answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.evidence.models import Evidence
from desaga.evidence.states import State
from desaga.organisations.membership import organisations_of
from desaga.organisations.models import Employment, GroupMembership, Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.queries import units_for_one_per
from desaga.organisations.states import MembershipRole, Role
from desaga.plans.models import Action, ActionOwner, Plan
from desaga.plans.queries.parties import parties_standing_for
from desaga.plans.queries.plans import plans_at_work
from desaga.plans.states import SETTLED, OwnerRole, PlanState, Precision
from desaga.tenancy.context import within, within_platform

from .calendars import SOURCES, Dated
from .models import CalendarLink, RequestedAction, RequestEvent, RequestEvidence, RequestKey, Round, UpdateRequest
from .preparing import Address, Addresses, Recipient, Unasked, prepared
from .states import RoundState

HEAVY = ("source_rows", "how", "comments")
#: The Commitment's plans are asked about every quarter.
A_QUARTER = timedelta(days=92)


# ---- Whom to ask


def preparation_of(plan: Plan) -> tuple[list[Recipient], list[Unasked]]:
    """Whom a round of a plan would ask about what, and what nobody can be asked about. As many queries however large the plan is."""
    actions = actions_to_ask(plan)
    parties = {owner.party for action in actions for owner in action.leads if owner.party}
    units_of = {party.pk: list(units_for_one_per(party)) for party in parties if party.one_per}
    return prepared(actions, addresses_known(), units_of)


def actions_to_ask(plan: Plan) -> list[Any]:
    """A plan's actions that are still to be done, without business as usual, each with `leads`: those who lead, else all who are named."""
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party"))
    going = Action.objects.filter(plan=plan, business_as_usual=False).exclude(status__in=SETTLED)
    actions: list[Any] = list(going.order_by("order").defer(*HEAVY).prefetch_related(owners))
    for action in actions:
        named = list(action.owners.all())
        action.leads = [one for one in named if one.role == OwnerRole.LEAD] or named
    return actions


def addresses_known() -> Addresses:
    """Where people, leads of units and chairs of groups of the current organisation can be reached."""
    accounts = User.objects.filter(is_active=True).exclude(person=None).select_related("person")
    people = {
        one.person.pk: Address(one.email, one.person.name, one.person.pk) for one in accounts if one.person is not None
    }
    employed = Employment.objects.filter(current_on()).exclude(work_email="").select_related("person")
    people |= {
        one.person_id: Address(one.work_email, one.person.name, one.person_id) for one in employed.order_by("starts_on")
    }
    led = RoleAssignment.objects.filter(current_on(), role=Role.UNIT_LEAD).exclude(unit=None)
    chaired = GroupMembership.objects.filter(current_on(), role=MembershipRole.CHAIR)
    return Addresses(
        of_people=people,
        of_units=_reached(led.values_list("unit_id", "person_id"), people),
        of_groups=_reached(chaired.values_list("group_id", "person_id"), people),
    )


def _reached(pairs: Iterable[tuple[Any, int]], people: dict[int, Address]) -> dict[int, Sequence[Address]]:
    found: dict[int, list[Address]] = defaultdict(list)
    for thing, person in pairs:
        if person in people and people[person] not in found[thing]:
            found[thing].append(people[person])
    return dict(found)


def is_known_address(email: str) -> bool:
    """Whether the organisation has dealings with an address: it is a colleague's, a party's, or one that was asked before."""
    from desaga.organisations.models import Party

    return (
        Employment.objects.filter(current_on(), work_email__iexact=email).exists()
        or Party.objects.filter(retired_on=None, contacts__icontains=email).exists()
        or UpdateRequest.objects.filter(email__iexact=email).exists()
    )


# ---- Rounds and requests


def asked_before(plan: Plan, today: date) -> Iterable[tuple[int, date]]:
    """Which actions of a plan rounds asked about that had fallen due before a day, and when each was sent; one query."""
    lines = RequestedAction.objects.filter(request__round__plan=plan, request__round__due_on__lt=today)
    asked = lines.exclude(request__asked_at=None).filter(request__revoked_at=None).order_by()
    rows = asked.values_list("action_id", "request__round__sent_at").distinct()
    return [(action, timezone.localdate(at)) for action, at in rows if at]


def rounds_of(plan: Plan) -> QuerySet[Round]:
    """A plan's rounds, the latest first, with how much was asked and answered."""
    lines = "requests__lines"
    return Round.objects.filter(plan=plan).annotate(
        asked=Count(lines, distinct=True),
        answered=Count(lines, filter=Q(**{f"{lines}__update__isnull": False}), distinct=True),
    )


def round_or_404(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("plan", "started_by__person", "organisation"), pk=pk)


def open_rounds() -> QuerySet[Round]:
    """The current organisation's rounds in which answers are awaited."""
    return Round.objects.filter(state=RoundState.OPEN).select_related("plan", "started_by__person", "organisation")


def rounds_going() -> QuerySet[Round]:
    """The current organisation's rounds that are being prepared or open."""
    rows = Round.objects.exclude(state=RoundState.CLOSED)
    return rows.select_related("plan", "started_by__person", "organisation")


def plans_not_asked_about(now: datetime) -> QuerySet[Plan]:
    """The plans at work with something to ask about, of which no round is going on and the last ended over a quarter ago, or never was.

    Each with `last_ended_at`, None where none was; one query.
    """
    to_ask = Action.objects.filter(plan=OuterRef("pk"), business_as_usual=False).exclude(status__in=SETTLED)
    going = Round.objects.filter(plan=OuterRef("pk")).exclude(state=RoundState.CLOSED)
    rows = plans_at_work().select_related("organisation").filter(Exists(to_ask)).exclude(Exists(going))
    rows = rows.annotate(last_ended_at=Max("rounds__closed_at"))
    return rows.filter(Q(last_ended_at=None) | Q(last_ended_at__lt=now - A_QUARTER))


def requests_of(round_: Round) -> QuerySet[UpdateRequest]:
    """The requests of a round with their lines and what happened to them."""
    return UpdateRequest.objects.filter(round=round_).prefetch_related(
        Prefetch("lines", queryset=lines_whole()),
        Prefetch("events", queryset=RequestEvent.objects.select_related("by__person", "key")),
    )


def lines_whole() -> QuerySet[RequestedAction]:
    return RequestedAction.objects.select_related(
        "action__plan", "unit", "update__entered_by__person", "passed_to"
    ).defer("action__source_rows")


def request_or_404(round_: Round, pk: int) -> UpdateRequest:
    return get_object_or_404(requests_of(round_), pk=pk)


WAITING = Q(lines__update=None, lines__passed_to=None, lines__not_theirs="", lines__pk__isnull=False)

#: For whoever runs the round: what was said to be another's waits for them until somebody else is asked.
UNANSWERED = Q(lines__update=None, lines__passed_to=None, lines__pk__isnull=False)


def requests_asking(person_id: int | None, email: str) -> QuerySet[UpdateRequest]:
    """The requests of open rounds that ask a person, by who they are or by their address."""
    theirs = Q(email__iexact=email) | (Q(person=person_id) if person_id else Q(pk__in=[]))
    rows = UpdateRequest.objects.filter(theirs, round__state=RoundState.OPEN, revoked_at=None)
    return rows.select_related("round__plan", "round__started_by__person")


def requests_for(person_id: int | None, email: str) -> QuerySet[UpdateRequest]:
    """Those that still wait for an answer, with `left`, how many actions do."""
    rows = requests_asking(person_id, email).annotate(left=Count("lines", filter=WAITING))
    return rows.filter(left__gt=0)


def found(rows: QuerySet[Any], **which: Any) -> Any:
    """One of these rows, or 404."""
    return get_object_or_404(rows, **which)


def unanswered(round_: Round) -> QuerySet[UpdateRequest]:
    """The requests of a round that were asked and still wait for some answer."""
    rows = UpdateRequest.objects.filter(round=round_, revoked_at=None).exclude(asked_at=None)
    return rows.annotate(left=Count("lines", filter=WAITING)).filter(left__gt=0)


def silent_before(round_: Round) -> tuple[str, set[str]]:
    """The period of the round of the same plan before this one, and the addresses that said nothing in it; two queries at most."""
    former = Round.objects.filter(plan=round_.plan_id, started_at__lt=round_.started_at).exclude(sent_at=None).first()
    if former is None:
        return "", set()
    said = RequestedAction.objects.exclude(update=None, passed_to=None, not_theirs="").values("request")
    rows = UpdateRequest.objects.filter(round=former, revoked_at=None).exclude(asked_at=None).exclude(pk__in=said)
    return former.period, {email.casefold() for email in rows.values_list("email", flat=True)}


def events_of(round_: Round) -> QuerySet[RequestEvent]:
    """What happened in a round, the first first."""
    rows = RequestEvent.objects.filter(request__round=round_)
    return rows.select_related("request", "by__person", "key").order_by("at", "pk")


def to_post(round_: Round) -> QuerySet[UpdateRequest]:
    """The requests whose first mail is not written down yet, and about something that still waits for an answer."""
    waiting = RequestedAction.objects.filter(update=None, passed_to=None, not_theirs="").values("request")
    return UpdateRequest.objects.filter(round=round_, asked_at=None, revoked_at=None, pk__in=waiting).order_by("pk")


def workspaces() -> list[Organisation]:
    """All workspaces, to look after each every morning: which has an open round is its own to know."""
    return list(Organisation.objects.with_workspace())


# ---- The key in a mail


def key_opened(organisation: Organisation, key: str, now: datetime | None = None) -> RequestKey | None:
    """What a key of a mail opens, with its request; None where it is unknown or its time is over. Reads within that organisation only."""
    now = now or timezone.now()
    with within(organisation):
        rows = RequestKey.objects.filter(key_hash=hash_of(key), expires_at__gt=now)
        return rows.select_related("request__round__plan", "request__round__started_by__person").first()


def lines_to_answer(request: UpdateRequest) -> list[RequestedAction]:
    """What a request asks about, in the plan's order, those that still wait first."""
    rows = lines_whole().filter(request=request).order_by("action__order", "unit__name")
    return sorted(rows, key=lambda one: not one.is_waiting)


def evidence_given(request: UpdateRequest) -> list[Evidence]:
    """The pieces that came through a request and were not taken back, the first first."""
    rows = RequestEvidence.objects.filter(request=request).exclude(evidence__state=State.TAKEN_BACK)
    return [one.evidence for one in rows.select_related("evidence")]


def counted(rounds: Iterable[Round]) -> dict[int, int]:
    """How many requests of each round have actions that nobody has answered, whether they were said to be another's or not."""
    rows = UpdateRequest.objects.filter(UNANSWERED, round__in=list(rounds), revoked_at=None)
    return dict(rows.values_list("round").annotate(number=Count("pk", distinct=True)).order_by("round"))


# ---- A person's dates


def user_of_calendar(key: str) -> User | None:
    """Whose calendar a key opens; None where it is unknown, or the account may not sign in any more."""
    with within_platform():
        link = CalendarLink._base_manager.filter(key_hash=hash_of(key)).values("person")
        return User.objects.filter(person__in=link, is_active=True).first()


def has_calendar_link(user: Any) -> bool:
    with within(person=user.person, user=user):
        return CalendarLink.objects.filter(person=user.person).exists()


def dates_of(user: Any) -> list[Dated]:
    """What a person is to do by a day, over all their organisations: the actions that they carry, and rounds that ask them."""
    found: list[Dated] = []
    with within(user=user):
        organisations = organisations_of(user)
    for organisation in organisations:
        with within(organisation, user=user):
            found += [_of_action(action, organisation) for action in actions_carried(user.person_id)]
            asked = requests_for(user.person_id, user.email)
            found += [_of_request(request, organisation) for request in asked]
            for dates in SOURCES:
                found += dates(user, organisation)
    return sorted(found, key=lambda one: (one.on, one.uid))


def actions_carried(person_id: int) -> QuerySet[Action]:
    """Actions still to do, of plans at work, that a person carries and that end at some time."""
    return actions_going(person_id).exclude(last_day=None)


def actions_going(person_id: int) -> QuerySet[Action]:
    """The same, also where nobody said when they end."""
    owned = ActionOwner.objects.filter(party__in=parties_standing_for(person_id)).values("action")
    going = Action.objects.filter(pk__in=owned, plan__state=PlanState.ACTIVE, business_as_usual=False)
    return going.exclude(status__in=SETTLED).select_related("plan").defer(*HEAVY)


def _of_action(action: Action, organisation: Organisation) -> Dated:
    """No more exact than its author: an action for a term ends with it, and the entry says the term."""
    assert action.last_day
    action.organisation = organisation
    url = f"{settings.SITE_ADDRESS}{action.get_absolute_url()}"
    title = f"{action.code} {action.short_title}".strip()
    summary = f"Due: {title}" if action.precision == Precision.DAY else f"By the end of {action.when}: {title}"
    words = f"{action.plan.title}, {organisation.name}"
    return Dated(uid_of("action", action.pk), action.last_day, summary, words, url, action.changed_at)


def _of_request(request: Any, organisation: Organisation) -> Dated:
    round_ = request.round
    url = f"{settings.SITE_ADDRESS}{reverse('rounds:answer_own', args=[organisation.slug, request.pk])}"
    number = "1 action" if request.left == 1 else f"{request.left} actions"
    words = f"{round_.plan.title}, {organisation.name}, for {round_.period}"
    changed = request.asked_at or round_.started_at
    return Dated(uid_of("request", request.pk), round_.due_on, f"Say how it goes: {number}", words, url, changed)


def uid_of(kind: str, pk: int) -> str:
    return f"{kind}-{pk}@{urlsplit(settings.SITE_ADDRESS).hostname}"
