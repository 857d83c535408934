"""Where a scheme, a round and an application may be, what may follow what, and what each reader is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import TextChoices


class SchemeState(TextChoices):
    PREPARED = "prepared", "Being prepared"
    OPEN = "open", "Open"
    WINDING_DOWN = "winding_down", "Winding down"
    CLOSED = "closed", "Closed"


class SchemeStep(NamedTuple):
    """One thing that may happen to a scheme: from which states, to which, and what the audit calls it."""

    sources: tuple[str, ...]
    target: str
    verb: str


SCHEME_STEPS: Mapping[str, SchemeStep] = {
    "open": SchemeStep(
        (SchemeState.PREPARED, SchemeState.WINDING_DOWN, SchemeState.CLOSED), SchemeState.OPEN, "opened"
    ),
    "wind_down": SchemeStep((SchemeState.OPEN,), SchemeState.WINDING_DOWN, "began to wind down"),
    "close": SchemeStep((SchemeState.OPEN, SchemeState.WINDING_DOWN), SchemeState.CLOSED, "closed"),
}
#: While it is prepared or open panels are planned; afterwards no more.
PLANS_PANELS = (SchemeState.PREPARED, SchemeState.OPEN)


class RoundState(TextChoices):
    PLANNED = "planned", "Planned"
    SITTING = "sitting", "With the panel"
    RELEASED = "released", "Outcomes told"
    CALLED_OFF = "called_off", "Called off"


class ApplicationState(TextChoices):
    """The labels are for those who run the scheme; `words_of` has the applicant's."""

    DRAFT = "draft", "Being written"
    WITH_APPROVERS = "with_approvers", "With those who are asked"
    RECEIVED = "received", "Received, to be checked"
    CHANGES_ASKED = "changes_asked", "Changes asked for"
    ELIGIBLE = "eligible", "For the panel"
    INELIGIBLE = "ineligible", "Not eligible"
    RESERVE = "reserve", "On the reserve list"
    DECLINED = "declined", "Declined"
    OFFERED = "offered", "Award offered"
    TURNED_DOWN = "turned_down", "Award turned down"
    ACCEPTED = "accepted", "Award accepted, to be signed"
    AGREED = "agreed", "Under way"
    REPORTED = "reported", "Report received"
    CLOSED = "closed", "Finished"
    CALLED_OFF = "called_off", "Called off"
    WITHDRAWN = "withdrawn", "Withdrawn"


_A = ApplicationState
#: The application is the applicant's to change: all of it, or the sections named.
WRITTEN = (_A.DRAFT, _A.CHANGES_ASKED)
#: It came in, and counts among what was asked for.
CAME_IN = tuple(state for state in _A if state not in (_A.DRAFT, _A.WITH_APPROVERS, _A.WITHDRAWN))
#: What is not yet, or not any more, for the panel.
BEFORE_PANEL = (_A.RECEIVED, _A.CHANGES_ASKED, _A.INELIGIBLE)
#: What the panel may read: it was found eligible, and not withdrawn since.
PANEL_SEES = tuple(state for state in CAME_IN if state not in BEFORE_PANEL)
#: Money was awarded, and not turned down since.
AWARDED = (_A.OFFERED, _A.ACCEPTED, _A.AGREED, _A.REPORTED, _A.CLOSED)
#: A panel may still decide on it.
UNDECIDED = (_A.RECEIVED, _A.CHANGES_ASKED, _A.ELIGIBLE)
#: Nothing more is expected of anybody.
ENDED = (_A.INELIGIBLE, _A.DECLINED, _A.TURNED_DOWN, _A.CLOSED, _A.CALLED_OFF, _A.WITHDRAWN)


class Transition(NamedTuple):
    """One thing that may happen to an application: from which states, to which, and what its history calls it."""

    sources: tuple[str, ...]
    target: str
    verb: str


