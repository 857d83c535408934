"""From a population to exact tables. Pure Python: no Django, no database.

`compute` counts every figure in every one of its cuts. What comes out is exact, and goes to the disclosure engine before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..population import Population
from . import change, quality, stock
from .declared import BY_KEY, FIGURES, RETIREMENT
from .model import (
    ALL,
    BLANK,
    NOT_COLLECTED,
    WHOLE,
    Better,
    Cut,
    Figure,
    Kind,
    Label,
    RawCell,
    RawTable,
    Stated,
    not_collected,
)
from .moment import Moment
from .stating import Comparator, Stating

__all__ = [
    "ALL",
    "BLANK",
    "BY_KEY",
    "FIGURES",
    "NOT_COLLECTED",
    "WHOLE",
    "Better",
    "Comparator",
    "Cut",
    "Figure",
    "Kind",
    "Label",
    "RawCell",
    "RawTable",
    "Stated",
    "Stating",
    "compute",
    "cuts_of",
]
COUNTS = {**stock.COUNTS, **change.COUNTS, **quality.COUNTS}
TECHNICAL_ONLY = "The extract covers technical staff only, so that there is no rest of the institution to set beside."


def compute(
    now: Population,
    before: Population | None = None,
    figures: Iterable[Figure] = FIGURES,
    stating: Stating | None = None,
) -> list[RawTable]:
    """Every figure in every cut, exact, in the order of the figures. `before` is an earlier snapshot, best of about a year ago.

    What the extract did not have comes out as a table that says why, and never as 0.
    """
    moment = Moment.of(now, before, stating or Stating())
    return [_table(moment, figure, cut) for figure in figures for cut in cuts_of(figure, moment.frame.stating)]


def cuts_of(figure: Figure, stating: Stating) -> tuple[Cut, ...]:
    """The cuts of a figure. Those of the horizon depend on the ages that are stated."""
    if figure is not RETIREMENT:
        return figure.cuts
    return tuple(
        Cut(f"unit_{age}", f"Unit, and years until {age}", "unit", f"until_{age}") for age in stating.retirement_ages
    )


def _table(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    why = moment.why_not(figure, cut)
    if not why and cut.rows == "staff" and not moment.now.covers_all:
        why = TECHNICAL_ONLY
    return not_collected(figure, cut, why) if why else COUNTS[figure.key](moment, figure, cut)
