"""What evidence may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Kind(TextChoices):
    FILE = "file", "File"
    LINK = "link", "Link"
    RECORD = "record", "Record of Desaga"


class State(TextChoices):
    """What those who run the programme say of it. That it has run out is no state: its day says so."""

    WAITING = "waiting", "Waiting to be looked at"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REPLACED = "replaced", "Replaced"
    TAKEN_BACK = "taken_back", "Taken back"


class Scan(TextChoices):
    """What the virus scanner said. Where none is set, files are kept without."""

    NONE = "none", "No scanner looks at files here"
    WAITING = "waiting", "Not yet looked at by the scanner"
    CLEAN = "clean", "The scanner found nothing"
    FOUND = "found", "The scanner found something; the file is gone"


#: Evidence that shows something now, whether or not somebody has looked at it.
STANDING = (State.WAITING, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, by whom (a permission asked about the evidence), and the verb of the audit."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str


def _may(sources: tuple[str, ...], to: str, permission: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, permission, verb)


TRANSITIONS = {
    "accept": _may((State.WAITING, State.NOT_ACCEPTED), State.ACCEPTED, "evidence.review_evidence", "accepted"),
    "decline": _may(STANDING, State.NOT_ACCEPTED, "evidence.review_evidence", "did not accept"),
    "look_again": _may((State.ACCEPTED,), State.WAITING, "evidence.change_evidence", "changed after it was accepted"),
    "replace": _may((*STANDING, State.NOT_ACCEPTED), State.REPLACED, "evidence.change_evidence", "replaced"),
    "take_back": _may(
        (*STANDING, State.NOT_ACCEPTED, State.REPLACED), State.TAKEN_BACK, "evidence.change_evidence", "took back"
    ),
}
