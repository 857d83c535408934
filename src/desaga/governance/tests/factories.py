"""Things to test with, made through the operations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from desaga.organisations.models import Group, Organisation, Person, Unit
from desaga.organisations.tests.factories import GroupFactory, PersonFactory, UnitFactory
from desaga.tenancy.context import within

from ..models import BudgetEntry, BudgetLine, TermsOfReference
from ..operations.budget import add_entry, add_line
from ..operations.champions import name_champion
from ..operations.terms import agree_terms
from ..states import EntryKind, LineKind

YEAR = 2026
LONG_AGO = date(2024, 8, 1)


def make_terms(group: Group, *, actor: Any = None, **fields: Any) -> TermsOfReference:
    """The next version of a group's terms."""
    with within(group.organisation, user=actor):
        last = TermsOfReference.objects.filter(group=group).first()
        told = {"text": "# Purpose\nTo review the plan.", "agreed_on": LONG_AGO, **fields}
        return agree_terms(actor=actor, group=group, after=last.number if last else 0, **told)


def make_line(organisation: Organisation, *, actor: Any = None, **fields: Any) -> BudgetLine:
    told = {"year": YEAR, "name": "Training", "kind": LineKind.TRAINING, "allotted": Decimal("1000.00"), **fields}
    with within(organisation, user=actor):
        return add_line(actor=actor, organisation=organisation, **told)


def make_plan(organisation: Organisation) -> Any:
    """A plan, which stands above this slice: only the field that names it knows its kind."""
    with within(organisation):
        return BudgetLine._meta.get_field("plan").related_model._base_manager.create(
            organisation=organisation, title="Plan"
        )


def make_entry(line: BudgetLine, *, actor: Any = None, **fields: Any) -> BudgetEntry:
    told = {"kind": EntryKind.SPENT, "amount": Decimal("10.50"), "on": date(YEAR, 9, 1), "what": "A course", **fields}
    with within(line.organisation, user=actor):
        return add_entry(actor=actor, line=line, **told)


def make_champion(unit: Unit, *, person: Person | None = None, actor: Any = None, **fields: Any) -> Any:
    organisation = unit.organisation
    person = person or PersonFactory(recorded_by=organisation)
    with within(organisation, user=actor):
        return name_champion(actor=actor, unit=unit, person=person, **{"starts_on": LONG_AGO, **fields})


def furnish_governance(organisation: Organisation, *, actor: Any = None) -> None:
    """Terms of each group, a champion of a unit, and a line with an entry."""
    with within(organisation, user=actor):
        groups, unit = list(Group.objects.all()), Unit.objects.order_by("pk").first()
    for group in groups or [GroupFactory(organisation=organisation)]:
        make_terms(group, actor=actor)
    make_champion(unit or UnitFactory(organisation=organisation), actor=actor)
    make_entry(make_line(organisation, actor=actor), actor=actor)
