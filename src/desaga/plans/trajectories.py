"""The sector study's trajectory classes and four metrics, from how far actions came and what became of them. Pure Python.

The study gives each rated action a code of two letters, such as GC: how far it came (green completed, amber ongoing, red delayed or
failed) and what became of it in the next plan (continued, related, stopped); and from these codes four metrics:
https://github.com/Sammjjj/TCDOC_EXTRACT, Methods.txt ("Composite RAG-Trajectory Metrics", "Trajectory Classification").

Its own labels go so: identical and extended are continued; narrowed and related are related; none is stopped. It knows no split,
no merged and no business as usual. Where it stands on these is ours, and each organisation's own to change (docs/adr/0025).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .states import Completion, Fate, Rag, Trajectory

SOURCE = "https://github.com/Sammjjj/TCDOC_EXTRACT"
GREEN, AMBER, RED = "G", "A", "R"
COLOURS = {Rag.GREEN: GREEN, Rag.AMBER: AMBER, Rag.RED: RED}
#: What is not counted at all.
LEFT_OUT = "none"
COLOUR_CHOICES = ((Rag.GREEN, "Green"), (Rag.AMBER, "Amber"), (Rag.RED, "Red"), (LEFT_OUT, "Not counted"))
CLASS_CHOICES = (*[(one, one.label) for one in Trajectory if one != Trajectory.NEW], (LEFT_OUT, "Not counted"))

COLOUR_BY_DEFAULT = {
    Completion.DONE: Rag.GREEN,
    Completion.PARTLY: Rag.AMBER,
    Completion.NOT_DONE: Rag.RED,
    Completion.NOT_KNOWN: LEFT_OUT,
}
CLASS_BY_DEFAULT = {
    Fate.CONTINUED: Trajectory.CONTINUED,
    Fate.EXTENDED: Trajectory.CONTINUED,
    Fate.NARROWED: Trajectory.RELATED,
    Fate.RELATED: Trajectory.RELATED,
    Fate.STOPPED: Trajectory.STOPPED,
    # Ours. Parts and wholes are the same work in another shape, and so is what comes instead: refined, not carried on unchanged.
    Fate.SPLIT: Trajectory.RELATED,
    Fate.MERGED: Trajectory.RELATED,
    Fate.REPLACED: Trajectory.RELATED,
    # Ours. The study reads plans, in which such an action is gone; but it was embedded, which is what its second metric asks.
    Fate.BUSINESS_AS_USUAL: Trajectory.CONTINUED,
}
#: Which of these the study gives, and which are our stand.
OF_THE_STUDY = (Fate.CONTINUED, Fate.EXTENDED, Fate.NARROWED, Fate.RELATED, Fate.STOPPED)


def key_of(one: Completion | Fate) -> str:
    return f"{'fate' if isinstance(one, Fate) else 'completion'}-{one.value}"


DEFAULT: dict[str, str] = {
    key_of(one): str(value) for one, value in (*COLOUR_BY_DEFAULT.items(), *CLASS_BY_DEFAULT.items())
}  # fmt: skip


def rule_from(changed: Mapping[str, str]) -> dict[str, str]:
    """The whole rule, from what an organisation says otherwise than the default; unknown keys are left out."""
    return {key: str(changed.get(key) or value) for key, value in DEFAULT.items()}


def changes_of(rule: Mapping[str, str]) -> dict[str, str]:
    """What a rule says otherwise than the default."""
    return {key: str(rule[key]) for key, value in DEFAULT.items() if rule[key] != value}


@dataclass(frozen=True, slots=True)
class Ended:
    """An action at the end of its plan; empty is not said. `groups` are the names under which it counts."""

    groups: tuple[str, ...]
    completion: str = ""
    fate: str = ""


def code_of(ended: Ended, rule: Mapping[str, str]) -> tuple[str, str]:
    """The two letters of the study, each empty where it is not said or not counted."""
    colour = rule[f"completion-{ended.completion}"] if ended.completion else LEFT_OUT
    became = rule[f"fate-{ended.fate}"] if ended.fate else LEFT_OUT
    return COLOURS.get(Rag(colour), "") if colour != LEFT_OUT else "", became if became != LEFT_OUT else ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to take a share of."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """ "67 %", or a dash."""
        return "–" if self.value is None else f"{self.value:.0%}".replace("%", " %")

    @property
    def score(self) -> str:
        """ "0.67", or a dash."""
        return "–" if self.value is None else f"{self.value:.2f}"

    @property
    def words(self) -> str:
        return f"{self.part} of {self.whole}"


@dataclass(slots=True)
class Metrics:
    """How many actions of a group have which code, and what the study makes of that. Those of which half is not said count where they can."""

    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    new: int = 0

    @property
    def total(self) -> int:
        return self.codes.total()

    def count(self, colours: str, classes: str) -> int:
        """How many have one of these colours and one of these classes."""
        return sum(
            number
            for (one, other), number in self.codes.items()
            if one and other and one in colours and other in classes
        )

    def coloured(self, colours: str) -> int:
        """How many have one of these colours, whatever became of them."""
        return sum(number for (one, _), number in self.codes.items() if one and one in colours)

    def classed(self, kind: str) -> int:
        """How many became this, however far they came; "" of which that is not said or not counted."""
        return sum(number for (_, other), number in self.codes.items() if other == kind)

    @property
    def completed(self) -> Share:
        """G / (G + A + R)."""
        return Share(self.coloured(GREEN), self.coloured("GAR"))

    @property
    def continued(self) -> Share:
        """(GC + GR) / (GC + GR + GS)."""
        return Share(self.count(GREEN, "CR"), self.count(GREEN, "CRS"))

    @property
    def unfinished(self) -> Share:
        """Of how many of all A and all R it is said, and counted, what became of them: the whole of the next two."""
        return Share(self.count("AR", "CRS"), self.coloured("AR"))

    @property
    def unfinished_unsaid(self) -> int:
        """Of how many A and R that is not so: these two say nothing of them."""
        return self.unfinished.whole - self.unfinished.part

    @property
    def adaptability(self) -> Share:
        """(AR + RR) / (all A + all R), of those of which it is said what became of them."""
        return Share(self.count("AR", "R"), self.count("AR", "CRS"))

    @property
    def resilience(self) -> Share:
        """(AC + RC) / (all A + all R), of those of which it is said what became of them."""
        return Share(self.count("AR", "C"), self.count("AR", "CRS"))


#: Where we differ from the study, whose actions all have a fate.
ONLY_SAID = (
    "Adaptability and resilience are shares of the ongoing and delayed actions of which it is said what became of them"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A metric: its name, how it is reckoned, and what it tells."""

    name: str
    formula: str
    tells: str


FORMULAS = (
    Formula("Successful, completed", "G / (G + A + R)", "How much of what was reviewed is done."),
    Formula("Successful, continued", "(GC + GR) / (GC + GR + GS)", "How much of what is done lives on."),
    Formula("Adaptability", "(AR + RR) / (AC + AR + AS + RC + RR + RS)", "How much of what did not come to its end was given another shape."),
    Formula("Resilience", "(AC + RC) / (AC + AR + AS + RC + RR + RS)", "How much of what did not come to its end is carried on."),
)  # fmt: skip


def metrics_of(ended: Iterable[Ended], rule: Mapping[str, str]) -> dict[str, Metrics]:
    """The metrics of each group, in the order in which groups come up; an action counts once in each of its groups."""
    found: dict[str, Metrics] = {}
    for one in ended:
        for group in dict.fromkeys(one.groups):
            found.setdefault(group, Metrics()).codes[code_of(one, rule)] += 1
    return found


def whole_of(ended: Iterable[Ended], rule: Mapping[str, str]) -> Metrics:
    """The metrics of all actions, each once."""
    return Metrics(Counter(code_of(one, rule) for one in ended))
