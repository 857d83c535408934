"""Actions: writing what the reader or a person said, and settling doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import PartyKind

from ..interchange import alignment_from, fields_of
from ..models import Action, ActionOwner, Alignment, Dependency, Doubt, Milestone, Plan, Theme, Update
from ..signals import update_given
from ..states import PlanState
from .linking import link_waits
from .parties import PartyBook

#: What is written anew when an action is changed. Updates are not: they are added to, and nothing else.
PARTS = (ActionOwner, Alignment, Milestone, Dependency)


class PlanIsClosed(Refused):
    """The plan is closed. Reopen it to change anything in it."""


class ActionChangedMeanwhile(Refused):
    """Somebody changed this action while you were typing. What they changed stands above, and all that you typed is still here."""


def parts_of(action: Action, data: Mapping[str, Any], parties: PartyBook) -> list[Any]:
    """The rows that follow an action, not yet saved: owners, alignments, milestones, dependencies, updates."""
    owner = {"organisation": action.organisation, "plan": action.plan, "action": action}
    rows: list[Any] = [_owner_of(one, parties, order=order, **owner) for order, one in enumerate(data["owners"])]
    rows += [alignment_from(one, **owner, order=order) for order, one in enumerate(data["alignments"])]
    rows += [
        Milestone(**owner, order=order, label=one["label"], starts=one["start"] or "", ends=one["end"] or "")
        for order, one in enumerate(data["milestones"])
    ]
    rows += [Dependency(**owner, order=order, text=one["text"]) for order, one in enumerate(data["depends_on"])]
    return rows + updates_from(action, data["updates"])


def updates_from(action: Action, told: Iterable[Mapping[str, Any]], *, first: int = 0) -> list[Update]:
    """Updates in the interchange format as rows, not yet saved; `first` is the place of the first."""
    owner = {"organisation": action.organisation, "plan": action.plan, "action": action}
    return [
        Update(
            **owner,
            order=order,
            period=one["period"],
            status=one["status"] or "",
            rag=one["rag"] or "",
            text=one["text"],
        )
        for order, one in enumerate(told, first)
    ]


def added_updates(action: Action, told: Iterable[Mapping[str, Any]]) -> list[Update]:
    """Those of the updates that the action has not yet, as rows to save: what was said stays."""
    known = Counter((one.period, one.status, one.rag, one.text) for one in Update._base_manager.filter(action=action))
    added = []
    for one in told:
        same = (one["period"], one["status"] or "", one["rag"] or "", one["text"])
        if known[same]:
            known[same] -= 1
        else:
            added.append(one)
    return updates_from(action, added, first=next_order(Update._base_manager.filter(action=action)))


def _owner_of(said: Mapping[str, Any], parties: PartyBook, **where: Any) -> ActionOwner:
    """Whom an action names. Words that turn out to be a person are a person's from then on, and the public reads them no more."""
    party = parties.find(code=said["code"], text=said["text"])
    kind = PartyKind.PERSON if party and party.kind == PartyKind.PERSON else said["kind"]
    return ActionOwner(**where, text=said["text"], code=said["code"] or "", kind=kind, role=said["role"], party=party)


def save_parts(rows: list[Any]) -> None:
    """Save rows of several kinds, one statement a kind."""
    models: tuple[Any, ...] = (*PARTS, Update, Doubt)
    for model in models:
        model._base_manager.bulk_create([row for row in rows if type(row) is model])


@transaction.atomic
def add_action(*, actor: Any, plan: Plan, data: Mapping[str, Any], note: str = "", **source: Any) -> Action:
    """Add an action; `data` is in the interchange format. Raises `PlanIsClosed`.

    `source` may name the `document` that it was read from, its `source_rows` there, and the `reading_id` that it is known by.
    """
    plan = open_plan(plan)
    fields = {**fields_of(data), **source}
    action = Action(organisation=plan.organisation, plan=plan, order=next_order(plan.actions), **fields)
    action.theme = theme_named(data["theme"], plan=plan, actor=actor)
    action.save(force_insert=True)
    save_parts(parts_of(action, data, PartyBook(plan)))
    link_waits(plan, {action.pk: data["depends_on"]})
    audit.record(actor=actor, verb="added", thing=action, note=note or f"Plan: {plan.title}")
    return action


