"""The end of a plan: how far each action came and, apart from that, what became of it; and the links to what it went on as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..closing import together
from ..models import Action, ActionOutcome, Lineage, Plan
from ..queries.bulk import MOST_AT_ONCE
from ..queries.closing import actions_closing, closings_of
from ..states import GOES_ON, Completion, Fate, PlanState
from .actions import PlanIsClosed

FIELDS = ("completion", "fate", "reason", "into_id")


class NothingToSay(Refused):
    """Nothing is chosen. Say how far it came, or what became of it."""


class NothingTicked(Refused):
    """No action is ticked that can be said something of. Tick at least one."""


class TooMany(Refused):
    """That is more than can be done at once. Tick fewer actions."""


class StoppedWithoutReason(Refused):
    """Say why it was stopped, in a sentence: whoever makes the next plan will ask."""


class MergedWithNothing(Refused):
    """Say with which action of this plan it becomes one, or tick all that become one."""


class GoesOnAlready(Refused):
    """It goes on in a later plan. Take that link back first, on the action’s page."""


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What is said of one or many actions; what is empty is left as it is. `into` is the action that they are merged with.

    `is_linked`: a link says already what a merged one became, so nobody need say with which other.
    """

    completion: str = ""
    fate: str = ""
    reason: str = ""
    into: int | None = None
    is_linked: bool = False

    def refuse_what_is_wanting(self, pks: Sequence[int]) -> None:
        if self.completion not in ("", *Completion.values) or self.fate not in ("", *Fate.values):
            raise NothingToSay
        if not self.completion and not self.fate:
            raise NothingToSay
        if self.fate == Fate.STOPPED and not self.reason.strip():
            raise StoppedWithoutReason
        if (
            self.fate == Fate.MERGED
            and not self.is_linked
            and (self.into in pks or (self.into is None and len(pks) < 2))
        ):
            raise MergedWithNothing


@dataclass
class _Pen:
    """Who writes when, and what is there to be written on."""

    actor: Any
    now: datetime
    plan: Plan
    held: dict[int, ActionOutcome] = field(default_factory=dict)
    linked: frozenset[int] = frozenset()


@transaction.atomic
def say_outcomes(*, actor: Any, plan: Plan, pks: Sequence[int], saying: Saying, now: datetime | None = None) -> int:
    """Say of these actions of a plan how far they came, what became of them, or both; answers how many.

    Of a closed plan only what nobody has said may be said. Raises `NothingToSay`, `NothingTicked`, `TooMany`,
    `StoppedWithoutReason`, `MergedWithNothing`, `GoesOnAlready`, `actions.PlanIsClosed`.
    """
    saying.refuse_what_is_wanting(pks)
    pen, actions = _take_up(actor, plan, pks, now)
    if saying.into is not None and not Action.objects.filter(plan=plan, pk=saying.into).exists():
        raise MergedWithNothing
    into = _merged(saying, [one.pk for one in actions])
    for action in actions:
        _write(pen, action, _wanted(saying, into.get(action.pk)))
    return len(actions)


@transaction.atomic
def accept_proposals(*, actor: Any, plan: Plan, pks: Sequence[int], now: datetime | None = None) -> int:
    """Say what the last updates speak for, where nobody has said anything; answers of how many. Raises `NothingTicked`, `TooMany`."""
    pen, actions = _take_up(actor, plan, pks, now)
    rows = closings_of(list(actions_closing(plan).filter(pk__in=[one.pk for one in actions])))
    proposed = [row for row in rows if row.has_proposal]
    for row in proposed:
        wanted: dict[str, Any] = {}
        if row.completion:
            wanted["completion"] = row.completion.value
        if row.fate:
            wanted |= {"fate": row.fate.value, "reason": row.fate.reason, "into_id": None}
        _write(pen, row.action, wanted)
    return len(proposed)


@transaction.atomic
def take_outcomes_back(*, actor: Any, plan: Plan, pks: Sequence[int], now: datetime | None = None) -> int:
    """Unsay both: nobody has said anything of these actions. Raises `NothingTicked`, `GoesOnAlready`, `actions.PlanIsClosed`."""
    pen, actions = _take_up(actor, plan, pks, now)
    told = [one for one in actions if one.pk in pen.held and (pen.held[one.pk].completion or pen.held[one.pk].fate)]
    for action in told:
        _write(pen, action, {"completion": "", "fate": "", "reason": "", "into_id": None})
    return len(told)


def _take_up(actor: Any, plan: Plan, pks: Sequence[int], now: datetime | None) -> tuple[_Pen, list[Action]]:
    """The plan and what was said of these actions, held until the transaction ends."""
    if len(pks) > MOST_AT_ONCE:
        raise TooMany
    plan = locked(plan)
    actions = list(
        Action.objects.filter(plan=plan, pk__in=pks).order_by("order").defer("how", "success", "source_rows")
    )
    if not actions:
        raise NothingTicked
    outcomes = ActionOutcome.objects.select_for_update().filter(action__in=actions)
    linked = Lineage.objects.filter(earlier__in=actions).values_list("earlier_id", flat=True)
    return _Pen(
        actor, now or timezone.now(), plan, {one.action_id: one for one in outcomes}, frozenset(linked)
    ), actions


def _merged(saying: Saying, pks: Sequence[int]) -> Mapping[int, int]:
    if saying.fate != Fate.MERGED or saying.is_linked:
        return {}
    if saying.into is not None:
        return dict.fromkeys(pks, saying.into)
    if len(pks) < 2:
        raise MergedWithNothing
    return together(pks)


def _wanted(saying: Saying, into: int | None) -> dict[str, Any]:
    wanted: dict[str, Any] = {"completion": saying.completion} if saying.completion else {}
    if saying.fate:
        wanted |= {"fate": saying.fate, "reason": saying.reason.strip(), "into_id": into}
    return wanted


def _write(pen: _Pen, action: Action, wanted: Mapping[str, Any]) -> None:
    """Write what is wanted, when and by whom; nothing where that is what stands there."""
    outcome = pen.held.get(action.pk) or ActionOutcome(
        organisation_id=pen.plan.organisation_id, plan=pen.plan, action=action
    )
    before = {name: getattr(outcome, name) for name in FIELDS}
    changed = [name for name, value in wanted.items() if before[name] != value]
    if not changed:
        return
    _refuse_change(pen, action, before, wanted)
    for name in changed:
        setattr(outcome, name, wanted[name])
    if "completion" in changed:
        outcome.completion_by, outcome.completion_at = pen.actor, pen.now
    if set(changed) - {"completion"}:
        outcome.fate_by, outcome.fate_at = pen.actor, pen.now
    outcome.save()
    if "fate" in changed and outcome.fate in GOES_ON:
        Lineage.objects.filter(earlier=action).update(fate=outcome.fate)
    changes = {name.removesuffix("_id"): [_said(before[name]), _said(wanted[name])] for name in changed}
    audit.record(actor=pen.actor, verb="said how it ended of", thing=action, changes=changes, now=pen.now)


def _said(value: Any) -> Any:
    """A merged one's partner as its name."""
    return str(Action.objects.only("code", "title").get(pk=value)) if isinstance(value, int) else value


def _refuse_change(pen: _Pen, action: Action, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    if pen.plan.state == PlanState.CLOSED and any(
        before[name] for name, value in wanted.items() if before[name] != value
    ):
        raise PlanIsClosed
    if action.pk in pen.linked and "fate" in wanted and wanted["fate"] not in GOES_ON:
        raise GoesOnAlready
