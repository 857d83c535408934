"""Plans that a body holds as others published them; offering one to whose it is, and taking one over.

Nothing is written in another's name: the body gives a grant to read, the organisation makes a plan of its own from what it reads, and the body
sees the claim among the rows of whoever made it. docs/adr/0026.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.grants import give_grant, revoke_grant
from desaga.organisations.operations.organisation import make_organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import OrganisationKind
from desaga.plans.interchange import plan_as_data
from desaga.plans.models import Plan
from desaga.plans.operations.imports import commit_import, hand_in, read_now
from desaga.plans.origins import may_hold
from desaga.plans.queries import actions_whole, themes_of
from desaga.plans.queries.opened import opened
from desaga.plans.states import DocumentState

from .. import queries
from ..models import Claim, HeldPlan, Offer

#: An offer stands for so long.
OFFERED_FOR = timedelta(days=90)
LONGEST_SLUG = 50
MOST_ADDED_A_DAY = 20
#: Names of which so much is the same may be one organisation's.
LIKE, MOST_LIKE = 0.96, 3
SMALL_WORDS = frozenset({"the", "of", "and", "at", "for"})


class MayNotHold(Refused):
    """Only sector bodies, consortia, professional bodies and funders hold plans of others."""


class TakenInTheFuture(Refused):
    """The day on which it was taken is still to come. Write the day on which you took it."""


class HasBeenOffered(Refused):
    """This plan was offered to the organisation whose it is. Take the offer back before you change whose it is."""


class NameIsLike(Refused):
    """An organisation of like name is in the directory already."""


class TooManyAdded(Refused):
    """You added 20 organisations to the directory today, which is as many as one day takes. Go on tomorrow, or choose one that is in the list."""


class HasNoWorkspace(Refused):
    """This organisation has no workspace here yet. Offer the plan when it has one."""


class IsOffered(Refused):
    """This plan is offered already, and the offer stands."""


class IsTakenOver(Refused):
    """Whose plan it is has taken it over already."""


class CannotBeRead(Refused):
    """The plan could not be read. Ask whoever offers it to bring its document in again."""


@transaction.atomic
def hold_plan(
    *,
    actor: Any,
    plan: Plan,
    of: Organisation | str,
    source_address: str,
    taken_on: date,
    is_another: bool = False,
    today: date | None = None,
) -> HeldPlan:
    """Say that a plan is another's, held as they published it; again, to correct what was said.

    `of` is an organisation of the directory, or the name of one that is added to it, without a workspace; `is_another`: it is none of those
    whose names are like it. Raises `MayNotHold`, `TakenInTheFuture`, `HasBeenOffered`, `NameIsLike`, `TooManyAdded`.
    """
    plan = locked(plan)
    if not may_hold(plan.organisation):
        raise MayNotHold
    if taken_on > (today or timezone.localdate()):
        raise TakenInTheFuture
    known = queries.held_of(plan)
    owner = of if isinstance(of, Organisation) else _organisation(of, actor, plan, is_another)
    if known and known.of != owner and queries.claim_stands(known):
        raise HasBeenOffered
    fields = {"of": owner, "source_address": source_address, "taken_on": taken_on}
    if known:
        return change_row(known, actor=actor, fields=fields)
    return add_row(HeldPlan, actor=actor, verb="holds", organisation=plan.organisation, plan=plan, **fields)


@transaction.atomic
def release_plan(*, actor: Any, held: HeldPlan) -> None:
    """Say that a plan is the body's own after all. Raises `HasBeenOffered`."""
    if queries.claim_stands(held):
        raise HasBeenOffered
    # Those that were taken back say nothing any more; the audit keeps them.
    queries.offers_of(held).delete()
    audit.record(actor=actor, verb="holds no more", thing=held, changes={"of": [str(held.of), None]})
    held.delete()


