"""An action's measures with their readings, and what its text on success proposes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from ..measuring import Proposed, proposed
from ..models import Action, Measure, MeasureReading, Plan
from ..models.measures import number
from ..progress import Read, is_met, latest_of_days, points_of, share_of_way
from .finding import found


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure as a page shows it."""

    measure: Measure
    readings: list[Read]
    points: str
    target_at: float | None

    @property
    def last(self) -> Read | None:
        return self.readings[-1] if self.readings else None

    @property
    def stands_at(self) -> str:
        """Where it stands, in words: "3 on 28 November 2026"."""
        return (
            f"{number(self.last.value, self.measure.is_share)} on {self.last.on.day} {self.last.on:%B %Y}"
            if self.last
            else ""
        )

    @property
    def is_met(self) -> bool:
        return self.last is not None and is_met(self.last.value, self.measure.target, self.measure.direction)

    @property
    def share(self) -> int | None:
        one = self.measure
        return share_of_way(self.last.value if self.last else None, one.baseline, one.target, one.direction)

    @property
    def described(self) -> str:
        """The line in words, for those who do not see it."""
        return ", ".join(f"{number(one.value, self.measure.is_share)} on {one.on:%d %b %Y}" for one in self.readings)


def measures_of(action: Action) -> tuple[list[MeasureRead], list[Proposed]]:
    """The measures that are counted, in their order, and what the text on success proposes beside; two queries.

    What was accepted once is proposed no more, also where it is counted no more.
    """
    readings = Prefetch("readings", queryset=MeasureReading.objects.order_by("on", "pk"))
    known = list(Measure.objects.filter(action=action).prefetch_related(readings))
    words = {one.words for one in known}
    counted = [_read(one) for one in known if one.ended_at is None]
    return counted, [one for one in proposed(action.success) if one.words not in words]


def measures_of_plan(plan: Plan) -> dict[int, list[MeasureRead]]:
    """By action, the measures that are counted, with their readings; two queries however many there are."""
    readings = Prefetch("readings", queryset=MeasureReading.objects.order_by("on", "pk"))
    found: dict[int, list[MeasureRead]] = defaultdict(list)
    for one in Measure.objects.filter(plan=plan, ended_at=None).prefetch_related(readings):
        found[one.action_id].append(_read(one))
    return found


def _read(measure: Measure) -> MeasureRead:
    readings = latest_of_days([Read(one.on, one.value) for one in measure.readings.all()])
    points, target_at = points_of(readings, measure.target) if len(readings) > 1 else ("", None)
    return MeasureRead(measure, readings, points, target_at)


def measure(action: Action, pk: int) -> Measure:
    """A measure of an action that is still counted, or 404."""
    return found(all_measures(action), pk=pk)


def all_measures(action: Action) -> QuerySet[Measure]:
    return Measure.objects.filter(action=action, ended_at=None).select_related("plan", "action")
