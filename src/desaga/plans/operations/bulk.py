"""Changing many actions of a plan at once, and undoing that as a whole.

Every change says which state of each action it was decided on, so that nobody overwrites what they have not seen
(docs/adr/0017-saved-views-and-bulk-changes.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import PartyKind

from ..changing import Change, Wish, changes_of
from ..dates import said
from ..models import Action, ActionOwner, Alignment, BulkChange, Doubt, Plan, Update
from ..queries.bulk import MOST_AT_ONCE, actions_to_change, versions_of
from ..signals import update_given, updates_undone
from ..states import Basis, Rag, Status, Way
from ..updating import Account, with_pieces
from .actions import alignment_said, open_plan, owner_said
from .updates import AccountIsNotWhole, said_before, told_of, update_said

AT_ONCE = 200
NAMED = 3
FIELDS = (
    "status", "rag", "theme_id", "ends", "last_day", "precision", "business_as_usual", "usual_since", "usual_reason",
)  # fmt: skip
DAYS = ("last_day", "usual_since")
OWNER_FIELDS = ("id", "order", "text", "code", "kind", "role", "party_id")
MADE: dict[str, Any] = {"owners": ActionOwner, "alignments": Alignment, "updates": Update}


class NothingTicked(Refused):
    """No action is ticked. Tick those that you want to change."""


class TooManyAtOnce(Refused):
    """At most 1,000 actions can be changed at once. Narrow the filters, or change them page by page."""


class NothingToChange(Refused):
    """Nothing would change: every one of these actions is so already, or cannot be."""


class ActionIsGone(Refused):
    """One of these actions is no longer there. Look at the list as it is now."""


class ChangedMeanwhile(Refused):
    """Some of these actions were changed after you opened the page. Look at them as they are now, and press again."""


class MovedOn(Refused):
    """Some of these actions were changed since, so they cannot be undone together. Change them by hand."""


@transaction.atomic
def change_many(
    *, actor: Any, plan: Plan, seen: Mapping[int, str], wish: Wish, today: date | None = None
) -> BulkChange:
    """Change the actions that were `seen` (their ids, with `versions_of` when they were looked at) as a wish says.

    Those that are so already stay untouched, and those that are to be complete with nothing that shows it. A changed status or RAG is
    appended as a dated update. Raises `NothingTicked`, `TooManyAtOnce`, `ActionIsGone`, `ChangedMeanwhile`, `NothingToChange`,
    `actions.PlanIsClosed`, `updates.AccountIsNotWhole`.
    """
    plan, today = open_plan(plan), today or timezone.localdate()
    if missing := wish.wanting():
        raise AccountIsNotWhole(" ".join(missing.values()))
    changes, effects = changes_of(_held(plan, seen), wish, today)
    if not changes:
        raise NothingToChange
    before = {change.action.pk: _state(change) for change in changes}
    made = _write(changes, wish, actor, today)
    for change in changes:
        _record(actor, change, before[change.action.pk], wish, made.get(change.action.pk, {}))
    words = "; ".join(effect.sentence for effect in effects if effect.changes)
    step = BulkChange.objects.create(
        organisation=plan.organisation,
        plan=plan,
        words=words,
        by=actor,
        before={str(pk): {**state, "made": made.get(pk, {})} for pk, state in before.items()},
        after=_versions_now(plan, before),
    )
    audit.record(actor=actor, verb="changed many actions of", thing=plan, note=f"{words}.")
    return step


def _held(plan: Plan, seen: Mapping[int, str]) -> list[Action]:
    if not seen:
        raise NothingTicked
    if len(seen) > MOST_AT_ONCE:
        raise TooManyAtOnce
    actions = list(actions_to_change(plan, seen).select_for_update(of=("self",)))
    if len(actions) != len(seen):
        raise ActionIsGone
    now = versions_of(actions)
    if moved := [action for action in actions if now[action.pk] != seen[action.pk]]:
        raise ChangedMeanwhile(
            f"{_named(moved)} changed after you opened the page. What you see now is how they are; look at it, and press again."
        )
    return actions


def _named(actions: Sequence[Action]) -> str:
    names = [action.code or action.short_title[:40] for action in actions]
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more were" if rest > 0 else " was" if len(names) == 1 else " were")


def _versions_now(plan: Plan, pks: Iterable[int]) -> dict[str, str]:
    rows = Action.objects.filter(plan=plan, pk__in=list(pks)).only("pk", "changed_at")
    return {str(pk): at for pk, at in versions_of(list(rows)).items()}


def _state(change: Change) -> dict[str, Any]:
    """What is needed to undo: the columns that change, the owner who gives way, the doubts that are settled."""
    action, owner = change.action, change.gives_way
    names = ["theme_id" if name == "theme" else name for name in change.fields]
    return {
        "fields": {name: _plain(getattr(action, name)) for name in names},
        "owner": {name: getattr(owner, name) for name in OWNER_FIELDS} if owner else None,
        "doubts": [doubt.pk for doubt in change.doubts],
        "theme": str(action.theme) if action.theme else None,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# ---- Writing


def _write(changes: Sequence[Change], wish: Wish, actor: Any, today: date) -> dict[int, dict[str, list[int]]]:
    """Write all changes, a few statements for all; answers what was made for each action, by kind."""
    said_of = [_updates(change, wish, actor, today) for change in changes if change.goes_on]
    changed = [change.action for change in changes if change.fields]
    for change in changes:
        for name, value in change.fields.items():
            setattr(change.action, name, value)
    if changed:
        Action.objects.bulk_update(changed, FIELDS, batch_size=AT_ONCE)
    settled = [doubt.pk for change in changes for doubt in change.doubts]
    Doubt.objects.filter(pk__in=settled).update(settled_at=timezone.now(), settled_by=actor)
    owners = [_owner(change, wish) for change in changes if change.gets_owner]
    ActionOwner.objects.filter(pk__in=[change.gives_way.pk for change in changes if change.gives_way]).delete()
    rows: dict[str, list[Any]] = {
        "owners": owners,
        "alignments": [_alignment(change, wish) for change in changes if change.gets_alignment],
        "updates": [row for told in said_of for row in told],
    }
    made: dict[int, dict[str, list[int]]] = {}
    for kind, model in MADE.items():
        for row in model.objects.bulk_create(rows[kind], batch_size=AT_ONCE):
            made.setdefault(row.action_id, {}).setdefault(kind, []).append(row.pk)
    for told in said_of:
        update_given.send(Update, update=told[-1])
    return made


def _part(action: Action, rows: Iterable[Any]) -> dict[str, Any]:
    order = max((row.order for row in rows), default=-1) + 1
    return {"organisation_id": action.organisation_id, "plan_id": action.plan_id, "action": action, "order": order}


def _owner(change: Change, wish: Wish) -> ActionOwner:
    part, gone, party = _part(change.action, change.action.owners.all()), change.gives_way, wish.party
    if gone:
        part["order"] = gone.order
    role = gone.role if gone else wish.role
    return ActionOwner(**part, text=party.name, code=party.code, kind=PartyKind(party.kind), role=role, party=party)


def _alignment(change: Change, wish: Wish) -> Alignment:
    framework, code = wish.alignment or ("", "")
    part = _part(change.action, change.action.alignments.all())
    return Alignment(**part, framework=framework, code=code, text=code, basis=Basis.CELL)


def _updates(change: Change, wish: Wish, actor: Any, today: date) -> list[Update]:
    """What the action said until now, where no update holds it, and what it says from today."""
    action = change.action
    known = [told_of(one) for one in action.updates.all()]
    was = {"status": action.status, "rag": action.rag, "comments": action.comments, "updates": known}
    now = update_said({**was, **change.fields}, wish.said, said(today.isoformat()))
    part = _part(action, action.updates.all())
    rows = [*said_before(was, today), now | _what_stands_with_it(change, wish)]
    return [
        Update(
            **{**part, "order": part["order"] + at}, **told, way=Way.TOGETHER, said_at=timezone.now(), entered_by=actor
        )
        for at, told in enumerate(rows)
    ]


def _what_stands_with_it(change: Change, wish: Wish) -> dict[str, str]:
    """Why it is red and what shows that it is complete: as wished where that is what changes, else as it was said last."""
    last = max(change.action.updates.all(), key=lambda one: one.order, default=None)
    status, rag = (change.fields.get(name, getattr(change.action, name)) for name in ("status", "rag"))
    told = Account(status=status, rag=rag)
    if rag == Rag.RED:
        red = (
            (wish.cause, wish.recovery)
            if "rag" in change.fields
            else (last.reason, last.recovery)
            if last
            else ("", "")
        )
        told = replace(told, reason=red[0], recovery=red[1])
    if status == Status.COMPLETE:
        words = wish.evidence if "status" in change.fields else last.evidence if last else ""
        told = with_pieces(replace(told, evidence=words), change.action.shown_by)  # type: ignore[attr-defined]
    return {"reason": told.reason, "recovery": told.recovery, "evidence": told.evidence}


def _record(actor: Any, change: Change, was: Mapping[str, Any], wish: Wish, made: Mapping[str, Any]) -> None:
    """One entry for each action, in the words of a change by hand."""
    action = change.action
    changes = {
        name.removesuffix("_id"): [value, _plain(getattr(action, name))]
        for name, value in was["fields"].items()
        if name not in ("last_day", "theme_id")
    }
    if "theme_id" in was["fields"]:
        changes["theme"] = [was["theme"], audit.plain(action.theme)]
    if change.gets_owner or change.gives_way:
        owners = list(action.owners.all())
        left = [
            *(one for one in owners if one != change.gives_way),
            *([_owner(change, wish)] if change.gets_owner else []),
        ]
        changes["owners"] = [[owner_said(one) for one in rows] for rows in (owners, left)]
    if change.gets_alignment:
        known = [alignment_said(one) for one in action.alignments.all()]
        changes["alignments"] = [known, [*known, alignment_said(_alignment(change, wish))]]
    if change.doubts:
        changes["doubts"] = [[doubt.message for doubt in change.doubts], "settled"]
    audit.record(actor=actor, verb="changed", thing=action, changes=changes, note="Together with others")


# ---- Undoing


@transaction.atomic
def undo_bulk_change(*, actor: Any, change: BulkChange) -> BulkChange:
    """Bring all actions back to what they were before a change of many. Undoing it twice is undoing it once.

    Raises `MovedOn` where any of them was changed since, `actions.PlanIsClosed`.
    """
    plan = open_plan(change.plan)
    change = locked(change)
    if change.undone_at:
        return change
    held = Action.objects.filter(plan=plan, pk__in=[int(pk) for pk in change.after]).order_by("order")
    actions = list(held.select_for_update(of=("self",)))
    now = versions_of(actions)
    moved = [action for action in actions if now[action.pk] != change.after[str(action.pk)]]
    if moved or len(actions) != len(change.after):
        raise MovedOn(
            f"{_named(moved)} changed since. Undo what was done there first, or change them by hand." if moved else ""
        )
    _restore(actions, change)
    for action in actions:
        audit.record(actor=actor, verb="undid a change of", thing=action, note=change.words)
    change.undone_at, change.undone_by = timezone.now(), actor
    change.save(update_fields=["undone_at", "undone_by"])
    audit.record(actor=actor, verb="undid a change of many actions of", thing=plan, note=change.words)
    return change


def _restore(actions: Sequence[Action], change: BulkChange) -> None:
    states = [change.before[str(action.pk)] for action in actions]
    for kind, model in MADE.items():
        made = [pk for state in states for pk in state["made"].get(kind, ())]
        if model is Update:
            updates_undone.send(Update, pks=made)
        model.objects.filter(pk__in=made).delete()
    for action, state in zip(actions, states, strict=True):
        for name, value in state["fields"].items():
            setattr(action, name, parse_date(value) if name in DAYS and value else value)
    Action.objects.bulk_update(actions, FIELDS, batch_size=AT_ONCE)
    gone = [
        ActionOwner(organisation_id=action.organisation_id, plan_id=action.plan_id, action=action, **state["owner"])
        for action, state in zip(actions, states, strict=True)
        if state["owner"]
    ]
    ActionOwner.objects.bulk_create(gone)
    doubts = [pk for state in states for pk in state["doubts"]]
    Doubt.objects.filter(pk__in=doubts).update(settled_at=None, settled_by=None)
