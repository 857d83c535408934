"""What evidence serves which action."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from desaga.evidence.models import Evidence, in_force_on
from desaga.evidence.queries import MOST_OFFERED, Shown, Summary, evidence_for, shown, summary_of
from desaga.evidence.states import State

from ..models import Action, ActionEvidence, Plan
from .finding import found


@dataclass(frozen=True, slots=True)
class Served:
    """One action of a plan with a piece of evidence that shows it."""

    action: Action
    evidence: Evidence


def evidence_of(plan: Plan, on: date | None = None) -> list[Served]:
    """The evidence that counts for a plan on a day, today unless told: accepted, not run out; by action, the newest first.

    For reports. A piece that serves several actions stands with each; `summary_of_plan` counts each once. One query.
    """
    rows = ActionEvidence.objects.filter(
        in_force_on(on or timezone.localdate(), "evidence__"), plan=plan, evidence__state=State.ACCEPTED
    )
    rows = rows.select_related("evidence__organisation", "action__organisation").order_by(
        "action__theme__order", "action__order", "-evidence__given_at", "-pk"
    )
    return [Served(one.action, one.evidence) for one in rows]


def summary_of_plan(plan: Plan, on: date | None = None) -> Summary:
    """How many pieces count for a plan, and how many of them are in technicians' own words. One query."""
    used = ActionEvidence.objects.filter(plan=plan).values("evidence")
    rows = Evidence.objects.filter(in_force_on(on or timezone.localdate()), state=State.ACCEPTED, pk__in=used)
    return summary_of(rows)


def actions_with_evidence(plan: Plan, on: date | None = None) -> set[int]:
    """The ids of a plan's actions that some evidence in force serves, looked at or not."""
    rows = ActionEvidence.objects.filter(in_force_on(on or timezone.localdate(), "evidence__"), plan=plan)
    return set(rows.values_list("action_id", flat=True))


def evidence_shown(action: Action, user: Any) -> tuple[list[Shown], Summary]:
    """What the user may see of an action's evidence, the newest first, and its summary."""
    seen = evidence_for(user, action.organisation).exclude(state__in=(State.TAKEN_BACK, State.REPLACED))
    rows = list(seen.filter(pk__in=ActionEvidence.objects.filter(action=action).values("evidence"))[:MOST_OFFERED])
    return shown(rows), Summary(len(rows), sum(one.is_technician_voice for one in rows))


def standing_titles(actions: Iterable[int]) -> dict[int, list[str]]:
    """The titles of the evidence in force of some actions, by their ids; one query."""
    rows = ActionEvidence.objects.filter(in_force_on(timezone.localdate(), "evidence__"), action__in=list(actions))
    titles: dict[int, list[str]] = {}
    for pk, title in rows.order_by("action_id", "-used_at", "pk").values_list("action_id", "evidence__title"):
        titles.setdefault(pk, []).append(title)
    return titles


def other_evidence(action: Action, user: Any) -> QuerySet[Evidence]:
    """What stands and does not serve the action yet: to choose from, the newest first."""
    seen = evidence_for(user, action.organisation).filter(in_force_on(timezone.localdate()))
    used = ActionEvidence.objects.filter(action=action).values("evidence")
    rows = seen.exclude(pk__in=used)
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:MOST_OFFERED]))


def evidence_use(action: Action, pk: int) -> ActionEvidence:
    """That a piece of evidence serves an action, by the piece; or 404."""
    rows = ActionEvidence.objects.filter(action=action).select_related("evidence", "action", "plan")
    return found(rows, evidence_id=pk)


def uses_of(ids: Collection[int]) -> QuerySet[ActionEvidence]:
    """Which actions some pieces of evidence serve, in one query."""
    rows = ActionEvidence.objects.filter(evidence__in=list(ids)).select_related("action__organisation")
    return rows.order_by("evidence_id", "action__plan_id", "action__order")
