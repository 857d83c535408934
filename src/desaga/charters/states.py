"""What a signature may be, what may follow what, and who does it. Pure: no models."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class SignatureState(TextChoices):
    OFFERED = "offered", "Offered"
    SIGNED = "signed", "Signed"
    CONFIRMED = "confirmed", "Confirmed"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Side(TextChoices):
    """Who acts: the body that keeps the charter, or the organisation that signs it."""

    KEEPER = "keeper", "The charter’s keeper"
    SIGNATORY = "signatory", "The signatory"


class Nation(TextChoices):
    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
    SEVERAL = "several", "Several nations"


class Precision(TextChoices):
    """How exactly a day is known: of what was signed long ago often only the month is."""

    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    YEAR = "year", "To the year"


DATE_FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
#: What the public reads of each state; of the others it reads nothing.
OUTSIDE = {SignatureState.CONFIRMED: "Signatory"}
TONES = {
    SignatureState.OFFERED: "steady", SignatureState.SIGNED: "waiting", SignatureState.CONFIRMED: "done",
    SignatureState.LAPSED: "late", SignatureState.WITHDRAWN: "stopped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, who does it, and the verb of history and audit.

    The keeper does the signatory's part where the signatory has no workspace.
    """

    sources: frozenset[str]
    target: str
    by: Side
    verb: str


S = SignatureState
TRANSITIONS = {
    "sign": Transition(frozenset({S.OFFERED, S.LAPSED}), S.SIGNED, Side.SIGNATORY, "signed"),
    "confirm": Transition(frozenset({S.SIGNED}), S.CONFIRMED, Side.KEEPER, "confirmed"),
    "give_back": Transition(frozenset({S.SIGNED}), S.OFFERED, Side.KEEPER, "given back"),
    "lapse": Transition(frozenset({S.CONFIRMED}), S.LAPSED, Side.KEEPER, "lapsed"),
    "restore": Transition(frozenset({S.LAPSED}), S.CONFIRMED, Side.KEEPER, "restored"),
    "withdraw": Transition(
        frozenset({S.OFFERED, S.SIGNED, S.CONFIRMED, S.LAPSED}), S.WITHDRAWN, Side.SIGNATORY, "withdrawn"
    ),
}


def may_follow(state: str, side: str, *, has_workspace: bool) -> list[str]:
    """What may be done to a signature in a state by one side, in the order of the table."""
    does_all = side == Side.KEEPER and not has_workspace
    return [name for name, one in TRANSITIONS.items() if state in one.sources and (one.by == side or does_all)]
