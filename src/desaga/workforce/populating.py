"""From a snapshot's rows to a population, and from what an organisation states to what figures are counted by. In few queries, streaming."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from desaga.organisations.models import Unit
from desaga.privacy.queries import keys_objecting

from .figuring import Label, Stating
from .figuring import stating as stated
from .models import AdvertisedPosts, Comparator, ContractRow, EqualityRow, PersonRow, Readiness, Snapshot, Statement
from .operations.opening import Said
from .population import Contract, Covers, Person, Population, Post
from .readiness.fields import Codes
from .reading.codes import code_list, code_lists
from .states import Coverage

#: What each field of a population needs of the fields of an extract: any of them is enough.
NEEDS: dict[str, tuple[str, ...]] = {
    "age": ("birth_date",),
    "joined": ("joined_on",),
    "unit": ("unit",),
    "grade": ("grade",),
    "terms": ("terms",),
    "mode": ("mode",),
    "level": ("level",),
    "paid": ("paid",),
    "function": ("academic_function",),
    "fte": ("fte", "hours"),
    "soc": ("soc", "activity_soc"),
    "starts": ("starts_on",),
    "ends": ("ends_on",),
    "grade_since": ("grade_since",),
    "leaving_reason": ("leaving_reason",),
    "teaches": ("teaching",),
    "researches": ("research",),
    "sex": ("sex",),
    "ethnicity": ("ethnicity",),
    "disability": ("disability",),
}
EQUALITY = frozenset({"sex", "ethnicity", "disability"})
AT_ONCE = 5_000
#: Name and parent of units by id.
Units = dict[int, tuple[str, int | None]]
#: Says of a person who and which of their contracts are technical.
Classify = Callable[[Person], Person]
#: A query for keys of people.
Keys = QuerySet[Any, Any]


def population_of(
    snapshot: Snapshot, classify: Classify, said: Iterable[Said] | None = None, *, only: Keys | None = None
) -> Population:
    """The population of a snapshot. `said` is what `operations.opening` gave; without it, equality fields are not collected.

    `only` asks for the keys of those who are wanted, where not everybody is.
    """
    told = {one.key: one for one in said or ()}
    contracts = _contracts_of(snapshot, only)
    people = tuple(
        classify(
            Person(
                key=str(key),
                contracts=tuple(contracts.pop(pk, ())),
                age=age,
                joined=joined,
                equality=_equality(told.get(key)),
            )
        )
        for pk, key, age, joined in _people_of(snapshot, only)
    )
    covers = Covers.ALL if snapshot.coverage == Coverage.ALL_STAFF else Covers.TECHNICAL
    missing = _missing(snapshot, said is not None)
    return Population(
        on=snapshot.as_at, people=people, covers=covers, not_collected=missing, posts=_posts(snapshot.year)
    )


def _posts(year: int) -> tuple[Post, ...] | None:
    """The posts advertised in a collection year, one by one; None where nobody said how many, which is not the same as none. Applicants are divided over a unit's posts."""
    entered = list(AdvertisedPosts.objects.filter(year=year).values_list("unit_id", "posts", "applicants"))
    if not entered:
        return None
    return tuple(one for unit, posts, applicants in entered for one in _one_by_one(unit, posts, applicants))


def _one_by_one(unit: int, posts: int, applicants: int | None) -> Iterator[Post]:
    for place in range(posts):
        own = None if applicants is None else applicants // posts + (place < applicants % posts)
        yield Post(unit=unit, applicants=own)


def _missing(snapshot: Snapshot, has_said: bool) -> frozenset[str]:
    had = set(snapshot.mapping)
    missing = {name for name, needs in NEEDS.items() if not had & set(needs)}
    # Retention may have removed what people said; then it is not there, which is not the same as unsaid.
    if not (has_said and snapshot.has_equality and EqualityRow.objects.filter(snapshot=snapshot).exists()):
        missing |= EQUALITY
    return frozenset(missing)


def _people_of(snapshot: Snapshot, only: Keys | None = None) -> Iterator[tuple[int, UUID, int | None, Any]]:
    wanted = Q() if only is None else Q(key__in=only)
    # Whoever objects is counted in nothing, from that moment on.
    rows = PersonRow.objects.filter(wanted, snapshot=snapshot).exclude(key__in=keys_objecting()).order_by("pk")
    return rows.values_list("pk", "key", "age", "joined_on").iterator(chunk_size=AT_ONCE)


FIELDS = (
    "person_id", "key", "is_main", "unit_id", "unit_text", "job_title", "job_family", "marker", "grade", "soc", "terms", "mode", "level", "paid",
    "academic_function", "fte", "fpe", "starts_on", "ends_on", "grade_since", "leaving_reason", "teaching", "research",
)  # fmt: skip


def _contracts_of(snapshot: Snapshot, only: Keys | None = None) -> dict[int, list[Contract]]:
    found: dict[int, list[Contract]] = {}
    wanted = Q() if only is None else Q(person__key__in=only)
    rows = ContractRow.objects.filter(wanted, snapshot=snapshot).order_by("pk").values_list(*FIELDS)
    for person, *values in rows.iterator(chunk_size=AT_ONCE):
        found.setdefault(person, []).append(_contract(*values))
    return found


