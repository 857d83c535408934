"""What a round and a request may be, and what may follow what."""

from __future__ import annotations

from django.db.models import TextChoices

from desaga.plans.states import Transition


class RoundState(TextChoices):
    PREPARED = "prepared", "Being prepared"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Happened(TextChoices):
    """What happens to a request; its log is made of these."""

    ASKED = "asked", "Asked by e-mail"
    ANSWERED = "answered", "Answered"
    PASSED_ON = "passed_on", "Passed on"
    NOT_THEIRS = "not_theirs", "Not theirs"
    DUE_SOON = "due_soon", "Reminded: due soon"
    LATE = "late", "Reminded: late"
    STAYS_SILENT = "silent", "Reminded: silent"
    REMINDED = "reminded", "Reminded by hand"
    ESCALATED = "escalated", "The lead was told that it is silent"
    BOUNCED = "bounced", "The e-mail came back"
    NOT_DELIVERED = "not_delivered", "The e-mail could not be delivered"
    TOOK_BACK = "took_back", "Took evidence back"
    REVOKED = "revoked", "Taken back"


#: Reminders that Desaga sends by itself, each once.
CHASES = (Happened.DUE_SOON, Happened.LATE, Happened.STAYS_SILENT)
#: What came of a mail that did not arrive.
LOST = (Happened.BOUNCED, Happened.NOT_DELIVERED)


class RequestState(TextChoices):
    """Where a request stands, from its lines and its log."""

    WAITING = "waiting", "About to be sent"
    ASKED = "asked", "Asked"
    PARTLY = "partly", "Partly answered"
    ANSWERED = "answered", "Answered"
    PASSED_ON = "passed_on", "Passed on"
    NOT_THEIRS = "not_theirs", "Not theirs: ask somebody else"
    BOUNCED = "bounced", "E-mail came back"
    SILENT = "silent", "Silent"
    REVOKED = "revoked", "Taken back"


def _may(source: str, to: str, verb: str) -> Transition:
    return Transition(frozenset({source}), to, "rounds.run_round", verb)


ROUND_TRANSITIONS = {
    "send": _may(RoundState.PREPARED, RoundState.OPEN, "sent"),
    "close": _may(RoundState.OPEN, RoundState.CLOSED, "closed"),
    "reopen": _may(RoundState.CLOSED, RoundState.OPEN, "reopened"),
}
