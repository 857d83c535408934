"""Measures: accepted from an action's text or made by hand, read from time to time, ended."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..measuring import proposed
from ..models import Action, Measure, MeasureReading
from ..states import Direction
from .actions import next_order, open_plan


class MeasureThere(Refused):
    """The action has this measure already."""


class NotProposed(Refused):
    """The action’s words say something else by now. Look at them again."""


class ReadInTheFuture(Refused):
    """This day is still to come. Say where it stands today, or stood on a day before."""


class ShareBeyondAll(Refused):
    """A share lies between 0 and 100 %."""


@transaction.atomic
def add_measure(*, actor: Any, action: Action, words: str = "", **fields: Any) -> Measure:
    """Say what will show that an action has worked. Raises `MeasureThere`, `ShareBeyondAll`, `actions.PlanIsClosed`."""
    plan = open_plan(action.plan)
    refuse_share_beyond_all(fields.get("is_share", False), fields.get("target"), fields.get("baseline"))
    try:
        with transaction.atomic():
            measure = Measure.objects.create(
                organisation_id=plan.organisation_id,
                plan=plan,
                action=action,
                order=next_order(action.measures),
                words=words,
                **fields,
            )
    except IntegrityError:
        raise MeasureThere from None
    audit.record(actor=actor, verb="added a measure to", thing=action, note=measure.aim)
    return measure


def accept_measure(*, actor: Any, action: Action, words: str) -> Measure:
    """Accept a measure that the action's own text on success proposes, named by the words that do. Raises `NotProposed`, `MeasureThere`."""
    one = next((one for one in proposed(action.success) if one.words == words), None)
    if one is None:
        raise NotProposed
    return add_measure(
        actor=actor,
        action=action,
        words=one.words,
        what=one.what[:200],
        target=None if one.target is None else Decimal(str(one.target)),
        is_share=one.is_share,
        direction=Direction(one.direction),
        due=one.due,
    )


@transaction.atomic
def change_measure(*, actor: Any, measure: Measure, **fields: Any) -> Measure:
    """Change what is counted or aimed at. Raises `MeasureThere`, `ShareBeyondAll`, `actions.PlanIsClosed`."""
    open_plan(measure.plan)
    refuse_share_beyond_all(fields["is_share"], fields["target"], fields["baseline"])
    try:
        with transaction.atomic():
            return change_row(measure, actor=actor, fields=fields)
    except IntegrityError:
        raise MeasureThere from None


@transaction.atomic
def end_measure(*, actor: Any, measure: Measure, now: datetime | None = None) -> Measure:
    """Count it no more; its readings stay. Twice is once."""
    open_plan(measure.plan)
    measure = locked(measure)
    if measure.ended_at is None:
        measure.ended_at = now or timezone.now()
        measure.save(update_fields=["ended_at"])
        audit.record(actor=actor, verb="ended a measure of", thing=measure.action, note=measure.aim)
    return measure


@transaction.atomic
def read_measure(
    *, actor: Any, measure: Measure, value: Decimal, on: date, note: str = "", today: date | None = None
) -> MeasureReading:
    """Say where a measure stands or stood. Raises `ReadInTheFuture`, `ShareBeyondAll`, `actions.PlanIsClosed`."""
    plan = open_plan(measure.plan)
    if on > (today or timezone.localdate()):
        raise ReadInTheFuture
    refuse_share_beyond_all(measure.is_share, value)
    reading = MeasureReading.objects.create(
        organisation_id=plan.organisation_id, plan=plan, measure=measure, on=on, value=value, note=note, by=actor
    )
    audit.record(actor=actor, verb="read a measure of", thing=measure.action, note=f"{measure.aim}: {reading}")
    return reading


def refuse_share_beyond_all(is_share: bool, *values: Decimal | None) -> None:
    if is_share and any(value is not None and not 0 <= value <= 100 for value in values):
        raise ShareBeyondAll
