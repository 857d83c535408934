"""What a panel may decide on an item of its agenda, and where the item is. Pure: no queries."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class ItemState(TextChoices):
    WAITING = "waiting", "To be heard"
    OPEN = "open", "Being heard"
    DONE = "done", "Heard"


class OutcomeKind(TextChoices):
    """The labels are for the panel; what the applicant reads is in the letter."""

    FULL = "full", "Fund in full"
    PART = "part", "Fund in part"
    RESERVE = "reserve", "Reserve list"
    DECLINE = "decline", "Decline"
    CHANGES = "changes", "Back for changes"
    NEXT = "next", "Next panel"


#: Money is awarded.
AWARDS = (OutcomeKind.FULL, OutcomeKind.PART)
#: It is heard again, at a later panel.
HEARD_AGAIN = (OutcomeKind.CHANGES, OutcomeKind.NEXT)

ITEM_TONES: Mapping[str, str] = {ItemState.WAITING: "plain", ItemState.OPEN: "going", ItemState.DONE: "done"}
OUTCOME_TONES: Mapping[str, str] = {
    OutcomeKind.FULL: "done",
    OutcomeKind.PART: "done",
    OutcomeKind.RESERVE: "waiting",
    OutcomeKind.DECLINE: "stopped",
    OutcomeKind.CHANGES: "waiting",
    OutcomeKind.NEXT: "plain",
}
