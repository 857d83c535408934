"""What a question and a school's interest may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class QuestionState(TextChoices):
    WAITING = "waiting", "To be read"
    ASKED = "asked", "With a technician"
    ANSWERED = "answered", "Answered, not shown yet"
    PUBLISHED = "published", "Shown"
    DECLINED = "declined", "Not taken"
    TAKEN_DOWN = "taken_down", "Taken down"


class InterestState(TextChoices):
    SENT = "sent", "Not confirmed by the school"
    CONFIRMED = "confirmed", "To be answered"
    IN_TOUCH = "in_touch", "In touch with the school"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Not possible this time"


TONES = {
    QuestionState.WAITING: "waiting", QuestionState.ASKED: "going", QuestionState.ANSWERED: "waiting",
    QuestionState.PUBLISHED: "done", QuestionState.DECLINED: "stopped", QuestionState.TAKEN_DOWN: "stopped",
    InterestState.CONFIRMED: "waiting", InterestState.IN_TOUCH: "going", InterestState.CLOSED: "done", InterestState.DECLINED: "stopped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, by whom (a permission; empty: behind a link, or by itself), and the verb."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str


def _may(sources: tuple[str, ...], to: str, permission: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, permission, verb)


ANSWER = "careers.answer"
QUESTIONS = {
    "send": _may((QuestionState.WAITING, QuestionState.ASKED), QuestionState.ASKED, ANSWER, "asked a technician"),
    "answer": _may((QuestionState.ASKED,), QuestionState.ANSWERED, "", "answered"),
    "pass_on": _may((QuestionState.ASKED,), QuestionState.WAITING, "", "gave back"),
    "ask_again": _may((QuestionState.ANSWERED,), QuestionState.ASKED, ANSWER, "asked again"),
    "publish": _may((QuestionState.ANSWERED,), QuestionState.PUBLISHED, ANSWER, "published"),
    "decline": _may((QuestionState.WAITING, QuestionState.ASKED, QuestionState.ANSWERED), QuestionState.DECLINED, ANSWER, "did not take"),
    "take_down": _may((QuestionState.PUBLISHED,), QuestionState.TAKEN_DOWN, ANSWER, "took down"),
}  # fmt: skip
INTERESTS = {
    "confirm": _may((InterestState.SENT,), InterestState.CONFIRMED, "", "confirmed"),
    "take": _may((InterestState.CONFIRMED,), InterestState.IN_TOUCH, ANSWER, "took on"),
    "close": _may((InterestState.CONFIRMED, InterestState.IN_TOUCH), InterestState.CLOSED, ANSWER, "closed"),
    "decline": _may((InterestState.CONFIRMED, InterestState.IN_TOUCH), InterestState.DECLINED, ANSWER, "declined"),
}  # fmt: skip
