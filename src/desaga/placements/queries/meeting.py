"""Reads of a panel's meeting: for each who sits there, what they hear. Whatever they do not hear is in no list, sum, number or file of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation, Person

from ..models import (
    AgendaItem,
    Application,
    EarlierTerm,
    Interest,
    LetterCheck,
    OutcomeChange,
    OutcomeLetter,
    PanelMember,
    PendingOutcome,
    Round,
    Scheme,
    SchemeVersion,
)
from ..money_line import MoneyLine, Wish, draw
from ..sitting import AWARDS, ItemState, OutcomeKind
from ..states import UNDECIDED, ApplicationState, RoundState
from .applications import applications_for, applications_led_by, applications_to_declare, seats_of
from .awards import left_for
from .rounds import marks_of

WITH = (
    "application__scheme",
    "application__version",
    "application__organisation",
    "application__round",
    "round__chair",
    "round__administrator",
)


# ---- Who is there


def meeting_or_404(user: Any, organisation: Organisation, scheme: Scheme, pk: int) -> Round:
    """A sitting of the panel, for those who run the scheme, who lead it, and its members in term; for members from when it has begun."""
    rows = Round.objects.exclude(state=RoundState.CALLED_OFF).select_related("chair", "administrator")
    round_: Round = get_object_or_404(rows, scheme=scheme, pk=pk)
    round_.scheme = scheme
    if leads_meeting(user, organisation, round_):
        return round_
    if round_.state != RoundState.SITTING or not seats_of(user).filter(scheme=scheme).exists():
        raise Http404
    return round_


def meetings_of(user: Any, scheme: Scheme) -> QuerySet[Round]:
    """Panels that sit now, and on which somebody has a seat."""
    seat = seats_of(user).filter(scheme=scheme)
    return Round.objects.filter(Exists(seat), scheme=scheme, state=RoundState.SITTING)


def has_told(user: Any, scheme: Scheme, pk: int) -> bool:
    """Whether outcomes of a panel on which somebody has a seat are told, so that its meeting is over for them."""
    rows = Round.objects.filter(pk=pk, scheme=scheme, state=RoundState.RELEASED)
    return rows.exists() and seats_of(user).filter(scheme=scheme).exists()


def leads_meeting(user: Any, organisation: Organisation, round_: Round) -> bool:
    """Whether somebody begins it, orders its agenda and calls items: those who run the scheme, its chair, and its administrator."""
    is_leader = user.person_id is not None and user.person_id in (round_.chair_id, round_.administrator_id)
    return is_leader or user.has_perm("placements.run_schemes", organisation)


# ---- What they hear


def items_heard(user: Any, organisation: Organisation, round_: Round) -> QuerySet[AgendaItem]:
    """The items that somebody hears, in the order of the agenda."""
    rows = AgendaItem.objects.filter(round=round_, application__in=applications_for(user, organisation))
    return rows.select_related(*WITH, "outcome__set_by__person", "goes_to").order_by("position", "pk")


def items_remembered(user: Any) -> Q:
    """Of an item of a panel that told its outcomes: a member who has a seat still, and had one on that day, heard it. They had declared that nothing
    stands in the way before it was closed, were not out of the room, and nothing stands in the way today.
    """
    day = OuterRef(OuterRef("round__meets_on"))
    earlier = EarlierTerm.objects.filter(member=OuterRef("pk"), starts_on__lte=day, ends_on__gte=day)
    sat = Q(starts_on__lte=OuterRef("round__meets_on")) | Q(Exists(earlier))
    seat = seats_of(user).filter(sat, scheme=OuterRef("round__scheme"))
    of_theirs = Interest.objects.filter(application=OuterRef("application"), person=user.person_id)
    declared = of_theirs.filter(Interest.declared(), at__lte=OuterRef("closed_at"))
    # Where names alone were kept, by name.
    was_out = Q(left_people__contains=[user.person_id]) | Q(left_people=[], left__contains=[getattr(user.person, "name", "")])  # fmt: skip
    return (
        Q(Exists(seat), Exists(declared), ~Exists(of_theirs.filter(Interest.in_the_way())), round__state=RoundState.RELEASED, told_at__isnull=False)
        & Q(application__stripped_at=None) & ~Q(application__applicant=user.person_id) & ~Q(application__email__iexact=user.email) & ~was_out
    )  # fmt: skip


def items_minuted(user: Any, organisation: Organisation, round_: Round) -> QuerySet[AgendaItem]:
    """What the minutes hold that somebody takes out: what they hear while the panel sits, and what they heard once its outcomes were told."""
    heard = items_heard(user, organisation, round_)
    if (
        round_.state != RoundState.RELEASED
        or not user.person_id
        or not user.has_perm("placements.sit_on_panels", organisation)
    ):
        return heard
    rows = AgendaItem.objects.filter(Q(pk__in=heard.order_by().values("pk")) | items_remembered(user), round=round_)
    return rows.select_related(*WITH, "outcome__set_by__person", "goes_to").order_by("position", "pk")


def minutes_of(user: Any, scheme: Scheme) -> QuerySet[Round]:
    """The panels whose outcomes were told, and of which somebody heard something as a member."""
    if not user.person_id:
        return Round.objects.none()
    heard = AgendaItem.objects.filter(items_remembered(user), round__scheme=scheme)
    return Round.objects.filter(pk__in=heard.order_by().values("round")).order_by("-meets_on")


def minuted_or_404(user: Any, organisation: Organisation, scheme: Scheme, pk: int) -> Round:
    """As `meeting_or_404`; for members also a panel that told its outcomes, if they heard something of it."""
    round_ = minutes_of(user, scheme).select_related("chair", "administrator").filter(pk=pk).first()
    if round_ is None:
        return meeting_or_404(user, organisation, scheme, pk)
    round_.scheme = scheme
    return round_


def item_or_404(user: Any, organisation: Organisation, round_: Round, reference: str) -> AgendaItem:
    """One of those; any other is answered as one that is not there."""
    item = get_object_or_404(items_heard(user, organisation, round_), application__reference=reference)
    item.round = round_
    return item


def sets_outcome(user: Any, organisation: Organisation, item: AgendaItem) -> bool:
    """Whether somebody decides on it: those who run the scheme, the chair, and the administrator where the chair is out."""
    return applications_led_by(user, organisation).filter(pk=item.application_id).exists()


def undecided_items(round_: Round) -> QuerySet[AgendaItem]:
    """All that the panel still decides on, whoever asks: for checks, never for a page."""
    return AgendaItem.objects.filter(
        round=round_, application__round=round_, application__state=ApplicationState.ELIGIBLE
    )


def items_to_tell(round_: Round, *, is_held: bool = False) -> list[AgendaItem]:
    """The same, with all that their letters are made of; locked where `is_held`."""
    rows = undecided_items(round_).select_related(*WITH, "outcome").order_by("position", "pk")
    return with_versions_once(rows.select_for_update(of=("self",)) if is_held else rows)


def letters_unseen(user: Any, organisation: Organisation, round_: Round) -> QuerySet[AgendaItem]:
    """What is decided on, that somebody does not hear, and whose letter nobody else has looked at as it stands now: for checks, never for a page."""
    heard = applications_for(user, organisation).filter(round=round_)
    seen = LetterCheck.objects.filter(item=OuterRef("pk"), outcome_set_at=OuterRef("outcome__set_at"))
    return undecided_items(round_).exclude(application__in=heard).filter(~Exists(seen.exclude(by=user.pk)))


def items_to_look_at(user: Any, organisation: Organisation, round_: Round) -> list[AgendaItem]:
    """Those of what is told whose letters somebody may look at: who runs the scheme of all that they hear, who leads the panel of what they lead."""
    seen = set(applications_led_by(user, organisation).filter(round=round_).values_list("pk", flat=True))
    return [one for one in items_to_tell(round_) if one.application_id in seen]


def has_looked(user: Any, items: Collection[AgendaItem]) -> bool:
    """Whether somebody said of each of these letters, as it stands now, that they looked at it."""
    checks = dict(LetterCheck.objects.filter(item__in=items, by=user.pk).values_list("item", "outcome_set_at"))
    return bool(items) and all(outcome_of(one) and checks.get(one.pk) == outcome_of(one).set_at for one in items)


def hears_all(user: Any, organisation: Organisation, round_: Round) -> bool:
    """Whether somebody hears everything that is decided on."""
    heard = applications_for(user, organisation).filter(round=round_)
    return not undecided_items(round_).exclude(application__in=heard).exists()


def is_out_now(user: Any, organisation: Organisation, round_: Round) -> bool:
    """Whether an item is being heard that somebody does not hear: nothing else is said of it."""
    heard = applications_for(user, organisation).filter(round=round_)
    return AgendaItem.objects.filter(round=round_, state=ItemState.OPEN).exclude(application__in=heard).exists()


def left_to_declare(user: Any, organisation: Organisation, round_: Round) -> int:
    return applications_to_declare(user, organisation).filter(round=round_).count()


def with_versions_once(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items; applications of one version share it, so that a definition is read once."""
    found = list(items)
    versions: dict[int, SchemeVersion] = {}
    for item in found:
        item.application.version = versions.setdefault(item.application.version_id, item.application.version)
    return found


