"""Champions and budget as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from desaga.documents.out import Column, Table

from .models import BudgetEntry
from .money import Sums
from .queries.budget import BudgetSummary
from .queries.champions import Coverage, Covered, UnitCoverage

NO_DAY = ""
COVERED = {Covered.OWN: "Own champion", Covered.ABOVE: "By the unit above", Covered.NONE: "None"}
UNITS = (
    Column("Unit", width=44), Column("Kind", width=14), Column("Technical workforce", width=12),
    Column("Covered", width=20), Column("Champion", width=28), Column("E-mail", width=32),
    Column("From", "date", 12), Column("Until", "date", 12),
)  # fmt: skip
SUMS = (
    Column("Allotted, £", "number", 14), Column("Committed, £", "number", 14), Column("Spent, £", "number", 14),
    Column("Left, £", "number", 14),
)  # fmt: skip
LINES = (Column("Line", width=40), Column("Kind", width=24), Column("Plan", width=36), *SUMS, Column("Note", width=50))
ENTRIES = (
    Column("Line", width=40), Column("Date", "date", 12), Column("What for", width=44), Column("Kind", width=12),
    Column("Amount, £", "number", 14), Column("Reference", width=20),
)  # fmt: skip


def coverage_tables(coverage: Coverage, today: date) -> list[Table]:
    """One row for each champion of a unit, or for a unit that has none."""
    rows = [row for unit in coverage.units for row in _unit_rows(unit)]
    counted = f"{coverage.own} of {coverage.counted} units with technical workforce have their own champion"
    whole = ", ".join(one.name for one in coverage.of_the_whole)
    notes = [f"Champion of the whole organisation: {whole}."] if whole else []
    return [Table("champions", "Champions by unit", UNITS, rows, f"{counted}; {today:%d.%m.%Y}", notes)]


def _unit_rows(unit: UnitCoverage) -> Iterable[list[str]]:
    name = f"{'– ' * unit.depth}{unit.name}".removeprefix(" ")
    state = COVERED[unit.covered] if unit.counts or unit.champions else "Not counted"
    start = [name, unit.kind, "yes" if unit.counts else "no", state]
    if not unit.champions:
        yield [*start, unit.above and f"By {unit.above}", "", NO_DAY, NO_DAY]
    for one in unit.champions:
        yield [*start, one.name, one.email, day(one.since), day(one.until)]


def budget_tables(summary: BudgetSummary, entries: Iterable[BudgetEntry]) -> list[Table]:
    """The lines with their sums, the total last; and all entries."""
    rows: list[list[str | float]] = [
        [line.name, line.kind, line.plan, *_sums(line.sums), line.note] for line in summary.lines
    ]
    rows.append(["All lines", "", "", *_sums(summary.sums), ""])
    used = [
        [one.line.name, day(one.on), one.what, one.get_kind_display(), figure(one.amount), one.reference]
        for one in entries
    ]
    over = [f"{line.name} is overspent by £{line.sums.overspent:,.2f}." for line in summary.overspent_lines]
    counted = f"Financial year {summary.label}, in pounds"
    return [
        Table("lines", f"Budget {summary.label}", LINES, rows, counted, over),
        Table("entries", f"Committed and spent {summary.label}", ENTRIES, used, counted),
    ]


def _sums(sums: Sums) -> list[float]:
    return [figure(amount) for amount in (sums.allotted, sums.committed, sums.spent, sums.left)]


def figure(amount: Decimal) -> float:
    """An amount for a spreadsheet, which knows no decimals: exact to the penny up to twelve digits."""
    return float(amount)


def day(value: date | None) -> str:
    return f"{value:%Y-%m-%d}" if value else NO_DAY
