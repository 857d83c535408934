"""Reads of panels: who sits, who reads what, what came of it. Applications come from `applications`, and from nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role

from ..models import (
    Application,
    ApplicationEvent,
    Assignment,
    Blackened,
    EligibilityCheck,
    Interest,
    PanelMember,
    Round,
    Scheme,
    SchemeVersion,
    Score,
)
from ..states import ApplicationState, RoundState
from ..telling import Hidden, blacken
from .applications import applications_led_by, applications_on_panel

#: Roles with which one may sit on a panel.
SIT = (Role.PANEL_CHAIR, Role.REVIEWER)


def may_sit(person: Person) -> bool:
    """Whether somebody is a reviewer or a panel chair here today."""
    return RoleAssignment.objects.filter(current_on(), person=person, role__in=SIT).exists()


def people_who_may_sit() -> QuerySet[Person]:
    held = RoleAssignment.objects.filter(current_on(), role__in=SIT).values("person")
    return Person.objects.filter(pk__in=held)


def people_who_may_lead() -> QuerySet[Person]:
    """Who may stand in for a chair: any reviewer, chair or scheme manager."""
    held = RoleAssignment.objects.filter(current_on(), role__in=(*SIT, Role.SCHEME_MANAGER, Role.LEAD)).values("person")
    return Person.objects.filter(pk__in=held)


def sits(scheme_id: int, person: Person) -> bool:
    return PanelMember.objects.filter(PanelMember.in_term(), scheme=scheme_id, person=person).exists()


def members_of(scheme: Scheme) -> QuerySet[PanelMember]:
    """All who sit or sat, with how much each reads now."""
    reads = Count(
        "assignments", filter=Q(assignments__ended_at=None, assignments__application__state=ApplicationState.ELIGIBLE)
    )
    return PanelMember.objects.filter(scheme=scheme).select_related("person").annotate(reads=reads)


def members_in_term(scheme: Scheme) -> QuerySet[PanelMember]:
    return PanelMember.objects.filter(PanelMember.in_term(), scheme=scheme).select_related("person")


def member_or_404(scheme: Scheme, pk: int) -> PanelMember:
    return get_object_or_404(PanelMember.objects.select_related("person", "scheme"), scheme=scheme, pk=pk)


def round_or_404(scheme: Scheme, pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("chair", "administrator"), scheme=scheme, pk=pk)


def with_versions(rows: Iterable[Application]) -> list[Application]:
    """The rows, each with its version, which is asked for once however many share it."""
    found = list(rows)
    versions = SchemeVersion.objects.in_bulk({row.version_id for row in found})
    for row in found:
        row.version = versions[row.version_id]
    return found


# ---- One application


def assignment_of(user: Any, application: Application) -> Assignment | None:
    """Somebody's own reading of it."""
    return (
        Assignment.objects.filter(Assignment.in_force(), application=application, member__person=user.person_id)
        .select_related("member")
        .first()
    )


def assignments_of(application: Application) -> list[Assignment]:
    """All readings of it, those that ended too, with the scores that count."""
    scores = Score.objects.filter(sheet=F("assignment__sheet"))
    rows = Assignment.objects.filter(application=application).select_related("member__person")
    return list(rows.prefetch_related(Prefetch("scores", scores, to_attr="told")))


def sheets_of(assignment: Assignment) -> list[tuple[int, list[Score]]]:
    """Every sheet that was sent, the last first."""
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(assignment=assignment).order_by("-sheet", "pk"):
        found.setdefault(score.sheet, []).append(score)
    return list(found.items())


def interests_in(application: Application) -> QuerySet[Interest]:
    return Interest.objects.filter(application=application).select_related("person", "waived_by__person")


def interest_or_404(application: Application, pk: int) -> Interest:
    return get_object_or_404(Interest.objects.select_related("person", "application"), application=application, pk=pk)


def blackened_rows(application: Application) -> QuerySet[Blackened]:
    return Blackened.objects.filter(application=application)


def blackened_or_404(application: Application, pk: int) -> Blackened:
    return get_object_or_404(blackened_rows(application).select_related("application"), pk=pk)


def checks_of(application: Application) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(application=application).select_related("by__person")


def events_of(application: Application) -> QuerySet[ApplicationEvent]:
    """Its history, the last first."""
    return ApplicationEvent.objects.filter(application=application).select_related("by__person").order_by("-at", "-pk")


