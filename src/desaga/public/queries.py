"""Reads. Those for the public ask the database as nobody: row-level security shows what is published, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404
from django.utils import timezone
from django_scopes import scopes_disabled

from desaga.audit.models import Entry
from desaga.organisations.models import Organisation
from desaga.plans.models import Plan
from desaga.reviews.models import Review
from desaga.reviews.states import ReviewState
from desaga.tenancy.context import current_organisation

from .models import Claim, HeldPlan, Offer, Publication, PublicChange, PublicCopy

SHOWN_CHANGES = 5
FED_CHANGES = 50


def ids_held() -> list[int]:
    """The plans of the current organisation that are another's, held as they published them."""
    return list(HeldPlan.objects.values_list("plan_id", flat=True))


# ---- For the public


def copies_of(owner: str) -> list[PublicCopy]:
    """The plans that an organisation has published, without the content."""
    # There is nobody in whose scope this could be: the condition and row-level security say what anybody may read.
    with scopes_disabled():
        found: list[PublicCopy] = list(
            copies_by(owner).defer("content").annotate(of=KeyTextTransform("of", "content__origin"))
        )
    return found


def every_copy() -> list[PublicCopy]:
    """All plans that anybody may read, without the content, for search engines. One query."""
    # As above.
    with scopes_disabled():
        return list(_published().defer("content").order_by("pk"))


def latest_of(owners: Collection[int]) -> dict[int, str]:
    """Where the public reads the latest plan of each of these organisations, by their ids. One query."""
    # As above.
    with scopes_disabled():
        copies = list(_published().filter(organisation__in=owners).defer("content").order_by("published_at", "pk"))
    return {copy.organisation_id: copy.get_absolute_url() for copy in copies}


def copy_at(owner: str, slug: str) -> PublicCopy:
    """One published plan, or 404. One query."""
    # As above.
    with scopes_disabled():
        copy = copies_by(owner).filter(slug=slug).first()
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


def copies_by(owner: str | OuterRef) -> QuerySet[PublicCopy]:
    """What anybody may read of an organisation's plans; call it with scopes disabled."""
    return _published().filter(organisation__slug=owner)


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


def last_reviewed(plan: Plan) -> date | None:
    """When the last review of a plan was held."""
    held = Review.objects.filter(plan=plan, state=ReviewState.HELD).order_by("meets_on")
    return max(map(day_held, held), default=None)


def day_held(review: Review) -> date:
    """The day of the meeting, or that on which its holding was written down where the meeting was planned for later."""
    return min(review.meets_on, timezone.localdate(review.held_at)) if review.held_at else review.meets_on


def claim_stands(held: HeldPlan) -> bool:
    """Whether whose plan it is can read it by an offer now, or has taken it over."""
    return bool(open_offer_of(held) or claims_of([held]))


def offers_of(held: HeldPlan) -> QuerySet[Offer]:
    return Offer.objects.filter(held=held).select_related("to", "grant", "offered_by__person")


def open_offer_of(held: HeldPlan) -> Offer | None:
    """The offer that stands now, if any."""
    return next((one for one in offers_of(held) if one.grant.is_in_force), None)


def offers_here() -> list[Offer]:
    """Plans that others offer to the current organisation now, and that it has not taken over."""
    # The rows are the offerers'; row-level security shows those that are to the organisation in whose name we ask.
    with scopes_disabled():
        rows = Offer.objects.filter(to=current_organisation())
        found = list(rows.select_related("organisation", "held__plan", "held__of", "grant"))
        if not found:
            return []
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


#: In the audit of a body: that it added an organisation to the directory.
ADDED = "added to the directory for"


def added_today() -> int:
    """How many organisations the one in scope added to the directory today."""
    return Entry.objects.filter(verb=ADDED, at__date=timezone.localdate()).count()
