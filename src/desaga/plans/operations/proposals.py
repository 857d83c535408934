"""Answering what is proposed that actions answer, and taking answers back. Nothing is proposed here, and nothing answers itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Action, Alignment, Plan, ProposalAnswer, StudyTheme
from ..queries.offered import STUDY, frameworks_offered
from ..queries.proposals import Proposed, proposals_for, study_themes
from ..states import Basis, PlanState
from .actions import PlanIsClosed, next_order
from .aligning import aligned, record_changed


class NothingChosen(Refused):
    """Nothing is ticked. Tick what you want to answer."""


class NotProposedNow(Refused):
    """That was answered already, or the action’s words say something else by now. Look at the list as it is now."""


class NoSuchTheme(Refused):
    """The study has no such theme. Choose one from the list."""


class NothingAnswered(Refused):
    """There is no answer to take back any more. Look at the list as it is now."""


class AnswerTouched(Refused):
    """The action was changed since. Change what it answers there instead."""


@dataclass(frozen=True)
class Told:
    """How many proposals were answered, and how many are no longer proposed or were answered before."""

    number: int
    left: int = 0


@transaction.atomic
def accept_proposals(*, actor: Any, plan: Plan, tokens: Collection[str]) -> Told:
    """Say that actions answer what is proposed: each becomes an alignment that is stated, or the action's theme of the study.

    Who said so and the words that had proposed it are kept beside. `tokens` are those of `Proposed`. Of several themes for one
    action the first counts. Raises `NothingChosen`, `NotProposedNow`, `PlanIsClosed`.
    """
    plan = _held(plan, tokens)
    chosen = _one_theme_each(_still_proposed(plan, tokens))
    before, now = aligned({one.action for one in chosen}), timezone.now()
    for one in chosen:
        if one.framework.is_study:
            _set_theme(actor, plan, one.action, one.code, now, one)
        else:
            _align(actor, plan, one, now)
    record_changed(actor, before, "Accepted what was proposed from its words.")
    return Told(len(chosen), len(set(tokens)) - len(chosen))


@transaction.atomic
def refuse_proposals(*, actor: Any, plan: Plan, tokens: Collection[str]) -> Told:
    """Say that actions do not answer what is proposed: it is proposed for them no more. Raises as `accept_proposals`."""
    plan = _held(plan, tokens)
    chosen = _still_proposed(plan, tokens)
    now = timezone.now()
    ProposalAnswer.objects.bulk_create(_answer(actor, plan, one, now, is_accepted=False) for one in chosen)
    for action, codes in _by_action(chosen):
        audit.record(actor=actor, verb="refused proposals for", thing=action, note=", ".join(codes))
    return Told(len(chosen), len(set(tokens)) - len(chosen))


@transaction.atomic
def choose_study_theme(*, actor: Any, action: Action, code: str) -> StudyTheme:
    """Say which theme of the study an action belongs to, whether proposed or not; another one gives way. Raises `NoSuchTheme`."""
    if code not in [one for one, _ in study_themes()]:
        raise NoSuchTheme
    plan = locked(action.plan)
    return _set_theme(actor, plan, action.pk, code, timezone.now())


@transaction.atomic
def take_proposal_answers_back(*, actor: Any, plan: Plan, pks: Collection[int]) -> int:
    """Let what was answered be proposed again, and undo what accepting wrote; all of them or none.

    Raises `NothingAnswered`, `AnswerTouched`, `PlanIsClosed`.
    """
    plan = locked(plan)
    rows = list(ProposalAnswer.objects.filter(plan=plan, pk__in=pks))
    if not rows:
        raise NothingAnswered
    if plan.state == PlanState.CLOSED and any(row.framework != STUDY.name for row in rows):
        raise PlanIsClosed
    before = aligned({row.action_id for row in rows})
    for row in sorted(rows, key=lambda row: not row.is_accepted):
        _take_back(actor, row)
    record_changed(actor, before, "Took back what had been accepted from its words.")
    for action, codes in _by_action(rows):
        audit.record(actor=actor, verb="took answers back for", thing=action, note=", ".join(codes))
    return len(rows)


# ---- What is answered


def _held(plan: Plan, tokens: Collection[str]) -> Plan:
    """The plan, locked. Where it is closed only the study's themes are answered."""
    if not tokens:
        raise NothingChosen
    plan = locked(plan)
    if plan.state == PlanState.CLOSED and not all(f" {STUDY.key} " in token for token in tokens):
        raise PlanIsClosed
    return plan


