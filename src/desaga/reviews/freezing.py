"""A plan as it stands, as plain data that is kept for good.

`content_of` answers `{"version", "taken_on", "plan": {"title", "period"}, "actions": […], "coverage": […], "champions":
{"own", "by_above", "counted", "gaps"}, "budget": {"year", "lines": [{"name", "allotted", "committed", "spent", "left"}]}}`; of the budget
it keeps the lines of this plan and those of no plan, in pounds as text. An action has
`id, code, title, theme, owners, status, rag, usual, starts, ends, when, last_day, how, success, heard_on`, `milestones` with `label, ends`,
`measures` with `id, aim, stands_at, share, is_met`, and `updates`, the last of each unit, with `unit, period, status, rag, text,
next_step, reason, recovery, evidence, given_by, said_on`. Whoever reads a snapshot reads this and nothing of today's rows, so a
field that is added later must be read with a default.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from desaga.governance.money import year_of
from desaga.governance.queries import budget_summary, champion_coverage
from desaga.plans.models import Action, ActionOwner, Plan, Update
from desaga.plans.queries.coverage import coverage, frameworks_for
from desaga.plans.queries.measures import MeasureRead, measures_of_plan

VERSION = 1
HEAVY = ("source_rows", "comments", "source_sheet")


def content_of(plan: Plan, today: date) -> dict[str, Any]:
    """The plan as it stands; as many queries however many actions it has."""
    measures = measures_of_plan(plan)
    updates = _last_updates(plan)
    return {
        "version": VERSION,
        "taken_on": today.isoformat(),
        "plan": {"title": plan.title, "period": plan.period},
        "actions": [_action(one, measures.get(one.pk, ()), updates.get(one.pk, ())) for one in _actions(plan)],
        "champions": _champions(plan.organisation, today),
        "budget": _budget(plan, today),
        "coverage": [one for one in map(partial(_covered, plan), frameworks_for(plan)) if one["answered"]],
    }


def digest_of(content: Any) -> str:
    """What shows that a snapshot is what it was: the SHA-256 of its content as JSON with sorted keys."""
    words = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(words.encode()).hexdigest()


def _actions(plan: Plan) -> Iterable[Action]:
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party"))
    rows = Action.objects.filter(plan=plan).select_related("theme").defer(*HEAVY)
    return rows.order_by("business_as_usual", "theme__order", "order").prefetch_related(owners, "milestones")


def _last_updates(plan: Plan) -> dict[int, list[Update]]:
    """By action, what was said last, of each unit where each answers for itself."""
    rows = Update.objects.filter(plan=plan).order_by("action_id", "unit_id", "-order").distinct("action_id", "unit_id")
    found: dict[int, list[Update]] = defaultdict(list)
    for one in rows.select_related("unit"):
        found[one.action_id].append(one)
    return found


def _action(action: Action, measures: Sequence[MeasureRead], updates: Sequence[Update]) -> dict[str, Any]:
    return {
        "id": action.pk,
        "code": action.code,
        "title": " ".join(action.title.split()) or "(no title)",
        "theme": action.theme.name if action.theme else "",
        "owners": [one.short for one in action.owners.all()],
        "status": action.status,
        "rag": action.rag,
        "usual": action.business_as_usual,
        "starts": action.starts,
        "ends": action.ends,
        "when": action.when,
        "last_day": action.last_day.isoformat() if action.last_day else "",
        "how": action.how,
        "success": action.success,
        "heard_on": max((_day(heard_at(one)) for one in updates), default=""),
        "milestones": [{"label": one.label, "ends": one.ends} for one in action.milestones.all()],
        "measures": [_measure(one) for one in measures],
        "updates": [_update(one) for one in updates],
    }


def heard_at(update: Update) -> datetime | None:
    """When something was said; of what came with the plan's document nobody knows."""
    return update.said_at


def _day(at: datetime | None) -> str:
    return timezone.localtime(at).date().isoformat() if at else ""


def _measure(read: MeasureRead) -> dict[str, Any]:
    return {
        "id": read.measure.pk,
        "aim": read.measure.aim,
        "stands_at": read.stands_at,
        "share": read.share,
        "is_met": read.is_met,
    }


def _update(update: Update) -> dict[str, Any]:
    told = ("period", "status", "rag", "text", "next_step", "reason", "recovery", "evidence", "given_by")
    unit = update.unit.name if update.unit else ""
    return {"unit": unit, **{name: getattr(update, name) for name in told}, "said_on": _day(update.said_at)}


def _covered(plan: Plan, framework: Any) -> dict[str, Any]:
    held = coverage(plan, framework)
    return {
        "framework": framework.name,
        "answered": held.answered,
        "asked": held.asked,
        "gaps": [one.code for one in held.gaps],
    }


def _champions(organisation: Any, today: date) -> dict[str, Any]:
    held = champion_coverage(organisation, today)
    gaps = [unit.name for unit in held.gaps]
    return {"own": held.own, "by_above": held.by_above, "counted": held.counted, "gaps": gaps}


def _budget(plan: Plan, today: date) -> dict[str, Any]:
    """What the financial year has for the plan, and for the programme as a whole."""
    summary = budget_summary(plan.organisation, year_of(today, plan.organisation.financial_year_starts_in))
    names = ("allotted", "committed", "spent", "left")
    lines = [one for one in summary.lines if one.plan in ("", plan.title)]
    return {
        "year": summary.label,
        "lines": [{"name": one.name, **{name: str(getattr(one.sums, name)) for name in names}} for one in lines],
    }
