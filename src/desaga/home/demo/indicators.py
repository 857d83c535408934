"""The demo's figures: what was read every week since spring, what is counted by hand, measures that read both, and what people did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import sin
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.activities.models import Activity
from desaga.activities.operations import record_activity
from desaga.indicators.lines import Line
from desaga.indicators.models import ManualSeries, Reading
from desaga.indicators.operations import add_series, read_series, take_readings
from desaga.organisations.models import Organisation
from desaga.plans.models import Action, Measure
from desaga.plans.operations.measures import accept_measure, add_measure, bind_measure
from desaga.plans.queries.indicators import plans_counted
from desaga.tenancy.context import within

from .world import email_of, world

WEEKS = 36


def load_indicators() -> None:
    """Write down what the demo lacks; people's activities first, since they are counted."""
    for told in world()["activities"]:
        load_activity(told)
    for name, load in (("series", load_series), ("read_from", load_binding), ("histories", load_history)):
        for told in world()[name]:
            organisation = Organisation.objects.get(slug=told["organisation"])
            actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
            with within(organisation, user=actor):
                load(actor, organisation, told)


def load_activity(told: dict[str, Any]) -> None:
    user = User.objects.get(email=email_of(told["organisation"], told["login"]))
    with within(user=user):
        if Activity.objects.filter(person=user.person_id, what=told["what"]).exists():
            return
        person = user.person
    on = timezone.localdate() - timedelta(days=told["days_ago"])
    fields = {name: told[name] for name in ("kind", "what", "place", "with_whom", "practice", "users") if name in told}
    record_activity(actor=user, person=person, on=on, hours=Decimal(str(told["hours"])), **fields)


def load_series(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    if ManualSeries.objects.filter(name=told["name"]).exists():
        return
    fields = {name: told[name] for name in ("name", "definition", "unit", "better")}
    series = add_series(actor=actor, organisation=organisation, **fields)
    for days, value in told["readings"]:
        on = timezone.localdate() - timedelta(days=days)
        read_series(actor=actor, series=series, value=Decimal(str(value)), on=on, note=told["from"])


def load_history(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    """Where the indicators stand today, and how they came there from where the world says that they stood in spring."""
    if Reading.objects.filter(series=None).exists():
        return
    take_readings(organisation=organisation)
    today = timezone.localdate()
    stands = list(Reading.objects.filter(series=None, on=today))
    rows: list[Reading] = []
    for key, (started, ended) in told["keys"].items():
        for last in [one for one in stands if one.key == key] or list(imagined(key, ended)):
            if last.value is not None:
                rows += past_of(last, started, organisation, today)
    Reading.objects.bulk_create(rows)


def imagined(key: str, ended: float) -> Iterator[Reading]:
    """What cannot be counted yet, since the demo's plans were put to work today: for the whole, and for each plan."""
    yield Reading(key=key, value=Decimal(ended), of=20)
    for pk, title in plans_counted().items():
        yield Reading(key=key, cut="plan", part=str(pk), label=title, value=Decimal(ended), of=20)


def past_of(last: Reading, started: float, organisation: Organisation, today: date) -> Iterator[Reading]:
    """A reading a week, up and down a little, in steps that so many can make."""
    step = 100 / last.of if last.of else 1
    ended = float(last.value or 0)
    for week in range(WEEKS, 0, -1):
        gone = 1 - week / WEEKS
        value = started + (ended - started) * gone + 0.7 * step * sin(week * 0.9) * (1 - gone)
        # not a count of people: an invented reading of how a plan goes
        share = max(round(value / step) * step, 0)
        yield Reading(
            organisation=organisation,
            key=last.key,
            cut=last.cut,
            part=last.part,
            label=last.label,
            on=today - timedelta(days=7 * week - 6),
            # not a count of people: as above
            value=Decimal(str(round(min(share, 100) if last.of else share, 2))),
            of=last.of,
        )


def load_binding(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    """A measure of an action, from its own words or made by hand, that reads a series or an indicator of its plan."""
    action = Action.objects.select_related("plan").get(plan__title=told["plan"], code=told["code"])
    if Measure.objects.filter(action=action).exists():
        return
    if "words" in told:
        measure = accept_measure(actor=actor, action=action, words=told["words"])
    else:
        measure = add_measure(actor=actor, action=action, **told["measure"])
    if "series" in told:
        line = Line(series=ManualSeries.objects.get(name=told["series"]).pk)
    else:
        line = Line(told["indicator"], "plan", str(action.plan_id))
    bind_measure(actor=actor, measure=measure, line=line)
