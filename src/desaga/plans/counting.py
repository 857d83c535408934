"""What is counted of the actions of plans at work, each as a share, in words and as a rule. Pure Python.

*At work* is a plan that is active. Business as usual is left out of everything here. *To do* is an action that is neither complete nor
stopped. Where there is nothing to count out of, there is no share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import first_day
from .states import SETTLED, Status

#: A quarterly round, and no more: after so long somebody was asked and said nothing.
SILENT_AFTER = timedelta(days=90)
#: What comes in the two weeks after a quarter is still the answer for it.
GRACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an action of a plan at work. `said_on` are the days of its updates, as far as they are known.

    `theme` is the name of its plan's theme, `units` are the ids of those that carry it, else that of its plan's.
    """

    plan: int
    status: str
    starts: str
    last_day: date | None
    at_work_since: date
    said_on: Sequence[date] = ()
    has_measure: bool = False
    has_owner: bool = False
    has_evidence: bool = False
    theme: str = ""
    units: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    number: int
    of: int

    @property
    def per_cent(self) -> float:
        return 100 * self.number / self.of


Test = Callable[[Seen, date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One share: `counts` says which actions it is out of, `holds` which of them are counted; `definition` says both in words."""

    key: str
    name: str
    definition: str
    counts: Test
    holds: Test
    more_is_better: bool = True
    phrases: tuple[str, ...] = ()


def share_of(counted: Counted, actions: Sequence[Seen], today: date) -> Share | None:
    """None where there is nothing to count out of."""
    of = [one for one in actions if counted.counts(one, today)]
    return Share(sum(counted.holds(one, today) for one in of), len(of)) if of else None


def is_any(one: Seen, today: date) -> bool:
    return True


def is_complete(one: Seen, today: date) -> bool:
    return one.status == Status.COMPLETE


def is_to_do(one: Seen, today: date) -> bool:
    return one.status not in SETTLED


def is_overdue(one: Seen, today: date) -> bool:
    return one.last_day is not None and one.last_day < today


def has_begun(one: Seen, today: date) -> bool:
    begins = first_day(one.starts)
    return begins is None or begins <= today


def is_going(one: Seen, today: date) -> bool:
    return is_to_do(one, today) and has_begun(one, today)


def is_silent(one: Seen, today: date) -> bool:
    """The day on which the plan was put to work counts as a word, and so does the day on which the action was to begin."""
    begins = first_day(one.starts)
    words = [*one.said_on, one.at_work_since, *([begins] if begins and begins <= today else [])]
    return today - max(words) > SILENT_AFTER


def quarter_asked_about(today: date) -> tuple[date, date]:
    """First and last day of the last quarter that ended at least two weeks ago."""
    day = today - GRACE
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    last = first - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def was_to_be_updated(one: Seen, today: date) -> bool:
    """At work before the quarter began, begun before it ended, and not settled before it."""
    first, last = quarter_asked_about(today)
    begins = first_day(one.starts)
    was_settled = one.status in SETTLED and not any(day >= first for day in one.said_on)
    return one.at_work_since < first and (begins is None or begins <= last) and not was_settled


def was_updated_on_time(one: Seen, today: date) -> bool:
    first, last = quarter_asked_about(today)
    return any(first <= day <= last + GRACE for day in one.said_on)


COUNTED = (
    Counted(
        key="plans.updated_on_time",
        name="Actions updated on time",
        definition=(
            "Of the actions of plans at work that were to do in the last quarter that ended at least 14 days ago, the share of which somebody said "
            "how it goes in that quarter or in the 14 days after it; “nothing new” counts, and so does one unit’s account. An action "
            "counts if its plan was at work before the quarter began, if it was to begin before the quarter ended, and if it was not settled before. "
            "Business as usual is left out, and so are words of documents that give no day."
        ),
        counts=was_to_be_updated,
        holds=was_updated_on_time,
        phrases=("actions updated", "updates on time", "owners update quarterly"),
    ),
    Counted(
        key="plans.overdue",
        name="Actions overdue",
        definition=(
            "Of the actions of plans at work that are to do, the share whose last day is past. To do is what is neither complete nor "
            "stopped; an action without a date is to do and never overdue. Business as usual is left out."
        ),
        counts=is_to_do,
        holds=is_overdue,
        more_is_better=False,
        phrases=("overdue actions", "actions late", "actions behind schedule"),
    ),
    Counted(
        key="plans.complete",
        name="Actions complete",
        definition=(
            "Of all actions of plans at work, also those that were stopped, the share whose status is complete. Business as usual is left out."
        ),
        counts=is_any,
        holds=is_complete,
        phrases=("actions complete", "actions completed", "actions delivered", "plan delivered"),
    ),
    Counted(
        key="plans.silent",
        name="Actions silent for more than 90 days",
        definition=(
            "Of the actions of plans at work that are to do and were to begin by now, the share of which nobody has said for more than 90 days how "
            "it goes. The days count from the last update; where that is older or there is none, from the day on which the plan was put to work or "
            "the action was to begin, whichever came last. Business as usual is left out."
        ),
        counts=is_going,
        holds=is_silent,
        more_is_better=False,
        phrases=("actions silent", "actions without update"),
    ),
    Counted(
        key="plans.with_measure",
        name="Actions with a measure",
        definition=(
            "Of the actions of plans at work that are to do, the share with at least one measure that is counted. Words on success that nobody "
            "has made a measure of do not count. Business as usual is left out."
        ),
        counts=is_to_do,
        holds=lambda one, today: one.has_measure,
        phrases=("actions have measure", "measurable actions", "actions kpi"),
    ),
    Counted(
        key="plans.with_owner",
        name="Actions with an owner",
        definition=(
            "Of the actions of plans at work that are to do, the share that names at least one who carries it, as a known party or in words, in "
            "whatever role. Business as usual is left out."
        ),
        counts=is_to_do,
        holds=lambda one, today: one.has_owner,
        phrases=("actions named owner", "actions have owner"),
    ),
    Counted(
        key="plans.with_evidence",
        name="Complete actions with evidence",
        definition=(
            "Of the actions of plans at work that are complete, the share of which something shows it: an update that says what, or evidence in force. "
            "Business as usual is left out."
        ),
        counts=is_complete,
        holds=lambda one, today: one.has_evidence,
        phrases=("actions with evidence", "evidence of completion"),
    ),
)  # fmt: skip
