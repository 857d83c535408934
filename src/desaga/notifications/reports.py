"""Reading what mail servers send back: delivery status reports (RFC 3464, https://www.rfc-editor.org/rfc/rfc3464).

Only a report's key, action and status are taken: what it says in words may name people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from .addresses import key_in

ADDRESSED = ("Delivered-To", "X-Original-To", "To")
FAILED = "failed"
ACTIONS = (FAILED, "delayed", "delivered", "relayed", "expanded")
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")
#: What RFC 3463 gives for a failure of which nothing more is known.
UNKNOWN_FAILURE = "5.0.0"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a report says of the mail with this key: one of `ACTIONS`, and a status such as "5.1.1"."""

    key: str
    action: str
    status: str


def read_report(content: bytes, recipient: str | None = None) -> Report | None:
    """The report in a message that came to a return address, or None where it is none, or none that can be read.

    `recipient` is the envelope's, if the mail server tells it; else the message's own lines say to which key it came.
    """
    try:
        return _report_in(message_from_bytes(content), recipient)
    except Exception:
        # Anybody may write here, and Python's reader does raise over some of what they write: none of that is a report.
        return None


def _report_in(message: Message, recipient: str | None) -> Report | None:
    key = _key_of(message, recipient)
    said = [(action, status) for action, status in _recipients_of(message) if action in ACTIONS]
    if key is None or not said:
        return None
    action, status = min(said, key=lambda pair: ACTIONS.index(pair[0]))
    return Report(key=key, action=action, status=status or (UNKNOWN_FAILURE if action == FAILED else ""))


def _key_of(message: Message, recipient: str | None) -> str | None:
    written = [str(line) for name in ADDRESSED for line in message.get_all(name, [])]
    return next((key for address in [recipient or "", *written] if (key := key_in(address))), None)


def _recipients_of(message: Message) -> Iterator[tuple[str, str]]:
    """(action, status) of each recipient that the report speaks of; the first group of lines speaks of the mail."""
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return
    if str(message.get_param("report-type", "")).lower() != "delivery-status":
        return
    for part in message.get_payload():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for group in part.get_payload()[1:]:
                status = STATUS.match(str(group.get("Status", "")))
                yield _first_word(group.get("Action", "")), status.group(1) if status else ""


def _first_word(line: object) -> str:
    return str(line).partition("(")[0].strip().lower()
