"""Plans as a whole. All answer within the current scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.frameworks.queries import frameworks_known

from ..models import (
    Action,
    ActionOwner,
    Alignment,
    Doubt,
    ImportedDocument,
    Plan,
    Theme,
    late_on,
)
from ..states import PlanState, Status
from .finding import found, natural, short


def plans() -> QuerySet[Plan]:
    """The organisation's plans, without what their documents say about themselves."""
    return Plan.objects.defer("glossary", "phases", "frameworks", "unplaced", "notices")


def plans_listed() -> QuerySet[Plan]:
    """The same with what a list shows of each: how many actions, done, overdue, as usual, and open doubts."""

    def number(condition: Q) -> Any:
        rows = Action.objects.filter(condition, plan=OuterRef("pk")).order_by().values("plan")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    doubts = Doubt.objects.filter(plan=OuterRef("pk"), settled_at=None).order_by().values("plan")
    usual = Q(business_as_usual=True)
    return plans().annotate(
        action_count=number(~usual),
        usual_count=number(usual),
        complete_count=number(Q(status=Status.COMPLETE) & ~usual),
        overdue_count=number(late_on(timezone.localdate())),
        doubt_count=Coalesce(Subquery(doubts.annotate(n=Count("pk")).values("n")), 0),
    )


def plans_at_work() -> QuerySet[Plan]:
    """The plans that are active, the latest first."""
    return plans().filter(state=PlanState.ACTIVE).order_by("-starts", "title", "pk")


def plan(pk: int) -> Plan:
    """One plan with its unit and the plan above it."""
    told = ("glossary", "phases", "frameworks", "unplaced", "notices")
    return found(Plan.objects.select_related("unit", "under").defer(*(f"under__{name}" for name in told)), pk=pk)


def themes_of(plan: Plan) -> QuerySet[Theme]:
    """The plan's themes in its order."""
    return Theme.objects.filter(plan=plan)


def plan_counts() -> dict[str, int]:
    """How many plans are at work, and of their actions how many there are, are done, are overdue."""
    actions = Action.objects.filter(plan__state=PlanState.ACTIVE, business_as_usual=False)
    counts = actions.aggregate(
        actions=Count("pk"),
        complete=Count("pk", filter=Q(status=Status.COMPLETE)),
        overdue=Count("pk", filter=late_on(timezone.localdate())),
    )
    return {"plans": Plan.objects.filter(state=PlanState.ACTIVE).count(), **counts}


def documents_of(plan: Plan) -> QuerySet[ImportedDocument]:
    """The documents that a plan was made from."""
    return ImportedDocument.objects.filter(plan=plan).select_related("handed_in_by__person")


def parties_of(plan: Plan) -> list[tuple[str, str]]:
    """Who carries something of a plan: (code or words, the same with the full name), by code."""
    return parties_named(ActionOwner.objects.filter(plan=plan))


def parties_named(owners: QuerySet[ActionOwner]) -> list[tuple[str, str]]:
    """The same of whichever rows that say who carries something."""
    rows = owners.order_by().values_list("code", "text", "party__name").distinct()
    named: dict[str, tuple[str, str]] = {}
    for code, text, name in rows:
        short = code or text
        label = f"{short}: {name}" if name and name.casefold() != short.casefold() else short
        known = named.get(short.casefold())
        if known is None or len(label) > len(known[1]):
            named[short.casefold()] = (known[0] if known else short, label)
    return sorted(named.values(), key=lambda pair: pair[1].casefold())


def principles_of(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a plan's actions answer: a framework's name and its principles as (value, label), in the order of codes."""
    rows = Alignment.objects.filter(plan=plan).order_by().values_list("framework", "code").distinct()
    titles = principle_titles(plan)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for framework, code in sorted(rows, key=lambda row: (row[0].casefold(), natural(row[1]))):
        title = titles.get((framework, code), "")
        label = f"{code}: {title}" if title and title.casefold() != code.casefold() else code
        grouped.setdefault(framework or "No framework", []).append((f"{framework} · {code}", short(label)))
    return list(grouped.items())


def principle_titles(plan: Plan) -> dict[tuple[str, str], str]:
    """What principles are called: in frameworks that are known, else in the plan's own document."""
    own = {(sheet["name"], p["code"]): p["text"] for sheet in plan.frameworks for p in sheet["principles"]}
    return own | {(one.name, code): title for one in frameworks_known() for code, title, _ in one.principles}


def history_of(thing: Any) -> QuerySet[Any]:
    """What was done with a plan or an action, the latest first."""
    return entries_about(thing)
