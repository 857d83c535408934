"""What a venue's request for the touring exhibition may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class TourState(TextChoices):
    SENT = "sent", "Not confirmed yet"
    ASKED = "asked", "Asked"
    TALKED_OVER = "talked_over", "Talked over"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    ON_TOUR = "on_tour", "On tour"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: What the venue reads behind its link.
FOR_THE_VENUE = {
    TourState.SENT: "Not confirmed: press the button below",
    TourState.ASKED: "With us: we will write to you",
    TourState.TALKED_OVER: "We are in touch with you about it",
    TourState.AGREED: "Agreed",
    TourState.REFUSED: "Not this time",
    TourState.ON_TOUR: "It is with you",
    TourState.RETURNED: "It has been with you",
    TourState.WITHDRAWN: "Taken back",
}
TONES = {
    TourState.SENT: "plain", TourState.ASKED: "waiting", TourState.TALKED_OVER: "going", TourState.AGREED: "done",
    TourState.REFUSED: "stopped", TourState.ON_TOUR: "going", TourState.RETURNED: "done", TourState.WITHDRAWN: "stopped",
}  # fmt: skip


class VenueKind(TextChoices):
    SCHOOL = "school", "School"
    COLLEGE = "college", "College"
    UNIVERSITY = "university", "University or institute"
    MUSEUM = "museum", "Museum, gallery or library"
    FAIR = "fair", "Fair or festival"
    OTHER = "other", "Something else"


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, by whom (a permission asked about the organisation; empty: behind the venue's link), the verb, and what the button says."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str
    label: str = ""


HANDLE = "exhibition.handle"


def _may(sources: tuple[str, ...], to: str, permission: str, verb: str, label: str = "") -> Transition:
    return Transition(frozenset(sources), to, permission, verb, label)


ASKED, TALKED, AGREED = TourState.ASKED, TourState.TALKED_OVER, TourState.AGREED
TRANSITIONS = {
    "confirm": _may((TourState.SENT,), TourState.ASKED, "", "confirmed"),
    "talk": _may((ASKED,), TALKED, HANDLE, "talked over", "We have talked it over"),
    "agree": _may((ASKED, TALKED), AGREED, HANDLE, "agreed", "Agree to it"),
    "refuse": _may((ASKED, TALKED), TourState.REFUSED, HANDLE, "refused", "Say no"),
    "send_out": _may((AGREED,), TourState.ON_TOUR, HANDLE, "sent out", "It has gone there"),
    "bring_back": _may((TourState.ON_TOUR,), TourState.RETURNED, HANDLE, "came back", "It is back"),
    "withdraw": _may((TourState.SENT, ASKED, TALKED, AGREED), TourState.WITHDRAWN, "", "withdrawn"),
    "call_off": _may((ASKED, TALKED, AGREED), TourState.WITHDRAWN, HANDLE, "withdrawn", "It does not come about"),
}
#: While these hold, the exhibition is promised to a place for its days: nobody else can have it then.
PROMISED = (TourState.AGREED, TourState.ON_TOUR, TourState.RETURNED)
#: The days may be changed while these hold.
OPEN = (TourState.ASKED, TourState.TALKED_OVER, TourState.AGREED)
ENDED = (TourState.REFUSED, TourState.RETURNED, TourState.WITHDRAWN)
