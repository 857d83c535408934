"""What an objection and an export may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class About(TextChoices):
    """What a person objects to."""

    EQUALITY = "equality", "My equality data in figures"
    WORKFORCE = "workforce", "All of my data in workforce figures"
    OTHER = "other", "Something else that is done with my data"


class ObjectionState(TextChoices):
    MADE = "made", "Waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Not accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: While it waits and once it is accepted, the data are left out: whoever objects need not wait for that (UK GDPR, article 18(1)(d)).
IN_FORCE = (ObjectionState.MADE, ObjectionState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[str]
    to: str
    verb: str


TRANSITIONS = {
    "accept": Transition(frozenset({ObjectionState.MADE}), ObjectionState.ACCEPTED, "accepted"),
    "refuse": Transition(frozenset({ObjectionState.MADE}), ObjectionState.REFUSED, "did not accept"),
    "withdraw": Transition(
        frozenset({ObjectionState.MADE, ObjectionState.REFUSED}), ObjectionState.WITHDRAWN, "withdrew"
    ),
}
