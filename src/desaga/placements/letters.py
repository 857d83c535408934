"""The words of the mails about an award: subject, paragraphs and button of each, filled with what `operations/posting.py` knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .awarding import Letter

_L = Letter


class LetterWords(NamedTuple):
    subject: str
    words: str
    button: str


#: To whoever reads the scheme's contact address, who may have something in their way: these name nobody.
TO_STAFF: Mapping[str, LetterWords] = {
    _L.CHANGE_ASKED: LetterWords(
        "A change is asked for: {reference}",
        "A change of the {noun} {reference} is asked for. Those who run {scheme} read which, and decide on it.",
        "See it",
    ),
}
#: Names in braces are what is known of the award: see `posting.known_of`.
LETTERS: Mapping[str, LetterWords] = {
    _L.OFFER: LetterWords(
        "An award of {amount} for {reference}",
        "The panel of {scheme} wants to fund “{title}” with up to {amount}.{extra}\n\nAccept it or turn it down by {accept_by}. After that day it goes to somebody on the reserve list.{conditions}",
        "Answer the offer",
    ),
    _L.ACCEPT_SOON: LetterWords(
        "Answer by {accept_by}: award for {reference}",
        "You were offered {amount} for “{title}” and have not answered yet. After {accept_by} the offer goes to somebody on the reserve list.",
        "Answer the offer",
    ),
    _L.LAPSED: LetterWords(
        "The offer for {reference} has lapsed",
        "You were offered {amount} for “{title}” and did not answer by {accept_by}, so the money goes to somebody else. If something kept you from answering, write to us.",
        "See your application",
    ),
    _L.OFFER_AGAIN: LetterWords(
        "The offer for {reference} stands until {accept_by}",
        "You may answer the offer of {amount} for “{title}” until {accept_by}. After that day it goes to somebody on the reserve list.{extra}{conditions}",
        "Answer the offer",
    ),
    _L.SIGN: LetterWords(
        "To sign: agreement on the {noun} of {technician}",
        "{organisation} pays for a {noun} of {technician} {where}, {days}. You are asked to sign the agreement as {party}.\n\nThe page shows all of it. You need no account, and the link opens for {open_days} days.{note}",
        "Read and sign",
    ),
    _L.SIGN_REMINDER: LetterWords(
        "Still to sign: agreement on the {noun} of {technician}",
        "The agreement on the {noun} of {technician} {where}, {days}, waits for your name as {party}. You need no account. Earlier links open no more; this one does.",
        "Read and sign",
    ),
    _L.SIGNED: LetterWords(
        "Signed by all: {noun} of {technician}",
        "All three have signed the agreement on the {noun} of {technician} {where}, {days}. Your copy, a PDF, is behind this link for {open_days} days: keep it. It is not attached, since it names the three of you and mail is read on the way.\n\nThe SHA-256 of the text that all three signed, which your copy shows as well: {note}",
        "See the agreement and keep a copy",
    ),
    _L.AGAIN: LetterWords(
        "A letter about {reference} did not reach you",
        "We wrote to you about “{title}” at another address, and it came back: {note}. What it said stands on your page, with all that is asked of you. From now on we write to this address.",
        "See your application",
    ),
    _L.CHANGE_ASKED: LetterWords(
        "A change is asked for: {noun} of {technician}",
        "{technician} asks for a change of the {noun} {where}, {days}: {note}.\n\nWhy: {extra}\n\nThose who run {scheme} decide on it. Until a new agreement is signed by all, what you know of it holds.",
        "See it",
    ),
    _L.CALLED_OFF: LetterWords(
        "Called off: {noun} of {technician}",
        "The {noun} of {technician} {where}, {days}, does not take place. The reason:\n\n{note}\n\nThe agreement ends with this, and no link to it opens any more.{extra}",
        "See your application",
    ),
    _L.CHANGE_DECIDED: LetterWords(
        "Your change to {reference}: {note}",
        "The change that was asked for to “{title}” is decided on: {note}.{extra}",
        "See your page",
    ),
    _L.CLAIM_RETURNED: LetterWords(
        "Something is missing in your claim {about}",
        "Your claim {about} came back to you, so that you can change it and send it again:\n\n{note}",
        "Change the claim",
    ),
    _L.CLAIM_APPROVED: LetterWords(
        "Your claim {about} is approved",
        "{note}",
        "See your claim",
    ),
    _L.CLAIM_PAID: LetterWords(
        "Your claim {about} is paid",
        "{note}",
        "See your claim",
    ),
    _L.CLAIM_UNPAID: LetterWords(
        "Your claim {about} is to be paid again",
        "The payment that we wrote to you of did not hold:\n\n{note}\n\nThe claim is to be paid again; you get an e-mail when it is.",
        "See your claim",
    ),
    _L.DAYS: LetterWords(
        "Was {technician} with you? Confirm the days",
        "{technician} was to be {where}, {days}. Tick the days on which they were there: it takes a minute, and they get a certificate for them. You need no account.",
        "Confirm the days",
    ),
    _L.DAYS_REMINDER: LetterWords(
        "Still to confirm: the days of {technician}",
        "{technician} waits for a certificate of the days {where}. One page, no account.",
        "Confirm the days",
    ),
    _L.REPORT_DUE: LetterWords(
        "Your report is due on {report_due}",
        "Your {noun} {where} is over. A short report is due on {report_due}: a few questions on one page, kept as you write.",
        "Write the report",
    ),
    _L.REPORT_LATE: LetterWords(
        "Your report was due on {report_due}",
        "The report on your {noun} {where} has not come yet. It is a few questions on one page. If something keeps you from it, write to us.",
        "Write the report",
    ),
    _L.REPORT_LATER: LetterWords(
        "Your report is due on {report_due} now",
        "The report on your {noun} {where} may come later: it is due on {report_due} now.\n\n{note}",
        "Write the report",
    ),
    _L.REPORT_RETURNED: LetterWords(
        "Your report came back with a question",
        "Whoever reads the reports would like to know more:\n\n{note}",
        "Go on with the report",
    ),
    _L.FINISHED: LetterWords(
        "Your {noun} is complete",
        "Your report is read{settled}: nothing more is asked of you now. {later}\n\nFrom your page you can log the {noun} as development, give it to your employer as evidence, or offer it as a story.",
        "See your page",
    ),
    _L.SESSION: LetterWords(
        "The session for colleagues that you promised",
        "You promised a session in which colleagues hear what you learnt {where}. When it has been, write it down on your page: when, for whom, how many came. If it is still to come, this is to call it to mind.",
        "Record the session",
    ),
    _L.OUTCOME: LetterWords(
        "What came of your {noun} {where}?",
        "{note}: {questions}, no account needed. The answers show whether the money is well spent.",
        "Answer in two minutes",
    ),
    _L.OUTCOME_REMINDER: LetterWords(
        "What came of your {noun} {where}?",
        "We asked you a fortnight ago and heard nothing. “Nothing came of it” is an answer too: {questions}, no account needed.",
        "Answer in two minutes",
    ),
}  # fmt: skip
