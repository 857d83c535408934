"""Where a mail can stand between being written down and being settled, and what may follow what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import TextChoices


class MailState(TextChoices):
    """A mail's state. It is not a column: it follows from the times that the ledger keeps (`state_of`)."""

    WAITING = "waiting", "Waiting to be sent"
    HANDING_OVER = "handing_over", "Being handed over"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"
    BOUNCED = "bounced", "Came back"
    DOUBTFUL = "doubtful", "In doubt"


#: To: from which states. Nothing follows what is given up or came back.
MAY_FOLLOW: dict[MailState, frozenset[MailState]] = {
    # The server refused the content, or an officer says that the server did not take it.
    MailState.WAITING: frozenset({MailState.HANDING_OVER, MailState.DOUBTFUL}),
    # Written down before the content goes out, so that whoever finds it knows that it may have gone.
    MailState.HANDING_OVER: frozenset({MailState.WAITING}),
    MailState.SENT: frozenset({MailState.HANDING_OVER, MailState.DOUBTFUL}),
    MailState.GIVEN_UP: frozenset({MailState.WAITING, MailState.HANDING_OVER}),
    # A report may come before we have written down that the mail left; and it settles a doubt.
    MailState.BOUNCED: frozenset(
        {MailState.WAITING, MailState.HANDING_OVER, MailState.SENT, MailState.DOUBTFUL},
    ),
    MailState.DOUBTFUL: frozenset({MailState.HANDING_OVER}),
}

#: What a mail said is wiped in these. In doubt it is kept: the mail may have to go again.
SETTLED = frozenset({MailState.SENT, MailState.GIVEN_UP, MailState.BOUNCED})

TONES = {
    MailState.WAITING: "waiting",
    MailState.HANDING_OVER: "going",
    MailState.SENT: "done",
    MailState.GIVEN_UP: "late",
    MailState.BOUNCED: "late",
    MailState.DOUBTFUL: "waiting",
}

#: The commonest statuses of RFC 3463 in people's words: https://www.rfc-editor.org/rfc/rfc3463
REASONS = {
    "4.2.2": "the mailbox is full",
    "4.4.1": "their server does not answer",
    "4.4.7": "their server did not take it in time",
    "5.1.1": "there is no such mailbox",
    "5.1.2": "there is no such domain",
    "5.1.10": "their domain takes no mail",
    "5.2.1": "the mailbox is closed",
    "5.2.2": "the mailbox is full",
    "5.7.1": "their server does not accept it",
}


class Times(Protocol):
    """The times that the ledger keeps of one mail. The database refuses combinations that cannot be."""

    made_at: Any
    handing_over_at: Any
    sent_at: Any
    failed_at: Any
    bounced_at: Any
    doubtful_at: Any


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a mail, and since when. `status` is that of RFC 3463 where it came back, `label` is for people."""

    state: MailState
    at: datetime
    status: str
    label: str


def fate_of(times: Times, status: str = "") -> Fate:
    """The state that follows from the times, and its time."""
    state, at = next((state, at) for state, at in _latest_first(times) if at is not None)
    return Fate(state=state, at=at, status=status, label=label_of(state, status))


def label_of(state: MailState, status: str = "") -> str:
    """A state in words, with the reason where it is one that people know."""
    reason = REASONS.get(status)
    return f"{state.label}: {reason}" if reason else str(state.label)


def _latest_first(times: Times) -> Iterator[tuple[MailState, datetime | None]]:
    yield MailState.BOUNCED, times.bounced_at
    yield MailState.GIVEN_UP, times.failed_at
    yield MailState.SENT, times.sent_at
    yield MailState.DOUBTFUL, times.doubtful_at
    yield MailState.HANDING_OVER, times.handing_over_at
    yield MailState.WAITING, times.made_at
