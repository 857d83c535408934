"""The reports of a scheme's years, for those who run it: read, written into, taken out, published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import PAPERS
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..forms.fund import FundTextForm
from ..fund.drawing import chart_of
from ..fund.telling import titles_of
from ..fund.written import HIDES, counted_line, day_of, hides
from ..models import Budget, FundReport
from ..operations import fund as operations
from ..queries import reported as queries
from ..queries import shown
from .schemes import RUNS, SchemeMixin


class FundMixin(SchemeMixin):
    """Under the tab of reports."""

    permission = RUNS
    tab = "placements:list_fund_reports"

    def page(self, name: str) -> str:
        return reverse(f"placements:{name}", args=[self.request.organisation.slug, self.scheme.slug, self.kwargs["pk"]])


class OfYearMixin(FundMixin):
    """About one year's report; `pk` is that of the year's budget."""

    @cached_property
    def report(self) -> FundReport:
        report = queries.report_or_404(self.scheme, self.kwargs["pk"])
        report.scheme = self.scheme
        return report

    @cached_property
    def content(self) -> dict[str, Any]:
        return queries.content_of(self.report)

    def back(self) -> str:
        return self.page("show_fund_report")


def drawn(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections with their tables, each with its chart where it has one."""
    return [
        one
        | {
            "tables": [
                table | {"drawing": chart_of(table, counted_line(content)), "hides": HIDES if hides(table) else ""}
                for table in one["tables"]
            ]
        }
        for one in content["sections"]
    ]


class ListFundReportsView(FundMixin, WorkspaceView):
    """The years, and what is there of each."""

    template_name = "placements/list_fund_reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = shown.to_look_at(self.request.user, self.scheme)
        return super().get_context_data(years=queries.reports_of(self.scheme), waiting=waiting, **kwargs)


class BeginFundReportView(FundMixin, PressView):
    @cached_property
    def budget(self) -> Budget:
        return queries.budget_or_404(self.scheme, self.kwargs["pk"])

    def perform(self) -> str:
        operations.begin_report(budget=self.budget, actor=self.request.user)
        return ""

    def back(self) -> str:
        return self.page("show_fund_report")


class ShowFundReportView(OfYearMixin, WorkspaceView):
    """The whole report as it stands, and what is published of it."""

    template_name = "placements/show_fund_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publication, draft = queries.holding(self.report), queries.draft_of(self.report)
        seen = queries.digest_of(self.content)
        is_being_made = publication is not None and publication.published_at is None
        return super().get_context_data(
            report=self.report,
            content=self.content,
            sections=drawn(self.content),
            counted_on=day_of(self.content["counted_on"]),
            seen=seen,
            draft=draft if draft and draft.digest == seen else None,
            is_draft_stuck=draft and not draft.made_at and draft.asked_at < timezone.now() - operations.GIVEN_UP_AFTER,
            publication=publication,
            is_changed=publication is not None and queries.is_changed(publication, self.content),
            is_being_made=is_being_made,
            is_stuck=is_being_made and publication.asked_at < timezone.now() - operations.GIVEN_UP_AFTER,  # type: ignore[union-attr]
            texts=list(queries.texts_of(self.report)[:MOST_TEXTS]),
            **kwargs,
        )


#: So many versions of what was written are named; all are kept.
MOST_TEXTS = 20


class WriteFundReportView(OfYearMixin, WorkspaceFormView):
    form_class = FundTextForm
    template_name = "placements/scheme_form.html"
    title, button, said = "Foreword and remarks", "Keep this version", "Kept as {}."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "titles": titles_of(self.nouns)}

    def get_initial(self) -> dict[str, Any]:
        text = queries.text_of(self.report)
        return FundTextForm.initial_of(text.foreword, text.remarks, text.number)

    def perform(self, form: FundTextForm) -> Any:
        told = form.cleaned_data
        return operations.write_report_text(
            report=self.report, foreword=told["foreword"], remarks=form.remarks, seen=told["seen"], actor=self.request.user
        )  # fmt: skip


class TakeFundReportOutView(OfYearMixin, WorkspaceMixin, View):
    """The report as it stands as a file, marked as a draft. Word is written at once; a PDF takes longer, and the worker makes it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        format = PAPERS.get(self.kwargs["format"])
        if format is None:
            raise Http404
        today = timezone.localdate()
        if format.ending == "pdf":
            draft = queries.draft_of(self.report)
            if draft is None or draft.content is None or draft.digest != queries.digest_of(self.content):
                return redirect(self.back())
            content = bytes(draft.content)
        else:
            content = operations.write_one(self.content, format.ending, self.organisation.name, today)
        name = f"{slugify(self.content['title'])[:80]}-draft-{today.isoformat()}.{format.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)


class PressOnReport(OfYearMixin, PressView):
    pass


class MakeFundDraftView(PressOnReport):
    def perform(self) -> str:
        digest = queries.digest_of(self.content)
        operations.ask_for_draft(report=self.report, digest=digest, actor=self.request.user)
        return ""


class PublishFundReportView(PressOnReport):
    def perform(self) -> str:
        operations.publish_report(report=self.report, seen=self.request.POST.get("seen", ""), actor=self.request.user)
        return "Its files are being made; it is on the scheme’s page once they are."


class MakeFundReportAgainView(PressOnReport):
    def perform(self) -> str:
        operations.make_again(report=self.report, actor=self.request.user)
        return ""


class TakeFundReportDownView(PressOnReport):
    def perform(self) -> str:
        operations.take_report_down(report=self.report, actor=self.request.user)
        return "It is off the scheme’s page."
