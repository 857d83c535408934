"""The overview of a round: a light line for each application that somebody may read, and the rest for those alone that a page shows.

Eight queries, however many applications there are. What order, sums and pages are made of is read once; nothing heavier than numbers is read of what no page shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from desaga.organisations.models import Organisation

from ..models import Application, Assignment, Interest, Round, SchemeVersion
from ..states import ApplicationState, RoundState
from .rounds import SUMS, heard_in, readings_that_count


class Standing(NamedTuple):
    """Where an application stands among those of its round: the marks that count, and how many read, sent and abstained."""

    pk: int
    reference: str
    is_eligible: bool
    mean: Decimal | None = None
    spread: Decimal | None = None
    readers: int = 0
    sent: int = 0
    abstained: int = 0


#: Orders of the overview, and their words.
OVERVIEW_SORTS = {
    "": "Highest mean first",
    "spread": "Widest spread first",
    "reference": "Reference",
    "readers": "Fewest readers first",
}

SORT_KEYS: dict[str, Callable[[Standing], Any]] = {
    "": lambda one: (one.mean is None, -(one.mean or 0), one.reference),
    "spread": lambda one: (one.spread is None, -(one.spread or 0), one.reference),
    "reference": lambda one: one.reference,
    "readers": lambda one: (one.readers, one.reference),
}


def standings_in(round_: Round, user: Any, organisation: Organisation, sort: str = "") -> list[Standing]:
    """All applications of a round whose scores somebody may read, in the order that is asked for."""
    names = Standing._fields[3:]
    readings = readings_that_count().filter(application__round=round_).order_by().values("application")
    marks = {pk: told for pk, *told in readings.annotate(**{name: SUMS[name] for name in names}).values_list("application", *names)}  # fmt: skip
    rows = heard_in(round_, user, organisation).order_by().values_list("pk", "reference", "state")
    found = [Standing(pk, reference, state == ApplicationState.ELIGIBLE, *marks.get(pk, ())) for pk, reference, state in rows]  # fmt: skip
    return sorted(found, key=SORT_KEYS.get(sort, SORT_KEYS[""]))


def sums_of(standings: Iterable[Standing]) -> dict[str, int]:
    """How many readings, sent, abstained, and how many applications nobody reads that somebody should."""
    sums = dict.fromkeys(("readers", "sent", "abstained", "unread"), 0)
    for one in standings:
        sums["readers"] += one.readers
        sums["sent"] += one.sent
        sums["abstained"] += one.abstained
        sums["unread"] += one.is_eligible and not one.readers
    return sums


class Shown(NamedTuple):
    """What a page shows of an application, as it is kept."""

    pk: int
    reference: str
    title: str
    name: str
    employer: str
    host: str
    asked: Decimal | None
    state: str
    version: int


def shown_of(standings: Sequence[Standing]) -> list[tuple[Standing, Shown]]:
    """The applications of standings, in their order."""
    rows = Application.objects.filter(pk__in=[one.pk for one in standings]).order_by().values_list(*Shown._fields)
    found = {row[0]: Shown(*row) for row in rows}
    return [(one, found[one.pk]) for one in standings if one.pk in found]


class Reader(NamedTuple):
    """One who was given an application to read, and what they said of it so far."""

    person: int
    name: str
    mark: Decimal | None
    has_abstained: bool


def readers_of(applications: Collection[int]) -> dict[int, list[Reader]]:
    """Application to those who have it to read."""
    found: dict[int, list[Reader]] = defaultdict(list)
    rows = Assignment.objects.filter(ended_at=None, application__in=applications).values_list(
        "application", "member__person", "member__person__name", "mark", "abstained_at"
    )
    for pk, person, name, mark, abstained_at in rows:
        found[pk].append(Reader(person, name, mark, abstained_at is not None))
    return found


class InTheWay(NamedTuple):
    """Whom something keeps from an application, and what kind of thing."""

    person: int
    name: str
    kind: str


def conflicts_of(applications: Collection[int]) -> dict[int, list[InTheWay]]:
    """Application to what stands in anybody's way of it."""
    found: dict[int, list[InTheWay]] = defaultdict(list)
    rows = Interest.objects.filter(Interest.in_the_way(), application__in=applications).values_list(
        "application", "person", "person__name", "kind"
    )
    for pk, person, name, kind in rows:
        found[pk].append(InTheWay(person, name, kind))
    return found


def versions_without_names(round_: Round) -> set[int]:
    """Versions of the scheme whose applications a round's panel reads without names now, as `reading.hides_names` says of one."""
    if round_.names_shown_at is not None or round_.state == RoundState.RELEASED:
        return set()
    rows = SchemeVersion.objects.filter(scheme=round_.scheme_id, data__names_hidden=True)
    return set(rows.values_list("pk", flat=True))
