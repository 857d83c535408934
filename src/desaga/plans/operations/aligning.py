"""What the audit is told where many actions' alignments change at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desaga.audit import operations as audit

from ..models import Action, Alignment


def aligned(actions: Iterable[int]) -> dict[int, list[str]]:
    """What actions answer, in words, by their ids."""
    told: dict[int, list[str]] = {pk: [] for pk in actions}
    for row in Alignment.objects.filter(action__in=told).order_by("action", "order", "pk"):
        told[row.action_id].append(row.words)
    return told


def record_changed(actor: Any, before: Mapping[int, list[str]], note: str) -> None:
    """One entry for each action whose alignments differ from what they were."""
    after = aligned(before)
    for action in Action.objects.filter(pk__in=before).order_by("order"):
        if before[action.pk] != after[action.pk]:
            changes = {"alignments": [before[action.pk], after[action.pk]]}
            audit.record(actor=actor, verb="changed", thing=action, changes=changes, note=note)
