"""Groups: who sits in them, when they meet, and how their terms stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.organisations.models import Group, GroupMembership
from desaga.organisations.ownership import current_on
from desaga.organisations.queries import groups, seats_of
from desaga.organisations.states import MembershipRole

from ..meetings import Meeting, next_meetings
from ..models import TermsOfReference

#: So long before the day of review it is said that it comes.
SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """Who has a seat today, and as what."""

    name: str
    role: str
    is_technicians_seat: bool
    since: date


@dataclass(frozen=True, slots=True)
class TermsState:
    """The terms in force: their version, and whether the day of review has come (`is_due`) or is near (`is_soon`)."""

    number: int
    agreed_on: date
    review_on: date | None
    is_due: bool
    is_soon: bool


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group as it stands on a day. `chair` and `secretary` are names, or empty."""

    pk: int
    name: str
    code: str
    kind: str
    chair: str
    secretary: str
    seats: tuple[SeatHeld, ...]
    reports_to: str
    meets: str
    next_meeting_on: date | None
    meeting_is_past: bool
    meeting: Meeting | None
    terms: TermsState | None

    @property
    def technicians_seats(self) -> int:
        return sum(seat.is_technicians_seat for seat in self.seats)


def groups_of(organisation: Any, today: date | None = None) -> list[GroupState]:
    """The open groups of an organisation by name, each with its present seats and its terms; in four queries.

    Call within the organisation. Not paged: an organisation has a handful of groups.
    """
    today = today or timezone.localdate()
    rows = list(Group.objects.filter(organisation=organisation, closed_on=None))
    seats, terms = _seats(rows, today), latest_terms(rows)
    planned = next_meetings([group.pk for group in rows], today)
    return [state_of(group, seats[group.pk], terms.get(group.pk), today, planned.get(group.pk)) for group in rows]


def state_of(
    group: Group,
    seats: list[GroupMembership],
    terms: TermsOfReference | None,
    today: date,
    planned: Meeting | None = None,
) -> GroupState:
    """One group from its rows. It meets next when somebody said so, or at the meeting that is planned, whichever is first."""
    given = group.next_meeting_on
    if planned and given and today <= given < planned.on:
        planned = None
    meets_on = planned.on if planned else given
    return GroupState(
        pk=group.pk,
        name=group.name,
        code=group.code,
        kind=group.get_kind_display(),
        chair=_names(seats, MembershipRole.CHAIR) or group.chair,
        secretary=_names(seats, MembershipRole.SECRETARY),
        seats=tuple(
            SeatHeld(one.person.name, one.get_role_display(), one.is_technicians_seat, one.starts_on) for one in seats
        ),
        reports_to=group.reports_to,
        meets=meets_words(group.meets_every_months),
        next_meeting_on=meets_on,
        meeting_is_past=meets_on is not None and meets_on < today,
        meeting=planned,
        terms=terms_state(terms, today) if terms else None,
    )


def terms_state(terms: TermsOfReference, today: date) -> TermsState:
    """How terms stand on a day."""
    due = terms.review_on
    return TermsState(
        number=terms.number,
        agreed_on=terms.agreed_on,
        review_on=due,
        is_due=due is not None and due <= today,
        is_soon=due is not None and today < due <= today + SOON,
    )


def meets_words(months: int | None) -> str:
    """How often, in words: "every 3 months"; empty where it was not said."""
    if not months:
        return ""
    return {1: "every month", 12: "once a year"}.get(months, f"every {months} months")


def group_or_404(pk: int) -> Group:
    """A group of the organisation, a closed one too."""
    return get_object_or_404(groups(), pk=pk)


def seat_or_404(group: Group, pk: int) -> GroupMembership:
    return get_object_or_404(seats_of(group), pk=pk)


def seats_now_and_before(
    group: Group, today: date | None = None
) -> tuple[list[GroupMembership], list[GroupMembership]]:
    """A group's seats that hold or will, chair and secretary first; and those that have ended, the latest first."""
    today = today or timezone.localdate()
    seats = list(seats_of(group))
    order = {role: at for at, role in enumerate(MembershipRole.values)}
    ended = [seat for seat in seats if seat.ends_on and seat.ends_on < today]
    going = [seat for seat in seats if seat not in ended]
    going.sort(key=lambda seat: (order[seat.role], seat.person.name))
    ended.sort(key=lambda seat: seat.ends_on or today, reverse=True)
    return going, ended


def terms_of(group: Group) -> QuerySet[TermsOfReference]:
    """All versions of a group's terms, the latest first."""
    return TermsOfReference.objects.filter(group=group).select_related("group", "written_by__person")


def latest_terms(of: Iterable[Group]) -> dict[int, TermsOfReference]:
    """The version in force of each group that has terms, by the group's id."""
    rows = TermsOfReference.objects.filter(group__in=of).order_by("group_id", "-number").distinct("group_id")
    return {terms.group_id: terms for terms in rows}


def terms_to_review(by: date) -> list[TermsOfReference]:
    """The terms in force of open groups whose review is due by a day, the earliest first."""
    found = latest_terms(Group.objects.filter(closed_on=None))
    rows = TermsOfReference.objects.filter(pk__in=[terms.pk for terms in found.values()], review_on__lte=by)
    return list(rows.select_related("group").order_by("review_on"))


def _seats(of: list[Group], today: date) -> dict[int, list[GroupMembership]]:
    rows = GroupMembership.objects.filter(current_on(day=today), group__in=of).select_related("person")
    found: dict[int, list[GroupMembership]] = defaultdict(list)
    for seat in rows.order_by("person__name"):
        found[seat.group_id].append(seat)
    return found


def _names(seats: list[GroupMembership], role: str) -> str:
    return ", ".join(seat.person.name for seat in seats if seat.role == role)
