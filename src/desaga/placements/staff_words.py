"""An application's history, conflicts and readings, as pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .conflicting import NONE, OWN, conflict_label
from .defining import Definition
from .event_words import to_staff
from .models import ApplicationEvent, Assignment, Interest, Score


@dataclass(frozen=True)
class Happened:
    """One line of a history."""

    at: Any
    who: str
    what: str
    words: str
    for_applicant: bool


def history_told(events: Iterable[ApplicationEvent]) -> list[Happened]:
    """What happened, as staff read it."""
    return [Happened(one.at, who_did(one), to_staff(one.kind), one.words, one.for_applicant) for one in events]


def who_did(event: ApplicationEvent) -> str:
    """Whoever did it: the applicant by the name they gave, since their person may be nobody's to look up here."""
    if event.by is None:
        return event.who or "Desaga"
    if event.by.person_id is not None and event.by.person_id == event.application.applicant_id:
        return event.application.name or "The applicant"
    return event.who or event.by.get_full_name()


@dataclass(frozen=True)
class InterestTold:
    """What somebody has to do with an application, in words."""

    interest: Interest
    label: str
    state: str
    tone: str

    @property
    def may_be_waived(self) -> bool:
        return self.interest.is_in_the_way and self.interest.kind != OWN


def interests_told(interests: Iterable[Interest], definition: Definition) -> list[InterestTold]:
    return [InterestTold(one, conflict_label(definition, one.kind), *_state_of(one)) for one in interests]


def _state_of(interest: Interest) -> tuple[str, str]:
    if interest.ended_at:
        return "Taken back", "stopped"
    if interest.kind == NONE:
        return "Declared", "done"
    return ("Waived", "steady") if interest.waived_at else ("In the way", "late")


@dataclass(frozen=True)
class ReadingTold:
    """Who reads an application, how far they are, and the scores that count."""

    assignment: Assignment
    state: str
    tone: str
    scores: list[tuple[str, str, str]]
    #: Sheets that were sent before, the last first: when, and what.
    earlier: list[tuple[Any, list[tuple[str, str, str]]]] = field(default_factory=list)


def readings_told(assignments: Iterable[Assignment], definition: Definition) -> list[ReadingTold]:
    return [_reading_told(one, definition) for one in assignments]


def _reading_told(one: Assignment, definition: Definition) -> ReadingTold:
    sheets: dict[int, list[Score]] = {}
    for score in getattr(one, "told", ()):
        sheets.setdefault(score.sheet, []).append(score)
    now = scores_told(sheets.pop(one.sheet, ()), definition)
    earlier = [(scores[0].at, scores_told(scores, definition)) for scores in sheets.values()]
    return ReadingTold(one, *state_of_reading(one), now, earlier)


def state_of_reading(one: Assignment) -> tuple[str, str]:
    if one.recused_at:
        return "Stepped back", "stopped"
    if one.ended_at:
        return "Taken away", "stopped"
    if one.abstained_at:
        return "Abstained", "steady"
    return ("Scored", "done") if one.sent_at else ("To be scored", "waiting")


def scores_told(scores: Iterable[Score], definition: Definition) -> list[tuple[str, str, str]]:
    """Criterion, score and reason, in words."""
    criteria = {one.key: one for one in definition.criteria}
    told = []
    for score in scores:
        criterion = criteria.get(score.criterion)
        labels = {one.value: one.label for one in criterion.scores} if criterion else {}
        label = f"{score.value}: {labels[score.value]}" if score.value in labels else str(score.value)
        told.append((criterion.label if criterion else score.criterion, label, score.reason))
    return told


def sentence_of_round(number: int, sums: Mapping[str, int]) -> str:
    """How far the reading of a round is."""
    if not number:
        return ""
    left = sums["readers"] - sums["sent"] - sums["abstained"]
    without = f" {sums['unread']} have no reader yet." if sums["unread"] else ""
    if not sums["readers"]:
        return "Nobody has been given anything to read yet."
    return f"{sums['sent']} of {sums['readers']} readings are scored, {sums['abstained']} abstained, {left} to come.{without}"
