"""Where plans and evidence meet: the records that plans keep and that can be evidence, and what evidence serves in plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from desaga.evidence.records import Told
from desaga.evidence.uses import Used
from desaga.indicators import registry
from desaga.indicators.models import Reading
from desaga.indicators.queries import readings_by_ids, readings_offered
from desaga.indicators.states import said

from .models import Action, ActionEvidence, Plan, Update
from .queries.evidence import uses_of
from .queries.measures import all_measures
from .queries.plans import plans

MOST_UPDATES, MOST_PLANS, MOST_READINGS = 20, 20, 20


class UpdateRecords:
    """Updates as evidence: what somebody said of an action, for instance that it is complete."""

    name = "plans.update"
    label = "Updates of this action"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        """The updates of an action, the last first."""
        if not isinstance(near, Action):
            return []
        rows = Update.objects.filter(action=near).order_by("-order")[:MOST_UPDATES]
        return [(one.pk, f"{one.period}: {one.text or one.get_status_display() or 'no words'}"[:120]) for one in rows]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        rows = Update.objects.filter(pk__in=list(ids)).select_related("action__organisation")
        return {one.pk: _told_update(one) for one in rows}


def _told_update(update: Update) -> Told:
    on = timezone.localdate(update.said_at) if update.said_at else None
    return Told(f"Update of {str(update.action).rstrip('.')} for {update.period}", update.action.get_absolute_url(), on)


class PublishedPlanRecords:
    """Published plans as evidence: that the organisation tells everybody what it has undertaken."""

    name = "plans.plan"
    label = "Published plans"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        rows = Plan.objects.filter(published_at__lte=timezone.now()).order_by("-published_at")[:MOST_PLANS]
        return [(one.pk, one.title) for one in rows]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        rows = Plan.objects.filter(pk__in=list(ids), published_at__lte=timezone.now()).select_related("organisation")
        return {one.pk: _told_plan(one) for one in rows}


def _told_plan(plan: Plan) -> Told:
    url = reverse("plans:show_plan", args=[plan.organisation.slug, plan.pk])
    return Told(f"Published plan: {plan.title}", url, timezone.localdate(plan.published_at))


class ReadingRecords:
    """Readings of indicators and of what is counted by hand, as evidence: that what an action's measures count did move.

    Only what everybody of the organisation reads: no figure of one unit's workforce, and nothing that is hidden.
    """

    name = "indicators.reading"
    label = "Readings of what measures this action"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        """Of what fills the measures of an action, where it stood last in each month."""
        if not isinstance(near, Action):
            return []
        lines = [one.line for one in all_measures(near) if one.line]
        return [(one.pk, _offered_reading(one)) for one in readings_offered(lines, MOST_READINGS) if _named(one)]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        return {one.pk: _told_reading(one) for one in readings_by_ids(ids) if _named(one)}


def _named(reading: Reading) -> str:
    """What was read; empty where Desaga counts it no more."""
    if reading.series:
        return reading.series.name
    indicator = registry.indicators().get(reading.key)
    return "" if indicator is None else f"{indicator.name}: {reading.label}" if reading.label else indicator.name


def _offered_reading(reading: Reading) -> str:
    unit = reading.series.unit if reading.series else registry.indicators()[reading.key].unit
    return f"{_day(reading)}, {_named(reading)[:100]}: {said(reading.value, unit)}"


def _told_reading(reading: Reading) -> Told:
    """What was read and when; its value stays where it is read, since a piece keeps its title and a reading may be corrected."""
    return Told(f"Reading of {_day(reading)}: {_named(reading)}", _address(reading), reading.on)


def _day(reading: Reading) -> str:
    return f"{reading.on.day} {reading.on:%B %Y}"


def _address(reading: Any) -> str:
    """Where its series is read; nowhere for a part that is read no more, such as a plan that was closed."""
    if reading.series:
        return str(reading.series.get_absolute_url())
    if reading.cut and not reading.is_read:
        return ""
    here = reverse("indicators:show_indicator", args=[reading.organisation.slug, reading.key])
    return f"{here}?{urlencode({'cut': reading.cut, 'part': reading.part})}" if reading.cut else here


class ActionUse:
    """The actions that evidence serves, filtered by their plan."""

    name = "plan"
    label = "Plan"

    def choices(self) -> Sequence[tuple[str, str]]:
        return [(str(plan.pk), plan.title) for plan in plans().order_by("-starts", "title", "pk")]

    def narrowed(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(pk__in=ActionEvidence.objects.filter(plan_id=int(value)).values("evidence"))

    def used(self, ids: Collection[int]) -> Mapping[int, Sequence[Used]]:
        found: dict[int, list[Used]] = {}
        for use in uses_of(ids):
            found.setdefault(use.evidence_id, []).append(Used(str(use.action), use.action.get_absolute_url()))
        return found
