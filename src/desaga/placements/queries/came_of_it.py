"""What came of awards, asked some months later: how many answered what, with nobody to be singled out; and all answers as they were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from desaga.disclosure import PUBLIC, Table, protect, show, words
from desaga.organisations.models import Organisation

from ..asked import Asked, asked
from ..defining import Follow, Question, QuestionKind
from ..models import Outcome, Scheme
from .awards import WITH, awards_for

#: How the counts are protected.
SENTENCE = PUBLIC.sentence

#: What can be counted: questions with one answer of several.
COUNTED = (QuestionKind.YES_NO, QuestionKind.CHOICE)


@dataclass(frozen=True)
class CountedQuestion:
    """One question with how many gave each answer, as it is seen and as it is heard; the last is all."""

    label: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class CountedFollow:
    title: str
    asked: int
    answered: int
    questions: list[CountedQuestion]


def outcomes_in(user: Any, organisation: Organisation, scheme: Scheme) -> QuerySet[Outcome]:
    """Of the awards that somebody may read, the first asked first."""
    rows = Outcome.objects.filter(award__in=awards_for(user, organisation).filter(application__scheme=scheme))
    return rows.select_related(*(f"award__{path}" for path in WITH)).order_by("asked_at", "pk")


def counted(rows: QuerySet[Outcome]) -> list[CountedFollow]:
    """Each question that was asked, by its words: another version may ask otherwise."""
    follows: dict[str, list[Outcome]] = {}
    for one in rows:
        if follow := follow_of(one):
            follows.setdefault(follow.title, []).append(one)
    return [_follow(title, outcomes) for title, outcomes in follows.items()]


def _follow(title: str, outcomes: list[Outcome]) -> CountedFollow:
    answers: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        for one in answered(outcome):
            if one.question.kind in COUNTED:
                counts = answers.setdefault(one.question.label, Counter(dict.fromkeys(_labels(one.question), 0)))
                counts[one.said or "Not answered"] += 1
    questions = [_question(label, counts) for label, counts in answers.items()]
    return CountedFollow(title, len(outcomes), sum(one.answered_at is not None for one in outcomes), questions)


def _labels(question: Question) -> list[str]:
    return ["Yes", "No"] if question.kind == QuestionKind.YES_NO else [one.label for one in question.choices]


def _question(label: str, counts: Counter[str]) -> CountedQuestion:
    table = Table(tuple(counts), ("Answers",), tuple((number,) for number in counts.values()))
    cells = [row[0] for row in protect(table, PUBLIC).cells]
    labels = [*counts, "All"]
    return CountedQuestion(label, [(one, show(cell), words(cell)) for one, cell in zip(labels, cells, strict=True)])


def follow_of(outcome: Outcome) -> Follow | None:
    """What was asked, by the version that the application went by."""
    known = outcome.award.application.definition.outcomes
    return next((one for one in known if one.key == outcome.key), None)


def answered(outcome: Outcome) -> Iterator[Asked]:
    """Its questions with what was answered; none where it was not."""
    follow = follow_of(outcome)
    if follow is not None and outcome.answered_at is not None:
        yield from asked(follow, outcome.answers, outcome.award.application.definition)
