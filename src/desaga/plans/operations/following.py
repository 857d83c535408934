"""Following a framework's new edition, and answering what that suggests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.frameworks.moving import Succession
from desaga.frameworks.queries import framework_known
from desaga.organisations.refusals import Refused

from ..following import Onward
from ..interchange import alignment_as_data, alignment_from
from ..models import Action, Alignment, Followed, Following, Plan
from ..queries.followed import Pending, pending_in, suggestions_waiting, touched
from ..states import Basis, Verdict
from .actions import open_plan
from .aligning import aligned, record_changed


class NothingToFollow(Refused):
    """Everything of this plan that can follow has followed already."""


class TouchedSince(Refused):
    """Some of this has been answered, or changed in its actions, since. Take those answers back first, or refuse what does not hold."""


class NothingTicked(Refused):
    """Nothing is ticked. Tick what you want to answer."""


class AnsweredAlready(Refused):
    """That has been answered already. Look at the list as it is now."""


class NoSuchPrinciple(Refused):
    """This edition has no such principle. Choose one from the list."""


class NothingToTakeBack(Refused):
    """There is no answer to take back any more. Look at the list as it is now."""


@dataclass(frozen=True)
class Answered:
    """How many suggestions were answered, and how many somebody else had answered before."""

    number: int
    left: int = 0


@transaction.atomic
def follow_edition(*, actor: Any, plan: Plan, succession: Succession) -> Following:
    """Let a plan's alignments with one edition follow to the next; the old ones stay.

    What asks the same is carried over, everything else is suggested with its reason. What has followed once does not follow again,
    whatever became of it. Raises `NothingToFollow`, `actions.PlanIsClosed`.
    """
    plan = open_plan(plan)
    found = pending_in(plan, succession)
    if not found.onward:
        raise NothingToFollow
    following = Following.objects.create(
        organisation=plan.organisation, plan=plan, old_name=succession.old_name, new_name=succession.new_name, by=actor
    )
    _write_onward(following, found, actor)
    note = f"{found.carried} carried over, {found.suggested} suggested; from {succession.old_name}."
    audit.record(actor=actor, verb=f"followed {succession.new_name}"[:60], thing=plan, note=note)
    return following


@transaction.atomic
def follow_editions(*, actor: Any, wanted: Iterable[tuple[Plan, Succession]]) -> list[Following]:
    """The same for several plans together: all of them or none. Those that have nothing left to follow are passed over."""
    followings = []
    for plan, succession in sorted(wanted, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                followings.append(follow_edition(actor=actor, plan=plan, succession=succession))
        except NothingToFollow:
            continue
    return followings


def _write_onward(following: Following, found: Pending, actor: Any) -> None:
    by_action: dict[int, list[Onward]] = defaultdict(list)
    for pk, one in found.onward:
        by_action[pk].append(one)
    before = aligned(by_action)
    rows = Alignment.objects.filter(action__in=by_action).order_by()
    last = dict(rows.values_list("action").annotate(last=Max("order")))
    owner = {"organisation": following.organisation, "plan": following.plan}
    Alignment.objects.bulk_create(
        Alignment(
            **owner,
            action_id=pk,
            order=last[pk] + n,
            framework=following.new_name,
            code=one.code,
            text=one.code,
            basis=one.basis,
            reason=one.reason,
        )
        for pk, many in by_action.items()
        for n, one in enumerate(many, 1)
    )
    Followed.objects.bulk_create(_followed(following, pk, one) for pk, many in by_action.items() for one in many)
    record_changed(actor, before, f"Followed {following.new_name}.")


def _followed(following: Following, action: int, one: Onward) -> Followed:
    return Followed(
        organisation=following.organisation,
        following=following,
        action_id=action,
        framework=following.new_name,
        code=one.code,
        was=list(one.was),
        basis=one.basis,
        reason=one.reason,
        verdict=Verdict.WAITING if one.basis == Basis.SUGGESTED else Verdict.CARRIED,
    )


@transaction.atomic
def unfollow_edition(*, actor: Any, following: Following) -> None:
    """Take a following back: what it added goes, and everything is as it was. Raises `TouchedSince`, `actions.PlanIsClosed`."""
    plan = open_plan(following.plan)
    if not Following.objects.filter(pk=following.pk).exists():
        return
    if touched().filter(following=following).exists():
        raise TouchedSince
    made = list(Followed.objects.filter(following=following))
    before = aligned([one.action_id for one in made])
    pairs = {(one.action_id, one.code) for one in made}
    rows = Alignment.objects.filter(action__in=before, framework=following.new_name)
    gone = [pk for pk, action, code in rows.values_list("pk", "action", "code") if (action, code) in pairs]
    Alignment.objects.filter(pk__in=gone).delete()
    record_changed(actor, before, f"Took back that the plan followed {following.new_name}.")
    audit.record(actor=actor, verb="took back following", thing=plan, note=str(following))
    following.delete()


# ---- Answering suggestions


@transaction.atomic
def accept_suggestions(*, actor: Any, plan: Plan, pks: Collection[int]) -> Answered:
    """Say that the actions do answer what is suggested: from now on it is stated.

    What somebody answered before is left, and counted. Raises `NothingTicked`, `AnsweredAlready`, `actions.PlanIsClosed`.
    """
    return _answer(actor, plan, pks, Verdict.ACCEPTED)


@transaction.atomic
def refuse_suggestions(*, actor: Any, plan: Plan, pks: Collection[int]) -> Answered:
    """Say that the actions do not answer what is suggested; it is not suggested again. Raises as `accept_suggestions`."""
    return _answer(actor, plan, pks, Verdict.REFUSED)


@transaction.atomic
def choose_another(*, actor: Any, plan: Plan, pks: Collection[int], code: str) -> Answered:
    """Say that the actions answer another principle of the same edition instead of what is suggested.

    Raises `NoSuchPrinciple`, and as `accept_suggestions`.
    """
    return _answer(actor, plan, pks, Verdict.ELSEWHERE, code)


def _answer(actor: Any, plan: Plan, pks: Collection[int], verdict: Verdict, code: str = "") -> Answered:
    plan = open_plan(plan)
    if not pks:
        raise NothingTicked
    rows = list(suggestions_waiting(plan).filter(pk__in=pks).order_by("pk"))
    if not rows:
        raise AnsweredAlready
    if code:
        _refuse_strangers(rows, code)
    before = aligned([row.action_id for row in rows])
    now = timezone.now()
    for row in rows:
        is_itself = code == row.code
        _write_answer(row, Verdict.ACCEPTED if is_itself else verdict, "" if is_itself else code)
        row.answered_at, row.answered_by = now, actor
    Followed.objects.bulk_update(rows, ["verdict", "chosen", "before", "after", "answered_at", "answered_by"])
    words = {Verdict.ACCEPTED: "Accepted what was suggested.", Verdict.REFUSED: "Refused what was suggested."}
    record_changed(actor, before, words.get(verdict, "Chose another principle than was suggested."))
    return Answered(len(rows), len(set(pks)) - len(rows))


def _refuse_strangers(rows: Iterable[Followed], code: str) -> None:
    for name in {row.framework for row in rows}:
        known = framework_known(name)
        if known is None or code not in [one for one, _, _ in known.principles]:
            raise NoSuchPrinciple


def _write_answer(row: Followed, verdict: Verdict, chosen: str) -> None:
    """Change the action's alignments as the answer wants, and keep in the row how they were and are."""
    row.before = _touched_by(row, chosen)
    row.after = _as_answered(row.before, row, verdict, chosen)
    row.verdict, row.chosen = verdict, chosen
    _replace(row, row.after)


