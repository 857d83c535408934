"""Links to what actions wait for, made where actions are written: as the interchange format says, and as their words name codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from ..models import Dependency, Plan
from ..queries.waiting import Graph, action_known_as, codes_in, codes_of, leads_to, waits_in


def link_waits(plan: Plan, told: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """Link what was just written: what the interchange format says of the actions in `told`, then the codes that words name.

    Call it within the transaction that wrote them, holding the plan. What would be a ring keeps its words without a link.
    """
    rows = list(Dependency.objects.filter(plan=plan).select_related("action").order_by("action_id", "order"))
    if not rows:
        return
    graph = waits_in(plan)
    _link_told(plan, rows, told, graph)
    _link_recognised(plan, rows, graph)


def _link_told(
    plan: Plan, rows: Sequence[Dependency], told: Mapping[int, Sequence[Mapping[str, Any]]], graph: Graph
) -> None:
    for row in rows:
        said = told.get(row.action_id, ())
        link = said[row.order].get("on") if row.order < len(said) and row.on_id is None else None
        on = action_known_as(plan, link["id"], above=link["above"]) if link else None
        if on and _may_wait(graph, row.action_id, on.pk):
            _link(row, on.pk, graph, is_recognised=False)


def _link_recognised(plan: Plan, rows: Sequence[Dependency], graph: Graph) -> None:
    """Link each text to the first action that it names, with a row without words for each further one; forget what is named no more."""
    codes, wanted = codes_of(plan), defaultdict(list)
    for row in rows:
        if row.text and (row.on_id is None or row.is_recognised):
            wanted[row.pk] = [pk for pk in codes_in(row.text, codes) if pk != row.action_id]
    for row in rows:
        if row.is_recognised and row.on_id not in wanted.get(row.pk, ()):
            graph[row.action_id].discard(row.on_id or 0)
            if row.text:
                Dependency.objects.filter(pk=row.pk).update(on=None, is_recognised=False)
                row.on_id = None
            else:
                row.delete()
    for row in rows:
        for pk in wanted.get(row.pk, ()):
            if _may_wait(graph, row.action_id, pk):
                _link(row if row.on_id is None else _another(row), pk, graph, is_recognised=True)


def _may_wait(graph: Graph, action: int, on: int) -> bool:
    return on not in graph[action] and not leads_to(graph, on, action)


def _another(row: Dependency) -> Dependency:
    last = Dependency.objects.filter(action=row.action_id).aggregate(last=Max("order"))["last"]
    return Dependency.objects.create(
        organisation_id=row.organisation_id, plan_id=row.plan_id, action_id=row.action_id, order=last + 1, text=""
    )


def _link(row: Dependency, on: int, graph: Graph, *, is_recognised: bool) -> None:
    row.on_id, row.is_recognised = on, is_recognised
    row.save(update_fields=["on", "is_recognised"])
    graph[row.action_id].add(on)
