"""What figures are counted by, how ready the data are, and the coded export for the Staff record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from .. import populating, queries, readying
from ..forms import ComparatorForm, StatementForm
from ..models import Comparator, Snapshot
from ..operations import readiness, staff_record, stating
from ..readiness.checks import Weight
from ..readiness.fields import EXPECTED_FROM, FIELDS, OPTIONAL_SINCE, year_words
from ..readiness.record import as_csv, as_xml

ROWS_A_PAGE = 50
FORMATS_OFFERED = [(ending, FORMATS[ending].label) for ending in ("xlsx", "csv")]


class StatingMixin:
    permission = "workforce.state_figures"
    section = "workforce"


class ShowStatementView(StatingMixin, WorkspaceView):
    template_name = "workforce/show_statement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = populating.statement()
        latest = queries.snapshots_in_force().first()
        return super().get_context_data(
            statement=held,
            bands=populating.bands_shown(held),
            unranked=populating.unranked(held, latest),
            comparators=populating.comparators()[:ROWS_A_PAGE],
            **kwargs,
        )


class EditStatementView(StatingMixin, WorkspaceFormView):
    form_class = StatementForm
    template_name = "workforce/edit_statement.html"
    title = "What figures are counted by"
    button = "Save"
    said = "Saved. The next release is counted by it; what was released before stays as it was."
    goes_to = "workforce:show_statement"

    def get_initial(self) -> dict[str, Any]:
        held = populating.statement()
        return {name: getattr(held, name) for name in ("grades", "age_bands", "retirement_ages", "ukprn")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = queries.snapshots_in_force().first()
        return super().get_context_data(unranked=populating.unranked(populating.statement(), latest), **kwargs)

    def perform(self, form: StatementForm) -> Any:
        return stating.state_figures(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class ComparatorMixin(StatingMixin):
    goes_to = "workforce:show_statement"
    template_name = "workforce/edit_comparator.html"

    @cached_property
    def comparator(self) -> Comparator:
        return populating.comparator_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]


class AddComparatorView(ComparatorMixin, WorkspaceFormView):
    form_class = ComparatorForm
    title, button, said = (
        "A share of others to set beside yours",
        "Enter the share",
        "Entered. It stands beside yours from the next release on.",
    )

    def perform(self, form: ComparatorForm) -> Any:
        return stating.add_comparator(actor=self.request.user, organisation=self.organisation, **form.told)


class EditComparatorView(AddComparatorView):
    title, button, said = "Correct the share of others", "Save the share", "Saved."

    def get_initial(self) -> dict[str, Any]:
        held = self.comparator
        told = {name: getattr(held, name) for name in ("share", "name", "year", "source")}
        return {**told, "about": f"{held.characteristic}:{held.group}"}

    def perform(self, form: ComparatorForm) -> Any:
        return stating.change_comparator(actor=self.request.user, comparator=self.comparator, **form.told)


class RemoveComparatorView(ComparatorMixin, ConfirmView):
    template_name = "organisations/confirm.html"
    title, button, said = "Take the share of others away", "Take it away", "Taken away."
    sentence = "It stands beside yours no more from the next release on. What was released with it stays as it was."

    def thing(self) -> Comparator:
        return self.comparator

    def perform(self) -> None:
        stating.remove_comparator(actor=self.request.user, comparator=self.comparator)


class ReadinessMixin:
    permission = "workforce.see_readiness"
    section = "workforce"

    @cached_property
    def is_steward(self) -> bool:
        return self.request.user.has_perm("workforce.load_extract", self.organisation)  # type: ignore[attr-defined]

    @cached_property
    def measured(self) -> Any:
        return populating.last_readiness()

    @cached_property
    def lines(self) -> list[readying.Line]:
        codes = populating.codes_of(self.measured.snapshot.year)
        return readying.lines_of(self.measured, codes, exact=self.is_steward)


class ShowReadinessView(ReadinessMixin, WorkspaceView):
    """How ready the newest snapshot that was looked at is; the steward has the newest of all looked at."""

    template_name = "workforce/show_readiness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = queries.snapshots_in_force().first()
        measured = self.measured
        return super().get_context_data(
            measured=measured,
            lines=self.lines if measured else [],
            year=year_words(measured.snapshot.year) if measured else "",
            latest=latest,
            is_newer=latest is not None and (measured is None or measured.snapshot_id != latest.pk),
            is_steward=self.is_steward,
            formats=FORMATS_OFFERED,
            optional_since=year_words(OPTIONAL_SINCE),
            expected_from=year_words(EXPECTED_FROM),
            **kwargs,
        )


class MeasureReadinessView(WorkspaceMixin, View):
    """Looks at the newest snapshot."""

    permission = "workforce.load_extract"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        snapshot = queries.snapshots_in_force().first()
        if snapshot is None:
            raise Http404("There is no snapshot yet.")
        readiness.measure_readiness(actor=request.user, snapshot=snapshot, classify=populating.classifier(snapshot))
        messages.success(request, f"The snapshot of {snapshot} was looked at.")
        return redirect(self.address("workforce:show_readiness"))


class TakeReadinessOutView(ReadinessMixin, WorkspaceMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.measured is None:
            raise Http404("Nothing was looked at yet.")
        snapshot = self.measured.snapshot
        table = readying.readiness_as_table(self.lines, snapshot.as_at, snapshot.year)
        return _file([table], "Readiness for the Staff record", kwargs["format"], self.organisation)


def _file(tables: list[Any], title: str, ending: str, organisation: Any) -> HttpResponse:
    if ending not in dict(FORMATS_OFFERED):
        raise Http404("No such format.")
    today, form = timezone.localdate(), FORMATS[ending]
    content = form.write(tables, Imprint(title, organisation.name, today, font_files()))
    headers = _kept_from_caches(f"{title.lower().replace(' ', '-')}-{today.isoformat()}.{ending}")
    return HttpResponse(content, content_type=form.media_type, headers=headers)


def _kept_from_caches(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}


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

    def opened(self) -> staff_record.StaffRecord:
        """The export. Each time it is opened is written down."""
        return staff_record.open_staff_record(
            actor=self.request.user,  # type: ignore[attr-defined]
            snapshot=self.snapshot,
            classify=populating.classifier(self.snapshot),
            equality=self.has_equality,
        )


class ShowStaffRecordView(StaffRecordMixin, WorkspaceView):
    """What the export is, before anything is opened."""

    template_name = "workforce/show_staff_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            snapshot=self.snapshot, year=year_words(self.snapshot.year), fields=FIELDS, has_equality=self.has_equality, **kwargs
        )  # fmt: skip


class CheckStaffRecordView(StaffRecordMixin, WorkspaceView):
    """The validation report. It opens rows of people, and so is asked for by a button."""

    template_name = "workforce/check_staff_record.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.opened()
        shown = Paginator(record.report.findings, ROWS_A_PAGE).get_page(1)
        counted = {f"{weight}s": len(record.report.of(weight)) for weight in Weight}
        return self.render_to_response(
            self.get_context_data(
                record=record, report=record.report, page_obj=shown, snapshot=self.snapshot, **counted
            )
        )


class TakeStaffRecordOutView(StaffRecordMixin, WorkspaceMixin, View):
    """The export or its report as a file."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record, kind = self.opened(), kwargs["kind"]
        name = f"staff-record-{record.year.begins}-{self.snapshot.as_at.isoformat()}"
        if kind == "csv":
            return _text(as_csv(record.people, record.year), "text/csv; charset=utf-8", f"{name}.csv")
        if kind == "xml":
            ukprn = populating.statement().ukprn
            return _text(as_xml(record.people, record.year, ukprn), "application/xml", f"{name}.xml")
        if kind == "report":
            return _file(list(readying.report_as_tables(record.report)), "Validation report", "xlsx", self.organisation)
        raise Http404("No such file.")


def _text(lines: Iterable[str], kind: str, name: str) -> HttpResponse:
    return HttpResponse("".join(lines), content_type=kind, headers=_kept_from_caches(name))
