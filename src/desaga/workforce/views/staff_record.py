"""The coded export for the Staff record, and its validation report. Rows of people are opened here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceMixin, WorkspaceView

from .. import populating, queries, readying
from ..models import Snapshot
from ..operations import staff_record
from ..operations.opening import PeopleAreGone
from ..readiness.checks import Weight
from ..readiness.fields import FIELDS, year_words
from ..readiness.record import as_csv, as_xml
from ..releasing.whom import whom_of
from ..taking import kept_from_caches, tables_as_file

ROWS_A_PAGE = 50


class StaffRecordMixin:
    """Rows of people: the HR data steward's alone."""

    permission = "workforce.load_extract"
    section = "workforce"

    @cached_property
    def snapshot(self) -> Snapshot:
        snapshot = queries.snapshot_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        snapshot.organisation = self.organisation  # type: ignore[attr-defined]
        return snapshot

    @cached_property
    def has_equality(self) -> bool:
        return self.request.user.has_perm("workforce.keep_equality", self.organisation)  # type: ignore[attr-defined]


class OpensStaffRecordMixin(StaffRecordMixin):
    """A press that opens it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where the people were deleted, the page of the export says so."""
        try:
            return self.answered()
        except PeopleAreGone as gone:
            messages.error(request, str(gone))
            return redirect(self.address("workforce:show_staff_record", pk=self.snapshot.pk))  # type: ignore[attr-defined]

    def opened(self) -> staff_record.StaffRecord:
        """The export. Each time it is opened is written down."""
        return staff_record.open_staff_record(
            actor=self.request.user,  # type: ignore[attr-defined]
            snapshot=self.snapshot,
            classify=whom_of(self.snapshot).classify,
            equality=self.has_equality,
        )


class ShowStaffRecordView(StaffRecordMixin, WorkspaceView):
    """What the export is, before anything is opened."""

    template_name = "workforce/show_staff_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            snapshot=self.snapshot, rows_are_gone=not queries.has_its_people(self.snapshot), equality_is_gone=not queries.has_its_equality(self.snapshot), year=year_words(self.snapshot.year), fields=FIELDS, has_equality=self.has_equality, **kwargs
        )  # fmt: skip


class CheckStaffRecordView(OpensStaffRecordMixin, WorkspaceView):
    """The validation report. It opens rows of people, and so is asked for by a button."""

    template_name = "workforce/check_staff_record.html"

    def answered(self) -> HttpResponse:
        record = self.opened()
        shown = Paginator(record.report.findings, ROWS_A_PAGE).get_page(1)
        counted = {f"{weight}s": len(record.report.of(weight)) for weight in Weight}
        return self.render_to_response(
            self.get_context_data(
                record=record, report=record.report, page_obj=shown, snapshot=self.snapshot, **counted
            )
        )


class TakeStaffRecordOutView(OpensStaffRecordMixin, WorkspaceMixin, View):
    """The export or its report as a file."""

    def answered(self) -> HttpResponse:
        record, kind = self.opened(), self.kwargs["kind"]
        name = f"staff-record-{record.year.begins}-{self.snapshot.as_at.isoformat()}"
        if kind == "csv":
            return _text(as_csv(record.people, record.year), "text/csv; charset=utf-8", f"{name}.csv")
        if kind == "xml":
            ukprn = populating.statement().ukprn
            return _text(as_xml(record.people, record.year, ukprn), "application/xml", f"{name}.xml")
        if kind == "report":
            return tables_as_file(
                list(readying.report_as_tables(record.report)), "Validation report", "xlsx", self.organisation
            )
        raise Http404("No such file.")


def _text(lines: Iterable[str], kind: str, name: str) -> HttpResponse:
    return HttpResponse("".join(lines), content_type=kind, headers=kept_from_caches(name))