def _touched_by(row: Followed, chosen: str) -> list[dict[str, Any]]:
    """The action's alignments with the suggested principle and the chosen one, as plain data with their places."""
    codes = {row.code, chosen or row.code}
    rows = Alignment.objects.filter(action=row.action_id, framework=row.framework, code__in=codes)
    return [{**alignment_as_data(one), "order": one.order} for one in rows.order_by("order", "pk")]


def _as_answered(
    before: Sequence[dict[str, Any]], row: Followed, verdict: Verdict, chosen: str
) -> list[dict[str, Any]]:
    holds = {Verdict.ACCEPTED: row.code, Verdict.ELSEWHERE: chosen}.get(verdict)
    after = [_stated(one) if one["code"] == holds else one for one in before]
    after = [one for one in after if not (one["code"] == row.code and one["basis"] == Basis.SUGGESTED)]
    if holds and holds not in [one["code"] for one in after]:
        (place,) = [one for one in before if one["code"] == row.code and one["basis"] == Basis.SUGGESTED][:1]
        after.append(_stated({**place, "code": holds, "text": holds}))
    return after


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    """The same as somebody states it; what has another reason already keeps it."""
    if data["basis"] != Basis.SUGGESTED:
        return data
    return {name: value for name, value in data.items() if name != "reason"} | {"basis": Basis.CELL.value}


def _replace(row: Followed, rows: Iterable[dict[str, Any]]) -> None:
    codes = {one["code"] for one in (*row.before, *row.after)}
    action = Action.objects.select_related("plan", "organisation").get(pk=row.action_id)
    owner = {"organisation": action.organisation, "plan": action.plan, "action": action}
    Alignment.objects.filter(action=action, framework=row.framework, code__in=codes).delete()
    Alignment.objects.bulk_create(alignment_from(one, **owner, order=one["order"]) for one in rows)


@transaction.atomic
def take_answers_back(*, actor: Any, plan: Plan, pks: Collection[int]) -> int:
    """Let suggestions wait again, and give their actions back what they were aligned with; all of them or none.

    Raises `NothingToTakeBack`, `TouchedSince`, `actions.PlanIsClosed`.
    """
    plan = open_plan(plan)
    rows = list(
        Followed.objects.filter(following__plan=plan, pk__in=pks)
        .exclude(answered_at=None)
        .order_by("-answered_at", "-pk")
    )
    if not rows:
        raise NothingToTakeBack
    before = aligned([row.action_id for row in rows])
    for row in rows:
        if _touched_by(row, row.chosen) != row.after:
            raise TouchedSince
        _replace(row, row.before)
        row.verdict, row.chosen, row.before, row.after = Verdict.WAITING, "", [], []
        row.answered_at = row.answered_by = None
    Followed.objects.bulk_update(rows, ["verdict", "chosen", "before", "after", "answered_at", "answered_by"])
    record_changed(actor, before, "Took an answer to a suggestion back.")
    return len(rows)
