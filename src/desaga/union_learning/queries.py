"""What can be read of supports. The database narrows each answer: to a representative's own, or to the one that a link opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_scopes import scopes_disabled

from desaga.accounts.keys import hash_of
from desaga.organisations.models import Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import OrganisationKind, Role

from .content import Content
from .models import Support
from .sealing import open_many
from .shipped import what_they_can_do
from .states import SupportState

TELL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Supported:
    """A support with what of it the representative sees."""

    support: Support
    content: Content


def supports_of(person_id: int) -> QuerySet[Support]:
    """A representative's own, what changed last before the others."""
    return (
        Support.objects.filter(representative=person_id).select_related("organisation").order_by("-changed_at", "-pk")
    )


def as_seen(supports: Sequence[Support]) -> list[Supported]:
    """Each with what its member shares."""
    return [Supported(one, held.as_shared()) for one, held in zip(supports, open_many(supports), strict=True)]


def support_or_404(pk: int, person_id: int) -> Support:
    return get_object_or_404(supports_of(person_id), pk=pk)


def asked_by(person_id: int) -> int:
    """How many of a representative's members have not answered yet."""
    return supports_of(person_id).filter(state=SupportState.ASKED).count()


def support_behind(key: str) -> Support | None:
    """What a link opens; call within `reach.by_link`, else the database shows nothing."""
    # The link says which it is, whoever's; row-level security shows no other.
    with scopes_disabled():
        return Support.objects.filter(key_hash=hash_of(key)).select_related("organisation").first()


def representatives() -> QuerySet[Person]:
    """The learning representatives of the union in scope, today."""
    held = RoleAssignment.objects.filter(current_on(), role=Role.UNION_LEARNING_REPRESENTATIVE)
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk")


def representative_of(support: Support) -> Person | None:
    """Whoever supports the member, while they are a representative; else nobody reads it but the member."""
    return representatives().filter(pk=support.representative_id).first()


def over_on(day: date) -> list[Support]:
    """What is to be deleted: call within `reach.by_night`."""
    return list(Support.objects.filter(ends_on__lt=day).select_related("organisation").order_by("pk"))


def to_tell_of(day: date) -> list[Support]:
    """Those that end within a month, of which the member was not told: call within `reach.by_night`."""
    rows = Support.objects.filter(
        state=SupportState.AGREED, ends_on__lte=day + timedelta(days=TELL_DAYS), ends_on__gte=day
    )
    return list(rows.filter(told_at=None).select_related("organisation").order_by("pk"))


def unions() -> list[Organisation]:
    """The unions that have a workspace."""
    return list(Organisation.objects.with_workspace().filter(kind=OrganisationKind.UNION).order_by("name"))


def representatives_explained() -> dict[str, Any]:
    """What representatives can do, with sources, for the public."""
    return what_they_can_do()
