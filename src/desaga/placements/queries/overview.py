"""The overview of a round: a light line for each application that somebody may read, and the rest for those alone that a page shows.

Six queries, however many applications there are. Lines of the table and what order and sums are made of are read at once: two hundred short rows cost less than another query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from desaga.organisations.models import Organisation

from ..models import Assignment, Interest, Round, SchemeVersion
from ..states import ApplicationState, RoundState
from .rounds import SUMS, heard_in, hides_now, readings_that_count


class Shown(NamedTuple):
    """What a line shows of an application, as it is kept."""

    pk: int
    reference: str
    title: str
    name: str
    employer: str
    host: str
    asked: Decimal | None
    state: str
    version: int


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
    #: Whoever looks is still to score it: they see nobody's marks until then, nor where they put it.
    is_blank: bool = False
    shown: Shown | None = None


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
    names = Standing._fields[3:8]
    readings = readings_that_count().filter(application__round=round_).order_by().values("application")
    told = readings.annotate(**{name: SUMS[name] for name in names}).values_list("application", *names)
    marks = {pk: dict(zip(names, sums, strict=True)) for pk, *sums in told}
    rows = [Shown(*row) for row in heard_in(round_, user, organisation).order_by().values_list(*Shown._fields)]
    found = [
        Standing(one.pk, one.reference, one.state == ApplicationState.ELIGIBLE, shown=one, **marks.get(one.pk, {}))
        for one in rows
    ]
    if blank := unscored_by(user, organisation, round_):
        found = [one._replace(mean=None, spread=None, is_blank=True) if one.pk in blank else one for one in found]
    return sorted(found, key=SORT_KEYS.get(sort, SORT_KEYS[""]))


def unscored_by(user: Any, organisation: Organisation, round_: Round) -> set[int]:
    """What somebody reads themselves, of a round, and has neither scored nor abstained from while the panel still takes scores."""
    scores = user.person_id and user.has_perm("placements.sit_on_panels", organisation)
    if not scores or round_.state not in (RoundState.PLANNED, RoundState.SITTING):
        return set()
    rows = Assignment.objects.filter(
        Assignment.in_force(), member__person=user.person_id, sent_at=None, abstained_at=None
    )
    return set(
        rows.filter(application__round=round_, application__state=ApplicationState.ELIGIBLE).values_list(
            "application", flat=True
        )
    )


def sums_of(standings: Iterable[Standing]) -> dict[str, int]:
    """How many readings, sent, abstained, and how many applications nobody reads that somebody should."""
    sums = dict.fromkeys(("readers", "sent", "abstained", "unread"), 0)
    for one in standings:
        sums["readers"] += one.readers
        sums["sent"] += one.sent
        sums["abstained"] += one.abstained
        sums["unread"] += one.is_eligible and not one.readers
    return sums


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
    if round_.state == RoundState.SITTING:
        rows = rows.exclude(data__names_shown_at_meeting=True)
    return set(rows.values_list("pk", flat=True))


class SaidByVersions(NamedTuple):
    """What a scheme's versions say for a round: its own words for kinds of conflict, and whether names are hidden now (None: nowhere)."""

    labels: dict[str, str]
    hides_names: bool | None


def said_by_versions(round_: Round, standings: Iterable[Standing]) -> SaidByVersions:
    """One query. The labels are those of the version in force; of names it tells for what somebody may read alone."""
    read = {one.shown.version for one in standings if one.shown}
    rows = SchemeVersion.objects.filter(scheme=round_.scheme_id).exclude(in_force_at=None).order_by("-number")
    told = list(rows.values_list("pk", "data__conflict_kinds", "data__names_hidden", "data__names_shown_at_meeting"))
    labels = {one["key"]: one["label"] for one in (told[0][1] if told else None) or ()}
    hiding = [shown_at_meeting for pk, _, hidden, shown_at_meeting in told if hidden and pk in read]
    return SaidByVersions(labels, hides_now(round_, hiding))