@transaction.atomic
def offer_plan(*, actor: Any, held: HeldPlan, now: datetime | None = None) -> Offer:
    """Offer a held plan to the organisation whose it is: it may read it for 90 days, and take it over.

    Raises `HasNoWorkspace`, `IsOffered`, `IsTakenOver`.
    """
    now = now or timezone.now()
    held = locked(held)
    if not held.of.has_workspace:
        raise HasNoWorkspace
    if queries.claims_of([held]):
        raise IsTakenOver
    if queries.open_offer_of(held):
        raise IsOffered
    grant = give_grant(
        actor=actor,
        organisation=held.organisation,
        kind="plans.plan",
        to=held.of,
        object_id=held.plan_id,
        starts_at=now,
        ends_at=now + OFFERED_FOR,
        reason="Offered to the organisation whose plan it is",
    )
    return add_row(
        Offer,
        actor=actor,
        verb="made the",
        organisation=held.organisation,
        held=held,
        to=held.of,
        grant=grant,
        title=held.plan.title,
        offered_at=now,
        offered_by=actor,
    )


@transaction.atomic
def take_offer_back(*, actor: Any, offer: Offer) -> None:
    """Offer it no more. Taking it back twice changes nothing. Raises `IsTakenOver`."""
    if queries.claims_of([offer.held]):
        raise IsTakenOver
    revoke_grant(actor=actor, grant=offer.grant)


@transaction.atomic
def accept_offer(*, actor: Any, organisation: Organisation, offer: Offer, now: datetime | None = None) -> Claim:
    """Take a plan over: a plan of one's own is made of what the offer lets one read. Accepting twice answers the same.

    It comes as a document in the interchange format, kept with the plan as any other; the plan is a draft until somebody puts it to work.
    Raises `CannotBeRead`.
    """
    # Held first: who presses twice finds what the first press made.
    now, organisation = now or timezone.now(), locked(organisation)
    if known := Claim.objects.filter(offer=offer).first():
        return known
    plan = _plan_made(actor, organisation, offer)
    held = offer.held
    told = {"held_by": offer.organisation, "source_address": held.source_address, "taken_on": held.taken_on}
    claim = Claim.objects.create(
        organisation=organisation, offer=offer, plan=plan, accepted_at=now, accepted_by=actor, **told
    )
    note = f"From {offer.organisation}. {held.origin}"
    audit.record(actor=actor, verb="took over", thing=plan, note=note, now=now)
    return claim


def _plan_made(actor: Any, organisation: Organisation, offer: Offer) -> Plan:
    """The plan as its holder has it, brought in as a document."""
    held = offer.held.plan
    with opened(held):
        data = plan_as_data(held, themes_of(held), actions_whole(held).order_by("order", "pk"))
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    name = f"{slugify(held.title)[:60] or 'plan'}-from-{offer.organisation.slug}.json"
    handed_in = hand_in(
        actor=actor, organisation=organisation, name=name, content=content, in_background=False, again=True
    )
    document = read_now(actor=actor, document=handed_in.document)
    if document.state != DocumentState.READ:
        raise CannotBeRead
    return commit_import(actor=actor, document=document, title=held.title, starts=held.starts, ends=held.ends)


def _organisation(of: str, actor: Any, plan: Plan, is_another: bool) -> Organisation:
    """The organisation of that name; added to the directory where there is none, nor one of like name."""
    name = " ".join(of.split())
    if known := Organisation.objects.filter(name__iexact=name).first():
        return known
    if not is_another and (like := like_names(name, Organisation.objects.values_list("name", flat=True))):
        raise NameIsLike(f"{NameIsLike.__doc__} Choose it from the list if it is meant: {', '.join(like)}.")
    if queries.added_today() >= MOST_ADDED_A_DAY:
        raise TooManyAdded
    audit.record(actor=actor, verb=queries.ADDED, thing=plan, note=name)
    return make_organisation(actor=actor, name=name, slug=_free_slug(name), kind=OrganisationKind.INSTITUTION)


def like_names(name: str, known: Iterable[str]) -> list[str]:
    """Names that may be the same organisation's: of the same words, or nearly of the same letters."""
    words = _words(name)
    return [one for one in known if _words(one) == words or _likeness(one, name) >= LIKE][:MOST_LIKE]


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - SMALL_WORDS


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _free_slug(name: str) -> str:
    first = slugify(name)[:LONGEST_SLUG].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (first, *numbered) if slug not in taken)
