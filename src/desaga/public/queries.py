"""Reads. Those for the public ask the database as nobody: row-level security shows what is published, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404
from django_scopes import scopes_disabled

from desaga.organisations.models import Organisation
from desaga.plans.models import Plan
from desaga.tenancy.context import current_organisation

from .models import Claim, HeldPlan, Offer, Publication, PublicChange, PublicCopy

SHOWN_CHANGES = 5
FED_CHANGES = 50


# ---- For the public


def copies_of(owner: str) -> list[PublicCopy]:
    """The plans that an organisation has published, without the content."""
    # There is nobody in whose scope this could be: the condition and row-level security say what anybody may read.
    with scopes_disabled():
        found: list[PublicCopy] = list(
            _published()
            .filter(organisation__slug=owner)
            .defer("content")
            .annotate(of=KeyTextTransform("of", "content__origin"))
        )
    return found


def copy_at(owner: str, slug: str) -> PublicCopy:
    """One published plan, or 404. One query."""
    # As above.
    with scopes_disabled():
        copy = _published().filter(organisation__slug=owner, slug=slug).first()
    if copy is None:
        raise Http404("Nothing is published at this address.")
    return copy


def changes_of(copy: PublicCopy, most: int = SHOWN_CHANGES) -> list[PublicChange]:
    """The latest changes of a published plan."""
    # As above.
    with scopes_disabled():
        return list(
            PublicChange.objects.filter(
                PublicChange.published_now(), copy=copy, organisation=copy.organisation
            ).exclude(lines=[])[:most]
        )


def _published() -> QuerySet[PublicCopy]:
    return PublicCopy.objects.filter(PublicCopy.published_now()).select_related("organisation")


def addresses_of(plans: Collection[Plan]) -> dict[int, str]:
    """Where the public reads plans of any organisation, by their ids; none of what cannot be told from another of its title. One query."""
    told: dict[tuple[int, str], list[PublicCopy]] = defaultdict(list)
    owners = {plan.organisation_id for plan in plans}
    # As above; whose publication a copy belongs to is the owner's alone to read.
    with scopes_disabled():
        for copy in _published().filter(organisation__in=owners).defer("content"):
            told[copy.organisation_id, copy.title].append(copy)
    found = {plan.pk: told[plan.organisation_id, plan.title] for plan in plans}
    return {pk: copies[0].get_absolute_url() for pk, copies in found.items() if len(copies) == 1}


# ---- Within the organisation


def publication_of(plan: Plan) -> Publication | None:
    """What was chosen for a plan's public page, with its `copy` where it is published."""
    return (
        Publication.objects.filter(plan=plan)
        .select_related("plan", "organisation", "copy__published_by__person")
        .first()
    )


def published_here() -> QuerySet[Publication]:
    return Publication.objects.filter(copy__isnull=False).select_related("plan", "organisation")


def workspaces_that_publish() -> list[Organisation]:
    """Whose pages are brought up to date each night. Asked as nobody: what is published is everybody's to see."""
    # As above.
    with scopes_disabled():
        owners = _published().order_by().values_list("organisation", flat=True).distinct()
        return list(Organisation.objects.filter(pk__in=list(owners)).order_by("pk"))


# ---- Plans held for others


def held_of(plan: Plan) -> HeldPlan | None:
    """Whose plan a plan is that the current organisation holds."""
    return HeldPlan.objects.filter(plan=plan).select_related("of", "organisation", "plan").first()


def held_plans(words: str = "") -> QuerySet[HeldPlan]:
    """The plans that the current organisation holds for others, by whose they are; those with every word in either name."""
    found = HeldPlan.objects.select_related("of", "plan").order_by("of__name", "-plan__starts", "pk")
    for word in words.split():
        found = found.filter(plan__title__icontains=word) | found.filter(of__name__icontains=word)
    return found


def claims_of(held: Iterable[HeldPlan]) -> dict[int, Claim]:
    """Who took over which of these held plans, by the held plan's id; read from the rows of those who did."""
    found = Claim.visible.filter(offer__held__in=[one.pk for one in held]).select_related("offer", "organisation")
    return {claim.offer.held_id: claim for claim in found}


def offers_of(held: HeldPlan) -> QuerySet[Offer]:
    return Offer.objects.filter(held=held).select_related("to", "grant", "offered_by__person")


def open_offer_of(held: HeldPlan) -> Offer | None:
    """The offer that stands now, if any."""
    return next((one for one in offers_of(held) if one.grant.is_in_force), None)


def offers_here() -> list[Offer]:
    """Plans that others offer to the current organisation now, and that it has not taken over."""
    # The rows are the offerers'; row-level security shows those that are to the organisation in whose name we ask.
    with scopes_disabled():
        found = Offer.objects.filter(to=current_organisation()).select_related(
            "organisation", "held__plan", "held__of", "grant"
        )
        taken = set(Claim.objects.filter(organisation=current_organisation()).values_list("offer", flat=True))
        return [one for one in found if one.pk not in taken and one.grant.is_in_force]


def offer_here(pk: int) -> Offer:
    """One of them, or 404."""
    found = next((one for one in offers_here() if one.pk == pk), None)
    if found is None:
        raise Http404("There is no such offer to you.")
    return found


def claim_of(plan: Plan) -> Claim | None:
    """How a plan came to be the current organisation's own, if it was taken over."""
    return Claim.objects.filter(plan=plan).select_related("held_by").first()


def directory() -> QuerySet[Organisation]:
    """Whose plan a body may hold: everybody in the directory but itself."""
    return Organisation.objects.exclude(pk=current_organisation().pk).order_by("name")
