"""Lines over time, made and drawn once of what they are made of: released tables stay as they were written, and whoever asks again is answered from memory.

The key of what is kept holds all that decides the answer: whose figures, by which releases in force, for which audience, and which rows its reader
sees. Which releases are in force is asked anew each time, so that what is withdrawn or restated is gone from the next page on. Of rows of people
there is nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import queries
from .over_time import OverTime, trends
from .queries import Period
from .sections import Section
from .sight import Sight

#: So many answers are kept in a process. A line in all its cuts is some 200 kB, drawings included, which `charts` keeps anyway.
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose figure, over which periods, in which cuts, for whom: all that decides what lines say."""

    organisation: int
    figure: str
    audience: str
    cuts: tuple[str, ...]
    units: frozenset[str] | None
    #: The releases in force, the newest first, and as many of them as lines of rows have.
    periods: tuple[Period, ...]
    of_rows: tuple[Period, ...]


def wanted(
    organisation: int, figure: str, audience: str, cuts: Iterable[str], sight: Sight, periods: Sequence[Period]
) -> Wanted:
    """A figure over the periods in force, as this reader sees it."""
    along = tuple(periods[: queries.MOST_PERIODS])
    of_rows = along[: queries.MOST_PERIODS_OF_ROWS]
    return Wanted(organisation, figure, audience, tuple(cuts), sight.units, along, of_rows)


@lru_cache(maxsize=MOST_KEPT)
def lines(wanted: Wanted) -> tuple[Section, ...]:
    """What is wanted, in sections. One query at most."""
    sight = Sight(wanted.units)
    found = queries.over_time(wanted.figure, wanted.audience, wanted.cuts, wanted.periods, wanted.of_rows)
    by_cut: dict[str, OverTime] = {cut: [(on, sight.of(table)) for on, table in along] for cut, along in found.items()}
    before = {one.on: one.before for one in wanted.periods if one.before is not None}
    of_rows = len(wanted.of_rows) if len(wanted.of_rows) < len(wanted.periods) else None
    return tuple(trends(by_cut, wanted.cuts, before, of_rows))


@lru_cache(maxsize=MOST_KEPT)
def drawn(wanted: Wanted, sentence: str, numbers_url: str) -> SafeString:
    """The same as a page has it, under its policy's sentence, each with where its numbers are to be had. Thus a page costs the same however many periods there are."""
    said = {"lines": lines(wanted), "policy": {"sentence": sentence}, "numbers_url": numbers_url}
    return render_to_string("workforce/lines.html", said)
