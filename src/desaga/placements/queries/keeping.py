"""Reads of what is kept of people, and for how long."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..awarding import ClaimState
from ..dating import due_after
from ..defining import Definition
from ..keeping import Case, Months, Sorted, sort_out
from ..models import Application, Award, Claim, Hold, Round, Scheme, SchemeVersion, StrippingRun
from ..states import ApplicationState, RoundState
from .applications import applications_for

#: Of an application that came in and was taken back to be changed, nobody but the applicant knows: it goes as a draft goes.
UNSEEN = (ApplicationState.DRAFT, ApplicationState.WITH_APPROVERS)
COLUMNS = ("pk", "reference", "version_id", "applicant_id", "state", "changed_at", "received_at", "round__name", "round__meets_on", "award__ends_on", "award__pk")  # fmt: skip
OPEN_CLAIMS = (ClaimState.SENT, ClaimState.APPROVED)


def kept_applications(scheme: Scheme) -> QuerySet[Application]:
    """All that came in and still tell of somebody, whoever asks."""
    rows = Application.objects.filter(scheme=scheme, stripped_at=None)
    return rows.exclude(received_at=None).exclude(state__in=UNSEEN)


def cases_of(scheme: Scheme, rows: QuerySet[Application] | None = None) -> Iterator[Case]:
    """Those of a scheme as `keeping` looks at them; six queries, however many there are."""
    rows = kept_applications(scheme) if rows is None else rows
    definitions = definitions_of(scheme)
    mine = Q(award__application__scheme=scheme)
    claims = set(
        Claim.objects.filter(mine, state__in=OPEN_CLAIMS).order_by().values_list("award__application", flat=True)
    )
    unsettled = Award.objects.filter(application__scheme=scheme, settled__lt=F("advanced"))
    advances = set(unsettled.order_by().values_list("application", flat=True))
    holds = dict(holds_in_force(scheme).values_list("application", "because"))
    years = open_years(scheme)
    ordered = rows.order_by("round__meets_on", "reference", "pk")
    for row in ordered.values(*COLUMNS):
        pk, definition = row["pk"], definitions[row["version_id"]]
        meets_on, moved_on = row["round__meets_on"], timezone.localdate(row["changed_at"])
        year = (meets_on or timezone.localdate(row["received_at"])).year
        yield Case(
            pk=pk, reference=row["reference"], panel=row["round__name"] or "", person=row["applicant_id"],
            year=year, year_is_open=year in years, state=row["state"], moved_on=moved_on, ends_on=row["award__ends_on"],
            months=definition.keep_months, follows=definition.outcomes, has_award=row["award__pk"] is not None,
            has_open_claim=pk in claims, has_open_advance=pk in advances, held_because=holds.get(pk, ""),
        )  # fmt: skip


def open_years(scheme: Scheme) -> set[int]:
    """The years with a panel that has not told its outcomes, and may still."""
    rows = Round.objects.filter(scheme=scheme, state__in=(RoundState.PLANNED, RoundState.SITTING))
    heard = Application.objects.filter(round=OuterRef("pk"))
    return {day.year for day in rows.filter(Exists(heard)).values_list("meets_on", flat=True)}


def definitions_of(scheme: Scheme) -> dict[int, Definition]:
    return {one.pk: one.definition for one in SchemeVersion.objects.filter(scheme=scheme)}


def sorted_out(scheme: Scheme, today: date) -> Sorted:
    """What goes and what is held back, whoever asks: for the worker."""
    return sort_out(cases_of(scheme), today)


def sorted_for(user: Any, organisation: Organisation, scheme: Scheme, today: date) -> Sorted:
    """The same of what somebody may read. Where something else of the same person is hidden from them, neither is told of."""
    whole = sorted_out(scheme, today)
    seen = set(applications_for(user, organisation).filter(scheme=scheme).values_list("pk", flat=True))
    hidden = {(one.person, one.year) for one in _all(whole) if one.pk not in seen and one.person is not None}
    told = [one.pk for one in _all(whole) if one.pk in seen and (one.person, one.year) not in hidden]
    return Sorted(
        tuple(one for one in whole.due if one.pk in told), tuple(one for one in whole.kept if one.case.pk in told)
    )


def _all(found: Sorted) -> list[Case]:
    return [*found.due, *(one.case for one in found.kept)]


def unseen_over(scheme: Scheme, today: date) -> list[int]:
    """The ids of what never came in, or was taken back, and was not touched for the scheme's time. Nobody is told whose these are, nor what stands in them: how many, and no more."""
    definitions = definitions_of(scheme)
    rows = Application.objects.filter(scheme=scheme, stripped_at=None).filter(Q(received_at=None) | Q(state__in=UNSEEN))
    return [
        pk
        for pk, version, changed_at in rows.exclude(holds__lifted_at=None, holds__isnull=False).values_list("pk", "version_id", "changed_at")
        if (due_after(Months(definitions[version].keep_months), timezone.localdate(changed_at)) or today) < today
    ]  # fmt: skip


def holds_in_force(scheme: Scheme) -> QuerySet[Hold]:
    return Hold.objects.filter(application__scheme=scheme, lifted_at=None)


def hold_on(application: Application) -> Hold | None:
    """Why it is kept beyond its time, if somebody said so."""
    return Hold.objects.filter(application=application, lifted_at=None).select_related("placed_by__person").first()


def holds_seen(user: Any, organisation: Organisation, scheme: Scheme) -> QuerySet[Hold]:
    rows = holds_in_force(scheme).filter(application__in=applications_for(user, organisation))
    return rows.select_related("application", "placed_by__person")


def runs_of(scheme: Scheme) -> QuerySet[StrippingRun]:
    return StrippingRun.objects.filter(scheme=scheme).select_related("by__person")


def schemes_that_strip() -> QuerySet[Scheme]:
    """Those of the organisation in scope that do it by themselves."""
    return Scheme.objects.exclude(strips_since=None).select_related("organisation")


class Facts(NamedTuple):
    """What a page lists of one that goes, or is held back."""

    pk: int
    title: str
    state: str
    amount: Decimal | None

    @property
    def state_words(self) -> str:
        return str(ApplicationState(self.state).label)


def facts_shown(pks: Collection[int]) -> list[Facts]:
    rows = Application.objects.filter(pk__in=pks).order_by()
    return [Facts(*one) for one in rows.values_list("pk", "title", "state", "award__amount")]


def periods_of(scheme: Scheme) -> list[tuple[int, int]]:
    """For how many months each version in force, now or before, keeps people: number of the version and months, the newest first."""
    rows = SchemeVersion.objects.filter(scheme=scheme).exclude(in_force_at=None).order_by("-number")
    return [(one.number, one.definition.keep_months) for one in rows]
