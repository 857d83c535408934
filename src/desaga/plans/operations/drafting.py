"""The next plan, drafted from what became of the actions of this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..closing import groups_of
from ..drafting import successors
from ..interchange import action_as_data
from ..models import Action, ActionOutcome, ActionOwner, Measure, MeasureReading, Plan
from ..queries.actions import actions_whole
from ..queries.closing import actions_going_on, closing_progress, has_next
from ..states import Fate
from .actions import add_action
from .gate import NotAllSaid
from .lineage import links_drafted
from .plans import start_plan


class NothingGoesOn(Refused):
    """No action of this plan goes on. Start the next plan blank instead."""


class DraftedAlready(Refused):
    """The next plan was drafted already. Change it there."""


@transaction.atomic
def draft_next_plan(*, actor: Any, plan: Plan, title: str, starts: str = "", ends: str = "") -> Plan:
    """A new draft with the actions that go on, their owners, principles and measures, each linked to where it came from.

    Raises `gate.NotAllSaid`, `NothingGoesOn`, `DraftedAlready`.
    """
    plan = locked(plan)
    if unsaid := closing_progress(plan).unsaid:
        raise NotAllSaid(unsaid)
    if has_next(plan):
        raise DraftedAlready
    outcomes = {one.action_id: one for one in actions_going_on(plan)}
    if not outcomes:
        raise NothingGoesOn
    after = _started_after(actor, plan, title=title, starts=starts, ends=ends)
    whole = {one.pk: one for one in actions_whole(plan).filter(pk__in=outcomes)}
    pairs = []
    for group in groups_of({pk: one.into_id for pk, one in outcomes.items()}):
        members = [(whole[pk], outcomes[pk]) for pk in group]
        pairs += [(outcome, new) for new in _added(actor, after, members) for _, outcome in members]
    links_drafted(actor=actor, pairs=pairs, organisation_id=plan.organisation_id)
    audit.record(actor=actor, verb="drafted the next plan from", thing=plan, note=after.title)
    return after


def _started_after(actor: Any, plan: Plan, **fields: str) -> Plan:
    """A new plan of the same unit, with what the one before explains: abbreviations and frameworks of its own."""
    after = start_plan(actor=actor, organisation=plan.organisation, **fields)
    after.unit, after.under = plan.unit, plan.under
    after.glossary, after.frameworks = plan.glossary, plan.frameworks
    after.save(update_fields=["unit", "under", "glossary", "frameworks"])
    return after


def _added(actor: Any, after: Plan, members: Sequence[tuple[Action, ActionOutcome]]) -> list[Action]:
    datas = successors([(action_as_data(action), outcome.fate) for action, outcome in members])
    note = "From " + "; ".join(str(action) for action, _ in members)
    added = []
    for data in datas:
        new = add_action(actor=actor, plan=after, data=data, note=note)
        _keep_parties(members, new)
        _carry_measures([action for action, outcome in members if outcome.fate != Fate.REPLACED], new)
        added.append(new)
    return added


def _keep_parties(members: Sequence[tuple[Action, ActionOutcome]], new: Action) -> None:
    """Whom the old plan's words mean was said there already."""
    known = {(o.text, o.code): o.party_id for action, _ in members for o in action.owners.all() if o.party_id}
    for owner in ActionOwner.objects.filter(action=new, party=None):
        if party := known.get((owner.text, owner.code)):
            ActionOwner.objects.filter(pk=owner.pk).update(party=party)


def _carry_measures(olds: Sequence[Action], new: Action) -> None:
    """The measures that are still counted, from where each stood last; the day by which it was due was of the old plan."""
    measures = list(Measure.objects.filter(action__in=olds, ended_at=None).order_by("action_id", "order"))
    stood = _last_values(measures)
    seen: set[tuple[Any, ...]] = set()
    for measure in measures:
        key = (measure.what, measure.target)
        if key in seen:
            continue
        seen.add(key)
        Measure.objects.create(
            organisation_id=new.organisation_id, plan_id=new.plan_id, action=new, order=len(seen) - 1,
            what=measure.what, is_share=measure.is_share, direction=measure.direction, target=measure.target,
            baseline=stood.get(measure.pk, measure.baseline), words=measure.words,
        )  # fmt: skip


def _last_values(measures: Sequence[Measure]) -> Mapping[int, Any]:
    readings = MeasureReading.objects.filter(measure__in=measures).order_by("on", "pk")
    return dict(readings.values_list("measure_id", "value"))
