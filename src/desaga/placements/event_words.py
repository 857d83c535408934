"""What each kind of event of an application is called: one list, for its applicant as a sentence's beginning, for staff after whoever did it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from .awarding import AWARD_EVENTS
from .states import TRANSITIONS

#: What becomes of those who are asked.
ASKING_WORDS: Mapping[str, str] = {
    "asked": "asked by e-mail",
    "asking_opened": "began to answer",
    "approval_given": "said yes",
    "approval_conditional": "said yes, on a condition",
    "condition_accepted": "accepted the condition",
    "approval_refused": "said no",
    "approval_changes": "wants something changed first",
    "asking_reminded": "reminded by e-mail",
    "asking_again": "asked once more",
    "asking_anew": "asked anew, since something that concerns them changed",
    "asking_bounced": "the e-mail came back",
    "asking_replaced": "somebody else is asked instead",
    "asking_expired": "has not answered in time",
    "asking_taken_back": "is not asked any more",
    "deputy_left": "somebody else may answer for them",
    "deputy_lost": "the e-mail to who answers for them came back",
    "ask_for_changes": "changes asked for",
}
#: Kind to words, in small letters; deeds of `states.TRANSITIONS` have their verbs.
WORDS: Mapping[str, str] = {
    **{deed: one.verb for deed, one in TRANSITIONS.items()},
    "begun": "begun",
    "file_removed": "a file was removed",
    "draft_told": "told that the cut-off is near",
    "panel_called_off": "the panel is called off; it is heard at the next",
    "panel_moved": "the panel meets on another day",
    "next_panel": "put to the next panel",
    **ASKING_WORDS,
    **{kind: f"{words[:1].lower()}{words[1:]}" for kind, words in AWARD_EVENTS.items()},
}
#: Of those, what staff read in other words; and what an applicant never reads.
FOR_STAFF: Mapping[str, str] = {
    "panel_moved": "told of the panel’s new days",
    "panel_called_off": "told that the panel is called off",
    "letter_looked_at": "letter looked at, for whoever told the outcomes without hearing it",
    "note": "noted",
    "declared": "declared",
    "declaration_back": "took a declaration back",
    "conflict": "noted a conflict",
    "waived": "waived a conflict",
    "assigned": "gave it to read",
    "taken_away": "took the reading away",
    "scored": "sent scores",
    "scored_again": "thought again, and sent scores",
    "abstained": "abstained",
    "recused": "stepped back",
    "blackened": "blackened words for the panel",
    "redacted": "put a copy without names beside a file",
    "redacted_away": "removed the copy without names of a file",
    "shown_again": "showed blackened words again",
}


def to_applicant(kind: str) -> str:
    words = WORDS.get(kind) or kind.replace("_", " ")
    return words[:1].upper() + words[1:]


def to_staff(kind: str) -> str:
    return FOR_STAFF.get(kind) or WORDS.get(kind) or kind.replace("_", " ")
