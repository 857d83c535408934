"""Where an award and what hangs on it may be, and who has a part in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class Answered(TextChoices):
    """What became of an offer; empty while it waits."""

    ACCEPTED = "accepted", "Accepted"
    TURNED_DOWN = "turned_down", "Turned down"
    LAPSED = "lapsed", "Not taken up in time"


class Party(TextChoices):
    """Who signs an agreement."""

    TECHNICIAN = "technician", "Technician"
    HOME = "home", "Employer"
    HOST = "host", "Host"


class ChangeState(TextChoices):
    ASKED = "asked", "To be decided"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Not approved"


class ClaimKind(TextChoices):
    ADVANCE = "advance", "Advance"
    COSTS = "costs", "Costs"


class ClaimState(TextChoices):
    WRITTEN = "written", "Being written"
    SENT = "sent", "To be checked"
    RETURNED = "returned", "Given back"
    APPROVED = "approved", "To be paid"
    PAID = "paid", "Paid"
    WITHDRAWN = "withdrawn", "Taken back"


#: The lines of a claim may be changed.
CLAIM_WRITTEN = (ClaimState.WRITTEN, ClaimState.RETURNED)
#: Somebody at the scheme has still to do something with it.
CLAIM_OPEN = (ClaimState.SENT, ClaimState.APPROVED)


class ReportState(TextChoices):
    WRITTEN = "written", "Being written"
    SENT = "sent", "To be read"
    RETURNED = "returned", "Given back"
    ACCEPTED = "accepted", "Accepted"


class Letter(TextChoices):
    """The mails about an award; `letters.py` has their words."""

    OFFER = "offer", "Award offered"
    ACCEPT_SOON = "accept_soon", "Reminder to answer the offer"
    LAPSED = "lapsed", "Offer lapsed"
    OFFER_AGAIN = "offer_again", "Award offered until another day"
    SIGN = "sign", "Agreement to sign"
    SIGN_REMINDER = "sign_reminder", "Reminder to sign"
    SIGNED = "signed", "Agreement signed by all"
    AGAIN = "again", "Told that a letter was lost"
    CHANGE_ASKED = "change_asked", "Change asked for"
    CALLED_OFF = "called_off", "Called off"
    CHANGE_DECIDED = "change_decided", "Change decided on"
    CLAIM_RETURNED = "claim_returned", "Claim given back"
    CLAIM_APPROVED = "claim_approved", "Claim approved"
    CLAIM_PAID = "claim_paid", "Claim paid"
    CLAIM_UNPAID = "claim_unpaid", "Payment taken back"
    DAYS = "days", "Days to confirm"
    DAYS_REMINDER = "days_reminder", "Reminder to confirm the days"
    REPORT_DUE = "report_due", "Report due soon"
    REPORT_LATE = "report_late", "Report late"
    REPORT_LATER = "report_later", "Report due later"
    REPORT_RETURNED = "report_returned", "Report given back"
    FINISHED = "finished", "Placement finished"
    SESSION = "session", "Session promised"
    OUTCOME = "outcome", "What came of it"
    OUTCOME_REMINDER = "outcome_reminder", "Reminder: what came of it"


TONES: Mapping[str, str] = {
    ClaimState.WRITTEN: "plain", ClaimState.SENT: "waiting", ClaimState.RETURNED: "late", ClaimState.APPROVED: "going",
    ClaimState.PAID: "done", ReportState.ACCEPTED: "done", ChangeState.ASKED: "waiting", ChangeState.DECLINED: "stopped",
}  # fmt: skip
#: How a story may name whoever tells it.
NAMED, FIRST_NAME, UNNAMED = "named", "first_name", "unnamed"
WISHES = {NAMED: "With my name", FIRST_NAME: "With my first name only", UNNAMED: "Without my name"}


def as_wished(wish: str, name: str) -> str:
    """A name as far as whoever has it wishes to be named; nothing where they do not."""
    return {"named": name, "first_name": first_name_of(name)}.get(wish, "")


#: What stands before a name and is none.
TITLES = frozenset({"dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "reverend", "sir"})  # fmt: skip


def first_name_of(name: str) -> str:
    """The first word of a name that is no title: a guess, which whoever has the name can put right."""
    words = name.split()
    return next((one for one in words if one.casefold().strip(".") not in TITLES), words[0] if words else "")


#: What each kind of event about an award is called where the applicant reads it; for `event_words.WORDS`. `words` of a claim are its number.
AWARD_EVENTS: Mapping[str, str] = {
    "offer_extended": "The offer may be answered until a later day",
    "signed": "Agreement signed",
    "change_asked": "Change asked for",
    "change_approved": "Change approved",
    "change_declined": "Change not approved",
    "claim_sent": "Claim sent",
    "claim_returned": "Claim given back",
    "claim_approved": "Claim approved",
    "claim_paid": "Claim paid",
    "claim_withdrawn": "Claim taken back",
    "payment_taken_back": "Payment did not hold",
    "repaid": "Part of the advance came back",
    "letter_lost": "A letter did not arrive",
    "address_mended": "Another address is used",
    "report_later": "The report is due on another day",
    "days_confirmed": "Days confirmed",
    "days_entered": "Days written down",
    "outcome_told": "What came of it, answered",
    "given_to_employer": "Given to the employer as evidence",
    "story_offered": "Offered as a story",
    "story_withdrawn": "Story taken back",
    "told_agreed": "Agreed to be told of on the scheme’s page",
    "told_taken_back": "Taken back: not told of on the scheme’s page",
    "session_held": "Session held",
}
