"""Who may read which application: the only beginnings of every list, search, count, export, answer and mail about applications."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from desaga.evidence.states import Scan
from desaga.organisations.models import Organisation

from ..answering import Looked, look
from ..checking import Facts, Finding, check
from ..models import (
    Answer,
    Application,
    ApplicationEvent,
    ApplicationFile,
    ApplicationFileContent,
    Assignment,
    Interest,
    PanelMember,
    Round,
)
from ..states import AWARDED, CAME_IN, PANEL_SEES, WRITTEN, ApplicationState, RoundState, SchemeState
from .schemes import next_round, rounds_of


def applications_for(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What somebody who works for the scheme may read. Nobody but the applicant reads a draft, and nobody reads here what is their own.

    Whoever runs schemes reads what came in; what they are also to read for the panel, when they have declared. A member of the panel in term reads what they are to read, and its chair what the round hears, from
    when they declared that nothing stands in the way. Whoever has a conflict that nobody waived reads nothing of it, whatever else they are.
    """
    if user.has_perm("placements.run_schemes", organisation):
        return _clear_of_conflict(
            user, Application.objects.filter(_came_in(), _nothing_to_declare(user), stripped_at=None)
        )
    if user.person_id and user.has_perm("placements.sit_on_panels", organisation):
        rows = Application.objects.filter(_on_the_panels_table(user), Exists(_declared_by(user)))
        return _clear_of_conflict(user, rows)
    return Application.objects.none()


