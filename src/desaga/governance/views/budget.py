"""The budget of a financial year, its lines and their entries."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..forms import EntryForm, LineForm
from ..models import EARLIEST_YEAR, LATEST_YEAR, BudgetEntry, BudgetLine
from ..money import days_of, year_label, year_of
from ..operations import budget as operations
from ..queries import budget as queries
from ..tables import budget_tables
from ..taking import FORMATS_OFFERED, as_file

ROWS_A_PAGE = 50


class BudgetMixin:
    section = "organisations"
    permission = "governance.see_budget"


class KeepsBudgetMixin:
    section = "organisations"
    permission = "governance.keep_budget"


class ShowCurrentBudgetView(BudgetMixin, WorkspaceMixin, View):
    """On to the financial year that today is in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        year = year_of(timezone.localdate(), self.organisation.financial_year_starts_in)
        return redirect(self.address("governance:show_budget", year=year))


class OneYearMixin:
    """A page of one financial year; 404 where it is beyond reach."""

    @cached_property
    def year(self) -> int:
        year: int = self.kwargs["year"]  # type: ignore[attr-defined]
        if not EARLIEST_YEAR < year < LATEST_YEAR:
            raise Http404("No such year.")
        return year

    @property
    def first_month(self) -> int:
        return self.organisation.financial_year_starts_in  # type: ignore[attr-defined]

    def label_of(self, year: int) -> str:
        return year_label(year, self.first_month)

    def back(self) -> str:
        return self.address("governance:show_budget", year=self.year)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"year": self.year, "label": self.label_of(self.year), "label_before": self.label_of(self.year - 1)}
        return super().get_context_data(**{**kwargs, **words})  # type: ignore[misc]


class ShowBudgetView(OneYearMixin, BudgetMixin, WorkspaceView):
    template_name = "governance/show_budget.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today_year = year_of(timezone.localdate(), self.first_month)
        known = queries.years_with_lines(self.organisation)
        years = sorted({self.year, today_year, *known, *(year + 1 for year in known[:1])})
        return super().get_context_data(
            budget=queries.budget_summary(self.organisation, self.year),
            years=[
                {
                    "label": self.label_of(year),
                    "url": self.address("governance:show_budget", year=year),
                    "is_current": year == self.year,
                }
                for year in years
            ],
            to_copy=queries.lines_to_copy(self.organisation, self.year),
            formats=FORMATS_OFFERED,
            **kwargs,
        )


class CompareYearsView(OneYearMixin, BudgetMixin, WorkspaceView):
    template_name = "governance/compare_years.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years, rows = queries.budget_beside(self.organisation, self.year)
        return super().get_context_data(years=years, rows=rows, **kwargs)


class TakeBudgetOutView(OneYearMixin, BudgetMixin, WorkspaceMixin, View):
    """The budget of a year, with all entries, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        summary = queries.budget_summary(self.organisation, self.year)
        tables = budget_tables(summary, queries.entries_of_year(self.organisation, self.year))
        title = f"Budget {summary.label}"
        return as_file(tables, self.kwargs["format"], title, self.organisation, timezone.localdate())


class CopyLinesView(OneYearMixin, KeepsBudgetMixin, ConfirmView):
    button = "Copy the lines"
    sentence = (
        "Each line that this year lacks comes with its name, kind, plan, note and what was allotted. Entries do not."
    )
    said = "{}."

    def thing(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = f"Copy the lines of {self.label_of(self.year - 1)} to {self.label_of(self.year)}?"
        return {**super().get_context_data(**kwargs), "title": title}

    def perform(self) -> str:
        number = operations.copy_lines(actor=self.request.user, organisation=self.organisation, year=self.year)
        return "1 line is copied" if number == 1 else f"{number} lines are copied"


class AddLineView(OneYearMixin, KeepsBudgetMixin, WorkspaceFormView):
    form_class = LineForm
    title, button, said = "Add a line", "Add the line", "{} is added."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": BudgetLine(year=self.year)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": f"Add a line to {self.label_of(self.year)}"}

    def perform(self, form: LineForm) -> BudgetLine:
        where = {"organisation": self.organisation, "year": self.year}
        return operations.add_line(actor=self.request.user, **where, **form.cleaned_data)


class OneLineMixin(OneYearMixin):
    """A page about one line."""

    @cached_property
    def line(self) -> Any:
        line = queries.line_or_404(self.organisation, self.kwargs["pk"])  # type: ignore[attr-defined]
        if line.year != self.year:
            raise Http404("No such line in this year.")
        return line

    def back(self) -> str:
        return self.address("governance:show_line", year=self.year, pk=self.line.pk)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=self.line, **kwargs)


class ShowLineView(OneLineMixin, BudgetMixin, WorkspaceView):
    template_name = "governance/show_line.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.entries_of(self.line), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        starts_on, ends_on = days_of(self.year, self.first_month)
        for entry in page.object_list:
            entry.is_outside = not starts_on <= entry.on <= ends_on
        return super().get_context_data(page_obj=page, shown=queries.sums_of_line(self.line), **kwargs)


class EditLineView(OneLineMixin, KeepsBudgetMixin, WorkspaceFormView):
    form_class = LineForm
    title, button, said = "Change a line", "Save the line", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.line}

    def perform(self, form: LineForm) -> BudgetLine:
        return operations.change_line(actor=self.request.user, line=self.line, **form.cleaned_data)


class RemoveLineView(OneLineMixin, KeepsBudgetMixin, ConfirmView):
    title, button, said = "Remove this line?", "Remove the line", "The line is removed."
    sentence = "It can be removed as long as nothing was committed or spent on it."

    def thing(self) -> BudgetLine:
        return self.line

    def perform(self) -> None:
        operations.remove_line(actor=self.request.user, line=self.line)

    def back(self) -> str:
        return OneYearMixin.back(self)


class AddEntryView(OneLineMixin, KeepsBudgetMixin, WorkspaceFormView):
    form_class = EntryForm
    title, button, said = "Add an entry", "Add the entry", "{} is added."

    def get_form_kwargs(self) -> dict[str, Any]:
        entry = BudgetEntry(line=self.line, on=timezone.localdate())
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": entry}

    def perform(self, form: EntryForm) -> BudgetEntry:
        return operations.add_entry(actor=self.request.user, line=self.line, **form.cleaned_data)


class OneEntryMixin(OneLineMixin):
    @cached_property
    def entry(self) -> BudgetEntry:
        return queries.entry_or_404(self.line, self.kwargs["entry"])  # type: ignore[attr-defined]


class EditEntryView(OneEntryMixin, KeepsBudgetMixin, WorkspaceFormView):
    form_class = EntryForm
    title, button, said = "Change an entry", "Save the entry", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.entry}

    def perform(self, form: EntryForm) -> BudgetEntry:
        return operations.change_entry(actor=self.request.user, entry=self.entry, **form.cleaned_data)


class RemoveEntryView(OneEntryMixin, KeepsBudgetMixin, ConfirmView):
    title, button, said = "Remove this entry?", "Remove the entry", "The entry is removed."
    sentence = "Remove what was a mistake. What was paid is changed to spent instead. The audit keeps what it said."

    def thing(self) -> BudgetEntry:
        return self.entry

    def perform(self) -> None:
        operations.remove_entry(actor=self.request.user, entry=self.entry)
