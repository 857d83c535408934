"""Sign-ins to test with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OwnedFactory
from desaga.tenancy.context import within, within_platform

from ..arrival import Arrival
from ..models import EmailDomain, FederatedInstitution, Federation, Provider, RoleRule
from ..operations.roles import follow_rules
from ..operations.signing_in import link_account
from ..saml.metadata import Institution
from ..saml.tests.signing import key
from ..states import Kind, Operator


class EmailDomainFactory(OwnedFactory):
    """A confirmed domain of an organisation."""

    class Meta:
        model = EmailDomain

    name = factory.LazyAttribute(lambda o: f"{o.organisation.slug}.example")
    confirmed_at = factory.LazyFunction(timezone.now)


class ProviderFactory(OwnedFactory):
    """A provider that is on: `ProviderFactory(organisation=…)`."""

    class Meta:
        model = Provider

    kind = Kind.OIDC
    name = factory.LazyAttribute(lambda o: o.organisation.name)
    issuer = factory.LazyAttribute(lambda o: f"https://sign-in.{o.organisation.slug}.example")
    client_id = "desaga"
    is_on = True


class RoleRuleFactory(OwnedFactory):
    """`RoleRuleFactory(provider=…, values=["lab-leads"], role=Role.CHAMPION)`."""

    class Meta:
        model = RoleRule

    organisation = factory.SelfAttribute("provider.organisation")
    attribute = "groups"
    operator = Operator.EQUALS
    values = factory.LazyFunction(lambda: ["technicians"])
    role = Role.TECHNICIAN


def arrival(**told: Any) -> Arrival:
    """Ida at the door of Northmoor, unless told otherwise."""
    usual = {"subject": "ida-1", "email": "ida@northmoor.example", "email_verified": True, "name": "Ida Bunsen"}
    return Arrival(**{**usual, **told})


class FederationFactory(factory.django.DjangoModelFactory):
    """A federation that was read just now: call within the platform."""

    class Meta:
        model = Federation
        django_get_or_create = ["name"]

    name = "UK federation"
    address = "https://metadata.example/federation.xml"
    certificates = ""
    read_at = factory.LazyFunction(timezone.now)
    valid_until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=12))


class FederatedInstitutionFactory(factory.django.DjangoModelFactory):
    """`FederatedInstitutionFactory(federation=…, name="University of Wexcombe")`: call within the platform."""

    class Meta:
        model = FederatedInstitution

    federation = factory.SubFactory(FederationFactory)
    name = "University of Wexcombe"
    entity_id = factory.Sequence(lambda number: f"https://idp{number}.example/idp")
    read_at = factory.SelfAttribute("federation.read_at")
    content = factory.LazyAttribute(lambda o: content_of(o.entity_id, o.name))


def content_of(entity_id: str, name: str) -> dict[str, Any]:
    found = Institution(entity_id=entity_id, name=name, sign_in_redirect=f"{entity_id}/sso", certificates=(key().der,))
    return found.as_json()


def furnish_sign_in(organisation: Any, user: Any) -> Provider:
    """A sign-in on a server that is not there, with a rule, through which a user has come in."""
    EmailDomainFactory(organisation=organisation)
    with within_platform():
        FederatedInstitutionFactory()
    provider = ProviderFactory(organisation=organisation, issuer=f"http://127.0.0.1:9/{organisation.slug}")
    rule = RoleRuleFactory(provider=provider)
    with within(organisation, user=user):
        identity = link_account(provider=provider, user=user, subject="somebody", now=timezone.now())
        follow_rules(identity=identity, places={(rule.role, None)}, now=timezone.now())
    return provider
