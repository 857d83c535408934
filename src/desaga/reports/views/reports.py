"""A plan's reports: the list, starting one, the report as a list of sections, and what leaves as a file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations import doors
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.plans.views.plans import PlanMixin, at_home
from desaga.reviews.views.papers import paper_response
from desaga.reviews.views.reviews import PAPERS_OFFERED

from .. import queries
from ..forms import ReportForm
from ..freezing import content_of
from ..kinds import Kind
from ..models import FrozenReport, Report
from ..operations import writing
from ..papers import report_paper
from ..presenting import signed_words
from ..states import ReportState

FIELDS = ("title", "starts_on", "ends_on", "signed_on", "stage", "due_on")


class OfPlanMixin(PlanMixin):
    """A page about the reports of one plan: everybody reads, some write."""

    tab = "reports:list_reports"

    def asked_about(self) -> Any:
        return self.organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            can_write=user.has_perm("reports.write_report", self.organisation),
            can_send=user.has_perm("reports.send_report", self.organisation),
            today=timezone.localdate(),
            **kwargs,
        )


class ListReportsView(OfPlanMixin, WorkspaceView):
    template_name = "reports/list_reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports, kinds = list(queries.reports_of(self.plan)), queries.kinds_known()
        return super().get_context_data(reports=reports, kinds=kinds.values(), **kwargs)


class StartReportView(OfPlanMixin, WorkspaceFormView):
    permission = "reports.write_report"
    template_name = "reports/report_form.html"
    form_class = ReportForm
    button = "Start the report"

    @cached_property
    def kind(self) -> Kind:
        return queries.kind_or_404(self.kwargs["kind"])

    @property
    def title(self) -> str:
        return f"Start: {self.kind.name}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        starts_on = today - timedelta(days=364)
        title = f"{self.kind.name} {today.year}"
        return {
            "title": title,
            "starts_on": starts_on,
            "ends_on": today,
            "signed_on": queries.last_signed_on(self.organisation),
        }

    def perform(self, form: ReportForm) -> None:
        self.started = writing.start_report(
            actor=self.request.user, plan=self.plan, kind=self.kind, **form.cleaned_data
        )

    def back(self) -> str:
        return self.address("reports:list_reports", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        return self.started.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=self.kind, **kwargs)


class ReportMixin(OfPlanMixin):
    """A page about one report."""

    @cached_property
    def report(self) -> Report:
        report = queries.report_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        report.organisation = self.organisation
        return report

    @property
    def plan(self) -> Any:
        return at_home(self.report.plan, self.organisation)

    @cached_property
    def kind(self) -> Kind | None:
        return queries.kinds_known().get(self.report.kind)

    @cached_property
    def frozen(self) -> FrozenReport | None:
        return queries.frozen_of(self.report)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the report says: as it was signed off or sent, else as it stands."""
        if self.frozen:
            return self.frozen.content  # type: ignore[no-any-return]
        if self.report.state == ReportState.FOR_SIGN_OFF:
            return self.report.sent_content  # type: ignore[no-any-return]
        self.report.plan = self.plan
        return content_of(self.report, self.kind.name if self.kind else self.report.kind)

    def back(self) -> str:
        return self.report.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=self.report, kind=self.kind, **kwargs)


class ShowReportView(ReportMixin, WorkspaceView):
    """The sections, how long each is and where it stands; once signed off, the whole text."""

    template_name = "reports/show_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = queries.sections_of(self.report)
        return super().get_context_data(
            sections=sections,
            done=sum(1 for one in sections if one.is_done),
            events=queries.events_of(self.report),
            frozen=self.frozen,
            figures=self.content["figures"],
            signed=signed_words(self.frozen),
            asked_to_sign=self.request.user.has_perm("reports.sign_off", self.report),
            formats=PAPERS_OFFERED,
            **kwargs,
        )


class EditReportView(ReportMixin, WorkspaceFormView):
    permission = "reports.write_report"
    template_name = "reports/report_form.html"
    form_class = ReportForm
    title = "Title, period and due date"
    button = "Save"
    said = "The report is changed. Draft it anew where the period is another."

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.kind is None:
            raise Http404
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        told = {name: getattr(self.report, name) for name in FIELDS}
        # A date that was worked out is worked out anew, from what is said now.
        return told | {"due_on": None} if self.report.due_words else told

    def perform(self, form: ReportForm) -> None:
        writing.edit_report(actor=self.request.user, report=self.report, kind=self.kind, **form.cleaned_data)


class PressView(ReportMixin, doors.PressView):
    """One press on a page of a report."""

    permission = "reports.write_report"


class RedraftView(PressView):
    def perform(self) -> str:
        changed = writing.redraft(actor=self.request.user, report=self.report)
        if not changed:
            return "Nothing else was recorded since: the drafts are as they were."
        drafts = "1 draft is" if changed == 1 else f"{changed} drafts are"
        return f"{drafts} new. What was written stays; the drafts stand beside it."


class TakeReportOutView(ReportMixin, WorkspaceMixin, View):
    """The report as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        blocks = report_paper(self.content, signed_words(self.frozen))
        return paper_response(self.kwargs["format"], blocks, self.content["title"], self.organisation)
