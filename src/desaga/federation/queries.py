"""What can be read of sign-ins, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from desaga.accounts.adapter import keyring
from desaga.accounts.queries import is_known_elsewhere
from desaga.organisations.models import Organisation
from desaga.organisations.ownership import current_on
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within, within_platform

from .models import (
    EmailDomain,
    FederatedInstitution,
    Federation,
    Identity,
    MappedRole,
    Provider,
    ProviderSecret,
    RoleRule,
)
from .saml.metadata import Institution


class MetadataOver(Refused):
    """What we know of your institution’s sign-in has expired, so we cannot trust it. Sign in in another way, and tell the lead of your organisation."""


class NotInFederation(Refused):
    """Your institution is no longer among those whose sign-in its federation publishes. Tell the lead of your organisation."""


def provider_at_the_door(pk: int) -> Provider | None:
    """A provider that is on, before anybody is known: everybody may read that."""
    return Provider._base_manager.filter(pk=pk, is_on=True).select_related("organisation").first()


def providers_for_address(address: str) -> list[Provider]:
    """The ways in of the organisation whose confirmed domain an address lies in."""
    domain = address.strip().lower().rpartition("@")[2]
    owners = EmailDomain._base_manager.filter(name=domain, confirmed_at__isnull=False).values("organisation_id")
    return list(Provider._base_manager.filter(is_on=True, organisation__in=owners).select_related("organisation"))


def providers_by_name(words: str) -> QuerySet[Provider]:
    """The ways in of institutions whose name holds every word; all of them where no word is given."""
    rows = Provider._base_manager.filter(is_on=True).select_related("organisation")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    return rows.order_by("organisation__name", "name", "pk")


def secret_of(provider: Provider) -> str:
    """What proves to the provider that it is us who ask; empty where there is none. Reads within its organisation."""
    with within(provider.organisation):
        kept = ProviderSecret.objects.filter(provider=provider).first()
    return keyring().decrypt(kept.encrypted.encode()).decode() if kept else ""


def has_secret(provider: Provider) -> bool:
    return ProviderSecret.objects.filter(provider=provider).exists()


def providers_listed() -> QuerySet[Provider]:
    """The current organisation's sign-ins, with how many people come in through each."""
    here = Count("identities", filter=Q(identities__gone_at=None))
    return Provider.objects.annotate(people=here).select_related("organisation").order_by("name", "pk")


def domains_listed() -> QuerySet[EmailDomain]:
    return EmailDomain.objects.all()


def rules_listed(provider: Provider) -> QuerySet[RoleRule]:
    return RoleRule.objects.filter(provider=provider).select_related("unit")


def identities_listed(provider: Provider) -> QuerySet[Identity]:
    """Who came in through a provider, the latest first, with the roles that rules gave them and that hold."""
    mapped = MappedRole.objects.filter(current_on("assignment__")).select_related("assignment__unit")
    rows = Identity.objects.filter(provider=provider).select_related("user__person")
    return rows.prefetch_related(Prefetch("mapped_roles", queryset=mapped, to_attr="roles_now"))


def identity_for(provider: Provider, subject: str) -> Identity | None:
    """Whom a provider means. Call within its organisation."""
    rows = Identity.objects.filter(provider=provider, subject=subject, gone_at=None)
    return rows.select_related("user__person").first()


def identities_of(user: Any) -> list[Identity]:
    """Through which institutions an account is opened. Read in the account's own standing."""
    with within(user=user):
        rows = Identity._base_manager.filter(user=user, gone_at=None, provider__is_on=True)
        return list(rows.select_related("provider__organisation"))


def provider_demanded_of(user: Any) -> Provider | None:
    """The provider that an account must use, because its organisation says so; None if it may come in as it likes.

    Whoever belongs to another organisation too is held to it once they have connected it.
    """
    linked = [identity.provider for identity in identities_of(user)]
    by_address = [one for one in providers_for_address(user.email) if not belongs_elsewhere(user, one.organisation)]
    return next((one for one in [*linked, *by_address] if one.is_demanded), None)