TRANSITIONS: Mapping[str, Transition] = {
    "send": Transition((_A.DRAFT, _A.CHANGES_ASKED), _A.WITH_APPROVERS, "sent; those named in it are asked"),
    "take_back": Transition((_A.WITH_APPROVERS,), _A.DRAFT, "taken back to change it"),
    "refuse": Transition((_A.WITH_APPROVERS,), _A.DRAFT, "given back: somebody said no"),
    "send_back": Transition((_A.WITH_APPROVERS,), _A.DRAFT, "given back, to be changed first"),
    # What came in once goes back to the parts that were to be changed, and stays known to those who asked for it.
    "take_back_changes": Transition((_A.WITH_APPROVERS,), _A.CHANGES_ASKED, "taken back to change it"),
    "refuse_changes": Transition((_A.WITH_APPROVERS,), _A.CHANGES_ASKED, "given back: somebody said no"),
    "send_back_changes": Transition((_A.WITH_APPROVERS,), _A.CHANGES_ASKED, "given back, to be changed first"),
    "receive": Transition((_A.DRAFT, _A.CHANGES_ASKED, _A.WITH_APPROVERS), _A.RECEIVED, "received"),
    "ask_for_changes": Transition((_A.RECEIVED, _A.ELIGIBLE), _A.CHANGES_ASKED, "changes asked for"),
    "find_eligible": Transition((_A.RECEIVED,), _A.ELIGIBLE, "found eligible"),
    "find_ineligible": Transition((_A.RECEIVED,), _A.INELIGIBLE, "found not eligible"),
    "look_again": Transition((_A.ELIGIBLE, _A.INELIGIBLE), _A.RECEIVED, "to be checked again"),
    "offer": Transition((_A.ELIGIBLE, _A.RESERVE), _A.OFFERED, "award offered"),
    "reserve": Transition((_A.ELIGIBLE,), _A.RESERVE, "put on the reserve list"),
    "decline": Transition((_A.ELIGIBLE, _A.RESERVE), _A.DECLINED, "declined"),
    "accept": Transition((_A.OFFERED,), _A.ACCEPTED, "award accepted"),
    "turn_down": Transition((_A.OFFERED,), _A.TURNED_DOWN, "award turned down"),
    "lapse": Transition((_A.OFFERED,), _A.TURNED_DOWN, "award not taken up in time"),
    "offer_again": Transition((_A.TURNED_DOWN,), _A.OFFERED, "award offered again"),
    "agree": Transition((_A.ACCEPTED,), _A.AGREED, "all is agreed"),
    "report": Transition((_A.AGREED,), _A.REPORTED, "report received"),
    "ask_report_again": Transition((_A.REPORTED,), _A.AGREED, "report given back"),
    "close": Transition((_A.REPORTED,), _A.CLOSED, "finished"),
    "call_off": Transition((_A.ACCEPTED, _A.AGREED), _A.CALLED_OFF, "called off"),
    "withdraw": Transition(
        (_A.DRAFT, _A.WITH_APPROVERS, _A.RECEIVED, _A.CHANGES_ASKED, _A.ELIGIBLE, _A.RESERVE), _A.WITHDRAWN, "withdrawn"
    ),
}


class Words(NamedTuple):
    """What an applicant is told of a state: where it is, and what happens next."""

    where: str
    next: str


WORDS: Mapping[str, Words] = {
    _A.DRAFT: Words("Being written", "Fill in each part, then send it. Nobody but you sees it until then."),
    _A.WITH_APPROVERS: Words("With those you named", "They have an e-mail with a link. You see here when they answer."),
    _A.RECEIVED: Words("Received", "It is looked at whether the scheme can fund it; then it goes to the panel."),
    _A.CHANGES_ASKED: Words("Changes asked for", "Change the parts that are named, then send it again."),
    _A.ELIGIBLE: Words("Waiting for the panel", "The panel hears it; you get a letter after that."),
    _A.INELIGIBLE: Words("Cannot be funded by this scheme", "The reason stands below. Nothing more is asked of you."),
    _A.RESERVE: Words("On the reserve list", "If money comes free you get an offer."),
    _A.DECLINED: Words("Not funded", "The reasons stand in your letter. You can copy it into a new application."),
    _A.OFFERED: Words("Award offered", "Accept it or turn it down by the day in your letter."),
    _A.TURNED_DOWN: Words("Award not taken up", "Nothing more is asked of you."),
    _A.ACCEPTED: Words("Award accepted", "Each party signs the agreement by a link."),
    _A.AGREED: Words("Under way", "Do what you planned, and claim what it cost; a short report follows."),
    _A.REPORTED: Words("Report received", "It is read; then all is complete."),
    _A.CLOSED: Words("Finished", "Thank you. You may be asked later what came of it."),
    _A.CALLED_OFF: Words("Called off", "Nothing more is asked of you."),
    _A.WITHDRAWN: Words("Withdrawn", "You can copy it into a new application."),
}  # fmt: skip


def words_of(state: str) -> Words:
    """What an applicant is told. Until outcomes are told an applicant's state does not move: see the round's pending outcomes."""
    return WORDS[ApplicationState(state)]


TONES: Mapping[str, str] = {
    _A.DRAFT: "plain", _A.WITH_APPROVERS: "waiting", _A.RECEIVED: "waiting", _A.CHANGES_ASKED: "waiting", _A.ELIGIBLE: "going",
    _A.RESERVE: "waiting", _A.OFFERED: "waiting", _A.ACCEPTED: "going", _A.AGREED: "going", _A.REPORTED: "going", _A.CLOSED: "done",
}  # fmt: skip
