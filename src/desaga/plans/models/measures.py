from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from desaga.indicators.lines import Line
from desaga.indicators.models import ManualSeries

from ..dates import said
from ..states import Direction
from .actions import Action, PartOfAction
from .plans import PartOfPlan, is_partial_date, partial_date

LARGEST = Decimal("999999999")


class Measure(PartOfAction):
    """What will show that an action has worked: something counted, from where it stood, to where it is to be, by when.

    Its readings come by hand or, where it names an `indicator` (of a part of it: `cut` and `part`) or a manual `series`, from there by
    themselves; `source_name` is what that was called. `words` are those of the action's text on success, where somebody accepted the measure from there; a text proposes the
    same measure once. `target` is None where only the direction is known.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField("what is counted", max_length=200)
    is_share = models.BooleanField("per cent", default=False)
    direction = models.CharField("towards", max_length=10, choices=Direction, default=Direction.AT_LEAST)
    baseline = models.DecimalField("where it stood", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("where it is to be", max_digits=12, decimal_places=2, null=True, blank=True)
    due = partial_date("by")
    words = models.TextField("in the action’s words", blank=True, editable=False)
    ended_at = models.DateTimeField("counted no more since", null=True, editable=False)
    indicator = models.CharField("read from", max_length=100, blank=True, editable=False)
    indicator_cut = models.CharField(max_length=20, blank=True, editable=False)
    indicator_part = models.CharField(max_length=200, blank=True, editable=False)
    series = models.ForeignKey(ManualSeries, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    source_name = models.CharField("read from", max_length=400, blank=True, editable=False)

    class Meta:
        ordering = ["action_id", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="measure_direction_known"),
            models.CheckConstraint(condition=is_partial_date("due"), name="measure_due_partial_date"),
            models.CheckConstraint(
                condition=Q(indicator="", indicator_cut="", indicator_part="") | ~Q(indicator="") & Q(series=None),
                name="measure_read_from_one",
            ),
            models.UniqueConstraint(
                fields=["action", "what", "target", "due"], nulls_distinct=False, name="measure_once_an_action"
            ),
        ]

    def __str__(self) -> str:
        return self.aim

    @property
    def line(self) -> Line | None:
        """Where its readings come from by themselves; None where people say where it stands."""
        if self.series_id:
            return Line(series=self.series_id)
        return Line(self.indicator, self.indicator_cut, self.indicator_part) if self.indicator else None

    @property
    def aim(self) -> str:
        """What is aimed at, in words: "At least 4 case studies, by August 2026"."""
        by = f", by {said(self.due)}" if self.due else ""
        if self.target is None:
            return f"{'Fewer' if self.direction == Direction.AT_MOST else 'More'} {self.what}{by}"
        return f"{Direction(self.direction).label} {number(self.target, self.is_share)} {self.what}".strip() + by


class MeasureReading(PartOfPlan):
    """That a measure stood at a value on a day; never changed, a later reading of the day goes before it."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField("on")
    value = models.DecimalField("stood at", max_digits=12, decimal_places=2)
    note = models.CharField("where from", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["measure_id", "on", "pk"]

    def __str__(self) -> str:
        return f"{number(self.value, self.measure.is_share)} on {self.on:%d %B %Y}"


def number(value: Decimal | float, is_share: bool) -> str:
    """A number as people write it: "1,200", "4.5", "80 %"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} %" if is_share else text
