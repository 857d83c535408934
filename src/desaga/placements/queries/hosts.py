"""The directory of hosts: what is found while somebody types, and what a page of it shows; and what is suggested for other names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from ..countries import code_of
from ..host_lists import Known
from ..models import Application, HostPlace

#: A list in a page: more than that is not looked through, and a name can be typed.
MOST = 400
MOST_FOUND = 8
#: Fewer letters find too much.
LEAST_LETTERS = 2


class Found(NamedTuple):
    """An entry that a search found; `also` is the other name by which it was found, if it was."""

    place: HostPlace
    also: str = ""


def employers_known(first: Sequence[str] = ()) -> list[str]:
    """Names that are suggested where an employer is typed: those of the scheme's rule first, if it has one."""
    known = list(Organisation.objects.order_by("name").values_list("name", flat=True)[:MOST])
    return list(dict.fromkeys([*first, *known]))[:MOST]


def standing_places() -> QuerySet[HostPlace]:
    """The entries that stand: without doubles that were merged into one of them."""
    return HostPlace.objects.filter(merged_into=None)


def known_places() -> list[Known]:
    """Every name of the directory with the entry that stands for it, doubles first; what a list is laid beside."""
    rows = HostPlace.objects.select_related("merged_into").order_by(F("merged_into").desc(nulls_last=True), "pk")
    return [
        Known(one.name, one.country_code, one.standing.pk, str(one.standing), one.standing.ror, one.ror) for one in rows
    ]


def find_places(words: str) -> list[Found]:
    """What is meant by what was typed: each word stands somewhere in the name, or in a name that was merged into it. Those that begin so come first."""
    wanted = words.split()
    if len("".join(wanted)) < LEAST_LETTERS:
        return []
    rows = HostPlace.objects.select_related("merged_into")
    for word in wanted:
        rows = rows.filter(Q(name__icontains=word) | Q(ror=word))
    found: dict[int, Found] = {}
    for one in sorted(rows[: MOST_FOUND * 5], key=lambda one: _nearness(one, words)):
        stands = one.standing
        found.setdefault(stands.pk, Found(stands, "" if stands.pk == one.pk else one.name))
    return list(found.values())[:MOST_FOUND]


def _nearness(place: HostPlace, words: str) -> tuple[bool, bool, bool, str]:
    name, said = place.name.casefold(), words.casefold().strip()
    return (name != said, place.merged_into_id is not None, not name.startswith(said), name)


def place_named(name: str, country: str) -> HostPlace | None:
    """The entry of a name in a country, under whichever of its names; None where there is none."""
    rows = HostPlace.objects.filter(name__iexact=name).select_related("merged_into")
    code = code_of(country)
    same = rows.filter(country_code=code) if code else rows.filter(country__iexact=country)
    # An entry that stands by itself before one that was merged.
    found = min(same, key=lambda one: (one.merged_into_id is not None, one.pk), default=None)
    return found and found.standing


def place_called(name: str) -> HostPlace | None:
    """The one entry of a name, in whichever country; None where there is none, or where several lands have one."""
    found = {one.standing for one in HostPlace.objects.filter(name__iexact=name).select_related("merged_into")}
    return found.pop() if len(found) == 1 else None


def directory(words: str = "", country_code: str = "") -> QuerySet[HostPlace]:
    """The entries that stand, by name; found also by the names of what was merged into them."""
    rows = standing_places()
    for word in words.split():
        other = HostPlace.objects.filter(merged_into=OuterRef("pk"), name__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | Q(ror=word) | Exists(other))
    if country_code:
        rows = rows.filter(country_code=country_code)
    return rows.prefetch_related("merged__merged_by__person").order_by("name", "country", "pk")


def countries_of_directory() -> list[tuple[str, str]]:
    """The lands from which there are entries: letters and name."""
    rows = standing_places().exclude(country_code="").order_by("country").values_list("country_code", "country")
    return list(dict(rows).items())


def place_or_404(pk: int) -> HostPlace:
    return get_object_or_404(HostPlace.objects.select_related("merged_into"), pk=pk)


def numbers_of_applications(places: Iterable[HostPlace], readable: QuerySet[Application]) -> dict[int, int]:
    """How many applications went to each entry, or to one that was merged into it: of those that whoever looks may read."""
    pks = [one.pk for one in places]
    to = Q(host_place__in=pks) | Q(host_place__merged_into__in=pks)
    rows = readable.filter(to).order_by().values_list("host_place", "host_place__merged_into").annotate(n=Count("pk"))
    told: dict[int, int] = {}
    for place, merged_into, number in rows:
        key = merged_into or place
        told[key] = told.get(key, 0) + number
    return told


def alike(place: HostPlace) -> list[HostPlace]:
    """Entries that may be doubles of one: with its longest word, in its country or in none that is known."""
    longest = max(place.name.split(), key=len, default="")
    rows = standing_places().filter(name__icontains=longest).exclude(pk=place.pk)
    return list(rows.filter(Q(country_code=place.country_code) | Q(country_code=""))[:MOST_FOUND])


def names_of(pks: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Each entry to all names of what it stands for: that of the entry that stands, and of what was merged into it. Two queries."""
    stands = dict(HostPlace.objects.filter(pk__in=pks).values_list("pk", Coalesce("merged_into", "pk")))
    wanted = set(stands.values())
    rows = HostPlace.objects.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted)).order_by("pk")
    told: dict[int, tuple[str, ...]] = {}
    for pk, into, name in rows.values_list("pk", "merged_into", "name"):
        told[into or pk] = (*told.get(into or pk, ()), name)
    return {pk: told[into] for pk, into in stands.items()}


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def one_name_each() -> dict[str, str]:
    """Every name of the directory to the one by which its entry is counted, folded: what was merged counts once. A name in two lands is left as it is."""
    told: dict[str, set[str]] = {}
    for name, other in HostPlace.objects.values_list("name", "merged_into__name"):
        told.setdefault(folded(name), set()).add(folded(other or name))
    return {name: min(names) for name, names in told.items() if len(names) == 1}


def as_counted(host: str, names: dict[str, str]) -> Any:
    """A host's name as it is counted."""
    said = folded(host)
    return names.get(said, said)
