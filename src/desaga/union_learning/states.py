"""What a support may be, and what may follow what. Pure: no models. What has ended is not a state: nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class SupportState(TextChoices):
    ASKED = "asked", "Asked"
    AGREED = "agreed", "Agreed"


class By(TextChoices):
    MEMBER = "member", "The member"
    REPRESENTATIVE = "representative", "The representative"
    NIGHT = "night", "Nobody: its time was over"


class Share(TextChoices):
    """What a member lets their representative see."""

    GOAL = "goal", "The registration that I work towards"
    STEPS = "steps", "My steps"
    NOTES = "notes", "My notes"


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which (None: it is gone), by whom, and the verb of the audit."""

    sources: frozenset[str]
    target: str | None
    by: frozenset[str]
    verb: str


S = SupportState
TRANSITIONS = {
    "agree": Transition(frozenset({S.ASKED}), S.AGREED, frozenset({By.MEMBER}), "agreed"),
    "decline": Transition(frozenset({S.ASKED}), None, frozenset({By.MEMBER}), "declined"),
    "end": Transition(frozenset({S.AGREED}), None, frozenset({By.MEMBER}), "ended"),
    "let_go": Transition(frozenset({S.ASKED, S.AGREED}), None, frozenset({By.REPRESENTATIVE}), "let go"),
    "run_out": Transition(frozenset({S.ASKED, S.AGREED}), None, frozenset({By.NIGHT}), "run out"),
}
