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
from ..interchange import action_as_data, fields_of
from ..models import Action, ActionOutcome, ActionOwner, Measure, Plan, Theme
from ..queries.actions import actions_whole
from ..queries.closing import actions_going_on, closing_progress, has_next
from ..queries.measures import MeasureRead, measures_of_plan
from ..states import Fate
from .actions import parts_of, save_parts, theme_named
from .gate import NotAllSaid
from .lineage import links_drafted
from .parties import PartyBook
from .plans import start_plan

Members = Sequence[tuple[Action, ActionOutcome]]


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
    groups = groups_of({pk: one.into_id for pk, one in outcomes.items()})
    members = [[(whole[pk], outcomes[pk]) for pk in group] for group in groups]
    pairs = _write_actions(actor, plan, after, members)
    links_drafted(actor=actor, pairs=pairs, organisation_id=plan.organisation_id)
    audit.record(actor=actor, verb="drafted the next plan from", thing=plan, note=after.title)
    return after


def _started_after(actor: Any, plan: Plan, **fields: str) -> Plan:
    """A new plan of the same unit, with the headings of the one before and what it explains: abbreviations and frameworks of its own."""
    after = start_plan(actor=actor, organisation=plan.organisation, **fields)
    after.unit, after.under = plan.unit, plan.under
    after.glossary, after.frameworks = plan.glossary, plan.frameworks
    after.save(update_fields=["unit", "under", "glossary", "frameworks"])
    owned = {"organisation": plan.organisation, "plan": after}
    themes = plan.themes.all()
    Theme.objects.bulk_create(Theme(**owned, order=one.order, code=one.code, title=one.title) for one in themes)
    return after


def _write_actions(
    actor: Any, plan: Plan, after: Plan, groups: Sequence[Members]
) -> list[tuple[ActionOutcome, Action]]:
    """All actions of the draft, with what each came from; so many statements as there are kinds of rows, however many actions."""
    told = [(members, data) for members in groups for data in successors([_as_data(one) for one in members])]
    themes = {name: theme_named(name, plan=after, actor=actor) for name in dict.fromkeys(d["theme"] for _, d in told)}
    owned = {"organisation": after.organisation, "plan": after}
    made = Action.objects.bulk_create(
        Action(**owned, order=order, theme=themes[data["theme"]], **fields_of(data))
        for order, (_, data) in enumerate(told)
    )
    parties, parts = PartyBook(after), []
    for new, (members, data) in zip(made, told, strict=True):
        rows = parts_of(new, data, parties)
        _keep_parties(members, rows)
        parts += rows
        audit.record(actor=actor, verb="drafted", thing=new, note="From " + "; ".join(str(one) for one, _ in members))
    save_parts(parts)
    _carry_measures(plan, [(members, new) for (members, _), new in zip(told, made, strict=True)])
    return [(outcome, new) for (members, _), new in zip(told, made, strict=True) for _, outcome in members]


def _as_data(member: tuple[Action, ActionOutcome]) -> tuple[Mapping[str, Any], str]:
    action, outcome = member
    return action_as_data(action), outcome.fate


def _keep_parties(members: Members, rows: Sequence[Any]) -> None:
    """Whom the old plan's words mean was said there already."""
    known = {(o.text, o.code): o.party for action, _ in members for o in action.owners.all() if o.party}
    for row in rows:
        if isinstance(row, ActionOwner) and row.party is None:
            row.party = known.get((row.text, row.code))


def _carry_measures(plan: Plan, pairs: Sequence[tuple[Members, Action]]) -> None:
    """The measures that are still counted, from where each stands; the day by which one was due was of the old plan."""
    reads, carried = measures_of_plan(plan), []
    for members, new in pairs:
        from_here = sorted(action.pk for action, outcome in members if outcome.fate != Fate.REPLACED)
        counted = [read for pk in from_here for read in reads.get(pk, ())]
        once = {(one.measure.what, one.measure.target): one for one in reversed(counted)}
        carried += [_carried(one, new, order) for order, one in enumerate(reversed(once.values()))]
    Measure.objects.bulk_create(carried)


def _carried(read: MeasureRead, new: Action, order: int) -> Measure:
    """The same measure of the new action, read from where it was read; where that was its own plan, the new plan is meant."""
    old = read.measure
    is_own = (old.indicator_cut, old.indicator_part) == ("plan", str(old.plan_id))
    return Measure(
        organisation_id=new.organisation_id, plan_id=new.plan_id, action=new, order=order,
        what=old.what, is_share=old.is_share, direction=old.direction, target=old.target,
        baseline=read.last.value if read.last else old.baseline, words=old.words,
        indicator=old.indicator, indicator_cut=old.indicator_cut,
        indicator_part=str(new.plan_id) if is_own else old.indicator_part,
        series_id=old.series_id, source_name=old.source_name,
    )  # fmt: skip
