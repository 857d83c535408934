"""A plan's actions along time: what is drawn, in which order, and what waits for what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import Prefetch, QuerySet

from ..models import Action, ActionOwner, Dependency, Milestone, Plan


def actions_in_time(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with their stages, dependencies and owners, by theme, business as usual last."""
    parts = [
        Prefetch("milestones", queryset=Milestone.objects.order_by("order")),
        Prefetch("dependencies", queryset=Dependency.objects.select_related("on").order_by("order")),
        Prefetch("owners", queryset=ActionOwner.objects.order_by("order")),
    ]
    rows = Action.objects.filter(plan=plan).select_related("theme").prefetch_related(*parts)
    return rows.order_by("business_as_usual", "theme__order", "order").defer(
        "how", "success", "comments", "source_rows"
    )


def codes_of(plan: Plan) -> dict[str, int]:
    """The actions of a plan by their codes, in lower case, where a code names one action alone."""
    found: dict[str, list[int]] = {}
    for code, pk in Action.objects.filter(plan=plan).exclude(code="").values_list("code", "pk"):
        found.setdefault(code.casefold(), []).append(pk)
    return {code: pks[0] for code, pks in found.items() if len(pks) == 1}


def waited_for(action: Any, codes: Mapping[str, int]) -> list[int]:
    """The actions that an action waits for: those that are linked, and those whose codes its words name."""
    linked = [one.on_id for one in action.dependencies.all() if one.on_id]
    named = [pk for one in action.dependencies.all() for pk in codes_in(one.text, codes)]
    return [pk for pk in dict.fromkeys([*linked, *named]) if pk != action.pk]


def codes_in(text: str, codes: Mapping[str, int]) -> list[int]:
    """The actions whose codes a text names, in its order, each once."""
    return list(dict.fromkeys(codes[word] for word in _pieces(text) if word in codes))


def _pieces(text: str) -> Sequence[str]:
    """Every word of a text that could be a code, and each pair of them ("Pillar 2a")."""
    words = [word.strip(".,;:()[]") for word in re.split(r"\s+", text.casefold()) if word]
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
