"""Reads: what series there are, where they stand and stood. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth, TruncWeek
from django.db.models.lookups import Exact
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from . import registry
from .lines import Line
from .models import ManualSeries, Reading
from .registry import Indicator
from .trends import Point

#: A list shows a year and a bit, one value a week: enough for the change since last quarter and for a small line.
LISTED_BACK = timedelta(days=400)


def workspaces() -> list[Organisation]:
    """All workspaces, to read the indicators of each every night."""
    return list(Organisation.objects.with_workspace())


# ---- What there is


def indicator(key: str) -> Indicator | None:
    """A declared indicator."""
    return registry.indicators().get(key)


def series_listed(*, ended: bool = False) -> QuerySet[ManualSeries]:
    """What the organisation counts by hand, by name; or what it counts no more."""
    return ManualSeries.objects.filter(ended_at__isnull=not ended)


def series_or_404(pk: int) -> ManualSeries:
    return get_object_or_404(ManualSeries.objects.select_related("organisation"), pk=pk)


# ---- Where they stand


def readings_read_by(reader: Any = None) -> QuerySet[Reading]:
    """The readings that somebody may read: every page and file begins here. Without a reader those that everybody of the organisation may.

    A slice may say of a cut whose parts somebody sees, as the workforce does of units.
    """
    rows = Reading.objects.all()
    for source in registry.sources():
        keys = [one.key for one in source.indicators]
        for cut, parts_read in source.parts_read.items():
            parts = frozenset() if reader is None else parts_read(reader)
            if parts is not None:
                rows = rows.exclude(Q(key__in=keys, cut=cut) & ~Q(part__in=parts))
    return rows


@dataclass(frozen=True, slots=True)
class Stood:
    """A line's readings, the newest last: those that may be shown as points, and the last whatever it is."""

    points: Sequence[Point]
    last: Reading | None = None

    @property
    def label(self) -> str:
        return self.last.label if self.last else ""


NOTHING = Stood(())


def lines_listed(today: date, reader: Any = None) -> dict[Line, Stood]:
    """The computed lines of the list, whole indicators and the parts of those without a whole, with one reading a week; one query."""
    known = registry.indicators().values()
    whole = [one.key for one in known if one.has_whole]
    parts = [one.key for one in known if not one.has_whole]
    rows = readings_read_by(reader).filter(Q(key__in=whole, cut="") | Q(key__in=parts) & ~Q(cut=""), series=None)
    found = _weekly(rows, today)
    # A part that was not read with the others is no more: a plan was closed, a framework is answered no longer.
    newest: dict[str, date] = {}
    for line, stood in found.items():
        if stood.last:
            newest[line.key] = max(stood.last.on, newest.get(line.key, stood.last.on))
    return {line: stood for line, stood in found.items() if stood.last and stood.last.on == newest[line.key]}


def lines_of_part(cut: str, part: str, today: date) -> dict[Line, Stood]:
    """The computed lines of one part of a cut, such as a plan, with one reading a week; one query."""
    return _weekly(readings_read_by().filter(series=None, cut=cut, part=part), today)


def manual_lines_listed(series: Iterable[ManualSeries], today: date) -> dict[Line, Stood]:
    """The same of series kept by hand; one query."""
    return _weekly(Reading.objects.filter(series__in=[one.pk for one in series]), today)


def _weekly(rows: QuerySet[Reading], today: date) -> dict[Line, Stood]:
    line = ("key", "series_id", "cut", "part")
    rows = rows.filter(on__gte=today - LISTED_BACK).annotate(week=TruncWeek("on"))
    return _by_line(rows.order_by(*line, "week", "-on", "-version").distinct(*line, "week"))


def _by_line(rows: Iterable[Reading]) -> dict[Line, Stood]:
    points: dict[Line, list[Point]] = defaultdict(list)
    last: dict[Line, Reading] = {}
    for row in rows:
        line = Line(row.key, row.cut, row.part, row.series_id)
        if row.value is not None:
            points[line].append(Point(row.on, row.value))
        last[line] = row
    return {line: Stood(points[line], row) for line, row in last.items()}


def readings_of(line: Line, reader: Any = None) -> QuerySet[Reading]:
    """The reading that counts of each day, the first day first."""
    rows = readings_read_by(reader).filter(_is_of(line)).select_related("by__person")
    return rows.order_by("on", "-version").distinct("on")


def every_reading_of(line: Line) -> QuerySet[Reading]:
    """All, what was corrected too, the newest first."""
    return Reading.objects.filter(_is_of(line)).select_related("by__person").order_by("-on", "-version")


def stood(lines: Collection[Line], reader: Any = None) -> dict[Line, Stood]:
    """The readings of several lines, day by day, as a reader may read them, or as everybody of the organisation may; one query, none for no line."""
    if not lines:
        return {}
    # Only of parts it matters who reads.
    rows = readings_read_by(reader if any(one.cut for one in lines) else None).filter(reduce(or_, map(_is_of, lines)))
    line = ("key", "series_id", "cut", "part", "on")
    return _by_line(rows.order_by(*line, "-version").distinct(*line))


