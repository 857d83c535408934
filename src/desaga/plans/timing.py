"""A plan along time on a page: the picture, and the same as a list by quarter. No queries, no requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from desaga.charts.timeline import Lane, Stretch, Undertaking, draw_timeline

from .dates import first_day, last_day, said
from .models import Plan
from .states import Precision

NAMES = ("January to March", "April to June", "July to September", "October to December")


@dataclass(frozen=True, slots=True)
class Timeline:
    """`picture` is SVG, safe to put into a page; None where nothing is dated."""

    title: str
    counted: str
    picture: str | None


def undertaking_of(action: Any) -> Undertaking:
    """An action as it can be drawn: no more exact than its author was."""
    links = [link for link in action.dependencies.all() if link.on]
    return Undertaking(
        key=action.pk,
        label=f"{action.code} {action.short_title}".strip(),
        begins=_stretch(action.starts),
        ends=_stretch(action.ends),
        is_vague=action.precision in (Precision.TERM, Precision.QUARTER),
        goes_on=action.continuous,
        is_settled=action.is_settled,
        stages=[one for stage in action.milestones.all() if (one := _stage(stage))],
        waits_for=[link.on.pk for link in links],
        late_for=[link.on.pk for link in links if is_late_for(action, link.on)],
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """That an action is to begin, or to end where only that is said, before what it waits for can have ended."""

    action: Any
    on: Any

    @property
    def sentence(self) -> str:
        return (
            f"{_short(self.action)} ({self.action.when}) waits for {_short(self.on)} ({self.on.when}), which ends later"
        )


def conflicts_of(links: Iterable[Any]) -> list[Conflict]:
    """Where linked dates surely cannot hold: no more exact than the authors were, so that two vague dates are in no conflict."""
    return [Conflict(link.action, link.on) for link in links if is_late_for(link.action, link.on)]


def is_late_for(action: Any, on: Any) -> bool:
    """Whether what is waited for surely ends after the action begins, or after it ends where nobody said when it begins."""
    told, ends = _stretch(action.starts) or _stretch(action.ends), _stretch(on.ends)
    return bool(told and ends and not on.is_settled and ends.first > told.last)


def _short(action: Any) -> str:
    return action.code or action.short_title


def _stretch(day: str) -> Stretch | None:
    first, last = first_day(day), last_day(day)
    return Stretch(first, last) if first and last else None


def _stage(stage: Any) -> Stretch | None:
    first, last = first_day(stage.starts or stage.ends), last_day(stage.ends or stage.starts)
    return Stretch(first, max(first, last)) if first and last else None


def is_drawn(action: Any) -> bool:
    return bool(action.starts or action.ends or action.continuous)


def timeline_of(plan: Plan, actions: Sequence[Any], every: Sequence[Any], today: date, part: str = "") -> Timeline:
    """The picture of these actions, under what is so of `every` action of the plan; `part` says in words which they are.

    What has no date is not drawn; the page lists it.
    """
    shown, dated = [[action for action in rows if is_drawn(action)] for rows in (actions, every)]
    days = [
        day
        for action in dated
        for text in (action.starts, action.ends)
        for day in (first_day(text), last_day(text))
        if day
    ]
    days += [day for text in (plan.starts, plan.ends) for day in (first_day(text), last_day(text)) if day]
    due = sum(action.is_late_on(today) for action in dated)
    title = f"{due} of {len(dated)} lie behind us and are not done" if due else f"{len(dated)} actions along time"
    counted = ", ".join(filter(None, [plan.title, part, f"{today.day} {today:%B %Y}"]))
    if not shown:
        return Timeline(title, counted, None)
    lanes = [
        Lane(heading, [undertaking_of(action) for action in rows]) for heading, rows in groupby(shown, key=heading_of)
    ]
    described = "; ".join(f"{action.code or action.short_title}: {action.when}" for action in shown[:40])
    first, last = min(days, default=today), max(days, default=today)
    return Timeline(
        title, counted, draw_timeline(lanes, first=first, last=last, today=today, title=title, described=described)
    )


def heading_of(action: Any) -> str:
    name = "Business as usual" if action.business_as_usual else action.theme.name if action.theme else "Without a theme"
    return name if len(name) <= 90 else f"{name[:89]}…"


def by_quarter(actions: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """The actions by the quarter in which they end, from the first on; what goes on, and what has no date, last."""
    keyed: dict[tuple[int, str], list[Any]] = {}
    for action in actions:
        keyed.setdefault(quarter_of(action), []).append(action)
    return [(name, rows) for (_, name), rows in sorted(keyed.items(), key=lambda pair: pair[0][0])]


def quarter_of(action: Any) -> tuple[int, str]:
    """The quarter in which an action ends: its place in order, and its name."""
    day = action.last_day
    if day is None:
        if action.continuous:
            return 10**9, "Goes on all the time"
        return (10**9 + 1, "No end given") if action.starts else (10**9 + 2, "No date")
    quarter = (day.month - 1) // 3
    return day.year * 4 + quarter, f"{NAMES[quarter]} {day.year}"


def stages_said(action: Any) -> str:
    """The stages of an action in one line of words."""
    return "; ".join(f"{one.label}: {when}" if (when := _when(one)) else one.label for one in action.milestones.all())


def waits_said(action: Any) -> str:
    """What an action waits for in one line of words."""
    return "; ".join(one.text for one in action.dependencies.all() if one.text)


def _when(stage: Any) -> str:
    return " to ".join(dict.fromkeys(filter(None, [said(stage.starts), said(stage.ends)])))
