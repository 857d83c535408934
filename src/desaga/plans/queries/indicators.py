"""What the indicators are counted from: the actions of all plans at work, in as many queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from desaga.evidence.models import in_force_on
from desaga.frameworks.queries import frameworks_known
from desaga.organisations.models import Unit

from ..counting import Seen, Share
from ..models import Action, ActionEvidence, ActionOwner, Alignment, Measure, Plan, StateChange, Theme, Update
from ..states import Basis, PlanState


def has_evidence() -> Q:
    """Whether something shows that an action is done: what one of its updates says, or evidence in force. The one place that knows."""
    said = Update.objects.filter(action=OuterRef("pk")).exclude(evidence="")
    kept = ActionEvidence.objects.filter(in_force_on(timezone.localdate(), "evidence__"), action=OuterRef("pk"))
    return Q(Exists(said)) | Q(Exists(kept))


def plans_counted() -> dict[int, str]:
    """The titles of the plans at work; one query."""
    return dict(Plan.objects.filter(state=PlanState.ACTIVE).values_list("pk", "title"))


def actions_counted() -> list[Seen]:
    """The actions of plans at work without business as usual; two queries."""
    since = at_work_since_of_all()
    told = Update.objects.filter(action=OuterRef("pk"), said_at__isnull=False).order_by().values("action")
    rows = Action.objects.filter(plan__state=PlanState.ACTIVE, business_as_usual=False).annotate(
        said=Subquery(told.annotate(days=ArrayAgg("said_at")).values("days")),
        is_measured=Exists(Measure.objects.filter(action=OuterRef("pk"), ended_at=None)),
        is_carried=Exists(ActionOwner.objects.filter(action=OuterRef("pk"))),
        is_shown=has_evidence(),
        carried_by=ArraySubquery(_units_that_carry()),
    )
    names = (
        "plan_id",
        "status",
        "starts",
        "last_day",
        "plan__started_at",
        "said",
        "is_measured",
        "is_carried",
        "is_shown",
        "carried_by",
        "plan__unit_id",
        "theme__code",
        "theme__title",
    )
    return [_seen(row, since) for row in rows.order_by().values(*names)]


def _seen(row: dict[str, Any], since: dict[int, date]) -> Seen:
    return Seen(
        plan=row["plan_id"],
        status=row["status"],
        starts=row["starts"],
        last_day=row["last_day"],
        at_work_since=since.get(row["plan_id"]) or timezone.localdate(row["plan__started_at"]),
        said_on=[timezone.localdate(at) for at in row["said"] or ()],
        has_measure=row["is_measured"],
        has_owner=row["is_carried"],
        has_evidence=row["is_shown"],
        theme=Theme(code=row["theme__code"] or "", title=row["theme__title"] or "").name,
        units=row["carried_by"] or [unit for unit in (row["plan__unit_id"],) if unit],
    )


def _units_that_carry() -> QuerySet[Any]:
    carried = ActionOwner.objects.filter(action=OuterRef("pk"), party__unit__isnull=False)
    return carried.order_by("party__unit").values("party__unit").distinct()


def units_named() -> dict[int, str]:
    """The names of the organisation's units; one query."""
    return dict(Unit.objects.values_list("pk", "name"))


def at_work_since_of_all() -> dict[int, date]:
    """By plan at work, the day on which it was first put to work, where that is written down."""
    rows = StateChange.objects.filter(plan__state=PlanState.ACTIVE, became=PlanState.ACTIVE)
    return {plan: timezone.localdate(at) for plan, at in rows.order_by("-at").values_list("plan_id", "at")}


def coverage_counted() -> dict[str, Share]:
    """By framework that actions of plans at work name, how many of its principles at least one of them answers; two queries.

    What is only suggested is no answer; an optional principle is asked for only where it is answered.
    """
    answered: dict[str, set[str]] = defaultdict(set)
    rows = Alignment.objects.filter(
        ~Q(basis=Basis.SUGGESTED), ~Q(framework=""), plan__state=PlanState.ACTIVE, action__business_as_usual=False
    )
    for name, code in rows.order_by().values_list("framework", "code").distinct():
        answered[name].add(code)
    asked = {one.name: {code for code, _, optional in one.principles if not optional} for one in frameworks_known()}
    return {
        name: Share(len(codes), len(asked[name] | codes)) for name, codes in sorted(answered.items()) if asked.get(name)
    }
