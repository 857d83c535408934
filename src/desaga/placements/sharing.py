"""What a round's readers are proposed by: what members know and would rather read, beside what applications say. No queries.

`assigning` solves it: conflicts never broken, loads even, then the most affinity, spread over organisations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desaga.organisations.refusals import Refused

from .assigning import Application as Item
from .assigning import Panel, Reviewer, share_out
from .conflicting import key_of
from .models import Application, PanelMember

#: What a word counts that a member knows, and one that they would rather read.
KNOWS, PREFERS = 2.0, 1.0
#: What a second reader of one organisation costs: as much as a word that somebody knows.
SPREAD = 2.0
#: Solved while one waits: a panel of 300 applications and 40 readers takes about a third of a second.
MOST_PAIRS = 12_000
SECONDS = 15.0

Pair = tuple[int, int]


class TooMany(Refused):
    """That is more than is shared out at once: 12,000 pairs of application and reader. Share it out from the command line with assign-panel."""


class NothingToShare(Refused):
    """There is nothing eligible to share out in this round, or nobody sits on the panel now."""


@dataclass(frozen=True)
class Give:
    """One reader of one application, and why; `is_kept` where it was given before."""

    member: PanelMember
    why: str
    is_kept: bool


@dataclass(frozen=True)
class Proposal:
    """Who would read what. `gap` is how much better another might be, as a share: 0 is proven best."""

    rows: Sequence[tuple[Application, Sequence[Give]]]
    loads: Sequence[tuple[PanelMember, int]]
    impossible: Sequence[tuple[Application, str]] = ()
    gap: float = 0.0
    #: Readers beyond the first of one organisation or unit, of one application; None where everybody reads all.
    repeats: int | None = None

    @property
    def new(self) -> list[tuple[int, int, str]]:
        """What would be given out anew."""
        return [(row.pk, one.member.pk, one.why) for row, gives in self.rows for one in gives if not one.is_kept]

    @property
    def gap_words(self) -> str:
        """How good it is, in words."""
        return "No better one is possible." if self.gap <= 0 else f"Another might be better by up to {self.gap:.1%}."

    @property
    def spread_words(self) -> str:
        """How readers are spread over organisations and units, in words."""
        if self.repeats is None:
            return ""
        if not self.repeats:
            return "No application is read twice from one organisation or unit."
        reads = "reader is" if self.repeats == 1 else "readers are"
        return f"{self.repeats} {reads} from an organisation or unit that reads the same application already."


@dataclass(frozen=True)
class Question:
    """What is shared out: pairs are (application, member)."""

    applications: Sequence[Application]
    members: Sequence[PanelMember]
    texts: Mapping[int, str]
    conflicts: Collection[Pair]
    kept: Collection[Pair] = field(default_factory=frozenset)
    #: Members who read no more, and whose finished readings are among `kept`.
    former: Collection[int] = field(default_factory=frozenset)
    #: Whose scheme it is, as `key_of` has it: who works there is told apart by unit.
    home: frozenset[str] = frozenset()


def propose(question: Question, each: int | None, spread: float = SPREAD) -> Proposal:
    """`each` readers for every application, or everybody reads all they may. Raises `NothingToShare`, `TooMany`."""
    if not question.applications or not question.members:
        raise NothingToShare
    if len(question.applications) * len(question.members) > MOST_PAIRS:
        raise TooMany
    return _all_read(question) if each is None else _shared(question, each, spread)


def _all_read(question: Question) -> Proposal:
    rows, loads = [], Counter[int]()
    for row in question.applications:
        gives = [
            Give(one, "Everybody reads all.", (row.pk, one.pk) in question.kept)
            for one in question.members
            if (row.pk, one.pk) not in question.conflicts
            and (one.pk not in question.former or (row.pk, one.pk) in question.kept)
        ]
        loads.update(one.member.pk for one in gives)
        rows.append((row, gives))
    nobody = [(row, "Everybody on the panel has a conflict with it.") for row, gives in rows if not gives]
    return Proposal(rows, [(one, loads[one.pk]) for one in question.members], nobody)


def _shared(question: Question, each: int, spread: float) -> Proposal:
    members = {str(one.pk): one for one in question.members}
    applications = {str(row.pk): row for row in question.applications}
    found = share_out(_panel(question, each, spread), seconds=SECONDS)
    gives: dict[str, list[Give]] = {pk: [] for pk in applications}
    for pair in found.pairs:
        is_kept = (int(pair[0]), int(pair[1])) in question.kept
        gives[pair[0]].append(Give(members[pair[1]], found.why[pair], is_kept))
    return Proposal(
        rows=[(row, gives[pk]) for pk, row in applications.items()],
        loads=[(one, found.loads[pk]) for pk, one in members.items()],
        impossible=[(applications[pk], words) for pk, words in found.impossible.items()],
        gap=found.gap,
        repeats=found.repeats,
    )


def _panel(question: Question, each: int, spread: float) -> Panel:
    kept = Counter(member for _, member in question.kept)
    return Panel(
        applications=tuple(Item(str(row.pk), row.employer, row.reference) for row in question.applications),
        reviewers=tuple(
            Reviewer(str(one.pk), circle_of(one, question.home), _most(one, kept[one.pk], question), one.person.name)
            for one in question.members
        ),
        per_application=each,
        conflicts=frozenset(map(_as_ids, question.conflicts)),
        affinity={
            str(row.pk): {
                str(one.pk): value
                for one in question.members
                if (value := affinity(one, question.texts.get(row.pk, "")))
            }
            for row in question.applications
        },
        spread=spread,
        kept=frozenset(map(_as_ids, question.kept)),
    )


def circle_of(member: PanelMember, home: frozenset[str]) -> str:
    """Among whom a reader is a second of the same: colleagues of an organisation; where all work for whoever runs the scheme, of a unit."""
    works_for = key_of(member.works_for)
    unit = f", {' '.join(sorted(key_of(member.unit)))}" if member.unit and works_for == home else ""
    return " ".join(sorted(works_for)) + unit


def _most(member: PanelMember, kept: int, question: Question) -> int | None:
    """What was given by hand stays, also where it is more than they wanted; who reads no more is given nothing."""
    if member.pk in question.former:
        return kept
    return None if member.most is None else max(member.most, kept)


def _as_ids(pair: Pair) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def affinity(member: PanelMember, text: str) -> float:
    """How much of what a member knows, and would rather read, stands in an application."""
    stems = stems_of(text)
    return KNOWS * _hits(member.expertise, stems) + PREFERS * _hits(member.prefers, stems)


def _hits(words: Iterable[str], stems: frozenset[str]) -> int:
    return sum(1 for one in words if (told := stems_of(one)) and told <= stems)


def stems_of(text: str) -> frozenset[str]:
    """Words without their endings, so that "microscopes" finds "microscopy"."""
    return frozenset(word[: max(5, len(word) - 3)] for word in re.findall(r"\w+", text.lower()) if len(word) > 2)
