"""What became of a plan's actions as pictures: no queries, no requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desaga.charts.bars import Series, stacked_bars
from desaga.charts.chart import Chart
from desaga.charts.colours import BLUE, GREEN, GREY, ORANGE, SKY, VERMILION

from .states import Trajectory
from .trajectories import Metrics

COMPLETED = (
    Series("G", "Completed", GREEN),
    Series("A", "Ongoing", ORANGE),
    Series("R", "Delayed or failed", VERMILION),
)
BECAME = (
    Series(Trajectory.CONTINUED.value, "Continued", BLUE),
    Series(Trajectory.RELATED.value, "Related", SKY),
    Series(Trajectory.STOPPED.value, "Stopped", VERMILION),
    Series("unsaid", "Not said", GREY),
)
LONGEST = 60


def chart_of_completion(groups: Mapping[str, Metrics], whole: Metrics, heading: str, today: date) -> Chart | None:
    """How far actions came, group by group; None where nothing is said."""
    rows = [(_clipped(name), {key: one.coloured(key) for key in "GAR"}) for name, one in groups.items()]
    if not any(sum(numbers.values()) for _, numbers in rows):
        return None
    title = f"{whole.completed.words[:1].upper()}{whole.completed.words[1:]} actions came to their end: {whole.completed.percent}"
    return stacked_bars(
        title=title, counted=_counted(whole, heading, today), heading=heading, series=COMPLETED, rows=rows
    )


def chart_of_fates(groups: Mapping[str, Metrics], whole: Metrics, heading: str, today: date) -> Chart | None:
    """What became of actions, group by group; None where nothing is said."""
    rows = [
        (_clipped(name), {"unsaid": one.classed(""), **{key: one.classed(key) for key in "CRS"}})
        for name, one in groups.items()
    ]
    if not any(sum(numbers.get(key, 0) for key in "CRS") for _, numbers in rows):
        return None
    lives = whole.classed("C") + whole.classed("R")
    title = f"{lives} of {lives + whole.classed('S')} actions live on"
    return stacked_bars(title=title, counted=_counted(whole, heading, today), heading=heading, series=BECAME, rows=rows)


def _counted(whole: Metrics, heading: str, today: date) -> str:
    return f"{whole.total} actions by {heading.lower()}, business as usual among them, {today.day} {today:%B %Y}"


def _clipped(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rsplit(' ', 1)[0]}…"
