"""What a review, a decision and a task may be, and what may follow what."""

from __future__ import annotations

from django.db.models import TextChoices

from desaga.plans.states import Transition


class ReviewState(TextChoices):
    PLANNED = "planned", "Planned"
    READY = "ready", "Pack is ready"
    HELD = "held", "Held"
    CALLED_OFF = "called_off", "Called off"


class Outcome(TextChoices):
    """What a group made of a thing."""

    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Not agreed"
    PUT_OFF = "put_off", "Put off"
    NOTED = "noted", "Noted"


def _may(*sources: str, to: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, "reviews.run_review", verb)


_R = ReviewState

REVIEW_TRANSITIONS = {
    "freeze": _may(_R.PLANNED, _R.READY, to=_R.READY, verb="froze the plan for"),
    "hold": _may(_R.READY, to=_R.HELD, verb="held"),
    "reopen": _may(_R.HELD, to=_R.READY, verb="reopened the minutes of"),
    "call_off": _may(_R.PLANNED, _R.READY, to=_R.CALLED_OFF, verb="called off"),
    "restore": _may(_R.CALLED_OFF, to=_R.PLANNED, verb="put back"),
}


class About(TextChoices):
    """What a group is told of."""

    PACK = "pack", "The pack"
    MINUTES = "minutes", "The minutes"
