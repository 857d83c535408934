"""Sign-ins to test with."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OwnedFactory
from desaga.tenancy.context import within

from ..arrival import Arrival
from ..models import EmailDomain, Provider, RoleRule
from ..operations.roles import follow_rules
from ..operations.signing_in import link_account
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


def furnish_sign_in(organisation: Any, user: Any) -> Provider:
    """A sign-in on a server that is not there, with a rule, through which a user has come in."""
    EmailDomainFactory(organisation=organisation)
    provider = ProviderFactory(organisation=organisation, issuer=f"http://127.0.0.1:9/{organisation.slug}")
    rule = RoleRuleFactory(provider=provider)
    with within(organisation, user=user):
        identity = link_account(provider=provider, user=user, subject="somebody", now=timezone.now())
        follow_rules(identity=identity, places={(rule.role, None)}, now=timezone.now())
    return provider