def readings_offered(lines: Collection[Line], most: int) -> list[Reading]:
    """Of several lines, as everybody of the organisation may read them, the last reading of each month, the newest first; hidden ones left out. One query."""
    if not lines:
        return []
    line = ("key", "series_id", "cut", "part", "month")
    rows = readings_read_by().filter(reduce(or_, map(_is_of, lines))).annotate(month=TruncMonth("on"))
    found: Iterable[Reading] = rows.select_related("series").order_by(*line, "-on", "-version").distinct(*line)
    return sorted((one for one in found if one.value is not None), key=lambda one: one.on, reverse=True)[:most]


def readings_by_ids(ids: Collection[int]) -> list[Reading]:
    """Those of some readings that everybody of the organisation may read, each with `is_read`: whether its part is still read with the others. One query."""
    alike = Reading.objects.filter(key=OuterRef("key"), series=None).order_by("-on").values("on")
    newest, newest_here = alike[:1], alike.filter(cut=OuterRef("cut"), part=OuterRef("part"))[:1]
    rows = readings_read_by().filter(pk__in=list(ids), value__isnull=False)
    rows = rows.select_related("series__organisation", "organisation")
    return list(rows.annotate(is_read=Q(Exact(Subquery(newest), Subquery(newest_here)))))


def _is_of(line: Line) -> Q:
    return Q(series=line.series) if line.series else Q(key=line.key, cut=line.cut, part=line.part, series=None)


def has_reading_in_month(keys: Collection[str], day: date) -> bool:
    """Whether any of these indicators was read in the month of a day: for sources that are read so seldom on purpose."""
    return Reading.objects.filter(key__in=keys, series=None, on__year=day.year, on__month=day.month).exists()


def parts_of(key: str, reader: Any = None) -> list[Reading]:
    """Where each part of an indicator stood when it was read last, by cut and name."""
    rows = readings_read_by(reader).filter(key=key, series=None)
    newest = rows.aggregate(on=Max("on"))["on"]
    found = rows.filter(on=newest).exclude(cut="").order_by("cut", "part", "-version").distinct("cut", "part")
    return sorted(found, key=lambda one: (one.cut, one.label.casefold()))


# ---- What a measure of a slice above can be read from


@dataclass(frozen=True, slots=True)
class Option:
    """A line that readings can be taken from: what it is called, in what it is counted, and the phrases that mean it."""

    line: Line
    name: str
    unit: str
    phrases: tuple[str, ...]
    is_manual: bool = False


NOTHING_OWN: Mapping[str, str] = {}


def options(
    own_parts: Mapping[str, tuple[str, str] | None], own_read: Mapping[str, str] = NOTHING_OWN, reader: Any = None
) -> list[Option]:
    """What a measure can be read from: indicators, their parts, and what is counted by hand. Two queries.

    `own_parts` names the one part of a cut that concerns the asker, with its words: `{"plan": ("7", "this plan")}`; of these cuts no
    other part is offered; of a cut with None, none at all. `own_read` names one that may not have been read, or not for the `reader`:
    `{"unit": "12"}`; of such a cut only this part is offered, where it was, under the name that it was read by.
    """
    read: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    rows = readings_read_by(reader if own_read else None).filter(series=None).exclude(cut="").exclude(cut__in=own_parts)
    for cut, part in own_read.items():
        rows = rows.exclude(Q(cut=cut) & ~Q(part=part))
    for key, cut, part, label in (
        rows.order_by("key", "cut", "part", "-on")
        .distinct("key", "cut", "part")
        .values_list("key", "cut", "part", "label")
    ):
        read[key, cut].append((part, label))
    found: list[Option] = []
    for one in registry.indicators().values():
        found += _options_of(one, own_parts, own_read, read)
    manual = [Option(Line(series=s.pk), s.name, s.unit, (s.name,), True) for s in series_listed()]
    return found + manual


def _options_of(
    one: Indicator,
    own_parts: Mapping[str, tuple[str, str] | None],
    own_read: Mapping[str, str],
    read: Mapping[tuple[str, str], Sequence[tuple[str, str]]],
) -> list[Option]:
    phrases = (one.name, *one.phrases)
    own = [(cut, *told) for cut in one.cuts if (told := own_parts.get(cut))]
    own += [(cut, *told) for cut in own_read for told in read.get((one.key, cut), ())]
    found = [Option(Line(one.key, cut, part), f"{one.name}: {words}", one.unit, phrases) for cut, part, words in own]
    if one.has_whole:
        found.append(Option(Line(one.key), f"{one.name}: whole organisation", one.unit, phrases))
    for cut in (cut for cut in one.cuts if cut not in own_read):
        for part, label in read.get((one.key, cut), ()):
            found.append(Option(Line(one.key, cut, part), f"{one.name}: {label}", one.unit, (f"{one.name} {label}",)))
    return found
