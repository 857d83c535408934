"""Links from actions to what they went on as: drafted with the next plan, said by hand, confirmed where they were proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Action, ActionOutcome, Lineage, Plan, RefusedPredecessor
from ..queries.lineage import comes_from
from ..queries.predecessors import pair_of
from ..states import GOES_ON, LinkWay
from .closing import NothingTicked, Saying, say_outcomes


class SamePlan(Refused):
    """Both are of the same plan. Choose an action of a later one."""


class LinkedAlready(Refused):
    """It is linked to this action already."""


class NotASuccessor(Refused):
    """Say how it went on: continued, extended, narrowed, split, merged, related or replaced."""


class ComesFromIt(Refused):
    """It came from this action itself, so it cannot go on as it. Link it the other way round."""


@transaction.atomic
def link_actions(
    *, actor: Any, earlier: Action, later: Action, fate: str, way: str = LinkWay.SAID, now: datetime | None = None
) -> Lineage:
    """Say that an action went on as another of a later plan, and that this is its fate.

    Raises `SamePlan`, `NotASuccessor`, `LinkedAlready`, `ComesFromIt`, `actions.PlanIsClosed` where the earlier plan is closed
    and something else was said there.
    """
    if earlier.plan_id == later.plan_id:
        raise SamePlan
    if fate not in GOES_ON:
        raise NotASuccessor
    for plan in sorted((earlier.plan, later.plan), key=lambda one: one.pk):
        locked(plan)
    if Lineage.objects.filter(earlier=earlier, later=later).exists():
        raise LinkedAlready
    if comes_from(earlier, later):
        raise ComesFromIt
    RefusedPredecessor.objects.filter(earlier=earlier, later=later).delete()
    _say_fate(actor, earlier, fate, now)
    link = Lineage.objects.create(
        organisation_id=earlier.organisation_id,
        earlier_plan_id=earlier.plan_id, earlier=earlier, later_plan_id=later.plan_id, later=later,
        fate=fate, way=way, by=actor,
    )  # fmt: skip
    told = f"{link.get_fate_display()}, {LinkWay(way).label}"
    audit.record(actor=actor, verb="said the successor of", thing=earlier, note=f"{str(later).rstrip('.')}: {told}")
    audit.record(actor=actor, verb="said the predecessor of", thing=later, note=f"{str(earlier).rstrip('.')}: {told}")
    return link


def _say_fate(actor: Any, earlier: Action, fate: str, now: datetime | None) -> None:
    """The fate of a linked action is the link's: said with it, unless it says so already."""
    outcome = ActionOutcome.objects.filter(action=earlier).first()
    if outcome is None or outcome.fate != fate:
        saying = Saying(fate=fate, reason=outcome.reason if outcome else "", is_linked=True)
        say_outcomes(actor=actor, plan=earlier.plan, pks=[earlier.pk], saying=saying, now=now)


@transaction.atomic
def unlink_actions(*, actor: Any, link: Lineage) -> None:
    """Take a link back. What became of the earlier one stays said."""
    link = locked(link)
    note = f"{link.later.plan.title}: {link.later}"
    audit.record(actor=actor, verb="took back the successor of", thing=link.earlier, note=note)
    audit.record(actor=actor, verb="took back the predecessor of", thing=link.later, note=str(link.earlier))
    link.delete()


@transaction.atomic
def refuse_predecessor(*, actor: Any, earlier: Action, later: Action) -> None:
    """Say that a proposed predecessor is none. Twice is once."""
    _, made = RefusedPredecessor.objects.get_or_create(
        earlier=earlier, later=later, defaults={"organisation_id": later.organisation_id, "by": actor}
    )
    if made:
        audit.record(actor=actor, verb="refused a predecessor of", thing=later, note=str(earlier))


@transaction.atomic
def confirm_predecessors(*, actor: Any, plan: Plan, pairs: Sequence[tuple[int, int, str]]) -> int:
    """Confirm proposed pairs, each as earlier, later, fate; the later ones are of this plan. Answers how many.

    What somebody else confirmed meanwhile is left. Raises `NothingTicked`, and what `link_actions` raises.
    """
    number = 0
    for earlier, later, fate in pairs:
        both = pair_of(earlier, later, plan)
        if both and not Lineage.objects.filter(earlier=earlier, later=later).exists():
            link_actions(actor=actor, earlier=both[0], later=both[1], fate=fate, way=LinkWay.CONFIRMED)
            number += 1
    if not number:
        raise NothingTicked
    return number


@transaction.atomic
def refuse_predecessors(*, actor: Any, plan: Plan, pairs: Sequence[tuple[int, int]]) -> int:
    """Refuse proposed pairs; the later ones are of this plan. Answers how many. Raises `NothingTicked`."""
    told = [both for pair in pairs if (both := pair_of(*pair, plan))]
    for earlier, later in told:
        refuse_predecessor(actor=actor, earlier=earlier, later=later)
    if not told:
        raise NothingTicked
    return len(told)


@transaction.atomic
def forget_refusals(*, actor: Any, earlier: Plan, later: Plan) -> int:
    """Let what was refused between two plans be proposed again; answers how many."""
    refused = RefusedPredecessor.objects.filter(earlier__plan=earlier, later__plan=later)
    number, _ = refused.delete()
    if number:
        audit.record(actor=actor, verb="forgot refused predecessors of", thing=later)
    return number


def links_drafted(*, actor: Any, pairs: Sequence[tuple[ActionOutcome, Action]], organisation_id: int) -> list[Lineage]:
    """The links of a plan that was drafted from another, saved in one statement."""
    return Lineage.objects.bulk_create(
        Lineage(
            organisation_id=organisation_id,
            earlier_plan_id=outcome.plan_id, earlier_id=outcome.action_id, later_plan_id=later.plan_id, later=later,
            fate=outcome.fate, way=LinkWay.DRAFTED, by=actor,
        )
        for outcome, later in pairs
    )  # fmt: skip
