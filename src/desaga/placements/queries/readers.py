"""Readers of a round: who is still to read what, by when they were written to, and which readings nobody will finish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, DateField, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from desaga.accounts.models import User
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on

from ..defining import Definition
from ..models import Application, Assignment, Interest, PanelMember, ReadingLetter, Round
from ..models.scheme import SCORED_BEFORE
from ..reading_days import ReadingLetterKind
from ..states import ApplicationState, RoundState
from .overview import Standing
from .panel import SIT
from .rounds import heard_in, readings_that_count

#: `Round.scores_by`, for the database.
SCORES_BY = Least(
    Greatest(Coalesce("score_by", Cast(F("meets_on") - SCORED_BEFORE, DateField())), F("cut_off_on")), F("meets_on")
)
NOT_DONE = Q(sent_at=None, abstained_at=None)


def can_still_read() -> Q:
    """Of a reading: its member is in term, and has the role still."""
    role = RoleAssignment.objects.filter(current_on(), person=OuterRef("member__person"), role__in=SIT)
    return current_on("member__") & Q(Exists(role))


def readings_left() -> QuerySet[Assignment]:
    """What somebody is still to score, and can: nothing stands in their way, and the panel has not decided."""
    rows = readings_that_count().filter(NOT_DONE, can_still_read(), application__state=ApplicationState.ELIGIBLE)
    return rows.filter(application__round__state__in=(RoundState.PLANNED, RoundState.SITTING))


# ---- For the mails that go by themselves


def untold_before(when: datetime) -> list[tuple[int, int]]:
    """(round, member) with readings that were given before then and of which no mail told."""
    rows = readings_left().filter(told_at=None, made_at__lte=when).order_by()
    return sorted(set(rows.values_list("application__round", "member")))


def member_of_round(round_pk: int, member_pk: int) -> tuple[Round, PanelMember]:
    """Both, with what a mail says of them."""
    rows = Round.objects.select_related("scheme__organisation")
    return rows.get(pk=round_pk), PanelMember.objects.select_related("person").get(pk=member_pk)


def rounds_with_readings_left() -> QuerySet[Round]:
    rows = Round.objects.filter(pk__in=readings_left().order_by().values("application__round"))
    return rows.select_related("scheme__organisation").order_by("pk")


def members_with_readings_left(round_: Round) -> dict[int, datetime]:
    """Member to when they were last given or told of something of it that they have not scored."""
    rows = readings_left().filter(application__round=round_).order_by().values("member")
    return {row["member"]: row["last"] for row in rows.annotate(last=Max("told_at")) if row["last"]}


def letters_since(round_: Round, score_by: date) -> set[tuple[int, str]]:
    """(member, kind) of the reminders that went for that day."""
    rows = ReadingLetter.objects.filter(round=round_, score_by=score_by).exclude(kind=ReadingLetterKind.GIVEN)
    return set(rows.values_list("member", "kind"))


def address_of_reader(member: PanelMember) -> str:
    """Where a member is written to: the account by which they sign in."""
    return User.objects.filter(person=member.person_id, is_active=True).values_list("email", flat=True).first() or ""


# ---- For those who run the scheme, and whoever leads the round


@dataclass(frozen=True)
class ReaderTold:
    """How far one reader of a round is, and the last mail to them. `can_read` is False where their term or their role has ended."""

    member: PanelMember
    given: int
    done: int
    left: int
    can_read: bool
    letter: ReadingLetter | None
    is_late: bool

    @property
    def lost(self) -> int:
        """What they had to read and cannot finish any more."""
        return 0 if self.can_read else self.given - self.done


def readers_in(round_: Round, user: Any, organisation: Organisation, today: date) -> list[ReaderTold]:
    """Each who was given something of that whose scores somebody may read, in three queries."""
    heard = heard_in(round_, user, organisation).filter(state=ApplicationState.ELIGIBLE).order_by().values("pk")
    rows = readings_that_count().filter(application__in=heard).order_by().values("member")
    counted = rows.annotate(given=Count("pk"), left=Count("pk", filter=NOT_DONE))
    told = {row["member"]: row for row in counted}
    role = RoleAssignment.objects.filter(current_on(), person=OuterRef("person"), role__in=SIT)
    members = PanelMember.objects.filter(pk__in=told).annotate(has_role=Exists(role)).select_related("person")
    last = {one.member_id: one for one in ReadingLetter.objects.filter(round=round_).order_by("at")}
    found = []
    for member in members.order_by("person__name", "pk"):
        given, left = told[member.pk]["given"], told[member.pk]["left"]
        can_read = member.is_in_term and member.has_role
        is_late = bool(left) and can_read and today > round_.scores_by
        found.append(ReaderTold(member, given, given - left, left, can_read, last.get(member.pk), is_late))
    return found


def late_rounds(today: date) -> QuerySet[Round]:
    """Those with readings left after the day by which they were to be scored."""
    rows = Round.objects.annotate(by=SCORES_BY).filter(by__lt=today)
    return rows.filter(pk__in=readings_left().order_by().values("application__round")).order_by("meets_on", "pk")


def late_readers(user: Any, organisation: Organisation, today: date) -> list[dict[str, Any]]:
    """By round, how many readers are late: of what those who run the scheme may read."""
    found = []
    for round_ in late_rounds(today).select_related("scheme"):
        heard = heard_in(round_, user, organisation).order_by().values("pk")
        readers = readings_left().filter(application__in=heard).order_by()
        number = readers.aggregate(number=Count("member", distinct=True))["number"]
        if number:
            found.append({"round": round_, "number": number})
    return found


# ---- What lacks readers


class Lost(NamedTuple):
    """A reading that nobody will finish, and why, in words. `counts` where it stands among an application's readers still."""

    application: int
    name: str
    why: str
    counts: bool


