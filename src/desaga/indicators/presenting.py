"""What pages show of a series: a row of the list, and the whole of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desaga.charts.chart import Chart
from desaga.charts.lines import line_over_time
from desaga.charts.spark import Spark, spark_of

from .lines import Line
from .models import ManualSeries
from .queries import Stood
from .registry import Indicator
from .states import AFTER, Better, Unit, said
from .trends import Point, change_of, thinned


@dataclass(frozen=True, slots=True)
class Row:
    """A series in a list: where it stands, how it went, what changed."""

    name: str
    line: Line
    unit: str
    better: str
    stood: Stood
    about: str = ""

    @property
    def value(self) -> str:
        last = self.stood.last
        return said(last.value, self.unit, last.kind) if last else ""

    @property
    def spark(self) -> Spark | None:
        return spark_for(self.stood.points, self.unit)

    @property
    def change(self) -> str:
        """ "+4 since 28 Aug 2026"; empty where there is nothing to compare, or the newest value is hidden."""
        change = change_of(self.stood.points)
        if change is None or (self.stood.last and self.stood.last.value is None):
            return ""
        since = f"since {change.since.day} {change.since:%b %Y}"
        if not change.by:
            return f"As it was {since}"
        amount = said(abs(change.by), self.unit).replace(" %", " points")
        return f"{'+' if change.by > 0 else '−'}{amount} {since}"

    @property
    def judged(self) -> str:
        """ "better" or "worse"; empty where neither way is good or nothing changed."""
        change = change_of(self.stood.points)
        if change is None or not change.by or self.better == Better.NEITHER or not self.change:
            return ""
        return "better" if (change.by > 0) == (self.better == Better.MORE) else "worse"


def spark_for(points: Sequence[Point], unit: str, aim: float | None = None) -> Spark | None:
    """The small line of a series, and the same in words."""
    some = thinned(points)
    described = ", ".join(f"{said(one.value, unit)} on {one.on.day} {one.on:%b %Y}" for one in some)
    return spark_of([(one.on, float(one.value)) for one in some], aim=aim, described=described)


def rows_of_indicators(known: Mapping[str, Indicator], stood: Mapping[Line, Stood]) -> list[Row]:
    """A row for each indicator; where only parts mean something, one for each part. Those never read stand there without a value."""
    rows = []
    for key, one in known.items():
        parts = {line: found for line, found in stood.items() if line.key == key}
        if one.has_whole or not parts:
            rows.append(Row(one.name, Line(key), one.unit, one.better, parts.get(Line(key), Stood(()))))
            continue
        for line, found in sorted(parts.items(), key=lambda pair: pair[1].label.casefold()):
            rows.append(Row(one.name, line, one.unit, one.better, found, about=found.label))
    return rows


def rows_of_part(known: Mapping[str, Indicator], stood: Mapping[Line, Stood]) -> list[Row]:
    """A row for each indicator that was read of one part."""
    rows = {line.key: (line, found) for line, found in stood.items()}
    return [
        Row(one.name, rows[key][0], one.unit, one.better, rows[key][1]) for key, one in known.items() if key in rows
    ]


def rows_of_series(series: Sequence[ManualSeries], stood: Mapping[Line, Stood]) -> list[Row]:
    return [
        Row(one.name, Line(series=one.pk), one.unit, one.better, stood.get(Line(series=one.pk), Stood(())))
        for one in series
    ]


def chart_of(name: str, unit: str, points: Sequence[Point]) -> Chart | None:
    """The series along time; None where there are not two values yet."""
    some = thinned(points)
    if len(some) < 2:
        return None
    newest, change = some[-1], change_of(some)
    return line_over_time(
        title=f"{name}: {said(newest.value, unit)}{_moved(change.by) if change else ''}",
        counted=f"{Unit(unit).label}, {some[0].on.day} {some[0].on:%B %Y} to {newest.on.day} {newest.on:%B %Y}",
        value_heading=str(Unit(unit).label),
        values=[(one.on, float(one.value)) for one in some],
        suffix=AFTER.get(Unit(unit), "") if unit == Unit.PER_CENT else "",
        most=100 if unit == Unit.PER_CENT else None,
    )


def _moved(by: object) -> str:
    return ", as before" if by == 0 else ""
