"""What an extract may be, and what may follow what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class ExtractState(TextChoices):
    HANDED_IN = "handed_in", "Being read"
    READ = "read", "Ready to map"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked"
    LOADING = "loading", "Being loaded"
    COMMITTED = "committed", "Loaded"
    REFUSED = "refused", "Could not be read"
    CANCELLED = "cancelled", "Thrown away"


#: States in which a worker has something to do.
AT_WORK = (ExtractState.HANDED_IN, ExtractState.CHECKING, ExtractState.LOADING)
#: States in which nothing of the file is kept any more.
OVER = (ExtractState.COMMITTED, ExtractState.REFUSED, ExtractState.CANCELLED)


#: The step of an extract over which so many workers fell silent that a person must look.
GIVEN_UP = "Given up"


class Coverage(TextChoices):
    """Whom an extract covers. With technical staff only, who is gone may have left or may be technical staff no more."""

    ALL_STAFF = "all", "All staff"
    TECHNICAL = "technical", "Technical staff only"


class Grain(TextChoices):
    """What one row of the file stands for."""

    PERSON = "person", "One row a person"
    CONTRACT = "contract", "One row a contract"
    ACTIVITY = "activity", "One row an activity"


class Weight(TextChoices):
    """What a fault does: one that stops, stops the file; a faulty row counts against the limit; a word is only said."""

    STOPS = "stops", "Stops the file"
    FAULT = "fault", "To be mended"
    WORD = "word", "To be known"


class Movement(TextChoices):
    """What became of somebody between the last snapshot and a file on its way."""

    NEW = "new", "New"
    BACK = "back", "New, was here before"
    GONE = "gone", "Gone"
    CHANGED = "changed", "Changed"


class MatchKind(TextChoices):
    """Why somebody may be who we knew under another number or name."""

    NEW_NUMBER = "new_number", "Same name and date of birth, another number"
    REHIRED = "rehired", "Was here before, and is back"
    RETURNED = "returned", "Had left, and is back under the same number"
    NEW_NAME = "new_name", "Same number, another name"
    OTHER_PERSON = "other_person", "Same number, another date of birth"


class MatchState(TextChoices):
    PROPOSED = "proposed", "To be decided"
    SAME = "same", "The same person"
    OTHER = "other", "Somebody else"


class PostsFrom(TextChoices):
    """Where the numbers of posts come from."""

    HAND = "hand", "Entered"
    FILE = "file", "From a file"
    EXTRACT = "extract", "Vacant in an extract"


class Purpose(TextChoices):
    """What a key opens: each kind of data has its own."""

    PEOPLE = "people", "People"
    EQUALITY = "equality", "Equality"
    FILE = "file", "Files"
    SUPPORT = "support", "Support of union members"


class Characteristic(TextChoices):
    """What a comparator is about."""

    SEX = "sex", "Sex"
    ETHNICITY = "ethnicity", "Ethnicity"
    DISABILITY = "disability", "Disability"
    AGE = "age", "Age"


@dataclass(frozen=True, slots=True)
class Transition:
    """A move of an extract: from which states, to which, and the audit's word for it."""

    sources: frozenset[str]
    to: str
    verb: str


def _move(sources: Iterable[str], to: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, verb)


TRANSITIONS = {
    "read": _move({ExtractState.HANDED_IN}, ExtractState.READ, "read"),
    "refuse": _move({ExtractState.HANDED_IN}, ExtractState.REFUSED, "could not read"),
    "reread": _move({ExtractState.READ, ExtractState.CHECKED}, ExtractState.HANDED_IN, "had read again"),
    "check": _move({ExtractState.READ, ExtractState.CHECKED}, ExtractState.CHECKING, "had checked"),
    "checked": _move({ExtractState.CHECKING}, ExtractState.CHECKED, "checked"),
    "load": _move({ExtractState.CHECKED}, ExtractState.LOADING, "had loaded"),
    "loaded": _move({ExtractState.LOADING}, ExtractState.COMMITTED, "loaded"),
    "map_again": _move({ExtractState.CHECKED}, ExtractState.READ, "went back to mapping"),
    "halt_check": _move({ExtractState.CHECKING}, ExtractState.READ, "halted the check of"),
    "halt_load": _move({ExtractState.LOADING}, ExtractState.CHECKED, "halted the loading of"),
    "give_up_check": _move({ExtractState.CHECKING}, ExtractState.READ, "gave up the check of"),
    "give_up_load": _move({ExtractState.LOADING}, ExtractState.CHECKED, "gave up the loading of"),
    "throw_away": _move(
        {ExtractState.HANDED_IN, ExtractState.READ, ExtractState.CHECKING, ExtractState.CHECKED},
        ExtractState.CANCELLED,
        "threw away",
    ),
}


class ClassifyingState(TextChoices):
    """Where the working out of who is technical staff in a snapshot stands."""

    ASKED = "asked", "Waiting for a worker"
    WORKING = "working", "Being worked out"
    DONE = "done", "Worked out"


class ReleaseState(TextChoices):
    """What has become of the figures of a period. Only released ones are read; nothing about them changes any more."""

    PREPARED = "prepared", "Being counted and checked"
    CHECKED = "checked", "Ready to release"
    REFUSED = "refused", "Would disclose somebody"
    FAILED = "failed", "Could not be counted"
    RELEASED = "released", "Released"
    RESTATED = "restated", "Restated"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DROPPED = "dropped", "Dropped"


class Audience(TextChoices):
    """For whom released tables are protected. The steward's exact view is no audience: it is counted when asked for, and never kept."""

    INTERNAL = "internal", "Inside the organisation"
    PUBLIC = "public", "The public"


_R = ReleaseState
NOT_YET_RELEASED = (_R.PREPARED, _R.CHECKED, _R.REFUSED, _R.FAILED)
#: What was released once is frozen: the database lets only its state go on from here.
FROZEN = (_R.RELEASED, _R.RESTATED, _R.WITHDRAWN)

RELEASE_TRANSITIONS = {
    "pass": _move({_R.PREPARED}, _R.CHECKED, "checked"),
    "refuse": _move({_R.PREPARED}, _R.REFUSED, "refused"),
    "fail": _move({_R.PREPARED}, _R.FAILED, "could not count"),
    "count_again": _move({_R.CHECKED, _R.REFUSED, _R.FAILED}, _R.PREPARED, "had counted again"),
    "release": _move({_R.CHECKED}, _R.RELEASED, "released"),
    "restate": _move({_R.RELEASED}, _R.RESTATED, "restated"),
    "withdraw": _move({_R.RELEASED}, _R.WITHDRAWN, "withdrew"),
    "drop": _move(NOT_YET_RELEASED, _R.DROPPED, "dropped"),
}