def best_first(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """By mean mark; what nobody scored last, and alike ones as they stand on the agenda."""
    found = list(items)
    marks = marks_of([one.application for one in found])
    return sorted(
        found, key=lambda one: (-(marks.get(one.application_id, {}).get("mean") or Decimal(-1)), one.position)
    )


# ---- Who leaves


@dataclass(frozen=True)
class Leaving:
    """Who must be out while an item is heard: those with a conflict, and those who have not declared on it yet."""

    conflicted: list[Person]
    undeclared: list[Person]


def who_leaves(item: AgendaItem) -> Leaving:
    people = people_at(item.round)
    told = Interest.objects.filter(application=item.application_id, person__in=people)
    out = set(told.filter(Interest.in_the_way()).values_list("person", flat=True))
    out |= {pk for pk in people if pk == item.application.applicant_id}
    declared = set(told.filter(Interest.declared()).values_list("person", flat=True))
    members = set(
        PanelMember.objects.filter(PanelMember.in_term(), scheme=item.round.scheme_id).values_list("person", flat=True)
    )
    return Leaving(
        conflicted=[person for pk, person in people.items() if pk in out],
        undeclared=[person for pk, person in people.items() if pk in members - out - declared],
    )  # fmt: skip


def people_at(round_: Round) -> dict[int, Person]:
    """Who may be in the room: the members in term, the chair, the administrator; by name."""
    seat = PanelMember.objects.filter(PanelMember.in_term(), scheme=round_.scheme_id, person=OuterRef("pk"))
    leads = Q(pk__in=[pk for pk in (round_.chair_id, round_.administrator_id) if pk])
    return {one.pk: one for one in Person.objects.filter(Exists(seat) | leads).order_by("name")}


# ---- Money


def money_line(round_: Round, items: Iterable[AgendaItem], *, by_mean: bool = False) -> MoneyLine[AgendaItem]:
    """Pending awards against what the panel may still award; in the order of the agenda, or of the marks."""
    found = [one for one in items if outcome_of(one) and outcome_of(one).kind in AWARDS and is_undecided(one)]
    if by_mean:
        found = best_first(found)
    return draw(left_for(round_), [Wish(one, outcome_of(one).amount + one.application.asked_apart) for one in found])


def outcome_of(item: AgendaItem) -> Any:
    """What is pending for it, or None."""
    return getattr(item, "outcome", None)


def is_undecided(item: AgendaItem) -> bool:
    """The panel may still decide on it: it was not withdrawn, nor taken out to be checked again."""
    return item.application.state == ApplicationState.ELIGIBLE and item.application.round_id == item.round_id


# ---- Reserve list


def on_reserve(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Those put on the reserve list, in its order."""
    found = [one for one in items if outcome_of(one) and outcome_of(one).kind == OutcomeKind.RESERVE]
    return sorted(found, key=lambda one: (outcome_of(one).rank, one.position))


def reserves(round_: Round) -> QuerySet[PendingOutcome]:
    """All on the reserve list, whoever asks: to put one among them."""
    return PendingOutcome.objects.filter(item__round=round_, kind=OutcomeKind.RESERVE).order_by("rank", "pk")


# ---- Before and after


def to_hear(round_: Round) -> QuerySet[Application]:
    """What a meeting that began now would hear."""
    return Application.objects.filter(round=round_, state=ApplicationState.ELIGIBLE)


def late_ones(round_: Round) -> QuerySet[Application]:
    """What is bound to a sitting, and cannot be heard there: not found eligible yet."""
    late = [one for one in UNDECIDED if one != ApplicationState.ELIGIBLE]
    return Application.objects.filter(round=round_, state__in=late)


def changes_of(item: AgendaItem) -> QuerySet[OutcomeChange]:
    return OutcomeChange.objects.filter(item=item).select_related("by__person")


def to_write(round_id: int) -> QuerySet[AgendaItem]:
    """Items whose outcome was told and whose letter is not written down yet."""
    return AgendaItem.objects.filter(round=round_id, told_at__isnull=False, letter=None).order_by("position", "pk")


def rounds_to_write() -> list[int]:
    """The ids of those released with letters that are not written down yet."""
    waiting = AgendaItem.objects.filter(round__state=RoundState.RELEASED, told_at__isnull=False, letter=None)
    return list(waiting.order_by("round").values_list("round", flat=True).distinct())


def letters_about(items: Collection[AgendaItem]) -> list[OutcomeLetter]:
    """The letters that are written down about these."""
    return list(OutcomeLetter.objects.filter(item__in=items).select_related("item__application"))


def letter_item(pk: int) -> AgendaItem:
    """An item with all that its letter is made of."""
    return AgendaItem.objects.select_related(*WITH, "outcome", "goes_to").get(pk=pk)
