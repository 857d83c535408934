"""An action's measures with their readings, what its text on success proposes, and what a measure can be read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from desaga.charts.spark import Spark
from desaga.indicators.fitting import fits
from desaga.indicators.lines import Line
from desaga.indicators.presenting import spark_for
from desaga.indicators.queries import NOTHING, Option, Stood, options, stood
from desaga.indicators.states import Unit
from desaga.indicators.trends import Point, forecast, latest_of_days

from ..dates import last_day
from ..measuring import Proposed, proposed
from ..models import Action, Measure, MeasureReading, Plan
from ..models.measures import number
from ..progress import is_met, share_of_way
from .finding import found


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure as a page shows it."""

    measure: Measure
    readings: Sequence[Point]

    @property
    def last(self) -> Point | None:
        return self.readings[-1] if self.readings else None

    @property
    def stands_at(self) -> str:
        """Where it stands, in words: "3 on 28 November 2026"."""
        return stood_at(self.last, self.measure.is_share) if self.last else ""

    @property
    def is_met(self) -> bool:
        return self.last is not None and is_met(self.last.value, self.measure.target, self.measure.direction)

    @property
    def share(self) -> int | None:
        one = self.measure
        return share_of_way(self.last.value if self.last else None, self.baseline, one.target, one.direction)

    @property
    def baseline(self) -> Decimal | None:
        """Where it stood at the beginning: as somebody said; else, of what is read by itself, its first reading."""
        if self.measure.baseline is not None or self.measure.line is None:
            return self.measure.baseline
        return self.readings[0].value if len(self.readings) > 1 else None

    @property
    def began_at(self) -> str:
        """The same in words; empty where it is not known."""
        return "" if self.baseline is None else number(self.baseline, self.measure.is_share)

    @property
    def spark(self) -> Spark | None:
        target = self.measure.target
        return spark_for(self.readings, unit_of(self.measure), aim=None if target is None else float(target))

    @property
    def forecast(self) -> date | None:
        """When it gets there at its pace; None where it is met, nothing is aimed at, or the readings do not bear it."""
        target = self.measure.target
        return None if target is None or self.is_met else forecast(self.readings, target, today=timezone.localdate())

    @property
    def is_forecast_late(self) -> bool:
        due = last_day(self.measure.due)
        return bool(self.forecast and due and self.forecast > due)


def stood_at(point: Point, is_share: bool) -> str:
    return f"{number(point.value, is_share)} on {point.on.day} {point.on:%B %Y}"


def unit_of(measure: Measure | Proposed) -> str:
    return Unit.PER_CENT if measure.is_share else Unit.NUMBER


def measures_of(action: Action, reader: Any = None) -> tuple[list[MeasureRead], list[Proposed]]:
    """The measures that are counted, in their order, and what the text on success proposes beside; two queries, three where one is read by itself.

    What was accepted once is proposed no more, also where it is counted no more. What not everybody may read stands there for a `reader` who may.
    """
    readings = Prefetch("readings", queryset=MeasureReading.objects.order_by("on", "pk"))
    known = list(Measure.objects.filter(action=action).prefetch_related(readings))
    words = {one.words for one in known}
    counted = [one for one in known if one.ended_at is None]
    by_itself = stood([one.line for one in counted if one.line], reader)
    return [_read(one, by_itself) for one in counted], [
        one for one in proposed(action.success) if one.words not in words
    ]


def measures_of_plan(plan: Plan) -> dict[int, list[MeasureRead]]:
    """By action, in the plan's order, the measures that are counted, with their readings; three queries at most, however many there are.

    For what leaves the page (reports, packs, what is published, the next plan): readings that not everybody of the organisation may read are not in it.
    """
    readings = Prefetch("readings", queryset=MeasureReading.objects.order_by("on", "pk"))
    rows = Measure.objects.filter(plan=plan, ended_at=None).select_related("action").prefetch_related(readings)
    counted = list(rows.order_by("action__order", "order"))
    by_itself = stood([one.line for one in counted if one.line])
    found: dict[int, list[MeasureRead]] = defaultdict(list)
    for one in counted:
        found[one.action_id].append(_read(one, by_itself))
    return found


def _read(measure: Measure, by_itself: Mapping[Line, Stood]) -> MeasureRead:
    """What people said, up to where readings come by themselves; from there those alone."""
    said = latest_of_days([Point(one.on, one.value) for one in measure.readings.all()])
    line = measure.line
    if line is None:
        return MeasureRead(measure, said)
    points = by_itself.get(line, NOTHING).points
    before = [one for one in said if not points or one.on < points[0].on]
    return MeasureRead(measure, [*before, *points])


def measure(action: Action, pk: int) -> Measure:
    """A measure of an action that is still counted, or 404."""
    return found(all_measures(action), pk=pk)


def all_measures(action: Action) -> QuerySet[Measure]:
    return Measure.objects.filter(action=action, ended_at=None).select_related("plan", "action")


# ---- What a measure can be read from

#: Parts of these cuts are many, and seldom what a measure means: a form that offered all of them could not be read.
NOT_OFFERED: dict[str, tuple[str, str] | None] = {"unit": None, "theme": None}


def sources_for(plan: Plan, unit: str, reader: Any = None) -> list[Option]:
    """What a measure of a plan can be read from: of the plan itself and its unit before the whole organisation; counted in per cent, or not.

    Figures of the unit that not everybody may read are offered to a `reader` who may.
    """
    found_ = _options(plan.pk, plan.unit_id, reader)
    return [one for one in found_ if (one.unit == Unit.PER_CENT) == (unit == Unit.PER_CENT)]


def _options(plan: int, unit: int | None, reader: Any) -> list[Option]:
    own = {**NOT_OFFERED, "plan": (str(plan), "this plan")}
    if unit is None:
        return options(own)
    del own["unit"]
    return options(own, {"unit": str(unit)}, reader)


def fitting(sources: Sequence[Option], words: str) -> list[Option]:
    """Those that the words may mean; what the organisation counts itself under such a name before what Desaga counts."""
    return sorted((one for one in sources if fits(words, one.phrases)), key=lambda one: not one.is_manual)


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed measure, and what Desaga could read it from, if anything fits its words."""

    proposed: Proposed
    source: Option | None


def offers_of(action: Action, proposals: Sequence[Proposed], reader: Any = None) -> list[Offer]:
    """The proposals of an action with what fits each best; two queries, none where nothing is proposed."""
    if not proposals:
        return []
    known = _options(action.plan_id, action.plan.unit_id, reader)
    return [Offer(one, _best(one, known)) for one in proposals]


def _best(one: Proposed, known: Sequence[Option]) -> Option | None:
    of_unit = [option for option in known if (option.unit == Unit.PER_CENT) == one.is_share]
    return next(iter(fitting(of_unit, f"{one.words} {one.what}")), None)
