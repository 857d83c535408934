"""Many actions of a plan at once: those that are chosen, as they are, and what was done to many. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from desaga.evidence.models import in_force_on

from ..models import Action, ActionEvidence, BulkChange, Plan
from .actions import actions_whole, narrowed
from .finding import found

#: As many as can be changed within a request.
MOST_AT_ONCE = 1000


def actions_to_change(plan: Plan, pks: Collection[int]) -> QuerySet[Action]:
    """These actions of a plan with owners, alignments and doubts, in its order; `shown_by`, the titles of the evidence that stands for each."""
    serving = ActionEvidence.objects.filter(in_force_on(timezone.localdate(), "evidence__"), action=OuterRef("pk"))
    titles = ArraySubquery(serving.order_by("-used_at", "pk").values("evidence__title"))
    rows = actions_whole(plan).filter(pk__in=pks).order_by("order").defer("source_rows")
    return rows.annotate(shown_by=titles)


def ids_matching(plan: Plan, wanted: Mapping[str, Any]) -> list[int]:
    """The actions that a filter asks for; one more than can be changed at once, where there are more."""
    rows = narrowed(Action.objects.filter(plan=plan), wanted).order_by("order")
    return list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])


def ids_of_plan(plan: Plan, pks: Collection[int]) -> list[int]:
    """Those of these ids that are actions of the plan."""
    rows = Action.objects.filter(plan=plan, pk__in=pks).order_by("order")
    return list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])


def versions_of(actions: Sequence[Action]) -> dict[int, str]:
    """When each action changed last: which state of it somebody looked at."""
    return {action.pk: action.changed_at.isoformat() for action in actions}


def bulk_changes(plan: Plan) -> QuerySet[BulkChange]:
    """What was done to many actions of a plan at once, the latest first."""
    rows = BulkChange.objects.filter(plan=plan).select_related("by__person", "undone_by__person")
    return rows.defer("before").order_by("-pk")


def bulk_change(plan: Plan, pk: int) -> BulkChange:
    return found(BulkChange.objects.filter(plan=plan).select_related("by__person", "undone_by__person"), pk=pk)


def actions_changed_by(change: BulkChange) -> QuerySet[Action]:
    """The actions that were changed together, as they are now."""
    rows = Action.objects.filter(plan=change.plan_id, pk__in=[int(pk) for pk in change.after])
    return rows.order_by("order").only("code", "title", "plan_id", "changed_at")