def blackened_in(applications: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Application to the words that the panel does not read, by answer."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = Blackened.objects.filter(application__in=applications).values_list("application", "key", "words")
    for pk, key, words in rows:
        found.setdefault(pk, {}).setdefault(key, []).append(words)
    return found


def hides_names(application: Application) -> bool:
    """Whether the panel reads it without names now: as the scheme says, until staff show them to the round, or outcomes are told."""
    round_ = application.round
    shown = round_ is not None and (round_.names_shown_at is not None or round_.state == RoundState.RELEASED)
    return application.definition.names_hidden and not shown


def hidden_in(application: Application) -> Hidden:
    """What the panel does not read of it."""
    return Hidden(hides_names(application), blackened_in([application.pk]).get(application.pk, {}))


@dataclass(frozen=True)
class TitleTold:
    """The columns of an application as the panel reads them: empty where they are hidden."""

    title: str
    name: str
    employer: str
    host: str


def title_told(application: Application, hidden: Hidden) -> TitleTold:
    names = [application.name, *(part for part in application.name.split() if len(part) > 2)] if hidden.names else []
    title = blacken(application.title, [*hidden.blackened.get("title", ()), *names])
    host = blacken(application.host, [*hidden.blackened.get("host", ()), *names])
    if hidden.names:
        return TitleTold(title, "", "", host)
    return TitleTold(title, application.name, application.employer, host)


def on_panel_or_404(user: Any, organisation: Organisation, scheme_slug: str, reference: str) -> Application:
    """One that somebody reads for the panel; what is hidden, or not yet declared on, is answered as what is not there."""
    rows = applications_on_panel(user, organisation).select_related("scheme", "version", "round")
    return get_object_or_404(rows, scheme__slug=scheme_slug, reference=reference)


# ---- A reader's list


def told_before_declaring(rows: QuerySet[Application, dict[str, Any]]) -> list[dict[str, Any]]:
    """What is read before declaring, without the words that staff blackened in it."""
    found = list(rows)
    black = blackened_in([row["pk"] for row in found])
    return [
        {
            **row,
            **{key: blacken(row[key], black.get(row["pk"], {}).get(key, ())) for key in ("title", "employer", "host")},
        }
        for row in found
    ]


def application_declared_on(pk: int) -> Application:
    """To declare on, found by `applications_to_declare`; of no use to read from."""
    return Application.objects.only("pk", "organisation_id", "applicant_id").get(pk=pk)


def readings_of(user: Any, organisation: Organisation) -> QuerySet[Assignment]:
    """What somebody may read and score, over all schemes of the organisation; what they have still to declare on is not among it."""
    rows = applications_on_panel(user, organisation)
    return (
        Assignment.objects.filter(Assignment.in_force(), member__person=user.person_id, application__in=rows)
        .select_related("application__round", "application__scheme")
        .order_by("application__round__meets_on", "application__reference")
    )


def with_titles(readings: QuerySet[Assignment]) -> list[Assignment]:
    """Each with the title that its reader reads."""
    found = list(readings)
    rows = with_versions({one.application_id: one.application for one in found}.values())
    black = blackened_in([row.pk for row in rows])
    hidden = {row.pk: Hidden(hides_names(row), black.get(row.pk, {})) for row in rows}
    for one in found:
        one.title = title_told(one.application, hidden[one.application_id]).title  # type: ignore[attr-defined]
    return found


# ---- A round


def marks_told(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each with what its readers gave: mean, least, most and spread of the marks that count, and how many read, sent, abstained."""
    in_the_way = Interest.objects.filter(
        Interest.in_the_way(), application=OuterRef("application"), person=OuterRef("member__person")
    )
    readings = Assignment.objects.filter(~Exists(in_the_way), ended_at=None, application=OuterRef("pk"))
    by_one = readings.order_by().values("application")

    def of(expression: Any) -> Subquery:
        return Subquery(by_one.annotate(told=expression).values("told"))

    return rows.annotate(
        mean=of(Avg("mark")),
        least=of(Min("mark")),
        most=of(Max("mark")),
        spread=of(Max("mark") - Min("mark")),
        readers=of(Count("pk")),
        sent=of(Count("mark")),
        abstained=of(Count("abstained_at")),
    )


def heard_in(round_: Round, user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What a round hears, of that whose scores somebody may read."""
    return applications_led_by(user, organisation).filter(round=round_)


def to_share_out(round_: Round, user: Any, organisation: Organisation) -> list[Application]:
    """What readers are found for: eligible, and open to whoever finds them."""
    rows = heard_in(round_, user, organisation).filter(state=ApplicationState.ELIGIBLE)
    return with_versions(rows.order_by("reference"))


def conflicts_among(applications: Collection[Application], people: Collection[int]) -> QuerySet[Interest]:
    """What stands in whose way of whom of them."""
    return Interest.objects.filter(Interest.in_the_way(), application__in=applications, person__in=people)


def given_out(applications: Collection[Application]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(ended_at=None, application__in=applications).select_related("member__person")


def open_rounds(scheme: Scheme) -> QuerySet[Round]:
    rows = Round.objects.filter(scheme=scheme, state__in=(RoundState.PLANNED, RoundState.SITTING))
    return rows.select_related("chair", "administrator")


def assignment_or_404(application: Application, pk: int) -> Assignment:
    return get_object_or_404(
        Assignment.objects.filter(ended_at=None).select_related("member__person", "application"),
        application=application,
        pk=pk,
    )
