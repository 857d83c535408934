"""Who may read which application: the only beginnings of every list, search, count, export, answer and mail about applications."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from desaga.evidence.states import Scan
from desaga.organisations.models import Organisation

from ..answering import Looked, look
from ..checking import Facts, Finding, check
from ..models import Answer, Application, ApplicationEvent, ApplicationFile, ApplicationFileContent, Round
from ..states import AWARDED, CAME_IN, ApplicationState, RoundState
from .schemes import next_round, rounds_of


def applications_for(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What somebody who works for the scheme may read: what came in; for a panel see what the panel's part adds.

    Nobody but the applicant reads a draft.
    """
    rows = Application.objects.filter(state__in=CAME_IN) | Application.objects.filter(
        state=ApplicationState.WITHDRAWN, received_at__isnull=False
    )
    return rows if user.has_perm("placements.run_schemes", organisation) else rows.none()


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
    """What whoever asked for changes wrote, while they are asked for."""
    if application.state != ApplicationState.CHANGES_ASKED:
        return ""
    asked = events_told(application).filter(kind="ask_for_changes").first()
    return asked.words if asked else ""


def round_hearing(application: Application, day: date) -> Round | None:
    """The panel that hears it, or would hear it if it were complete on that day."""
    return application.round or next_round(application.scheme, day)


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


def own_file_or_404(application: Application, pk: int) -> tuple[ApplicationFile, bytes]:
    """A file of an application that is one's own, with its bytes."""
    rows = ApplicationFileContent.objects.select_related("file")
    row: ApplicationFileContent = get_object_or_404(rows, file__application=application, file=pk)
    return row.file, bytes(row.content)


def files_not_yet_scanned() -> QuerySet[ApplicationFile]:
    """Those that came while the scanner was silent, the earliest first."""
    return ApplicationFile.objects.filter(scan=Scan.WAITING).select_related("application").order_by("given_at", "pk")