@dataclass(frozen=True)
class Lacking:
    """An application with fewer readers than it is to have; `lost` are those who had it to read and will not finish it."""

    reference: str
    has: int
    lost: tuple[Lost, ...]


def lost_readings(round_: Round, user: Any, organisation: Organisation) -> list[Lost]:
    """What readers of a round will not finish, of that whose scores somebody may read: they stepped back, their term or role is over, or something stands in their way."""
    heard = heard_in(round_, user, organisation).filter(state=ApplicationState.ELIGIBLE).order_by().values("pk")
    lost = _lost(Assignment.objects.filter(application__in=heard, application__round=round_))
    return [
        Lost(one.application_id, str(one.member), _why_lost(one), one.ended_at is None and not one.is_hindered)  # type: ignore[attr-defined]
        for one in lost.select_related("member__person").order_by("member__person__name", "pk")
    ]


def _lost(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those of these that nobody will finish."""
    role = RoleAssignment.objects.filter(current_on(), person=OuterRef("member__person"), role__in=SIT)
    hindered = Interest.objects.filter(
        Interest.in_the_way(), application=OuterRef("application"), person=OuterRef("member__person")
    )
    told = rows.annotate(has_role=Exists(role), is_hindered=Exists(hindered))
    unable = ~current_on("member__") | Q(has_role=False) | Q(is_hindered=True)
    return told.filter(NOT_DONE & Q(ended_at=None) & unable | Q(recused_at__isnull=False))


def rounds_with_lost() -> QuerySet[Round]:
    """Panels to come, or that sit, of which somebody will not finish what they had to read; whether others read it is for `lacking_in`."""
    lost = _lost(Assignment.objects.filter(application__state=ApplicationState.ELIGIBLE)).order_by()
    going = (RoundState.PLANNED, RoundState.SITTING)
    rows = Round.objects.filter(state__in=going, pk__in=lost.values("application__round"))
    return rows.select_related("scheme").order_by("meets_on", "pk")


def _why_lost(one: Any) -> str:
    if one.recused_at:
        return "stepped back"
    if not one.member.is_in_term:
        return "term is over"
    return "something stands in the way" if one.is_hindered else "no longer has the role"


def lacking_in(standings: Iterable[Standing], lost: Sequence[Lost], wanted: int) -> list[Lacking]:
    """Those that have fewer readers than they are to have."""
    by_application: dict[int, list[Lost]] = defaultdict(list)
    for one in lost:
        by_application[one.application].append(one)
    found = []
    for standing in standings:
        gone = by_application.get(standing.pk, [])
        has = standing.readers - sum(one.counts for one in gone)
        if standing.is_eligible and has < wanted:
            found.append(Lacking(standing.reference, has, tuple(gone)))
    return found


def wanted_in(round_: Round, definition: Definition | None) -> int:
    """How many readers an application of a round is to have: as it was shared out, and else as the scheme says; one where everybody reads all."""
    return round_.readers_each or (definition.reviewers_each if definition else None) or 1


def finished_by_others(
    applications: Collection[Application], members: Collection[PanelMember]
) -> dict[PanelMember, list[int]]:
    """Readings that count and are done, of members who are not among these: their term or role is over. Member to applications."""
    rows = readings_that_count().filter(~NOT_DONE, application__in=applications).exclude(member__in=members)
    found: dict[PanelMember, list[int]] = defaultdict(list)
    for one in rows.select_related("member__person"):
        found[one.member].append(one.application_id)
    return found


def not_finished_any_more(applications: Collection[int]) -> QuerySet[Assignment]:
    """Readings of these that stand open and that nobody can do: others were given them."""
    rows = Assignment.objects.filter(NOT_DONE, ended_at=None, application__in=applications)
    return rows.filter(~Q(pk__in=rows.filter(can_still_read()).order_by().values("pk")))
