"""What a series of dated values shows: thinned for the eye, the change since, and where it will stand, if it bears that. Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

MOST_POINTS = 26
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    on: date
    value: Decimal


def latest_of_days(points: Sequence[Point]) -> list[Point]:
    """The value that counts of each day: what was said last of it; by day."""
    return [Point(on, value) for on, value in sorted({one.on: one.value for one in points}.items())]


GROUPINGS: tuple[Callable[[date], tuple[int, ...]], ...] = (
    lambda day: (day.toordinal(),),
    lambda day: day.isocalendar()[:2],
    lambda day: (day.year, day.month),
    lambda day: (day.year, (day.month - 1) // 3),
    lambda day: (day.year,),
)


def thinned(points: Sequence[Point], most: int = MOST_POINTS) -> list[Point]:
    """At most so many: the last of each day, week, month, quarter or year, as finely as they fit. The last of all is among them."""
    found = latest_of_days(points)
    for group in GROUPINGS:
        found = list({group(one.on): one for one in found}.values())
        if len(found) <= most:
            return found
    return found[-most:]


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a series differs from where it stood on a former day."""

    by: Decimal
    since: date


def change_of(points: Sequence[Point]) -> Change | None:
    """From the last value that is at least 90 days older than the newest, else from the first; None for fewer than two."""
    if len(points) < 2:
        return None
    newest = points[-1]
    older = [one for one in points[:-1] if one.on <= newest.on - LOOK_BACK]
    former = older[-1] if older else points[0]
    return Change(newest.value - former.value, former.on)


# ---- Where it will stand

#: Readings nearer than this say nothing of their own: a series read every night would pass any test by repetition.
APART = timedelta(days=14)
FEWEST, SHORTEST = 4, timedelta(days=60)
#: One-sided; four readings that all rise have 1 / 4! = 0.042, three could never be clear.
CLEAR = 0.05


def forecast(points: Sequence[Point], target: Decimal, *, today: date) -> date | None:
    """The day on which a series reaches a target at its present pace; None where the data do not bear that, or it is reached already.

    The rule, strict on purpose, since a date that is read off noise is believed:

    - readings at least 14 days apart, the newest first chosen; at least four of them, over at least 60 days;
    - a clear trend towards the target: Mann and Kendall's test, one-sided, exact, p of at most 0.05 (H. B. Mann, "Nonparametric tests
      against trend", Econometrica 13, 1945, https://doi.org/10.2307/1907187). Equal values count for neither side against the
      distribution without ties, which asks more, not less;
    - the pace is the median of the slopes between all pairs (P. K. Sen, J. Am. Stat. Assoc. 63, 1968,
      https://doi.org/10.1080/01621459.1968.10480934), which one odd reading does not turn; it goes on from the newest value;
    - not farther ahead than one looked back, and not a day that is past: whoever reads then reads anew (these bounds are ours).
    """
    chosen = apart(points)
    if len(chosen) < FEWEST or chosen[-1].on - chosen[0].on < SHORTEST:
        return None
    left = float(target - chosen[-1].value)
    towards = chosen if left > 0 else [Point(one.on, -one.value) for one in chosen]
    if not left or chance_of_trend([one.value for one in towards]) > CLEAR:
        return None
    pace = slope(towards)
    days = abs(left) / pace if pace > 0 else float("inf")
    if days > (chosen[-1].on - chosen[0].on).days:
        return None
    reached = chosen[-1].on + timedelta(days=round(days))  # not a count of people: of days
    return reached if reached >= today else None


def apart(points: Sequence[Point]) -> list[Point]:
    """The newest, and going back each that is at least 14 days older than the one chosen before it, at most 26; the oldest first."""
    chosen: list[Point] = []
    for one in reversed(latest_of_days(points)):
        if not chosen or chosen[-1].on - one.on >= APART:
            chosen.append(one)
    return chosen[MOST_POINTS - 1 :: -1]


def slope(points: Sequence[Point]) -> float:
    """The median of the changes a day between all pairs."""
    pairs = [(a, b) for n, a in enumerate(points) for b in points[n + 1 :]]
    return median(float(b.value - a.value) / (b.on - a.on).days for a, b in pairs)


def chance_of_trend(values: Sequence[Decimal]) -> float:
    """How often values in no order would rise as much as these: the chance, under no trend, of Kendall's S or more."""
    pairs = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :]]
    score = sum((b > a) - (b < a) for a, b in pairs)
    # S = pairs − 2 × inversions, so S or more is so many inversions or fewer; rounded up, which asks more.
    most = (len(pairs) - score + 1) // 2
    counts = orders_by_inversions(len(values))
    return sum(counts[: most + 1]) / sum(counts)


def orders_by_inversions(number: int) -> list[int]:
    """How many orders of so many things have 0, 1, 2, … pairs the wrong way round."""
    counts = [1]
    for size in range(2, number + 1):
        former = counts
        length = len(former) + size - 1
        counts = [sum(former[max(0, n - size + 1) : n + 1]) for n in range(length)]
    return counts
