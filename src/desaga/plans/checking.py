"""What to mend in a plan before others ask: each finding with its reason. Pure Python.

The questions are those that plan-quality checks of peers ask (an owner, a measure, a date that can be met, signs of life);
what counts as vague is ours: a text that names no number, no date and nothing that one could hold in one's hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices

#: So long without a word, where no round asked for one: two quarterly rounds would have passed.
SILENT_FOR = timedelta(days=183)
#: So large a share of the dated actions in one month, and there is no plan but a deadline.
TOO_MANY_AT_ONCE = 0.5
FEWEST_DATED = 4


class Check(TextChoices):
    """What is looked for, the gravest first."""

    NOBODY = "nobody", "Nobody carries it"
    DUE_BEFORE_START = "due_before_start", "It is due before it begins"
    NO_MEASURE = "no_measure", "It has no measure"
    VAGUE_MEASURE = "vague_measure", "How one will know is vague"
    NO_DATE = "no_date", "It has no date"
    SILENT = "silent", "No update twice running"
    ONLY_WORDS = "only_words", "Its success is only words: nothing measures it yet"
    ALL_AT_THE_END = "all_at_the_end", "Most is due in one month"
    EMPTY_PILLAR = "empty_pillar", "A pillar has nothing"
    NO_PILLAR = "no_pillar", "No action says which pillar it serves"


WHY = {
    Check.NOBODY: "Whom nobody names, nobody asks: no round reaches these.",
    Check.DUE_BEFORE_START: "One of the two dates is wrong.",
    Check.NO_MEASURE: "Neither a measure nor words say how one will know. Without it nobody can say that it is complete, and the report has nothing to show.",
    Check.VAGUE_MEASURE: "It names no number, no date and nothing to show, or what is counted has no target. “Four case studies on our site by July” can be seen to have happened.",
    Check.ONLY_WORDS: "Words are read by people alone. Where they name something to count, its page proposes it as a measure: one press, and it is counted.",
    Check.NO_DATE: "It never becomes late, and so nobody is reminded. Say when, or that it goes on all the time.",
    Check.SILENT: "Two rounds running asked about it, and nobody answered. Where no round asked, nothing was heard for half a year.",
    Check.ALL_AT_THE_END: "Whoever looks in the meantime sees nothing finished. Spread the dates, or give long actions stages.",
    Check.EMPTY_PILLAR: "The Commitment asks for all of its pillars.",
    Check.NO_PILLAR: "The Commitment asks for all of its pillars. Until actions say which they serve, nobody can see what is missing.",
}

NUMBER = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|quarter|all|every|each|both|no|none|first|annual(?:ly)?|monthly|quarterly|termly|yearly)\b",
    re.IGNORECASE,
)
#: Words for what can be held in one's hand, or seen to be there.
TO_SHOW = re.compile(
    r"\b(?:publish\w*|appointed|agreed|adopted|approved|signed|launched|in place|in use|live|written|report|policy|register|page|website|guide|handbook|toolkit|map|database|log|list|survey|event|award\w*|minutes|member\w*|seat\w*|role descriptors?|case stud\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks know of an action, in the plan's order. `asked_on`: when rounds that have fallen due asked about it, the last first.

    `has_target`: at least one of its measures says where it is to be; the others know a direction and no more.
    """

    pk: int
    label: str
    is_named: bool
    is_measured: bool
    has_target: bool
    success: str
    first_day: date | None
    last_day: date | None
    goes_on: bool
    is_settled: bool
    said_at: date | None
    asked_on: Sequence[date] = ()


@dataclass
class Finding:
    """One check that found something: which actions, and what more there is to say."""

    check: Check
    actions: list[Looked] = field(default_factory=list)
    words: str = ""

    @property
    def label(self) -> str:
        return str(self.check.label)

    @property
    def why(self) -> str:
        return WHY[self.check]


def findings(
    actions: Sequence[Looked],
    *,
    at_work_since: date | None,
    empty_pillars: Iterable[str],
    today: date,
    names_pillars: bool = True,
) -> list[Finding]:
    """What there is to mend, the gravest first. `at_work_since` is when the plan was put to work; None where it is not.

    Where no action names any pillar, that is said once, rather than of each pillar.
    """
    going = [one for one in actions if not one.is_settled]
    found = [Finding(check, [one for one in going if _has(check, one)]) for check in OF_ACTIONS]
    silent = Finding(Check.SILENT, [one for one in going if _is_silent(one, at_work_since, today)])
    words = Finding(Check.ONLY_WORDS, [one for one in going if _has(Check.ONLY_WORDS, one)])
    wholes = [*_all_at_the_end(actions), *_pillars(list(empty_pillars), len(actions), names_pillars)]
    return [one for one in [*found, silent, words] if one.actions] + wholes


OF_ACTIONS = (Check.NOBODY, Check.DUE_BEFORE_START, Check.NO_MEASURE, Check.VAGUE_MEASURE, Check.NO_DATE)


def _has(check: Check, one: Looked) -> bool:
    success, is_measured = one.success.strip(), one.is_measured
    return {
        Check.NOBODY: not one.is_named,
        Check.DUE_BEFORE_START: bool(one.first_day and one.last_day and one.last_day < one.first_day),
        Check.NO_MEASURE: not is_measured and not success,
        Check.VAGUE_MEASURE: not one.has_target if is_measured else bool(success) and is_vague(success),
        Check.ONLY_WORDS: not is_measured and bool(success) and not is_vague(success),
        Check.NO_DATE: one.last_day is None and not one.goes_on,
    }[check]


def is_vague(success: str) -> bool:
    """Whether a text names no number, no date and nothing that can be shown."""
    return not NUMBER.search(success) and not TO_SHOW.search(success)


def _is_silent(one: Looked, at_work_since: date | None, today: date) -> bool:
    """Whether the last two rounds that asked about it got no answer; where none asked, whether nothing was heard for `SILENT_FOR`."""
    if at_work_since is None:
        return False
    if one.asked_on:
        return len(one.asked_on) > 1 and (one.said_at is None or one.said_at < one.asked_on[1])
    since = max(
        filter(None, [one.said_at, at_work_since, one.first_day if one.first_day and one.first_day <= today else None])
    )
    has_begun = one.first_day is None or one.first_day <= today
    return has_begun and today - since > SILENT_FOR


def _all_at_the_end(actions: Sequence[Looked]) -> list[Finding]:
    dated = [one for one in actions if one.last_day]
    if len(dated) < FEWEST_DATED:
        return []
    (year, month), number = Counter(
        (one.last_day.year, one.last_day.month) for one in dated if one.last_day
    ).most_common(1)[0]
    if number <= TOO_MANY_AT_ONCE * len(dated):
        return []
    words = f"{number} of {len(dated)} dated actions are due in {date(year, month, 1):%B} {year}."
    return [Finding(Check.ALL_AT_THE_END, words=words)]


def _pillars(empty: Sequence[str], actions: int, names_pillars: bool) -> list[Finding]:
    """Nothing is amiss with the pillars of a plan that has no actions yet."""
    if empty and names_pillars:
        return [Finding(Check.EMPTY_PILLAR, words=f"No action answers {_and(empty)}.")]
    if empty and actions:
        named = f"None of the {actions} actions names a pillar." if actions > 1 else "Its one action names no pillar."
        return [Finding(Check.NO_PILLAR, words=named)]
    return []


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
