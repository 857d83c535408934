"""What people have told about an institution's words: what a column is, what a status or phase means, which principle is meant.

Hints hold while one document is read (`heeding`), so that every part of the reader answers alike; without them nothing
differs. They say of themselves which of them were of use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from .model import FrameworkSheet, Period, Phase, Principle
from .words import key, plain

HintKind = Literal["heading", "status", "phase", "alignment"]
#: In the roles' stead for a column that is to be left out.
LEAVE_OUT = ""
#: In a status' stead for words that are to stay a comment.
NO_STATUS = ""


@dataclass(slots=True)
class OwnPrinciple(Principle):
    """A principle of the institution's own, with other ways of writing it."""

    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Hints:
    """Meanings by the words' key (`words.key`).

    `headings`: the role of a column, or `LEAVE_OUT`; `statuses`: a status, or `NO_STATUS`; `phases`: first and last day
    by code; `alignments`: framework and code of each principle that the words name, none where they name none;
    `frameworks`: the institution's own, whose principles are looked for after those that a document spells out, and after the
    shipped ones where both write the same.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    phases: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    alignments: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    frameworks: Sequence[FrameworkSheet] = ()
    used: set[tuple[HintKind, str]] = field(default_factory=set)

    def role_of(self, heading: str) -> str | None:
        """What a column of this heading is; `LEAVE_OUT` for one to leave out, None where nobody has said."""
        return self._said("heading", self.headings, heading)

    def status_of(self, words: str) -> str | None:
        """The status that the words stand for; `NO_STATUS` where they are none, None where nobody has said."""
        return self._said("status", self.statuses, words)

    def principles_of(self, words: str) -> Sequence[tuple[str, str]] | None:
        """The principles that the words name, perhaps none; None where nobody has said."""
        return self._said("alignment", self.alignments, words)

    def phases_within(self, period: Period) -> list[Phase]:
        """The phases that are told of, less those that lie outside the years of the plan: another plan's Phase 1."""
        told = [Phase(code, start, end) for code, (start, end) in self.phases.items()]
        return [phase for phase in told if not _is_outside(phase, period)]

    def note_phases(self, phases: Iterable[Phase], words: str) -> None:
        """Note which of the phases the words name."""
        said = key(words).replace(" ", "")
        for phase in phases:
            code = key(phase.code)
            if code in self.phases and (code.replace(" ", "") in said or code[-1:] in said):
                self.used.add(("phase", code))

    def _said(self, kind: HintKind, meanings: Mapping[str, Any], words: str) -> Any:
        if not meanings or (told := key(words)) not in meanings:
            return None
        self.used.add((kind, told))
        return meanings[told]


_NONE = Hints()
_NOW: ContextVar[Hints] = ContextVar("hints", default=_NONE)


def hints_now() -> Hints:
    """The hints that hold for the document that is being read."""
    return _NOW.get()


@contextmanager
def heeding(hints: Hints | None) -> Iterator[Hints]:
    """Let hints hold for what is read within."""
    token = _NOW.set(hints or _NONE)
    try:
        yield hints or _NONE
    finally:
        _NOW.reset(token)


def hints_from(data: Mapping[str, Any]) -> Hints:
    """Hints from plain data, as they come to the process that reads."""
    return Hints(
        headings=data.get("headings", {}),
        statuses=data.get("statuses", {}),
        phases={code: (span[0], span[1]) for code, span in data.get("phases", {}).items()},
        alignments={words: [(one[0], one[1]) for one in told] for words, told in data.get("alignments", {}).items()},
        frameworks=[
            FrameworkSheet(plain(one["name"]), [_principle(principle) for principle in one["principles"]])
            for one in data.get("frameworks", [])
        ],
    )


def _principle(data: Mapping[str, Any]) -> OwnPrinciple:
    return OwnPrinciple(data["code"], data.get("text", ""), tuple(data.get("names", ())))


def _is_outside(phase: Phase, period: Period) -> bool:
    """Whether a phase ends before the plan begins or begins after it ends, as far as both are known."""
    if phase.end and period.start and phase.end < period.start[: len(phase.end)]:
        return True
    return bool(phase.start and period.end and phase.start[: len(period.end)] > period.end)
