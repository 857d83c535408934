"""What waits for what. All answer within the current scope."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.db.models import Q, QuerySet

from ..models import Action, Dependency, Plan
from .actions import narrowed
from .finding import found

#: Which actions each action waits for, by their ids.
Graph = dict[int, set[int]]
MOST_FOUND = 30


def waits_in(plan: Plan) -> Graph:
    """What waits for what in a plan and the plan above it."""
    rows = Dependency.objects.filter(Q(plan=plan) | Q(plan=plan.under_id), on__isnull=False)
    graph: Graph = defaultdict(set)
    for action, on in rows.order_by().values_list("action_id", "on_id"):
        graph[action].add(on)
    return graph


def leads_to(graph: Graph, first: int, last: int) -> bool:
    """Whether one action waits for another, itself or through others; every action leads to itself."""
    seen, left = set(), [first]
    while left:
        here = left.pop()
        if here == last:
            return True
        if here not in seen:
            seen.add(here)
            left.extend(graph.get(here, ()))
    return False


def action_known_as(plan: Plan, name: str, *, above: bool) -> Action | None:
    """The action of a plan, or of the plan above it, that the interchange format calls so (`stable_id`)."""
    rows = Action.objects.filter(plan=plan.under_id if above else plan.pk)
    own = name.removeprefix("desaga-")
    by_number = (
        rows.filter(pk=int(own), reading_id="") if own != name and own.isdecimal() and len(own) < 18 else rows.none()
    )
    return rows.filter(reading_id=name).first() or by_number.first()


def codes_of(plan: Plan) -> dict[str, int]:
    """The actions of a plan by their codes, in lower case, where a code names one action alone."""
    known: dict[str, list[int]] = defaultdict(list)
    for code, pk in Action.objects.filter(plan=plan).exclude(code="").values_list("code", "pk"):
        known[code.casefold()].append(pk)
    return {code: pks[0] for code, pks in known.items() if len(pks) == 1}


def codes_in(text: str, codes: Mapping[str, int]) -> list[int]:
    """The actions whose codes a text names, in its order, each once."""
    return list(dict.fromkeys(codes[word] for word in _pieces(text) if word in codes))


def _pieces(text: str) -> Sequence[str]:
    """Every word of a text that could be a code, and each pair of them ("Pillar 2a")."""
    words = [word.strip(".,;:()[]") for word in re.split(r"\s+", text.casefold()) if word]
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


def actions_to_wait_for(action: Action, words: str) -> Sequence[Action]:
    """The first actions of its plan and the plan above that hold every word, and that an action may wait for."""
    plan = action.plan
    graph = waits_in(plan)
    others = Action.objects.filter(Q(plan=plan) | Q(plan=plan.under_id)).exclude(
        pk__in=[action.pk, *graph.get(action.pk, ())]
    )
    fitting = narrowed(others, {"q": words}).select_related("plan").order_by("plan__under", "order")
    rows = fitting.defer("how", "success", "comments", "source_rows")
    return [one for one in rows[: MOST_FOUND * 2] if not leads_to(graph, one.pk, action.pk)][:MOST_FOUND]


def waiting_for(action: Action) -> QuerySet[Dependency]:
    """What waits for an action, in its plan and in units' plans."""
    rows = Dependency.objects.filter(on=action).select_related("action", "plan__unit").order_by("plan", "action__order")
    return rows.defer(
        "action__how", "action__success", "action__source_rows", "plan__glossary", "plan__phases", "plan__frameworks",
        "plan__unplaced", "plan__notices",
    )  # fmt: skip


def dependency(action: Action, pk: int) -> Dependency:
    return found(Dependency.objects.select_related("action", "plan", "on"), action=action, pk=pk)
