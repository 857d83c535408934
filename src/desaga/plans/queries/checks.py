"""What to mend in a plan: what the checks of `checking` look at, in a few queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from desaga.frameworks.queries import frameworks_known

from ..asking import asked_on
from ..checking import Finding, Looked, findings
from ..dates import first_day
from ..models import Action, ActionOwner, Alignment, Measure, Plan, Update
from ..states import SETTLED, Basis, PlanState

PILLARS = "Technician Commitment"


def checks_of(plan: Plan, today: date) -> list[Finding]:
    """What there is to mend in a plan, business as usual apart; five queries, however large it is."""
    pillars, answered = pillars_of(plan)
    return findings(
        looked_at(plan, today),
        at_work_since=at_work_since(plan),
        empty_pillars=[code for code in pillars if code not in answered],
        names_pillars=bool(answered),
        today=today,
    )


def looked_at(plan: Plan, today: date) -> list[Looked]:
    named = ActionOwner.objects.filter(action=OuterRef("pk"))
    said = (
        Update.objects.filter(action=OuterRef("pk"))
        .order_by()
        .values("action")
        .annotate(at=Max("said_at"))
        .values("at")
    )
    counted, asked = Measure.objects.filter(action=OuterRef("pk"), ended_at=None), asked_on(plan, today)
    rows = Action.objects.filter(plan=plan, business_as_usual=False)
    rows = rows.annotate(
        is_named=Exists(named),
        is_measured=Exists(counted),
        has_target=Exists(counted.exclude(target=None)),
        said_at=said,
    )
    rows = rows.order_by("order").only("code", "title", "success", "starts", "last_day", "continuous", "status")
    return [
        Looked(
            pk=one.pk,
            label=str(one),
            is_named=one.is_named,
            is_measured=one.is_measured,
            has_target=one.has_target,
            success=one.success,
            first_day=first_day(one.starts),
            last_day=one.last_day,
            goes_on=one.continuous,
            is_settled=one.status in SETTLED,
            said_at=one.said_at and timezone.localdate(one.said_at),
            asked_on=asked.get(one.pk, ()),
        )
        for one in rows
    ]


def at_work_since(plan: Plan) -> date | None:
    """The day on which a plan was put to work; None where it is a draft or closed."""
    if plan.state != PlanState.ACTIVE:
        return None
    began = plan.state_changes.filter(became=PlanState.ACTIVE).order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(began or plan.started_at)


def pillars_of(plan: Plan) -> tuple[list[str], set[str]]:
    """The Commitment's pillars that are asked of everybody, and what of its framework the plan's actions answer, suggestions apart."""
    answered = Alignment.objects.filter(plan=plan, framework__startswith=PILLARS).exclude(basis=Basis.SUGGESTED)
    codes = set(answered.order_by().values_list("code", flat=True).distinct())
    pillars = next((one for one in frameworks_known() if one.name == PILLARS), None)
    return [code for code, _, optional in pillars.principles if not optional] if pillars else [], codes
