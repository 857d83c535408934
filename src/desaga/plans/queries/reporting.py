"""How progress is reported in the Commitment's forms."""

from __future__ import annotations

from django.db.models import Count

from ..models import Plan, ReportingRule
from ..reporting import Pair, counted, rule_from
from ..states import Reported
from .actions import actions_chased


def reporting_rule() -> dict[Pair, Reported]:
    """The current organisation's rule, whole."""
    held = ReportingRule.objects.values_list("changed", flat=True).first()
    return rule_from(held or {})


def reported_of(plan: Plan) -> list[tuple[Reported, int]]:
    """How many actions of a plan, business as usual apart, are reported as what."""
    rows = actions_chased(plan).order_by().values_list("status", "rag").annotate(number=Count("pk"))
    return counted(rows, reporting_rule())
