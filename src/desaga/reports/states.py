"""What a report may be, and what may follow what."""

from __future__ import annotations

from django.db.models import TextChoices

from desaga.plans.states import Transition


class ReportState(TextChoices):
    DRAFT = "draft", "Being written"
    FOR_SIGN_OFF = "for_sign_off", "Waits for sign-off"
    SIGNED_OFF = "signed_off", "Signed off"


class Happened(TextChoices):
    """What the log of a report is made of."""

    SENT = "sent", "Sent for sign-off"
    TAKEN_BACK = "taken_back", "Taken back to be written on"
    SENT_BACK = "sent_back", "Sent back"
    SIGNED_OFF = "signed_off", "Signed off"


class Way(TextChoices):
    """How somebody signed off, or sent back."""

    HERE = "here", "signed in here"
    LINK = "link", "by the link in an e-mail"


_SEND, _SIGN = "reports.send_report", "reports.sign_off"
_R = ReportState

REPORT_TRANSITIONS = {
    "send": Transition(frozenset({_R.DRAFT}), _R.FOR_SIGN_OFF, _SEND, "sent for sign-off"),
    "take_back": Transition(frozenset({_R.FOR_SIGN_OFF}), _R.DRAFT, _SEND, "took back"),
    "send_back": Transition(frozenset({_R.FOR_SIGN_OFF}), _R.DRAFT, _SIGN, "sent back"),
    "sign_off": Transition(frozenset({_R.FOR_SIGN_OFF}), _R.SIGNED_OFF, _SIGN, "signed off"),
}
