"""What a steering group is given: a plan as it was frozen, what became of it since the last time, and what is to be decided.

A pack is made of snapshots and of what was said, decided and left to do; it asks nothing of the plan as it is today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desaga.charts.bars import stacked_bars
from desaga.charts.chart import Chart
from desaga.plans.presenting import SERIES
from desaga.plans.states import Rag, Status

from .comparing import SETTLED, Comparison, Found, Frozen, Item, agenda, compare
from .models import Comment, Review, Snapshot, said_day

#: So many rows of a table stand on a page.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Section:
    """Actions that share a fate. `why` says what brings them here; `none` is said where there are none."""

    key: str
    title: str
    why: str
    none: str
    found: Sequence[Found]

    @property
    def shown(self) -> Sequence[Found]:
        """What a page shows; the files have all."""
        return self.found[:MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class Covered:
    """A framework: how many of its principles are answered, and how many were."""

    framework: str
    answered: int
    asked: int
    gaps: Sequence[str]
    was: int | None

    @property
    def change(self) -> str:
        """What changed, in words; empty where nothing did or nothing is known."""
        by = self.answered - self.was if self.was is not None else 0
        return "" if not by else f"{abs(by)} {'more' if by > 0 else 'fewer'} than before"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many actions there were on a day, without business as usual, and how they stood."""

    on: date
    actions: int
    by_status: Mapping[str, int]
    late: int
    red: int
    usual: int

    @property
    def sentence(self) -> str:
        late = f"{self.late} {'is' if self.late == 1 else 'are'} overdue" if self.late else "none is overdue"
        red = f"{self.red} {'is' if self.red == 1 else 'are'} red" if self.red else "none is red"
        return f"{self.by_status.get('complete', 0)} of {self.actions} actions are complete, {late}, {red}."


@dataclass(frozen=True, slots=True)
class Champions:
    """Units with a technical workforce, those with a champion of their own or of the unit above, and the names of those with none."""

    own: int
    by_above: int
    counted: int
    gaps: Sequence[str]

    @property
    def sentence(self) -> str:
        return f"{self.own + self.by_above} of {self.counted} units with technical staff have a champion, {self.own} of them their own."


@dataclass(frozen=True, slots=True)
class Pack:
    """`now` and `before` are contents of snapshots; `before` is None at a plan's first review."""

    now: Frozen
    before: Frozen | None
    comparison: Comparison
    sections: Sequence[Section]
    agenda: Sequence[Item]
    standing: Standing
    stood: Standing | None
    coverage: Sequence[Covered]
    measures: Sequence[tuple[Frozen, Frozen]]
    champions: Champions | None = None
    budget: Frozen | None = None
    comments: Mapping[int | None, Sequence[Comment]] = field(default_factory=dict)
    snapshot: Snapshot | None = None

    @property
    def other_comments(self) -> list[Comment]:
        """The comments that only say something."""
        return [one for told in self.comments.values() for one in told if not one.wants_decision]

    @property
    def wanted(self) -> list[Comment]:
        """The comments that ask the group to decide."""
        return [one for told in self.comments.values() for one in told if one.wants_decision]

    def without_budget(self) -> Pack:
        """The same for whoever may not read amounts."""
        return replace(self, budget=None)

    def chart(self) -> Chart | None:
        """Where the actions stand, beside where they stood."""
        shown = [one for one in (self.stood, self.standing) if one]
        if not self.standing.actions:
            return None
        rows = [
            (f"{one.on.day} {one.on:%b %Y}", {key or "unsaid": n for key, n in one.by_status.items()}) for one in shown
        ]
        counted = "Actions by delivery status; business as usual is left out"
        return stacked_bars(
            title=self.standing.sentence.rstrip("."), counted=counted, heading="On", series=SERIES, rows=rows
        )


def pack_of(now: Frozen, before: Frozen | None, comments: Sequence[Comment] = ()) -> Pack:
    """The pack of one state of a plan, held against an earlier one."""
    comparison = compare(before, now)
    told: dict[int | None, list[Comment]] = {}
    for one in comments:
        told.setdefault(one.action_id, []).append(one)
    wanted = [pk for pk, said in told.items() if pk is not None and any(one.wants_decision for one in said)]
    return Pack(
        now=now,
        before=before,
        comparison=comparison,
        sections=sections_of(comparison),
        agenda=agenda(comparison, now, wanted),
        standing=standing_of(now),
        stood=standing_of(before) if before else None,
        coverage=_coverage(now, before),
        measures=[(action, one) for action in now["actions"] for one in action["measures"]],
        champions=Champions(**now["champions"]) if now.get("champions", {}).get("counted") else None,
        budget=now["budget"] if now.get("budget", {}).get("lines") else None,
        comments=told,
    )


def pack_for(review: Review, snapshot: Snapshot, before: Snapshot | None, comments: Sequence[Comment]) -> Pack:
    return replace(pack_of(snapshot.content, before.content if before else None, comments), snapshot=snapshot)


def sections_of(told: Comparison) -> list[Section]:
    """What the pack goes through, in its order. What needs an earlier state is left out where there is none."""
    since = f"since {said_day(told.since)}" if told.since else "for 90 days"
    always = [
        Section("red", "Red", "With the reason, and the way back.", "No action is red.", told.red),
        Section("silent", "Silent", f"Still to be done, and nothing was said of it {since}.", "Of every open action something was said.", told.silent),
    ]  # fmt: skip
    if not told.since:
        return always
    return [
        always[0],
        Section(
            "slipped",
            "Slipped",
            "Starts, ends and stages put off, and what was added.",
            "Nothing slipped.",
            told.slipped,
        ),
        always[1],
        Section("completed", "Completed", "With what shows it.", "Nothing was completed.", told.completed),
        Section("moved", "Moved", "Status, RAG or owner is another.", "Nothing moved.", told.moved),
        Section("new", "New", f"Added {since}.", "Nothing was added.", told.new),
        *([Section("usual", "Business as usual", "Moved there, or back.", "", told.usual)] if told.usual else []),
        *([Section("gone", "Gone", "No longer in the plan.", "", told.gone)] if told.gone else []),
    ]


def standing_of(content: Frozen) -> Standing:
    """Counted from a snapshot."""
    day = content["taken_on"]
    chased = [one for one in content["actions"] if not one["usual"]]
    open_ = [one for one in chased if one["status"] not in SETTLED]
    return Standing(
        on=date.fromisoformat(day),
        actions=len(chased),
        by_status=Counter(one["status"] for one in chased),
        late=sum(1 for one in open_ if one["last_day"] and one["last_day"] < day),
        red=sum(1 for one in open_ if one["rag"] == "red"),
        usual=len(content["actions"]) - len(chased),
    )


def _coverage(now: Frozen, before: Frozen | None) -> list[Covered]:
    was = {one["framework"]: one["answered"] for one in before["coverage"]} if before else {}
    return [
        Covered(one["framework"], one["answered"], one["asked"], one["gaps"], was.get(one["framework"]))
        for one in now["coverage"]
    ]


def status_words(action: Frozen) -> str:
    return str(Status(action["status"]).label) if action["status"] else ""


def rag_words(action: Frozen) -> str:
    return str(Rag(action["rag"]).label) if action["rag"] else ""


def label_of(action: Frozen) -> str:
    """Code and title on one line."""
    return f"{action['code']} {action['title']}".strip()
