"""Budget lines of a financial year, and what they are used for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import BudgetEntry, BudgetLine
from ..queries.budget import lines_to_copy
from ..states import EntryKind


class LineNameTaken(Refused):
    """This year has a line of this name already."""


class PlanOfAnother(Refused):
    """That plan belongs to another organisation."""


class LineHasEntries(Refused):
    """Something was committed or spent on this line, so it stays. Move or remove its entries first."""


class NothingToCopy(Refused):
    """Every line of the year before is here already, or it has none."""


class NoAmount(Refused):
    """Write an amount above nought. Only money that comes back is below, and that is spent, not committed."""


COPIED = ("name", "kind", "allotted", "note", "plan")


@transaction.atomic
def add_line(*, actor: Any, organisation: Organisation, year: int, **fields: Any) -> BudgetLine:
    """Add a line to a financial year. Raises `LineNameTaken`, `PlanOfAnother`."""
    locked(organisation)
    _refuse_plan(organisation.pk, fields.get("plan"))
    _refuse_name(organisation.pk, year, fields["name"])
    return add_row(BudgetLine, actor=actor, organisation=organisation, year=year, **fields)


@transaction.atomic
def change_line(*, actor: Any, line: BudgetLine, **fields: Any) -> BudgetLine:
    """Change what a line is for or how much is allotted. Raises `LineNameTaken`, `PlanOfAnother`."""
    locked(line.organisation)
    _refuse_plan(line.organisation_id, fields.get("plan"))
    _refuse_name(line.organisation_id, line.year, fields.get("name", line.name), but=line.pk)
    return change_row(line, actor=actor, fields=fields)


@transaction.atomic
def remove_line(*, actor: Any, line: BudgetLine) -> None:
    """Remove a line that nothing was committed or spent on. Raises `LineHasEntries`."""
    held = locked(line)
    if held.entries.exists():
        raise LineHasEntries
    _record_removal(actor, held, ("year", "name", "kind", "allotted"))
    held.delete()


@transaction.atomic
def copy_lines(*, actor: Any, organisation: Organisation, year: int) -> int:
    """Give a year the lines of the year before that it lacks, with what was allotted, without entries; answers how many.

    Raises `NothingToCopy`.
    """
    locked(organisation)
    wanted = lines_to_copy(organisation, year)
    if not wanted:
        raise NothingToCopy
    for one in wanted:
        fields = {name: getattr(one, name) for name in COPIED}
        add_row(BudgetLine, actor=actor, verb="copied", organisation=organisation, year=year, **fields)
    return len(wanted)


@transaction.atomic
def add_entry(*, actor: Any, line: BudgetLine, **fields: Any) -> BudgetEntry:
    """Write down what was committed or spent. More than is left is not refused, but said. Raises `NoAmount`."""
    locked(line)
    _refuse_amount(fields["kind"], fields["amount"])
    return add_row(BudgetEntry, actor=actor, organisation=line.organisation, line=line, **fields)


@transaction.atomic
def change_entry(*, actor: Any, entry: BudgetEntry, **fields: Any) -> BudgetEntry:
    """Change an entry: what was committed becomes what was spent once it is paid. Raises `NoAmount`."""
    held = locked(entry)
    _refuse_amount(fields.get("kind", held.kind), fields.get("amount", held.amount))
    return change_row(held, actor=actor, fields=fields)


@transaction.atomic
def remove_entry(*, actor: Any, entry: BudgetEntry) -> None:
    """Remove an entry that was a mistake; the audit keeps what it said."""
    held = locked(entry)
    _record_removal(actor, held, ("line", "kind", "amount", "on", "what", "reference"))
    held.delete()


def _record_removal(actor: Any, thing: Any, names: tuple[str, ...]) -> None:
    gone = {name: [value, None] for name, value in audit.snapshot(thing, *names).items() if value not in (None, "")}
    audit.record(actor=actor, verb="removed", thing=thing, changes=gone)


def _refuse_name(organisation_id: int, year: int, name: str, but: int = 0) -> None:
    same = BudgetLine.objects.filter(organisation=organisation_id, year=year, name__iexact=name)
    if same.exclude(pk=but).exists():
        raise LineNameTaken


def _refuse_plan(organisation_id: int, plan: Any) -> None:
    if plan is not None and plan.organisation_id != organisation_id:
        raise PlanOfAnother


def _refuse_amount(kind: str, amount: Decimal) -> None:
    if amount == 0 or (amount < 0 and kind != EntryKind.SPENT):
        raise NoAmount
