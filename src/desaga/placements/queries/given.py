"""What technicians gave their employer of their placements, in the employer's organisation: what nobody has used yet, and figures of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from desaga.evidence.models import Evidence
from desaga.plans.models import Plan
from desaga.plans.queries.plans import plans_at_work

from ..evidencing import RECORD_KIND
from ..models import PlacementRecord
from .counting import Counted


def records_unused() -> QuerySet[PlacementRecord]:
    """Those that are no evidence yet, the earliest first."""
    used = Evidence.objects.filter(record_kind=RECORD_KIND, record_id=OuterRef("pk"))
    return PlacementRecord.objects.filter(~Exists(used)).order_by("given_at", "pk")


def plan_to_edit(user: Any) -> Plan | None:
    """The latest plan at work that somebody may edit."""
    return next((one for one in plans_at_work() if user.has_perm("plans.edit_plan", one)), None)


def given_in_year(today: date) -> dict[str, Counted]:
    """The placements that were given this year until a day, and their days there, as the hosts confirmed."""
    rows = PlacementRecord.objects.filter(given_at__date__range=(date(today.year, 1, 1), today))
    found = {"given": Counted(), "given_days": Counted()}
    for person, days in rows.order_by().values_list("person", "days"):
        found["given"].add(1, str(person))
        if days is not None:
            found["given_days"].add(Decimal(days), str(person))
    return {key: one for key, one in found.items() if one.of}
