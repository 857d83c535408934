"""What shows that an action goes as it is said: giving it, using a piece for another action, and no longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.models import Evidence, in_force_on
from desaga.evidence.operations import GivenPiece, keep_evidence
from desaga.organisations.models import Person
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Action, ActionEvidence, Update
from .actions import open_plan


class EvidenceDoesNotStand(Refused):
    """This piece does not stand any more. Choose another."""


@transaction.atomic
def give_evidence(
    *,
    actor: Any,
    action: Action,
    piece: GivenPiece,
    given_by: str,
    person: Person | None = None,
    update: Update | None = None,
    submission: UUID | None = None,
    now: datetime | None = None,
) -> Evidence:
    """Keep a piece of evidence, and say that it serves an action. The same `submission` is one piece.

    Raises `actions.PlanIsClosed` and what `keep_evidence` raises.
    """
    open_plan(action.plan)
    evidence = keep_evidence(
        actor=actor, organisation=action.organisation, piece=piece, given_by=given_by, person=person,
        submission=submission, now=now,
    )  # fmt: skip
    _use(actor, action, evidence, update, now)
    return evidence


@transaction.atomic
def use_evidence(*, actor: Any, action: Action, evidence: Evidence, now: datetime | None = None) -> ActionEvidence:
    """Say that a piece that is there already serves an action too. Repeats harmlessly. Raises `PlanIsClosed`, `EvidenceDoesNotStand`."""
    open_plan(action.plan)
    evidence = locked(evidence)
    if not Evidence.objects.filter(in_force_on(timezone.localdate()), pk=evidence.pk).exists():
        raise EvidenceDoesNotStand
    use, is_new = _use(actor, action, evidence, None, now)
    if is_new:
        audit.record(actor=actor, verb="used evidence for", thing=action, note=str(evidence), now=now)
    return use


@transaction.atomic
def stop_using(*, actor: Any, use: ActionEvidence) -> None:
    """Say that a piece serves an action no longer; the piece itself stays. Raises `PlanIsClosed`."""
    open_plan(use.plan)
    held = locked(use)
    audit.record(actor=actor, verb="used evidence no longer for", thing=held.action, note=str(held.evidence))
    held.delete()


def give_with(
    update: Update, pieces: Iterable[GivenPiece], *, actor: Any, person: Person | None, now: datetime
) -> None:
    """Keep the pieces that came with an update, in its name. Within the transaction that writes it."""
    for piece in pieces:
        give_evidence(
            actor=actor, action=update.action, piece=piece, given_by=update.given_by, person=person,
            update=update, now=now,
        )  # fmt: skip


def _use(
    actor: Any, action: Action, evidence: Evidence, update: Update | None, now: datetime | None
) -> tuple[ActionEvidence, bool]:
    return ActionEvidence.objects.get_or_create(
        action=action,
        evidence=evidence,
        defaults={
            "organisation_id": action.organisation_id,
            "plan_id": action.plan_id,
            "update": update,
            "used_at": now or timezone.now(),
            "used_by": actor,
        },
    )


def follow_replaced(*, evidence: Evidence, by: Evidence, **_: Any) -> None:
    """What takes the place of a piece serves the actions that it served. For the signal of `evidence`."""
    for use in ActionEvidence.objects.filter(evidence=evidence).select_related("action"):
        _use(evidence.entered_by, use.action, by, None, None)
