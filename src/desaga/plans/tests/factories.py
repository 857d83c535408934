"""Plans to test with. Each factory enters the tenant that owns the row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import factory

from desaga.organisations.tests.factories import OwnedFactory
from desaga.tenancy.context import within

from ..interchange import blank_action
from ..models import Action, ActionOwner, Alignment, Doubt, Milestone, Plan, Theme
from ..operations import actions, imports
from ..operations.closing import Saying, say_outcomes
from ..operations.plans import change_plan_state
from ..states import Completion, Fate, PlanState

#: The demo's documents are about invented institutions; home stands above plans, so they are found by path.
DEMO_DOCUMENTS = Path(__file__).parents[2] / "home" / "demo"


class PlanFactory(OwnedFactory):
    class Meta:
        model = Plan

    title = factory.Sequence(lambda n: f"Action plan {n}")
    starts, ends = "2025-01", "2027-12"


class ThemeFactory(OwnedFactory):
    class Meta:
        model = Theme

    plan = factory.SubFactory(PlanFactory, organisation=factory.SelfAttribute("..organisation"))
    order = factory.Sequence(lambda n: n % 1_000)
    title = factory.Sequence(lambda n: f"Theme {n}")


def action_data(**fields: Any) -> dict[str, Any]:
    """An action in the interchange format; owners may be given as codes."""
    data = {**blank_action(), "title": "Write role descriptors", **fields}
    data["owners"] = [
        {"text": one, "code": one, "kind": "role", "role": "lead"} if isinstance(one, str) else one
        for one in data["owners"]
    ]
    return data


def make_action(plan: Plan, **fields: Any) -> Action:
    """An action of a plan, written through the operation."""
    with within(plan.organisation):
        return actions.add_action(actor=None, plan=plan, data=action_data(**fields))


def read_document(organisation: Any, path: Path, *, actor: Any = None) -> Any:
    """A document handed in and read, waiting to be looked through."""
    with within(organisation):
        handed_in = imports.hand_in(
            actor=actor, organisation=organisation, name=path.name, content=path.read_bytes(), in_background=False
        )
        return imports.read_now(actor=actor, document=handed_in.document)


def stage(organisation: Any, *actions_: dict[str, Any], **plan: Any) -> Any:
    """A document that was read as these actions, without a reader; `plan` are other parts of the interchange format."""
    reading = {
        "title": "Action plan 2026", "period": {"start": "2026", "end": "2027"}, "themes": [], "actions": list(actions_),
        "glossary": [], "phases": [], "frameworks": [], "unplaced": [], "notices": [], **plan,
    }  # fmt: skip
    rows = [
        [{"where": f"line {n}", "cells": [{"head": "Action", "text": a["title"]}]}] for n, a in enumerate(actions_, 1)
    ]
    with within(organisation):
        content = f"{organisation.pk} {len(actions_)} {reading}".encode()
        document = imports.hand_in(
            actor=None, organisation=organisation, name="plan.txt", content=content, in_background=False
        ).document
        imports.begin_reading(actor=None, document=document)
        return imports.finish_reading(
            actor=None, document=document, found={"plan": reading, "rows": rows, "format": "txt"}
        )


def many_actions(plan: Plan, number: int) -> None:
    """Actions with what actions usually have, in few statements: themes, owners, alignments, stages, an open doubt in every fifth."""
    owner = {"organisation": plan.organisation, "plan": plan}
    with within(plan.organisation):
        themes = Theme.objects.bulk_create(
            Theme(**owner, order=n, code=f"T{n}", title=f"Theme number {n}") for n in range(8)
        )
        rows = Action.objects.bulk_create(_usual_action(owner, n, themes[n * 8 // number]) for n in range(number))
        parts: list[Any] = []
        for n, action in enumerate(rows):
            parts += _usual_parts({**owner, "action": action}, n)
        actions.save_parts(parts)


def _usual_action(owner: dict[str, Any], n: int, theme: Theme) -> Action:
    year, month = 2025 + n % 3, 1 + n % 12
    return Action(
        **owner,
        theme=theme,
        order=n,
        reading_id=f"action-{n}",
        code=f"{n // 9 + 1}.{n % 9 + 1}",
        title=f"Identify and nominate technical colleagues for awards, with their line managers, round {n}",
        how="Each faculty asks its technical services managers; the working group looks at the answers every term. "
        * 3,
        success="Twelve nominations a year, from every faculty.",
        when_text=f"{month:02}/{year}",
        ends=f"{year}-{month:02}",
        last_day=date(year, month, 28),
        precision="month",
        status=("not_started", "in_progress", "complete", "delayed")[n % 4],
        rag=("green", "amber", "red")[n % 3],
        comments="Looked at in the last review.",
    )


def _usual_parts(owner: dict[str, Any], n: int) -> list[Any]:
    parts: list[Any] = [
        ActionOwner(**owner, order=order, text=code, code=code, kind="role")
        for order, code in enumerate(("TSM", "PSO", "HR")[: 1 + n % 3])
    ]
    parts += [
        Alignment(**owner, order=order, framework="TALENT", code=f"R{1 + (n + order * 5) % 16}", text="R")
        for order in range(2)
    ]
    parts += [Milestone(**owner, order=0, label="Scoping", ends="2025-12")]
    if n % 5 == 0:
        parts += [Doubt(**owner, order=0, field="timeframe", kind="x", message="The date could mean two days.")]
    return parts


def close_plan(plan: Plan) -> Plan:
    """The plan put to work and closed, with the least said of each action that closing asks for. Call it within the organisation."""
    pks = list(Action.objects.filter(plan=plan).values_list("pk", flat=True))
    if plan.state == PlanState.DRAFT:
        change_plan_state(actor=None, plan=plan, transition="activate")
    if pks:
        said = Saying(completion=Completion.PARTLY, fate=Fate.CONTINUED)
        say_outcomes(actor=None, plan=plan, pks=pks, saying=said)
    return change_plan_state(actor=None, plan=plan, transition="close")
