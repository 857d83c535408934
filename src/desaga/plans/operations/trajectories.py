"""What fates and completions count as in the study's metrics: the rule is the organisation's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit

from ..models import TrajectoryRule
from ..trajectories import changes_of


@transaction.atomic
def change_trajectory_rule(*, actor: Any, organisation: Any, rule: Mapping[str, str]) -> TrajectoryRule:
    """Say what each counts as. What is the default is not kept, so that it follows the default."""
    changed = changes_of(rule)
    held, _ = TrajectoryRule.objects.select_for_update().get_or_create(organisation=organisation)
    if held.changed != changed:
        audit.record(actor=actor, verb="changed", thing=held, changes=audit.differences(held.changed, changed))
        held.changed = changed
        held.save(update_fields=["changed"])
    return held