def belongs_elsewhere(user: Any, organisation: Organisation) -> bool:
    return bool(user.person_id) and is_known_elsewhere(user.person_id, organisation)


def domains_to_confirm(user: Any) -> list[EmailDomain]:
    """The domains that organisations have named and nobody has confirmed, for those who run Desaga."""
    with within_platform(user):
        rows = EmailDomain._base_manager.filter(confirmed_at=None).select_related("organisation")
        return list(rows.order_by("organisation__name", "name"))


def domain_to_confirm(user: Any, pk: int) -> EmailDomain | None:
    with within_platform(user):
        rows = EmailDomain._base_manager.filter(confirmed_at=None, pk=pk)
        return rows.select_related("organisation").first()


def provider_to_try(user: Any, organisation_id: int | None, pk: int) -> Provider | None:
    """A provider, on or off, for a lead of its organisation who looks at what it tells."""
    organisation = Organisation.objects.with_workspace().filter(pk=organisation_id).first()
    if organisation is None or not user.has_perm("federation.keep_sign_in", organisation):
        return None
    with within(organisation, user=user):
        return Provider.objects.filter(pk=pk).select_related("organisation").first()


def provider_asked(organisation_id: int, pk: int) -> Provider | None:
    """A provider, on or off, of which we have asked who somebody is."""
    organisation = Organisation.objects.with_workspace().filter(pk=organisation_id).first()
    if organisation is None:
        return None
    with within(organisation):
        return Provider.objects.filter(pk=pk).select_related("organisation").first()


def institution_of(provider: Provider) -> Institution:
    """What is known of an institution that uses SAML: from its federation's latest metadata, or as it was handed in.

    Refused once it has expired, or the federation no longer lists it.
    """
    now = timezone.now()
    federation_id = provider.settings.get("federation")
    if federation_id is None:
        institution = Institution.from_json(provider.settings["institution"])
    else:
        row = institutions_listed().filter(federation=federation_id, entity_id=provider.issuer).first()
        if row is None:
            raise NotInFederation
        if row.federation.valid_until is None or row.federation.valid_until <= now:
            raise MetadataOver
        institution = Institution.from_json(row.content)
    if not institution.is_valid(now):
        raise MetadataOver
    return institution


@dataclass(frozen=True)
class Known:
    """What a lead is shown of their institution's metadata: what it holds, or why it cannot be used; and whence it came."""

    institution: Institution | None
    problem: str
    federation: Federation | None


def known_of_institution(provider: Provider) -> Known:
    federation = Federation.objects.filter(pk=provider.settings.get("federation")).first()
    try:
        return Known(institution_of(provider), "", federation)
    except Refused as refusal:
        return Known(None, str(refusal), federation)


def institutions_listed() -> QuerySet[FederatedInstitution]:
    """The institutions that were in their federation's metadata when it was last read."""
    rows = FederatedInstitution.objects.filter(read_at=F("federation__read_at"))
    return rows.select_related("federation")


def institutions_found(words: str) -> QuerySet[FederatedInstitution]:
    """The institutions whose name or entity ID holds every word, without those that ask not to be shown to people who choose."""
    rows = institutions_listed().filter(is_hidden=False)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(entity_id__icontains=word))
    return rows.order_by("name", "pk")


def federations_listed() -> QuerySet[Federation]:
    return Federation.objects.all()


def organisations_with_sign_in() -> list[Organisation]:
    """The organisations that have a sign-in, on or off: what rules gave lapses where nobody can confirm it any more."""

    def has_one(organisation: Organisation) -> bool:
        with within(organisation):
            return Provider.objects.exists()

    return [organisation for organisation in Organisation.objects.with_workspace() if has_one(organisation)]


def identities_to_ask_after() -> QuerySet[Identity]:
    """Whom the current organisation's providers can be asked after."""
    rows = Identity.objects.filter(gone_at=None, provider__is_on=True).exclude(refresh_token="")
    return rows.select_related("provider__organisation", "organisation", "user")