@transaction.atomic
def edit_action(
    *,
    actor: Any,
    action: Action,
    data: Mapping[str, Any],
    note: str = "",
    seen: datetime | None = None,
    said: Iterable[Mapping[str, Any]] = (),
) -> Action:
    """Change what an action is (how it goes is an update); `data` is in the interchange format.

    `seen` is when the action that one saw was changed last; `said`, the columns of updates that are given with it now.
    Raises `PlanIsClosed`, `ActionChangedMeanwhile`.
    """
    plan = open_plan(action.plan)
    action = locked(action)
    if seen and action.changed_at != seen:
        raise ActionChangedMeanwhile
    before, was_usual = _account(action), action.business_as_usual
    for name, value in fields_of(data).items():
        setattr(action, name, value)
    _keep_usual(action, was_usual)
    action.theme = theme_named(data["theme"], plan=plan, actor=actor)
    action.save()
    parties = PartyBook(plan)
    for model in PARTS:
        model._base_manager.filter(action=action).delete()
    save_parts([*parts_of(action, {**data, "updates": ()}, parties), *added_updates(action, data["updates"])])
    for told in said:
        _give(action, told)
    link_waits(plan, {action.pk: data["depends_on"]})
    if changes := audit.differences(before, _account(action)):
        audit.record(actor=actor, verb="changed", thing=action, changes=changes, note=note)
    return action


def _give(action: Action, told: Mapping[str, Any]) -> None:
    where = {"organisation_id": action.organisation_id, "plan_id": action.plan_id, "action": action}
    update = Update.objects.create(**where, order=next_order(action.updates), **told)
    update_given.send(Update, update=update)


def _keep_usual(action: Action, was_usual: bool) -> None:
    """Since when and why belong to business as usual: whoever only ticks the box means from today."""
    if not action.business_as_usual:
        action.usual_since, action.usual_reason = None, ""
    elif not was_usual:
        action.usual_since = timezone.localdate()


@transaction.atomic
def settle_doubt(*, actor: Any, doubt: Doubt) -> Doubt:
    """Say that a doubt has been looked at. Saying so twice is saying so once. Raises `PlanIsClosed`."""
    open_plan(doubt.plan)
    doubt = locked(doubt)
    if doubt.settled_at is None:
        doubt.settled_at, doubt.settled_by = timezone.now(), actor
        doubt.save(update_fields=["settled_at", "settled_by"])
        audit.record(actor=actor, verb="settled a doubt about", thing=doubt.action, note=doubt.message)
    return doubt


def theme_named(name: str | None, *, plan: Plan, actor: Any) -> Theme | None:
    """The plan's theme of this code or title, added where there is none; None for no name."""
    name = (name or "").strip()
    if not name:
        return None
    for theme in plan.themes.all():
        if name.casefold() in (theme.code.casefold(), theme.title.casefold()):
            return theme
    theme = Theme.objects.create(organisation=plan.organisation, plan=plan, order=next_order(plan.themes), title=name)
    audit.record(actor=actor, verb="added", thing=theme, note=f"Plan: {plan.title}")
    return theme


def open_plan(plan: Plan) -> Plan:
    """The plan, locked. Raises `PlanIsClosed`."""
    plan = locked(plan)
    if plan.state == PlanState.CLOSED:
        raise PlanIsClosed
    return plan


def next_order(rows: Any) -> int:
    last = rows.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def alignment_said(alignment: Alignment) -> str:
    """What an action answers, and why we think so, in words."""
    return f"{alignment} ({alignment.get_basis_display()})"


def owner_said(owner: ActionOwner) -> str:
    """Whom an action names, and as what, in words."""
    code = f" [{owner.code}]" if owner.code and owner.code != owner.text else ""
    return f"{owner.text}{code} ({owner.role}, {owner.kind})"


def _account(action: Action) -> dict[str, Any]:
    """What an action is, in words that a person can compare."""
    names = [
        field.name
        for field in Action._meta.concrete_fields
        if field.editable and field.name not in ("id", "organisation", "plan", "order")
    ]
    parts = {
        "owners": [owner_said(o) for o in ActionOwner._base_manager.filter(action=action)],
        "alignments": [alignment_said(a) for a in Alignment._base_manager.filter(action=action)],
        "milestones": [f"{m.label} {m.when}".strip() for m in Milestone._base_manager.filter(action=action)],
        "updates": [f"{u.period}: {u.text}" for u in Update._base_manager.filter(action=action)],
        "waits for": [d.text for d in Dependency._base_manager.filter(action=action).exclude(text="")],
    }
    return audit.snapshot(action, *names) | parts
