"""What the history of an application calls what happened, for its applicant. Each part of the slice has its own words."""

from __future__ import annotations

from collections.abc import Mapping

ASKING_WORDS: Mapping[str, str] = {
    "asked": "Asked by e-mail",
    "asking_opened": "Began to answer",
    "approval_given": "Said yes",
    "approval_conditional": "Said yes, on a condition",
    "condition_accepted": "You accepted the condition",
    "approval_refused": "Said no",
    "asking_reminded": "Reminded by e-mail",
    "asking_again": "Asked once more",
    "asking_anew": "Asked anew, since something that concerns them changed",
    "asking_bounced": "The e-mail came back",
    "asking_replaced": "Somebody else is asked instead",
    "asking_expired": "Has not answered in time",
    "asking_taken_back": "Is not asked any more",
    "deputy_left": "Somebody else may answer for them",
    "deputy_lost": "The e-mail to who answers for them came back",
    "ask_for_changes": "Changes asked for",
}

#: Kind of event to words.
EVENT_WORDS: dict[str, str] = {**ASKING_WORDS}
