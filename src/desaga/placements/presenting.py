"""What each kind of event is called where the applicant reads it; each part of the slice adds its own."""

from __future__ import annotations

from .states import TRANSITIONS

EVENT_WORDS: dict[str, str] = {
    "begun": "Begun",
    **{deed: one.verb[:1].upper() + one.verb[1:] for deed, one in TRANSITIONS.items()},
    # Awards: `words` of a claim are its number.
    "signed": "Agreement signed",
    "change_asked": "Change asked for",
    "change_approved": "Change approved",
    "change_declined": "Change not approved",
    "claim_sent": "Claim sent",
    "claim_returned": "Claim given back",
    "claim_approved": "Claim approved",
    "claim_paid": "Claim paid",
    "claim_withdrawn": "Claim taken back",
    "repaid": "Part of the advance came back",
    "letter_lost": "A letter did not arrive",
    "days_confirmed": "Days confirmed by the host",
    "outcome_told": "What came of it, answered",
    "given_to_employer": "Given to the employer as evidence",
    "story_offered": "Offered as a story",
    "story_withdrawn": "Story taken back",
    "session_held": "Session held",
}
