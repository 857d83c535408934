"""How progress is reported: the rule is the organisation's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit

from ..models import ReportingRule
from ..reporting import Pair, changes_of


@transaction.atomic
def change_reporting_rule(*, actor: Any, organisation: Any, rule: Mapping[Pair, str]) -> ReportingRule:
    """Say what each status and RAG count as. What is the default is not kept, so that it follows the default."""
    changed = changes_of(rule)
    held, _ = ReportingRule.objects.select_for_update().get_or_create(organisation=organisation)
    if held.changed != changed:
        audit.record(actor=actor, verb="changed", thing=held, changes=audit.differences(held.changed, changed))
        held.changed = changed
        held.save(update_fields=["changed"])
    return held
