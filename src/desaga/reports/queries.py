"""Reads: kinds of report, a plan's reports and their sections, what was said of them, forms. All answer within the current scope."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.organisations.models import Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role
from desaga.plans.models import Plan
from desaga.rounds.calendars import Dated
from desaga.rounds.queries import uid_of
from desaga.tenancy.context import within

from .kinds import Kind, kind_from
from .models import (
    FieldMatch,
    FormContent,
    FrozenReport,
    HeadOfOrganisation,
    OfficialForm,
    OwnKind,
    Report,
    ReportEvent,
    ReportSection,
    SectionComment,
    SignOffKey,
)
from .shipped import shipped_kinds
from .states import ReportState

SIGNING_ROLES = (Role.LEAD, Role.STEERING_MEMBER)
#: A form in use is one of the last few; older ones are found by choosing the file again.
MOST_FORMS = 20


# ---- Kinds


def kinds_known() -> dict[str, Kind]:
    """The kinds of report by key: what Desaga ships, or the organisation's own copy of it, and what the organisation added."""
    own, shipped = dict(OwnKind.objects.values_list("key", "content")), shipped_kinds()
    return {
        key: kind_from(key, told, is_own=key in own, is_added=key not in shipped)
        for key, told in {**shipped, **own}.items()
    }


def kind_or_404(key: str) -> Kind:
    kind = kinds_known().get(key)
    if kind is None:
        raise Http404
    return kind


def kind_content(key: str) -> dict[str, Any]:
    """The data of a kind, to be changed: a copy. 404 for an unknown one."""
    from copy import deepcopy

    own = OwnKind.objects.filter(key=key).first()
    content = own.content if own else shipped_kinds().get(key)
    if content is None:
        raise Http404
    return deepcopy(content)


def kind_name(report: Report) -> str:
    kind = kinds_known().get(report.kind)
    return kind.name if kind else report.kind


# ---- Reports


def reports_of(plan: Plan) -> QuerySet[Report]:
    """A plan's reports, the latest period first, with how many sections there are, are finished and have open comments."""
    open_comments = Count("sections__comments", filter=Q(sections__comments__resolved_at=None), distinct=True)
    done = Count("sections", filter=Q(sections__is_done=True), distinct=True)
    rows = Report.objects.filter(plan=plan).select_related("signatory").defer("sent_content")
    return rows.annotate(number=Count("sections", distinct=True), done=done, open_comments=open_comments)


def report_or_404(pk: int) -> Report:
    rows = Report.objects.select_related("plan", "organisation", "signatory", "made_by__person", "sent_by__person")
    return get_object_or_404(rows, pk=pk)


def signed_off() -> QuerySet[Report]:
    """Reports that were signed off, the last first, without what was sent."""
    rows = Report.objects.filter(state=ReportState.SIGNED_OFF).select_related("organisation").defer("sent_content")
    return rows.order_by("-signed_off_at", "-pk")


def sections_of(report: Report) -> list[Any]:
    """The sections with `open_comments`, how many comments nobody has resolved."""
    open_comments = Count("comments", filter=Q(comments__resolved_at=None, comments__pk__isnull=False))
    return list(ReportSection.objects.filter(report=report).annotate(open_comments=open_comments).order_by("order"))


def section_or_404(report: Report, pk: int) -> ReportSection:
    return get_object_or_404(ReportSection.objects.filter(report=report).select_related("changed_by__person"), pk=pk)


def comments_of(section: ReportSection) -> list[SectionComment]:
    rows = SectionComment.objects.filter(section=section).select_related("by__person", "resolved_by__person")
    return list(rows.order_by(F("resolved_at").asc(nulls_first=True), "said_at", "pk"))


def comment_or_404(report: Report, pk: int) -> SectionComment:
    rows = SectionComment.objects.filter(section__report=report).select_related("section")
    return get_object_or_404(rows, pk=pk)


def events_of(report: Report) -> list[ReportEvent]:
    return list(ReportEvent.objects.filter(report=report).order_by("-at", "-pk"))