def _contract(*values: Any) -> Contract:
    told = dict(zip(FIELDS[1:], values, strict=True))
    teaching, research = told.pop("teaching"), told.pop("research")
    return Contract(
        key=str(told["key"]),
        is_main=told["is_main"],
        unit=told["unit_id"],
        unit_label=told["unit_text"],
        title=told["job_title"],
        job_family=told["job_family"],
        marker=told["marker"],
        grade=told["grade"],
        soc=told["soc"],
        terms=told["terms"],
        mode=told["mode"],
        level=told["level"],
        paid=told["paid"],
        function=told["academic_function"],
        fte=told["fte"],
        fpe=told["fpe"],
        starts=told["starts_on"],
        ends=told["ends_on"],
        grade_since=told["grade_since"],
        leaving_reason=told["leaving_reason"],
        teaches=None if teaching is None else teaching > 0,
        researches=None if research is None else research > 0,
    )


def _equality(said: Said | None) -> dict[str, tuple[str, ...]]:
    if said is None:
        return {}
    one = {"sex": said.sex, "ethnicity": said.ethnicity}
    return {**{name: (code,) for name, code in one.items() if code}, "disability": said.disabilities}


def stating_for(year: int) -> Stating:
    """What the organisation in scope states, with the code lists of a collection year. Defaults where it has stated nothing."""
    held = statement()
    return Stating(
        grades=tuple(held.grades),
        age_bands=tuple(held.age_bands),
        retirement_ages=tuple(held.retirement_ages),
        comparators=tuple(_comparators()),
        units=reported_units(),
        codes=codes_of(year),
    )


def statement() -> Statement:
    """What the organisation in scope states; the usual where it has stated nothing."""
    return Statement.objects.first() or Statement()


def comparators() -> QuerySet[Comparator]:
    return Comparator.objects.all()


def comparator_or_404(pk: int) -> Comparator:
    found = Comparator.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def advertised() -> QuerySet[AdvertisedPosts]:
    return AdvertisedPosts.objects.select_related("unit")


def advertised_or_404(pk: int) -> AdvertisedPosts:
    found = advertised().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def last_readiness() -> Readiness | None:
    """How ready the newest snapshot in force is that was looked at."""
    found = Readiness.objects.filter(snapshot__superseded_by=None).select_related("snapshot", "measured_by")
    return found.order_by("-snapshot__as_at").first()


def bands_shown(held: Statement) -> list[str]:
    return [one.words for one in stated.bands(tuple(held.age_bands), "All ages")]


def unranked(held: Statement, snapshot: Snapshot | None) -> list[str]:
    """Grades of a snapshot that are not in the stated order."""
    known = {stated.folded(grade) for grade in held.grades}
    return [grade for grade in grades_met(snapshot) if stated.folded(grade) not in known]


def _comparators() -> Iterator[stated.Comparator]:
    for one in comparators():
        yield stated.Comparator(one.characteristic, one.group, one.share, one.name, one.source, one.year)


def reported_units() -> dict[int, Label]:
    """Each unit's label: it is reported under the largest unit that it is part of, so that parts are large enough to be shown.

    Where all are part of one, which is then the institution, those next below it count as the largest.
    """
    units: Units = {pk: (name, parent) for pk, name, parent in Unit.objects.values_list("pk", "name", "parent_id")}
    lines = {pk: _line(pk, units) for pk in units}
    tops = {line[0] for line in lines.values()}
    below = 1 if len(tops) == 1 and len(units) > 1 else 0
    return {
        pk: Label(str(line[min(below, len(line) - 1)]), units[line[min(below, len(line) - 1)]][0])
        for pk, line in lines.items()
    }


def _line(pk: int, units: Units) -> list[int]:
    """A unit and all that it is part of, the uppermost first."""
    line = [pk]
    while (parent := units[line[0]][1]) is not None and parent in units and parent not in line:
        line.insert(0, parent)
    return line


def codes_of(year: int) -> dict[str, Codes]:
    """The code lists of a collection year."""
    lists = (code_list(key, year) for key in code_lists())
    return {one.key: Codes(frozenset(one.values), one.is_certain, one.source, one.version) for one in lists}


def grades_met(snapshot: Snapshot | None) -> list[str]:
    """The grades that stand in a snapshot, once each, in alphabetical order."""
    if snapshot is None:
        return []
    rows = ContractRow.objects.filter(snapshot=snapshot).exclude(grade="")
    return sorted(set(rows.order_by().values_list("grade", flat=True).distinct()))


YES = frozenset({"y", "yes", "true", "1", "technical", "technician", "t", "x"})


def provisional(snapshot: Snapshot) -> Classify:
    """Who is technical while no definition is in force: everybody where the extract covers technical staff only, else whom HR marks."""
    if snapshot.coverage == Coverage.TECHNICAL:
        return lambda person: person

    def classify(person: Person) -> Person:
        marked = tuple(replace(one, technical=one.marker.strip().casefold() in YES) for one in person.contracts)
        return replace(person, contracts=marked, technical=any(one.technical for one in marked))

    return classify
