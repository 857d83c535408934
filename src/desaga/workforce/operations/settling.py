"""What people say of somebody where rules could not, or were wrong: answered, overridden, taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from .. import defined
from ..defining import Outcome
from ..models import Classification, ClassifiedRow, Decision, Snapshot
from ..reading.values import Bad, staff_number
from ..sealing import key_of, seal_of
from ..states import Purpose
from .opening import refuse_without_people

MOST_AT_ONCE = 2_000


class NobodyLeft(Refused):
    """Nobody is left to be decided about here. Somebody else may have done it."""


class TooMany(Refused):
    """So many cannot be decided about at once. Change the rule instead, which then says why."""


class SayWhy(Refused):
    """Say why: the reason stands beside the decision."""


class NobodyOfThatNumber(Refused):
    """Nobody in this snapshot has that staff number."""


class NothingToTakeBack(Refused):
    """There is nothing to take back any more."""


@transaction.atomic
def answer(*, actor: Any, classification: Classification, keys: Collection[UUID], technical: bool, reason: str = "") -> list[Decision]:  # fmt: skip
    """Answer about people whom a rule leaves to a person. Raises `NobodyLeft`, `TooMany`."""
    if len(keys) > MOST_AT_ONCE:
        raise TooMany
    _hold_still()
    rows = list(defined.borderline(classification).filter(key__in=list(keys)))
    return _decide(actor, classification, rows, technical, reason.strip(), is_override=False)


@transaction.atomic
def answer_group(*, actor: Any, classification: Classification, title: str, grade: str, technical: bool, reason: str = "") -> list[Decision]:  # fmt: skip
    """Answer about all borderline people of one title and grade. Raises `NobodyLeft`, `TooMany`."""
    _hold_still()
    rows = list(defined.borderline(classification).filter(contract__job_title=title, contract__grade=grade))
    if len(rows) > MOST_AT_ONCE:
        raise TooMany
    return _decide(actor, classification, rows, technical, reason.strip(), is_override=False)


@transaction.atomic
def override(*, actor: Any, classification: Classification, key: UUID, technical: bool, reason: str) -> Decision:
    """Say of one person what the rules do not. An override before it is taken back. Raises `NobodyLeft`, `SayWhy`."""
    if not reason.strip():
        raise SayWhy
    _hold_still()
    row = defined.row_of(classification, key)
    if row is None:
        raise NobodyLeft
    _take_back(actor, Decision.objects.filter(person_key=key, job=row.job, is_override=True, taken_back_at=None))
    return _decide(actor, classification, [row], technical, reason.strip(), is_override=True)[0]


def find_person(*, snapshot: Snapshot, number: str) -> UUID:
    """The key of whoever has a staff number in a snapshot, however it is written. Raises `PeopleAreGone`, `NobodyOfThatNumber`, `sealing.KeyLost`."""
    refuse_without_people(snapshot)
    try:
        known = staff_number(number)
    except Bad as bad:
        raise NobodyOfThatNumber from bad
    name_key = seal_of(snapshot.organisation, Purpose.PEOPLE).name_key()
    found = defined.person_row(snapshot, UUID(key_of(known, name_key)))
    if found is None:
        raise NobodyOfThatNumber
    return found.key


@transaction.atomic
def take_back(*, actor: Any, press: UUID) -> int:
    """Take back all that was said with one press; answers how many decisions it were. Raises `NothingToTakeBack`."""
    _hold_still()
    held = Decision.objects.filter(press=press, taken_back_at=None)
    number = _take_back(actor, held)
    if not number:
        raise NothingToTakeBack
    return number


def _hold_still() -> None:
    """No classification is written while a decision is: see `classifying._keep`."""
    list(Classification.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _decide(
    actor: Any,
    classification: Classification,
    rows: Sequence[ClassifiedRow],
    technical: bool,
    reason: str,
    *,
    is_override: bool,
) -> list[Decision]:
    if not rows:
        raise NobodyLeft
    press = uuid4()
    made = Decision.objects.bulk_create(
        Decision(
            organisation=classification.organisation,
            person_key=row.key,
            job=row.job,
            technical=technical,
            is_override=is_override,
            reason=reason,
            press=press,
            decided_by=actor,
        )
        for row in rows
    )
    _apply(row.key for row in rows)
    what = "overrode the rules for" if is_override else "answered about"
    word = "technical staff" if technical else "not technical staff"
    audit.record(actor=actor, verb=what, thing=classification, note=f"{_how_many(made)}: {word}")
    return made


def _how_many(them: Sequence[Any]) -> str:
    """In words: the audit is read by people who read protected figures."""
    return "One person" if len(them) == 1 else "Several people"


def _take_back(actor: Any, held: Any) -> int:
    keys = [one.person_key for one in held.select_for_update()]
    first = held.first()
    if first is None:
        return 0
    held.update(taken_back_at=timezone.now(), taken_back_by=actor)
    _apply(keys)
    audit.record(actor=actor, verb="took back", thing=first, note=_how_many(keys))
    return len(keys)


def _apply(keys: Iterable[UUID]) -> None:
    """Bring what is kept of these people, under every version and in every snapshot, into line with what was decided."""
    keys = list(keys)
    decisions = defined.decisions_in_force(keys)
    rows = list(ClassifiedRow.objects.filter(key__in=keys))
    for row in rows:
        row.decision = defined.holding(decisions.get((row.key, row.job), ()), row.outcome)
        row.technical = row.decision.technical if row.decision else row.outcome == Outcome.TECHNICIAN
    ClassifiedRow.objects.bulk_update(rows, ["decision", "technical"], batch_size=500)
