"""Asking those who must approve: where an asking may be, what may follow what, whose address is whose. Pure: no database."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import TextChoices


class AskingState(TextChoices):
    """`not_asked`: named by whoever was asked before, at an address to which Desaga writes only if the applicant wants it."""

    NOT_ASKED = "not_asked", "Not asked yet"
    ASKED = "asked", "Asked"
    OPENED = "opened", "Opened"
    GIVEN = "given", "Given"
    CONDITIONAL = "conditional", "Given on a condition"
    REFUSED = "refused", "Refused"
    CHANGES = "changes", "Changes wanted first"
    BOUNCED = "bounced", "E-mail came back"
    REPLACED = "replaced", "Somebody else was asked"
    EXPIRED = "expired", "No answer in time"
    TAKEN_BACK = "taken_back", "Taken back"


class Asks(TextChoices):
    APPROVAL = "approval", "Approval"
    LETTER = "letter", "Letter of support"
    PLACE = "place", "Confirmation of the place"


_S = AskingState
#: An answer may come.
WAITING = (_S.ASKED, _S.OPENED, _S.BOUNCED)
#: Nothing more comes of it, and another may stand in its place.
PAST = (_S.REPLACED, _S.TAKEN_BACK)
SAID_YES = (_S.GIVEN, _S.CONDITIONAL)
DECIDED = (*SAID_YES, _S.REFUSED, _S.CHANGES)
TONES: Mapping[str, str] = {
    _S.NOT_ASKED: "late", _S.ASKED: "waiting", _S.OPENED: "waiting", _S.GIVEN: "done", _S.CONDITIONAL: "done",
    _S.REFUSED: "late", _S.CHANGES: "late", _S.BOUNCED: "late", _S.EXPIRED: "late", _S.REPLACED: "stopped", _S.TAKEN_BACK: "stopped",
}  # fmt: skip


class Step(NamedTuple):
    """One thing that may happen to an asking. Without a target its state stays."""

    sources: tuple[str, ...]
    target: str | None


_ANSWERED_FROM = (*WAITING, _S.EXPIRED)
STEPS: Mapping[str, Step] = {
    "ask": Step((_S.NOT_ASKED,), _S.ASKED),
    "open": Step((_S.ASKED, _S.BOUNCED), _S.OPENED),
    "approve": Step(_ANSWERED_FROM, _S.GIVEN),
    "approve_if": Step(_ANSWERED_FROM, _S.CONDITIONAL),
    "accept": Step((_S.CONDITIONAL,), None),
    "refuse": Step(_ANSWERED_FROM, _S.REFUSED),
    "want_changes": Step(_ANSWERED_FROM, _S.CHANGES),
    "leave_deputy": Step((_S.ASKED, _S.OPENED), None),
    "lose_deputy": Step((_S.ASKED, _S.OPENED), None),
    "remind": Step((_S.ASKED, _S.OPENED), None),
    "ask_again": Step((_S.BOUNCED, _S.EXPIRED), _S.ASKED),
    "bounce": Step((_S.ASKED, _S.OPENED), _S.BOUNCED),
    "expire": Step(WAITING, _S.EXPIRED),
    "replace": Step((_S.NOT_ASKED, *WAITING, _S.EXPIRED), _S.REPLACED),
    "ask_anew": Step(DECIDED, _S.REPLACED),
    "take_back": Step((_S.NOT_ASKED, *WAITING, _S.EXPIRED), _S.TAKEN_BACK),
}

# ---- What an approval is of

#: Answers of which an approval is: where one of them changed afterwards, whoever gave it is asked anew.
CONCERNS: Mapping[str, tuple[str, ...]] = {
    Asks.APPROVAL: ("host", "starts_on", "ends_on", "working_days", "abroad", "costs"),
    Asks.LETTER: ("host", "starts_on", "ends_on", "costs"),
    Asks.PLACE: ("host", "starts_on", "ends_on"),
}


#: Of these too, where the scheme asks them; where it does not, the mark is what it was before they were known.
CONCERNS_IF_ASKED: Mapping[str, tuple[str, ...]] = {Asks.APPROVAL: ("cover_at_work", "department_cost")}


def covers(asks: str, values: Mapping[str, Any]) -> str:
    """A mark of what is approved: the same as long as nothing that matters to it changed."""
    told = {key: values.get(key) for key in CONCERNS[asks]}
    told |= {key: values[key] for key in CONCERNS_IF_ASKED.get(asks, ()) if values.get(key) is not None}
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


# ---- Whose address is whose

#: Where dots in a name mean nothing, and under which name the same mailbox is.
DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
#: Houses that give an address to anybody: that two people have one there says nothing of them.
OPEN_TO_ALL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com yahoo.com yahoo.co.uk ymail.com icloud.com me.com"
    " mac.com aol.com btinternet.com sky.com virginmedia.com talktalk.net gmx.com gmx.net gmx.de web.de mail.com proton.me protonmail.com pm.me"
    " fastmail.com zoho.com yandex.com hey.com tutanota.com".split()
)


def mailbox(email: str) -> tuple[str, str]:
    """The box behind an address, as far as its letters tell: without case, without what stands after a plus, without Gmail's dots."""
    plain = unicodedata.normalize("NFKC", email).strip().casefold()
    name, _, house = plain.rpartition("@")
    name, house = name.partition("+")[0], house.rstrip(".")
    if house in DOTLESS:
        return name.replace(".", ""), DOTLESS[house]
    return name, house


