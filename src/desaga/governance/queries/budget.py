"""The budget of a financial year: lines, what they are used for, and what is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from ..models import BudgetEntry, BudgetLine
from ..money import Bar, Sums, bar_of, days_of, total, year_label
from ..states import EntryKind

#: So many years stand beside one another.
YEARS_BESIDE = 4


@dataclass(frozen=True, slots=True)
class LineSums:
    """A line with its sums, in pounds."""

    pk: int
    name: str
    kind: str
    plan: str
    note: str
    sums: Sums

    @property
    def bar(self) -> Bar:
        return bar_of(self.sums)


@dataclass(frozen=True, slots=True)
class BudgetSummary:
    """A financial year: its lines by name, and what they come to. `label` is "2026/27"."""

    year: int
    label: str
    starts_on: date
    ends_on: date
    lines: tuple[LineSums, ...]

    @property
    def sums(self) -> Sums:
        return total(line.sums for line in self.lines)

    @property
    def bar(self) -> Bar:
        return bar_of(self.sums)

    @property
    def overspent_lines(self) -> tuple[LineSums, ...]:
        return tuple(line for line in self.lines if line.sums.overspent)


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of that name over several years; None where a year has none."""

    name: str
    years: tuple[LineSums | None, ...]


def budget_summary(organisation: Any, year: int) -> BudgetSummary:
    """The budget of one financial year of an organisation, summed by the database; in one query. Call within it.

    Ask `governance.see_budget` before you show it. Not paged: a budget has some tens of lines.
    """
    return _summary(organisation, year, list(lines_with_sums(organisation).filter(year=year)))


def budget_beside(organisation: Any, last: int) -> tuple[list[BudgetSummary], list[Beside]]:
    """The years up to `last` that have lines, at most four, and their lines of the same name in a row; in one query."""
    by_year: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in lines_with_sums(organisation).filter(year__gt=last - YEARS_BESIDE, year__lte=last):
        by_year[line.year].append(line)
    years = [_summary(organisation, year, by_year[year]) for year in sorted(by_year)]
    known = [{line.name.casefold(): line for line in year.lines} for year in years]
    names = {key: line.name for lines in known for key, line in lines.items()}
    return years, [Beside(names[key], tuple(lines.get(key) for lines in known)) for key in sorted(names)]


def lines_with_sums(organisation: Any) -> QuerySet[Any]:
    """An organisation's lines with `committed` and `spent`, by name."""
    rows = BudgetLine.objects.filter(organisation=organisation).select_related("plan")
    sums = {kind.value: _sum_of(kind) for kind in EntryKind}
    return rows.annotate(**sums).order_by("year", "name", "pk")


def _sum_of(kind: str) -> Coalesce:
    money = DecimalField(max_digits=14, decimal_places=2)
    return Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), Value(Decimal("0.00")), output_field=money)


def _summary(organisation: Any, year: int, lines: list[Any]) -> BudgetSummary:
    month = organisation.financial_year_starts_in
    starts_on, ends_on = days_of(year, month)
    return BudgetSummary(year, year_label(year, month), starts_on, ends_on, tuple(map(sums_of_line, lines)))


def sums_of_line(line: Any) -> LineSums:
    """A line of `lines_with_sums` as what pages and files show."""
    plan = line.plan.title if line.plan_id else ""
    sums = Sums(line.allotted, line.committed, line.spent)
    return LineSums(line.pk, line.name, line.get_kind_display(), plan, line.note, sums)


def years_with_lines(organisation: Any) -> list[int]:
    """The financial years that have lines, the latest first."""
    rows = BudgetLine.objects.filter(organisation=organisation).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def lines_to_copy(organisation: Any, year: int) -> list[BudgetLine]:
    """The lines of the year before that a year lacks, by name."""
    lines: dict[int, dict[str, BudgetLine]] = {year - 1: {}, year: {}}
    for line in BudgetLine.objects.filter(organisation=organisation, year__in=lines).order_by("name"):
        lines[line.year][line.name.casefold()] = line
    return [line for name, line in lines[year - 1].items() if name not in lines[year]]


def line_or_404(organisation: Any, pk: int) -> Any:
    """A line with its sums."""
    return get_object_or_404(lines_with_sums(organisation), pk=pk)


def entries_of(line: BudgetLine) -> QuerySet[BudgetEntry]:
    """What a line was used for, the latest first."""
    return BudgetEntry.objects.filter(line=line).select_related("line")


def entries_of_year(organisation: Any, year: int) -> QuerySet[BudgetEntry]:
    """What all lines of a year were used for, line by line, the first first."""
    rows = BudgetEntry.objects.filter(organisation=organisation, line__year=year).select_related("line")
    return rows.order_by("line__name", "on", "pk")


def entry_or_404(line: BudgetLine, pk: int) -> BudgetEntry:
    return get_object_or_404(entries_of(line), pk=pk)


def plans_to_choose(organisation: Any) -> QuerySet[Any]:
    """The organisation's plans. They stand above this slice, so they are reached by the field that names them."""
    model = BudgetLine._meta.get_field("plan").related_model
    return model._default_manager.filter(organisation=organisation).order_by("title")
