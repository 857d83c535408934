"""Units' plans under the institution's, and which of their actions answer which of its. All within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from desaga.organisations.models import Unit
from desaga.organisations.queries import open_units

from ..models import Action, Answer, Plan
from ..states import PlanState
from .finding import found
from .plans import plans, plans_listed

SHOWN = ("plan_id", "code", "title", "status", "rag", "business_as_usual", "order", "last_day")


@dataclass(frozen=True, slots=True)
class AnsweredAction:
    """An action of the institution's plan with the units' actions that answer it, by the id of their plan."""

    action: Action
    by_plan: dict[int, list[Action]] = field(default_factory=dict)


def root_of(plan: Plan) -> Plan:
    """The institution's plan: the one above, or the plan itself."""
    return plan.under or plan


def unit_plans(plan: Plan) -> QuerySet[Plan]:
    """The plans under a plan with what a list shows of each, `answer_count` too: how many of its actions they answer; by unit."""
    answers = Answer.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    number = Coalesce(Subquery(answers.annotate(n=Count("answered", distinct=True)).values("n")), 0)
    return (
        plans_listed()
        .select_related("unit")
        .filter(under=plan)
        .annotate(answer_count=number)
        .order_by("unit__name", "title", "pk")
    )


def actions_to_answer(plan: Plan, *, only_gaps: bool = False, by: Plan | None = None) -> QuerySet[Action]:
    """What units may answer of an institution's plan: its actions without business as usual; `only_gaps` those that none answers.

    `by` counts one unit's plan alone.
    """
    rows = Action.objects.filter(plan=plan, business_as_usual=False)
    if only_gaps:
        answers = Answer.objects.filter(answered=OuterRef("pk"))
        rows = rows.filter(~Exists(answers.filter(plan=by) if by else answers))
    return rows.order_by("theme__order", "order").only(*SHOWN)


def answered_count(plan: Plan, by: Plan | None = None) -> int:
    """How many of them at least one unit, or this one, answers."""
    answers = Answer.objects.filter(answered__plan=plan, answered__business_as_usual=False)
    return (answers.filter(plan=by) if by else answers).aggregate(n=Count("answered", distinct=True))["n"]


def with_answers(actions: Iterable[Action], by: Plan | None = None) -> list[AnsweredAction]:
    """These actions with what answers each, in one query."""
    rows = list(actions)
    answers = Answer.objects.filter(answered__in=[row.pk for row in rows])
    if by:
        answers = answers.filter(plan=by)
    told: dict[int, dict[int, list[Action]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers.select_related("action").only(
        "answered_id", "plan_id", "action_id", *(f"action__{name}" for name in SHOWN)
    ):
        told[answer.answered_id][answer.plan_id].append(answer.action)
    return [AnsweredAction(row, dict(told.get(row.pk, {}))) for row in rows]


def answers_around(action: Action) -> tuple[list[Answer], list[Answer]]:
    """What an action answers, and what of units' plans answers it, in one query."""
    rows = Answer.objects.filter(Q(action=action) | Q(answered=action))
    both = list(
        rows.select_related("action", "answered", "plan__unit").defer(
            "action__how", "action__success", "action__source_rows", "answered__how", "answered__success",
            "answered__source_rows", "plan__glossary", "plan__phases", "plan__frameworks", "plan__unplaced", "plan__notices",
        )
    )  # fmt: skip
    return [one for one in both if one.action_id == action.pk], [one for one in both if one.answered_id == action.pk]


def answer(action: Action, pk: int) -> Answer:
    return found(Answer.objects.select_related("answered", "plan"), action=action, pk=pk)


def left_to_answer(action: Action) -> QuerySet[Action]:
    """The actions of the plan above that an action does not answer yet."""
    answered = Answer.objects.filter(action=action).values("answered")
    return Action.objects.filter(plan=action.plan.under_id).exclude(pk__in=answered).order_by("order")


def plans_to_stand_under(plan: Plan | None = None) -> QuerySet[Plan]:
    """The plans that a unit's plan may stand under: closed ones are left out, but for where it stands now."""
    here = plan.under_id if plan else None
    rows = plans().filter(Q(under=None) & ~Q(state=PlanState.CLOSED) | Q(pk=here))
    return rows.exclude(pk=plan.pk) if plan else rows


def units_to_choose(plan: Plan | None = None) -> QuerySet[Unit]:
    """The units there are now, and that of the plan if it is no more."""
    return open_units() | Unit.objects.filter(pk__in=[plan.unit_id] if plan and plan.unit_id else [])


def names_of_units(of: Sequence[Plan]) -> dict[int, str]:
    """What each unit's plan is called in the head of a column: the unit's code, else its name."""
    return {plan.pk: (plan.unit.code or plan.unit.name) if plan.unit else plan.title for plan in of}
