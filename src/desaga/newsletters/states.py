"""What an issue may be, and what may follow what. Pure: no models."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class IssueState(TextChoices):
    DRAFT = "draft", "Draft"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"


TONES = {IssueState.DRAFT: "plain", IssueState.SENDING: "going", IssueState.SENT: "done"}


@dataclass(frozen=True, slots=True)
class Transition:
    source: str
    target: str
    verb: str


#: Nothing leads back: what was sent stays as it was.
TRANSITIONS = {
    "send": Transition(IssueState.DRAFT, IssueState.SENDING, "sent"),
    "finish": Transition(IssueState.SENDING, IssueState.SENT, "finished sending"),
}

#: Reports by which an address is gone for good (RFC 3463): no such mailbox, domain or recipient, one that is shut, and a plain no. Not a mailbox that is full, nor one
#: whose server does not want our mail.
GONE_FOR_GOOD = ("5.0.0", "5.1.", "5.2.1")


def is_hard(status: str) -> bool:
    """Whether a report says that nobody is reached at an address any more."""
    return status.startswith(GONE_FOR_GOOD)
