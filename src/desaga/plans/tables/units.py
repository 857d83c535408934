"""Units' plans, and what of them answers the institution's, as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..models import Plan
from ..queries.units import actions_to_answer, names_of_units, root_of, unit_plans, with_answers

PLANS = (
    Column("Unit", width=34), Column("Plan", width=44), Column("Period", "date", 26), Column("State", width=10),
    Column("Actions", "number", 10), Column("Complete", "number", 10), Column("Overdue", "number", 10), Column("Answers", "number", 10),
)  # fmt: skip


def tables_of_units(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """Two tables: the units' plans, and each action of the institution's plan with the units' actions that answer it.

    Of a unit's plan, that unit alone.
    """
    root, told = root_of(plan), f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
    below = [one for one in unit_plans(root) if plan.pk in (root.pk, one.pk)]
    plans = [
        [one.unit.name, one.title, one.period, one.get_state_display(), one.action_count, one.complete_count, one.overdue_count, one.answer_count]
        for one in below
    ]  # fmt: skip
    names = names_of_units(below)
    answered = [
        [row.action.code, row.action.title, *(_cell(row.by_plan.get(pk, ())) for pk in names)]
        for row in with_answers(actions_to_answer(root))
    ]
    heads = [
        Column("Code", "code", 10),
        Column("What will be done", width=50),
        *(Column(n, width=16) for n in names.values()),
    ]
    return [
        Table("units", f"{root.title}: units’ plans", PLANS, plans, told, () if plans else ("No unit has a plan yet.",)),
        Table("answers", "Which unit answers what", heads, answered, told),
    ]  # fmt: skip


def _cell(actions: Any) -> str:
    return "\n".join(action.code or action.short_title for action in actions)