def applications_on_panel(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """Those that somebody reads as a member, chair or administrator of a panel, whatever else they may read."""
    if not (user.person_id and user.has_perm("placements.sit_on_panels", organisation)):
        return Application.objects.none()
    rows = Application.objects.filter(_on_the_panels_table(user), Exists(_declared_by(user)))
    return _clear_of_conflict(user, rows)


#: All that somebody reads of an application before they declare.
BEFORE_DECLARING = ("pk", "reference", "title", "employer", "host", "round_id", "version_id", "scheme_id")


def applications_to_declare(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    """What somebody must say of whether anything stands in the way before they see more: rows of `BEFORE_DECLARING` and no model, so that
    nothing else can reach a page. What records tell to be in the way is not among them.
    """
    if not (user.person_id and user.has_perm("placements.sit_on_panels", organisation)):
        return Application.objects.none().values(*BEFORE_DECLARING)
    rows = Application.objects.filter(_on_the_panels_table(user) & ~Exists(_declared_by(user)))
    return _clear_of_conflict(user, rows).order_by("round__meets_on", "reference").values(*BEFORE_DECLARING)


def applications_led_by(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """Those whose scores somebody may read: whoever runs schemes, the chair, and the administrator where the chair has a conflict."""
    rows = applications_for(user, organisation)
    return rows if user.has_perm("placements.run_schemes", organisation) else rows.filter(_led_by(user))


def applications_not_hidden(user: Any) -> QuerySet[Application]:
    """Those, at whatever stage, of which nothing is hidden from somebody: not their own, no conflict, nothing that they read for the panel and have
    not declared on. For what goes by another permission than reading them: keeping the money, seeing who is asked to approve.
    """
    return _clear_of_conflict(user, Application.objects.filter(_nothing_to_declare(user)))


def _came_in() -> Q:
    """What came in once stays known, also while it is withdrawn, or approved anew after changes."""
    since = (ApplicationState.WITHDRAWN, ApplicationState.WITH_APPROVERS)
    return Q(state__in=CAME_IN) | Q(state__in=since, received_at__isnull=False)


def _nothing_to_declare(user: Any) -> Q:
    """Not theirs to read for the panel, or declared."""
    return ~Exists(_reads(user)) | Exists(_declared_by(user)) if user.person_id else Q()


def _reads(user: Any) -> QuerySet[Assignment]:
    seats = seats_of(user).values("pk")
    return Assignment.objects.filter(Assignment.in_force(), application=OuterRef("pk"), member__in=seats)


def _clear_of_conflict(user: Any, rows: QuerySet[Application]) -> QuerySet[Application]:
    """Without what is somebody's own, by person or by address, and what they have a conflict with."""
    not_theirs = ~Q(email__iexact=user.email)
    if not user.person_id:
        return rows.filter(not_theirs)
    in_the_way = Interest.objects.filter(Interest.in_the_way(), application=OuterRef("pk"), person=user.person_id)
    return rows.filter(not_theirs, ~Q(applicant=user.person_id), ~Exists(in_the_way))


def _on_the_panels_table(user: Any) -> Q:
    """Found eligible, and theirs to read, to lead, or to hear while the panel they sit on meets."""
    return Q(state__in=PANEL_SEES, stripped_at=None) & (Q(Exists(_reads(user))) | _led_by(user) | _heard_by(user))


def _heard_by(user: Any) -> Q:
    """Of a panel that sits now, on which they have a seat."""
    return Q(Exists(seats_of(user).filter(scheme=OuterRef("scheme"))), round__state=RoundState.SITTING)


def _led_by(user: Any) -> Q:
    """Of a round whose chair they are, in term; or whose administrator they are, where something stands in the chair’s way."""
    seat = seats_of(user).filter(scheme=OuterRef("scheme"))
    chair = Interest.objects.filter(Interest.in_the_way(), application=OuterRef("pk"), person=OuterRef("round__chair"))
    chair_is_out = Exists(chair) | Q(applicant=F("round__chair"))
    return Q(round__chair=user.person_id) & Exists(seat) | Q(round__administrator=user.person_id) & chair_is_out


def _declared_by(user: Any) -> QuerySet[Interest]:
    return Interest.objects.filter(Interest.declared(), application=OuterRef("pk"), person=user.person_id)


def seats_of(user: Any) -> QuerySet[PanelMember]:
    """Where somebody sits on a panel today."""
    return PanelMember.objects.filter(PanelMember.in_term(), person=user.person_id)


def application_or_404(user: Any, organisation: Organisation, scheme_slug: str, reference: str) -> Application:
    """One that somebody may read; what is hidden from them is answered as what is not there."""
    return get_object_or_404(
        applications_for(user, organisation).select_related("scheme", "version", "round"),
        scheme__slug=scheme_slug,
        reference=reference,
    )


def applications_of(user: Any) -> QuerySet[Application]:
    """A person's own, of the organisation in scope; nothing for whoever is not a person here."""
    if getattr(user, "person_id", None) is None:
        return Application.objects.none()
    return Application.objects.filter(applicant=user.person_id).select_related(
        "scheme", "version", "round", "organisation"
    )


def own_application_or_404(user: Any, scheme_slug: str, reference: str) -> Application:
    return get_object_or_404(applications_of(user), scheme__slug=scheme_slug, reference=reference)


def own_applications() -> QuerySet[Application]:
    """Those of the person in scope, over all organisations that run schemes."""
    return Application.mine.select_related("scheme", "organisation", "round")


def typed(application: Application) -> dict[str, Any]:
    """What was written, by the key of its question."""
    return dict(Answer.objects.filter(application=application).values_list("key", "value"))


def events_told(application: Application) -> QuerySet[ApplicationEvent]:
    """What of its history the applicant reads, the latest first."""
    return ApplicationEvent.objects.filter(application=application, for_applicant=True).order_by("-at", "-pk")


def words_of_changes(application: Application) -> str:
    """What whoever asked for changes wrote, while they are asked for: those who run the scheme, or somebody who is to approve it."""
    if application.state not in WRITTEN or not application.open_sections:
        return ""
    asked = events_told(application).filter(kind__in=("ask_for_changes", "send_back", "send_back_changes")).first()
    return f"{asked.who}: {asked.words}" if asked and asked.who and asked.by is None else asked.words if asked else ""


def round_hearing(application: Application, day: date) -> Round | None:
    """The panel that hears it, or would hear it if it were complete on that day. Once it came in nothing is guessed: it is bound, or no panel is planned."""
    if application.round or application.state in (ApplicationState.RECEIVED, ApplicationState.ELIGIBLE):
        return application.round
    return next_round(application.scheme, day)


def facts_of(application: Application, day: date) -> Facts:
    """What is known beside the answers."""
    round_, scheme = round_hearing(application, day), application.scheme
    return Facts(
        today=day,
        scheme_from=scheme.starts_on,
        scheme_until=scheme.ends_on,
        answers_by=round_.answers_by if round_ else None,
        awarded_in_last_round=_awarded_before(application, round_) if round_ else False,
        email=application.email,
    )


def _awarded_before(application: Application, round_: Round) -> bool:
    """Whether the same person has an award of the panel just before."""
    told = rounds_of(application.scheme).filter(meets_on__lt=round_.meets_on, state=RoundState.RELEASED)
    last = told.order_by("-meets_on").first()
    if last is None or application.applicant_id is None:
        return False
    rows = Application.objects.filter(applicant=application.applicant_id, round=last, state__in=AWARDED)
    return rows.exclude(pk=application.pk).exists()


def looked_at(application: Application, day: date) -> tuple[dict[str, Any], Looked, list[Finding]]:
    """What was typed, what it means, and what there is to say of it."""
    answers = typed(application)
    looked = look(application.definition, answers)
    return answers, looked, check(application.definition, looked.values, facts_of(application, day))


def drafts_near(today: date, until: date) -> QuerySet[Application]:
    """Of whoever runs schemes: drafts of which nothing was said yet, where the next cut-off comes by a day. Read by the worker alone."""
    planned = Round.objects.filter(
        scheme=OuterRef("scheme"), state=RoundState.PLANNED, cut_off_on__range=(today, until)
    )
    rows = Application.objects.filter(Exists(planned), state=ApplicationState.DRAFT, draft_told_at=None)
    takes = (SchemeState.OPEN, SchemeState.WINDING_DOWN)
    return (
        rows.filter(scheme__state__in=takes)
        .exclude(email="")
        .select_related("scheme", "version", "round", "organisation")
    )


def own_file_or_404(application: Application, pk: int) -> tuple[ApplicationFile, bytes]:
    """A file of an application that is one's own, with its bytes."""
    rows = ApplicationFileContent.objects.select_related("file")
    row: ApplicationFileContent = get_object_or_404(rows, file__application=application, file=pk)
    return row.file, bytes(row.content)


def files_not_yet_scanned() -> QuerySet[ApplicationFile]:
    """Those that came while the scanner was silent, the earliest first."""
    return ApplicationFile.objects.filter(scan=Scan.WAITING).select_related("application").order_by("given_at", "pk")


def who_applied() -> Q:
    """Of a person: they applied here. Who has no other standing here is not told of to those who look people up."""
    return Q(Exists(Application.objects.filter(applicant=OuterRef("pk"))))
