"""Opening a plan to everybody, and closing it again. The slice `public` calls these with the lead's word; nothing else does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Plan
from ..publishing import PARTS
from ..states import PlanState


class IsADraft(Refused):
    """This plan is a draft. Put it to work first; then it can be published."""


@transaction.atomic
def open_to_public(*, actor: Any, plan: Plan, parts: Collection[str], now: datetime | None = None) -> Plan:
    """Let everybody read these parts (`publishing.PARTS`) of a plan; again, to choose others. Raises `IsADraft`."""
    held = locked(plan)
    if held.state == PlanState.DRAFT:
        raise IsADraft
    chosen = [name for name in PARTS if name in parts]
    fields = {"public_parts": chosen, "published_at": held.published_at or now or timezone.now()}
    return change_row(held, actor=actor, verb="opened to the public", fields=fields)


@transaction.atomic
def close_to_public(*, actor: Any, plan: Plan) -> Plan:
    """Let nobody but the organisation, and whoever has a grant, read the plan. Twice is once."""
    fields = {"public_parts": None, "published_at": None}
    return change_row(plan, actor=actor, verb="closed to the public", fields=fields)
