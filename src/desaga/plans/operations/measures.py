"""Measures: accepted from an action's text or made by hand, read from time to time, ended."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.indicators.lines import Line
from desaga.indicators.states import Unit
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..measuring import proposed
from ..models import Action, Measure, MeasureReading
from ..queries.measures import sources_for
from ..states import Direction
from .actions import next_order, open_plan


class MeasureThere(Refused):
    """The action has this measure already."""


class NotProposed(Refused):
    """The action’s words say something else by now. Look at them again."""


class ReadInTheFuture(Refused):
    """This day is still to come. Say where it stands today, or stood on a day before."""


class ReadsItself(Refused):
    """Its readings come by themselves. Say first that it is read by hand again."""


class NoSuchSource(Refused):
    """There is no such series to read it from, or it is counted in another unit: a share is read from a share."""


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


@transaction.atomic
def accept_measure(*, actor: Any, action: Action, words: str, line: Line | None = None) -> Measure:
    """Accept a measure that the action's own text on success proposes, named by the words that do, and read it from a `line` if one is given.

    Raises `NotProposed`, `MeasureThere`, `NoSuchSource`.
    """
    one = next((one for one in proposed(action.success) if one.words == words), None)
    if one is None:
        raise NotProposed
    measure = add_measure(
        actor=actor,
        action=action,
        words=one.words,
        what=one.what[:200],
        target=None if one.target is None else Decimal(str(one.target)),
        is_share=one.is_share,
        direction=Direction(one.direction),
        due=one.due,
    )
    return bind_measure(actor=actor, measure=measure, line=line) if line else measure


@transaction.atomic
def bind_measure(*, actor: Any, measure: Measure, line: Line | None) -> Measure:
    """Let its readings come from an indicator or a manual series from now on; with None, let people say where it stands again.

    What people said before stays, up to where readings come by themselves. A unit's figures can be named by whoever may read them; who may not
    leaves such a source as it is. Raises `NoSuchSource`, `actions.PlanIsClosed`.
    """
    plan = open_plan(measure.plan)
    name = ""
    if line and line == measure.line:
        return measure
    if line:
        known = sources_for(plan, Unit.PER_CENT if measure.is_share else Unit.NUMBER, actor)
        source = next((one for one in known if one.line == line), None)
        if source is None:
            raise NoSuchSource
        name = source.name
    line = line or Line()
    fields = {
        "indicator": line.key, "indicator_cut": line.cut, "indicator_part": line.part, "series_id": line.series, "source_name": name,
    }  # fmt: skip
    measure = locked(measure)
    if any(getattr(measure, field) != value for field, value in fields.items()):
        for field, value in fields.items():
            setattr(measure, field, value)
        measure.save(update_fields=list(fields))
        note = f"{measure.aim}: {name or 'read by hand'}"
        audit.record(actor=actor, verb="said what fills a measure of", thing=measure.action, note=note)
    return measure


@transaction.atomic
def change_measure(*, actor: Any, measure: Measure, **fields: Any) -> Measure:
    """Change what is counted or aimed at. Raises `MeasureThere`, `NoSuchSource`, `ShareBeyondAll`, `actions.PlanIsClosed`."""
    open_plan(measure.plan)
    if measure.line and fields["is_share"] != measure.is_share:
        raise NoSuchSource
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
    """Say where a measure stands or stood. Raises `ReadsItself`, `ReadInTheFuture`, `ShareBeyondAll`, `actions.PlanIsClosed`."""
    plan = open_plan(measure.plan)
    if measure.line:
        raise ReadsItself
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
