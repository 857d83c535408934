"""What can be read of the directory: one's own within the organisation; what everybody reads is asked as nobody, and is shown until its last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, Q, QuerySet
from django.shortcuts import get_object_or_404

from desaga.accounts.models import User
from desaga.organisations.models import Employment, Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on

from .models import Listing

#: So many words are offered to choose from; more are found by searching.
MOST_TO_CHOOSE = 200


def own_listing(person: Person | None) -> Listing | None:
    return Listing.objects.filter(person=person).select_related("organisation").first() if person else None


def listings_kept() -> QuerySet[Listing]:
    """Those of the organisation, for whoever keeps the directory."""
    return Listing.objects.select_related("organisation").order_by("name", "job", "pk")


def kept_or_404(pk: int) -> Listing:
    return get_object_or_404(listings_kept(), pk=pk)


def post_known(person: Person) -> Employment | None:
    """Their post in the organisation in scope, to begin with."""
    rows = Employment.objects.filter(current_on(), person=person)
    return rows.select_related("organisation").order_by("-starts_on", "-pk").first()


def listed(organisation: Organisation | None, today: date) -> QuerySet[Listing]:
    """What everybody reads: of one organisation, or of all."""
    rows = Listing._base_manager.filter(shown_until__gte=today).select_related("organisation")
    return rows.filter(organisation=organisation) if organisation else rows


def listing_or_404(owner: str, pk: int, today: date) -> Listing:
    return get_object_or_404(listed(None, today).filter(may_be_written_to=True), organisation__slug=owner, pk=pk)


def found(rows: QuerySet[Listing], asked: Mapping[str, str]) -> QuerySet[Listing]:
    """Those that answer all that is asked, what fits best first, else by name."""
    for name in ("skills", "equipment"):
        if word := asked.get(name):
            rows = rows.filter(**{f"{name}__contains": [word]})
    for name in ("place", "employer"):
        if word := asked.get(name):
            rows = rows.filter(**{f"{name}__iexact": word})
    if words := asked.get("q"):
        query = SearchQuery(words, config="english", search_type="websearch")
        rows = rows.filter(Q(searched=query)).annotate(rank=SearchRank(F("searched"), query))
        return rows.order_by("-rank", "name", "pk")
    return rows.order_by("name", "job", "pk")


def to_choose_from(rows: QuerySet[Listing]) -> dict[str, list[str]]:
    """The skills, equipment, places and employers that there are, by the alphabet."""
    lists = {
        name: rows.order_by().annotate(word=Func(F(name), function="unnest")).values_list("word", flat=True).distinct()
        for name in ("skills", "equipment")
    }
    lines = {
        name: rows.order_by().exclude(**{name: ""}).values_list(name, flat=True).distinct()
        for name in ("place", "employer")
    }
    return {name: sorted(values[:MOST_TO_CHOOSE], key=str.lower) for name, values in (lists | lines).items()}


def address_of(listing: Listing) -> str:
    """Where the person reads mail, for the relay alone; empty where they have no account any more."""
    found: Any = User.objects.filter(person=listing.person_id, is_active=True).values_list("email", flat=True).first()
    return found or ""


def gone_from_here() -> QuerySet[Listing]:
    """Entries of people who are nothing to the organisation any more."""
    here = RoleAssignment.objects.filter(current_on()).values("person_id")
    employed = Employment.objects.filter(current_on()).values("person_id")
    return Listing.objects.exclude(Q(person__in=here) | Q(person__in=employed))