def _still_proposed(plan: Plan, tokens: Collection[str]) -> list[Proposed]:
    """What these tokens name, worked out anew: what a form sends is never taken for what was proposed."""
    parts = [token.split(" ", 2) for token in tokens]
    wanted = {int(one[0]) for one in parts if len(one) == 3 and one[0].isascii() and one[0].isdecimal()}
    keys = {one[1] for one in parts if len(one) == 3}
    actions = list(Action.objects.filter(plan=plan, pk__in=wanted).values_list("pk", flat=True))
    frameworks = [one for one in frameworks_offered(plan) if one.key in keys]
    by_token = {one.token: one for proposed in proposals_for(actions, frameworks).values() for one in proposed}
    found = [by_token[token] for token in dict.fromkeys(tokens) if token in by_token]
    if not found:
        raise NotProposedNow
    return found


def _one_theme_each(chosen: Iterable[Proposed]) -> list[Proposed]:
    themed: set[int] = set()
    kept = []
    for one in chosen:
        if not one.framework.is_study or one.action not in themed:
            kept.append(one)
        if one.framework.is_study:
            themed.add(one.action)
    return kept


def _by_action(rows: Sequence[Proposed] | Sequence[ProposalAnswer]) -> list[tuple[Action, list[str]]]:
    told: dict[int, list[str]] = {}
    for row in rows:
        pk, name = (
            (row.action, row.framework.name) if isinstance(row, Proposed) else (row.action_id, str(row.framework))
        )
        told.setdefault(pk, []).append(f"{name} {row.code}")
    return [(action, told[action.pk]) for action in Action.objects.filter(pk__in=told).order_by("order")]


# ---- What an answer writes


def _answer(actor: Any, plan: Plan, one: Proposed, now: datetime, *, is_accepted: bool) -> ProposalAnswer:
    return ProposalAnswer(
        organisation_id=plan.organisation_id,
        plan=plan,
        action_id=one.action,
        framework=one.framework.name,
        code=one.code,
        is_accepted=is_accepted,
        because=list(one.because),
        like=list(one.like),
        answered_at=now,
        answered_by=actor,
    )


def _align(actor: Any, plan: Plan, one: Proposed, now: datetime) -> None:
    Alignment.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        action_id=one.action,
        order=next_order(Alignment.objects.filter(action=one.action)),
        framework=one.framework.name,
        code=one.code,
        text=one.code,
        basis=Basis.CELL,
    )
    _answer(actor, plan, one, now, is_accepted=True).save(force_insert=True)


def _set_theme(
    actor: Any, plan: Plan, action: int, code: str, now: datetime, proposed: Proposed | None = None
) -> StudyTheme:
    """Write the theme and the answer. One that gives way was the wrong one, and is remembered as refused."""
    former = StudyTheme.objects.filter(action=action).values_list("code", flat=True).first() or ""
    owner = {"organisation_id": plan.organisation_id, "plan": plan}
    theme, _ = StudyTheme.objects.update_or_create(
        action_id=action, defaults={**owner, "code": code, "said_by": actor, "said_at": now}
    )
    if former == code:
        return theme
    said = ProposalAnswer.objects.filter(action=action, framework=STUDY.name)
    said.filter(code=former).update(is_accepted=False, stood_before="", answered_at=now, answered_by=actor)
    told = {
        "is_accepted": True,
        "because": list(proposed.because) if proposed else [],
        "like": list(proposed.like) if proposed else [],
        "stood_before": former,
        "answered_at": now,
        "answered_by": actor,
    }
    said.update_or_create(action_id=action, framework=STUDY.name, code=code, defaults={**owner, **told})
    titles = dict(study_themes())
    changes = {"theme of the study": [titles.get(former), titles[code]]}
    audit.record(actor=actor, verb="said the study’s theme of", thing=theme.action, changes=changes)
    return theme


def _take_back(actor: Any, row: ProposalAnswer) -> None:
    """Undo what one answer wrote, and forget the answer; a theme that had given way to it stands again."""
    if not row.is_accepted:
        ProposalAnswer.objects.filter(pk=row.pk, is_accepted=False).delete()
        return
    if row.framework != STUDY.name:
        _unalign(row)
    elif StudyTheme.objects.filter(action=row.action_id, code=row.code).delete()[0] == 0:
        raise AnswerTouched
    elif row.stood_before:
        _stand_again(actor, row)
    row.delete()


def _unalign(row: ProposalAnswer) -> None:
    made = Alignment.objects.filter(action=row.action_id, framework=row.framework, code=row.code)
    if list(made.values_list("basis", flat=True)) != [Basis.CELL]:
        raise AnswerTouched
    made.delete()


def _stand_again(actor: Any, row: ProposalAnswer) -> None:
    StudyTheme.objects.create(
        organisation_id=row.organisation_id,
        plan_id=row.plan_id,
        action_id=row.action_id,
        code=row.stood_before,
        said_by=actor,
    )
    before = ProposalAnswer.objects.filter(action=row.action_id, framework=row.framework, code=row.stood_before)
    before.update(is_accepted=True)