def frozen_of(report: Report) -> FrozenReport | None:
    """The report as it was signed off; None where nobody has."""
    return FrozenReport.objects.filter(report=report).first()


def last_signed_on(organisation: Organisation) -> date | None:
    """When the organisation signed, as its last report that says it has it."""
    rows = Report.objects.filter(organisation=organisation).exclude(signed_on=None)
    return rows.order_by("-pk").values_list("signed_on", flat=True).first()


# ---- Who signs


def head_of(organisation: Organisation) -> HeadOfOrganisation | None:
    """Who heads the organisation, as it states it."""
    return HeadOfOrganisation.objects.filter(organisation=organisation).first()


def person_of(email: str) -> Person | None:
    """Whoever may sign here and signs in with this address."""
    accounts = User.objects.filter(is_active=True, email__iexact=email)
    return people_who_may_sign().filter(pk__in=accounts.values("person_id")).first()


def people_who_may_sign(but: Any = None) -> QuerySet[Person]:
    """People with an account who lead or sit in a steering group here, but not one user."""
    holding = RoleAssignment.objects.filter(current_on(), role__in=SIGNING_ROLES).values("person_id")
    accounts = User.objects.filter(is_active=True)
    if but is not None:
        accounts = accounts.exclude(pk=but.pk)
    return Person.objects.filter(pk__in=holding).filter(pk__in=accounts.values("person_id")).order_by("name")


def key_opened(organisation: Organisation, key: str, now: datetime | None = None) -> SignOffKey | None:
    """What a key of a mail opens; None where it is unknown or its time is over. Reads within that organisation only."""
    now = now or timezone.now()
    with within(organisation):
        rows = SignOffKey.objects.filter(key_hash=hash_of(key), expires_at__gt=now)
        return rows.select_related("report__plan", "report__sent_by__person").first()


# ---- What waits


def reports_being_written() -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.DRAFT).exclude(due_on=None).select_related("plan", "organisation")


def dates_of(user: Any, organisation: Any) -> list[Dated]:
    """For a person's calendar: when the reports that they write are due."""
    if not user.has_perm("reports.write_report", organisation):
        return []
    return [_dated(one, organisation) for one in reports_being_written()]


def _dated(report: Report, organisation: Any) -> Dated:
    assert report.due_on
    url = f"{settings.SITE_ADDRESS}{reverse('reports:show_report', args=[organisation.slug, report.pk])}"
    words = f"{report.plan.title}, {organisation.name}"
    return Dated(uid_of("report", report.pk), report.due_on, f"Report due: {report.title}", words, url, report.made_at)


def reports_with_comments() -> QuerySet[Any]:
    """Reports being written: with how many comments nobody has resolved, and since when the first waits."""
    is_open = Q(sections__comments__resolved_at=None)
    rows = Report.objects.filter(state=ReportState.DRAFT).select_related("plan", "organisation")
    return rows.annotate(
        open_comments=Count("sections__comments", filter=is_open),
        first_said=Min("sections__comments__said_at", filter=is_open),
    )


def reports_to_sign(person_id: int | None) -> QuerySet[Report]:
    """What a person is asked to sign off."""
    if not person_id:
        return Report.objects.none()
    rows = Report.objects.filter(state=ReportState.FOR_SIGN_OFF, signatory=person_id)
    return rows.select_related("plan", "organisation")


# ---- Forms


def forms_known() -> list[OfficialForm]:
    """The last forms that were handed in."""
    return list(OfficialForm.objects.select_related("handed_in_by__person")[:MOST_FORMS])


def form_or_404(pk: int) -> OfficialForm:
    return get_object_or_404(OfficialForm.objects.all(), pk=pk)


def bytes_of(form: OfficialForm) -> bytes:
    return bytes(FormContent.objects.get(form=form).content)


def matches_of(fingerprint: str) -> dict[str, str]:
    """By field, what it is filled with: what was said once of forms of this fingerprint."""
    return dict(FieldMatch.objects.filter(fingerprint=fingerprint).values_list("field", "meaning"))
