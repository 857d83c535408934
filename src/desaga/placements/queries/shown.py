"""What a scheme's page shows of others: past awards with consent, hosts that offer places. What anybody reads is asked as nobody: row-level security shows no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..defining import Definition
from ..models import Award, HostOffer, HostOfferLink, PastAward, Scheme
from ..shown import OfferState
from .awards import awards_for

# ---- What anybody reads


def awards_told(scheme: Scheme) -> QuerySet[PastAward]:
    """Those on the scheme's page, the newest first."""
    return PastAward._base_manager.filter(scheme=scheme, published_at__lte=timezone.now())


def choices_of(scheme: Scheme) -> dict[str, list[str]]:
    """What can be chosen from: what stands in the awards that are shown."""
    rows = list(awards_told(scheme).order_by().values_list("year", "discipline", "country").distinct())
    years, disciplines, countries = ({str(row[place]) for row in rows if row[place]} for place in range(3))
    return {"year": sorted(years, reverse=True), "discipline": sorted(disciplines), "country": sorted(countries)}


def narrowed(rows: QuerySet[PastAward], told: Mapping[str, Any]) -> QuerySet[PastAward]:
    for name in ("year", "discipline", "country"):
        if told.get(name):
            rows = rows.filter(**{name: told[name]})
    for word in told.get("q", "").split()[:8]:
        fields = ("title", "home", "host", "sentence", "name")
        rows = rows.filter(Q(*[(f"{name}__icontains", word) for name in fields], _connector=Q.OR))
    return rows


def offers_open(scheme: Scheme) -> QuerySet[HostOffer]:
    """Places that hosts offer today."""
    return HostOffer._base_manager.filter(
        scheme=scheme, published_at__lte=timezone.now(), until__gte=timezone.localdate()
    )


def offers_narrowed(rows: QuerySet[HostOffer], told: Mapping[str, Any]) -> QuerySet[HostOffer]:
    if told.get("discipline"):
        rows = rows.filter(Q(disciplines__contains=[told["discipline"]]) | Q(disciplines=[]))
    for word in told.get("q", "").split()[:8]:
        fields = ("name", "place", "country", "offers")
        rows = rows.filter(Q(*[(f"{name}__icontains", word) for name in fields], _connector=Q.OR))
    return rows


def labels_of(offer: HostOffer, definition: Definition) -> list[str]:
    """The fields of an offer in the scheme's words; none means any."""
    question = definition.question("discipline")
    return [one.label for one in question.choices if one.value in offer.disciplines] if question else []


# ---- For those who run the scheme


def offers_of(scheme: Scheme) -> QuerySet[HostOffer]:
    """What waits to be looked at first, then what is on the page."""
    order: dict[str, int] = {OfferState.WAITING: 0, OfferState.SHOWN: 1}
    rows = HostOffer.objects.filter(scheme=scheme).select_related("link")
    return rows.order_by(_case(order), "name", "pk")


def _case(order: Mapping[str, int]) -> Any:
    return Case(*[When(state=state, then=Value(place)) for state, place in order.items()], default=Value(9))


def to_look_at(user: Any, scheme: Scheme) -> dict[str, str]:
    """How many offers of hosts, and how many past awards, wait for a look; empty where none does."""
    awards = awards_agreed(user, scheme).filter(published_at=None, looked_at=None).order_by()
    offers = HostOffer.objects.filter(scheme=scheme, state=OfferState.WAITING)
    told = {"awards": awards.count(), "offers": offers.count()}
    return {name: f"{number} to be looked at" if number else "" for name, number in told.items()}


def offers_waiting() -> QuerySet[HostOffer]:
    """What hosts offer, of whichever scheme, and nobody has looked at."""
    return HostOffer.objects.filter(state=OfferState.WAITING)


def awards_waiting(user: Any, organisation: Organisation) -> QuerySet[PastAward]:
    """What somebody agreed to be told of, and nobody has looked at: of the applications that one may read."""
    mine = awards_for(user, organisation).order_by().values("pk")
    return PastAward.objects.filter(withdrawn_at=None, published_at=None, looked_at=None, award__in=mine)


def waiting_by_scheme(rows: QuerySet[Any], since: str) -> QuerySet[Any, dict[str, Any]]:
    """How many of each scheme, and since when."""
    told = rows.order_by("scheme__name").values("scheme__name", "scheme__slug")
    return told.annotate(number=Count("pk"), since=Min(since))


def offer_or_404(scheme: Scheme, pk: int) -> HostOffer:
    return get_object_or_404(HostOffer.objects.filter(scheme=scheme).select_related("scheme"), pk=pk)


def awards_agreed(user: Any, scheme: Scheme) -> QuerySet[PastAward]:
    """Those to which consent stands, of the applications that somebody may read; what is not on the page yet first."""
    mine = awards_for(user, scheme.organisation).values("pk")
    rows = PastAward.objects.filter(scheme=scheme, withdrawn_at=None, award__in=mine)
    return rows.select_related("award__application").order_by("published_at", "-consented_at", "pk")


def agreed_or_404(user: Any, scheme: Scheme, pk: int) -> PastAward:
    return get_object_or_404(awards_agreed(user, scheme), pk=pk)


# ---- For whoever went, and for whoever holds a host's link


def told_of(award: Award) -> PastAward | None:
    """What was agreed to of this award, and holds."""
    return PastAward.objects.filter(award=award, withdrawn_at=None).first()


def offer_opened(organisation: Organisation, key: str) -> HostOffer | None:
    """The offer whose link was opened."""
    with within(organisation):
        link = HostOfferLink.objects.filter(key_hash=hash_of(key)).select_related("offer__scheme").first()
        return link.offer if link else None
