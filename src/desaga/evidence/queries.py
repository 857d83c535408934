"""What can be read of evidence. All answer within the current scope; `evidence_for` is the one way in for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.queries import matching

from . import records, uses
from .models import REMINDED_BEFORE, Evidence, EvidenceChange, EvidenceContent, in_force_on
from .states import STANDING, Kind, Scan, State

#: Where words are looked for.
SAYS = ("title", "shows", "given_by", "file_name", "link")
#: To choose from in a form; what is older is found in the list.
MOST_OFFERED = 200
#: So many of one's own that were not accepted stand in My work.
MOST_TO_MEND = 5


def given_by_user(user: Any) -> Q:
    """What the user wrote down, or what is theirs by name. Of one piece: `rules.gave_it`."""
    return Q(entered_by=user) | (Q(person=user.person_id) if user.person_id else Q(pk__in=[]))


def evidence_for(user: Any, organisation: Any) -> QuerySet[Evidence]:
    """What a user may see: all for those who run the programme; what others gave only if it was not turned down or taken back."""
    rows = Evidence.objects.select_related("organisation", "entered_by__person", "replaced_by")
    if user.has_perm("evidence.review_evidence", organisation):
        return rows
    return rows.exclude(state=State.TAKEN_BACK).filter(~Q(state=State.NOT_ACCEPTED) | given_by_user(user))


def evidence(user: Any, organisation: Any, pk: int) -> Evidence:
    """One piece that the user may see, or 404."""
    row = evidence_for(user, organisation).filter(pk=pk).first()
    if row is None:
        raise Http404("There is nothing here that is open to you.")
    return row


def narrowed(rows: QuerySet[Evidence], wanted: Mapping[str, Any]) -> QuerySet[Evidence]:
    """The pieces that fit a list's filters; what was taken back only if asked for."""
    state, today = wanted.get("state") or "", timezone.localdate()
    rows = rows.filter(state=state) if state else rows.exclude(state=State.TAKEN_BACK)
    if wanted.get("voice"):
        rows = rows.filter(is_technician_voice=True)
    if wanted.get("runs_out") == "soon":
        rows = rows.filter(in_force_on(today), expires_on__lte=today + REMINDED_BEFORE)
    elif wanted.get("runs_out") == "past":
        rows = rows.filter(state__in=STANDING, expires_on__lt=today)
    rows = matching(rows, wanted.get("q") or "", *SAYS)
    for name, kind in uses.KINDS.items():
        if value := wanted.get(name):
            rows = kind.narrowed(rows, value)
    return rows


@dataclass(frozen=True, slots=True)
class Summary:
    """How many pieces, and how many of them are in technicians' own words."""

    pieces: int
    voices: int

    @property
    def words(self) -> str:
        if not self.pieces:
            return "No evidence yet."
        if self.pieces == 1:
            return f"The one piece is {'' if self.voices else 'not '}in technicians’ own words."
        are = "is" if self.voices == 1 else "are"
        return f"{self.voices} of {self.pieces} pieces {are} in technicians’ own words."


def summary_of(rows: QuerySet[Evidence]) -> Summary:
    """The summary of some evidence, in one query."""
    told = rows.order_by().aggregate(
        pieces=Count("pk", distinct=True), voices=Count("pk", distinct=True, filter=Q(is_technician_voice=True))
    )
    return Summary(told["pieces"], told["voices"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece as lists show it: with what it serves, and with the record that it names, None where that is gone."""

    evidence: Evidence
    uses: list[uses.Used]
    record: records.Told | None


def shown(rows: list[Evidence]) -> list[Shown]:
    """Pieces with what they serve and name, in as many queries for one as for many."""
    told = records.told_of({(one.record_kind, one.record_id) for one in rows if one.record_id is not None})
    used = uses.used_by([one.pk for one in rows])
    return [
        Shown(one, used[one.pk], told.get((one.record_kind, one.record_id)) if one.record_id is not None else None)
        for one in rows
    ]


def changes_of(piece: Evidence) -> QuerySet[EvidenceChange]:
    return EvidenceChange.objects.filter(evidence=piece).select_related("by__person")


def content_of(piece: Evidence) -> bytes:
    """The bytes of a file that may be fetched, or 404."""
    row = EvidenceContent.objects.filter(evidence=piece).first() if piece.has_file else None
    if row is None:
        raise Http404("There is no file to fetch.")
    return bytes(row.content)


def standing_but(user: Any, organisation: Any, piece: Evidence) -> QuerySet[Evidence]:
    """What stands and the user may see, but for one piece: to choose from, the newest, as many as a form can offer."""
    rows = evidence_for(user, organisation).filter(in_force_on(timezone.localdate())).exclude(pk=piece.pk)
    # A choice is looked up in what was offered, which a slice of a query could not do.
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:MOST_OFFERED]))


def waits_for_the_programme(today: date) -> dict[str, Any]:
    """What is to be looked at, what runs out soon, and what ran out: how many, since when, the first last day; one query."""
    soon = in_force_on(today) & Q(expires_on__lte=today + REMINDED_BEFORE)
    past = Q(state__in=STANDING, expires_on__lt=today)
    return Evidence.objects.order_by().aggregate(
        to_look_at=Count("pk", filter=Q(state=State.WAITING)),
        since=Min("given_at", filter=Q(state=State.WAITING)),
        running_out=Count("pk", filter=soon),
        first_day=Min("expires_on", filter=soon),
        first_given=Min("given_at", filter=soon),
        ran_out=Count("pk", filter=past),
        past_day=Min("expires_on", filter=past),
        past_given=Min("given_at", filter=past),
    )


def not_accepted_of(user: Any) -> QuerySet[Evidence]:
    """What the user gave and was turned down, until they take it back or put something in its place; the last few."""
    rows = Evidence.objects.filter(given_by_user(user), state=State.NOT_ACCEPTED)
    return rows.select_related("organisation")[:MOST_TO_MEND]


def not_yet_scanned() -> QuerySet[Evidence]:
    """Files that wait for the scanner, the longest first."""
    return Evidence.objects.filter(kind=Kind.FILE, scan=Scan.WAITING).exclude(state=State.TAKEN_BACK).order_by("pk")


def workspaces() -> list[Organisation]:
    """Every organisation that may have evidence: which has any is its own to know."""
    return list(Organisation.objects.with_workspace())
