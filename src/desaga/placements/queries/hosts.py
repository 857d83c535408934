"""What is suggested where a place is typed: organisations that are known here, and hosts that were asked for before."""

from __future__ import annotations

from typing import NamedTuple

from desaga.organisations.models import Organisation

from ..models import HostPlace

#: A list in a page: more than that is not looked through, and a name can be typed.
MOST = 400
COUNTRIES = (
    "United Kingdom", "Australia", "Austria", "Belgium", "Canada", "China", "Czechia", "Denmark", "Estonia", "Finland", "France", "Germany",
    "Greece", "Hungary", "Iceland", "India", "Ireland", "Israel", "Italy", "Japan", "Kenya", "Latvia", "Lithuania", "Luxembourg", "Malaysia",
    "Netherlands", "New Zealand", "Norway", "Poland", "Portugal", "Romania", "Singapore", "Slovakia", "Slovenia", "South Africa", "South Korea",
    "Spain", "Sweden", "Switzerland", "United States",
)  # fmt: skip


class Suggestions(NamedTuple):
    organisations: list[str]
    hosts: list[str]
    countries: list[str]


def suggestions() -> Suggestions:
    """By name. Hosts stand with their country where several lands have one."""
    known = Organisation.objects.order_by("name")
    names = list(known.values_list("name", flat=True)[:MOST])
    places = list(HostPlace.objects.order_by("name").values_list("name", "country")[:MOST])
    hosts = sorted({*names, *(name for name, _ in places)}, key=str.casefold)
    countries = list(dict.fromkeys([*COUNTRIES, *sorted({country for _, country in places})]))
    return Suggestions(names, hosts, countries)
