"""The kinds of conflict that every scheme begins with, as data; a scheme words them anew and adds its own. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NONE, OWN, EMPLOYER, HOST, MANAGER, NAMED, PAST = "none", "own", "employer", "host", "manager", "named", "past"


class Kind(NamedTuple):
    """A kind of conflict. `declared`: the words that somebody ticks who has it."""

    key: str
    label: str
    declared: str


KINDS: tuple[Kind, ...] = (
    Kind(OWN, "Own application", "It is mine, or I take part in it"),
    Kind(EMPLOYER, "Same employer", "I work for the applicant’s employer, or did within three years"),
    Kind(HOST, "Works for the host", "I work for the host, or did within three years"),
    Kind(MANAGER, "Line management", "I manage the applicant, or they manage me"),
    Kind(NAMED, "Named in it", "I approved it, or I am named in it"),
    Kind(PAST, "Earlier work together", "I have been on a placement with them, or published or bid with them within three years"),
    Kind("personal", "Personal", "We are related, friends, or in dispute"),
    Kind("money", "Gains from it", "I, or somebody close to me, would gain from it"),
    Kind("other", "Another reason", "Something else that others would want to know"),
)  # fmt: skip
LABELS: Mapping[str, str] = {NONE: "None", **{one.key: one.label for one in KINDS}}
#: Those that are found in records: a scheme can word them otherwise, and not do without them.
IN_RECORDS = (OWN, EMPLOYER, HOST, MANAGER, NAMED, PAST)