def same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses are of one box: also where one house is a part of the other, as physics.example.ac.uk is."""
    (name, house), (other_name, other_house) = mailbox(one), mailbox(other)
    if name != other_name or not name:
        return False
    return house == other_house or house.endswith(f".{other_house}") or other_house.endswith(f".{house}")


def is_one_of(email: str, known: Iterable[str]) -> bool:
    return any(same_mailbox(email, one) for one in known)


def is_open_to_all(email: str) -> bool:
    return mailbox(email)[1] in OPEN_TO_ALL


def same_house(one: str, other: str) -> bool:
    """Whether two addresses are of one organisation's domain; no house that is open to all is one."""
    house = mailbox(one)[1]
    return house == mailbox(other)[1] and house not in OPEN_TO_ALL


# ---- When


def ends_at(asked_at: datetime, open_days: int) -> datetime:
    return asked_at + timedelta(days=open_days)


def chase_on(day: date, chase_days: int) -> date:
    """When a reminder is due after a mail of that day; never at a weekend."""
    due = day + timedelta(days=chase_days)
    return due + timedelta(days=max(0, 7 - due.weekday()) if due.weekday() >= SATURDAY else 0)


def last_call_on(cut_off: date) -> date:
    """Three working days before a cut-off: when it is said once more that it is near."""
    day, left = cut_off, LAST_CALL_DAYS
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


LAST_CALL_DAYS = 3
SATURDAY = 5
#: So many reminders go by themselves.
MOST_REMINDERS = 3
#: So many mails go to one address about one application in a day and a night.
MOST_A_DAY = 3
#: So many mails one asking has in all.
MOST_MAILS = 10
#: So often one asking goes from hand to hand by link.
MOST_HANDS = 3
#: So long after the last mail the applicant may have another sent.
BETWEEN_REMINDERS = timedelta(hours=24)


# ---- Who may not be asked

YOURSELF = "The address that you gave for {title} is your own, or another name of it. Somebody else must answer."
TWICE = "{title} has the same address as {other}. Each must be asked at an address of their own."


def who_cannot_be_asked(named: Mapping[str, tuple[str, str]], own: Iterable[str]) -> dict[str, str]:
    """Of those named (key to title and address): why one cannot be asked, by key. `own` are the applicant's addresses, as far as they are known."""
    own, troubles, before = list(own), {}, dict[str, tuple[str, str]]()
    for key, (title, email) in named.items():
        if is_one_of(email, own):
            troubles[key] = YOURSELF.format(title=lower_first(title))
        elif twin := next((other for other, known in before.values() if same_mailbox(email, known)), None):
            troubles[key] = TWICE.format(title=title, other=lower_first(twin))
        before[key] = (title, email)
    return troubles


def lower_first(words: str) -> str:
    """A title within a sentence; one with other capitals is a name and stays as it is."""
    first, *rest = words.split()
    is_name = first[1:2].isupper() or any(word[:1].isupper() for word in rest)
    return words if is_name else words[:1].lower() + words[1:]
