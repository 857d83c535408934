"""How an organisation lets its people sign in: its e-mail domains, its providers, and the roles that they give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.accounts.adapter import keyring
from desaga.accounts.rules import LEADS_TO_GIVE
from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Unit
from desaga.organisations.operations.people import RoleForTheWhole
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import HELD_FOR_A_UNIT
from desaga.tenancy.context import within, within_platform

from ..models import EmailDomain, Identity, Provider, ProviderSecret, RoleRule
from ..states import Operator

DOMAIN = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\Z")
SHORTEST_PART = 3


class NotADomain(Refused):
    """Write the part of your addresses after the @, such as wexcombe.ac.uk."""


class DomainThere(Refused):
    """This domain is in the list already."""


class DomainElsewhere(Refused):
    """This domain has been confirmed for another organisation."""


class DomainOpensSignIn(Refused):
    """This is the only confirmed domain, and a sign-in that is on needs one. Switch the sign-in off first."""


class ProviderThere(Refused):
    """There is a sign-in of this kind and issuer already. Change that one."""


class NotReady(Refused):
    """Before it can be switched on, the sign-in needs all of its settings, and your organisation a confirmed e-mail domain."""


class NotOn(Refused):
    """Switch the sign-in on before you make it the only way in."""


class ProviderUsed(Refused):
    """People have come in through this sign-in, so it cannot be removed. Switch it off."""


class PowerfulRole(Refused):
    """Lead, project officer and the data stewards open what is known of people. Tick that a rule may give this role."""


class RuleTooWide(Refused):
    """A value to be contained needs at least three letters, or nearly everybody would have it."""


class RuleWithoutValues(Refused):
    """Write at least one value."""


@transaction.atomic
def add_domain(*, actor: Any, organisation: Organisation, name: str) -> EmailDomain:
    """Say that an e-mail domain is the organisation's own. It opens nothing before it is confirmed."""
    name = name.strip().lower().removeprefix("@")
    if not DOMAIN.match(name):
        raise NotADomain
    locked(organisation)
    if EmailDomain.objects.filter(name=name).exists():
        raise DomainThere
    return add_row(EmailDomain, actor=actor, organisation=organisation, name=name)


@transaction.atomic
def remove_domain(*, actor: Any, domain: EmailDomain) -> None:
    """Take a domain out of the list: nobody new comes in with such an address."""
    locked(domain.organisation)
    held = locked(domain)
    others = EmailDomain.objects.exclude(pk=held.pk).exclude(confirmed_at=None)
    if held.confirmed_at and not others.exists() and Provider.objects.filter(is_on=True).exists():
        raise DomainOpensSignIn
    audit.record(actor=actor, verb="removed", thing=held)
    held.delete()


def confirm_domain(*, actor: Any, domain: EmailDomain, now: datetime | None = None) -> EmailDomain:
    """Confirm, as those who run Desaga, that a domain is its organisation's. A domain is one organisation's alone."""
    now = now or timezone.now()
    with transaction.atomic(), within_platform(actor):
        if (
            EmailDomain._base_manager.filter(name=domain.name, confirmed_at__isnull=False)
            .exclude(pk=domain.pk)
            .exists()
        ):
            raise DomainElsewhere
        held = locked(domain)
        held.confirmed_at, held.confirmed_by = now, actor
        held.save(update_fields=["confirmed_at", "confirmed_by"])
    with within(held.organisation, user=actor):
        audit.record(actor=actor, verb="confirmed", thing=held, now=now)
    return held


@transaction.atomic
def add_provider(
    *,
    actor: Any,
    organisation: Organisation,
    kind: str,
    name: str,
    issuer: str,
    client_id: str = "",
    secret: str = "",
    settings: Mapping[str, Any] | None = None,
    **choices: Any,
) -> Provider:
    """Write down an organisation's sign-in. It is off until somebody switches it on."""
    locked(organisation)
    if Provider.objects.filter(kind=kind, issuer=issuer).exists():
        raise ProviderThere
    provider = add_row(
        Provider,
        actor=actor,
        organisation=organisation,
        kind=kind,
        name=name,
        issuer=issuer,
        client_id=client_id,
        settings=dict(settings or {}),
        **choices,
    )
    keep_secret(actor=actor, provider=provider, secret=secret)
    return provider


@transaction.atomic
def change_provider(*, actor: Any, provider: Provider, secret: str = "", **fields: Any) -> Provider:
    """Change a sign-in; an empty secret leaves the one that is kept.

    Another issuer is another directory of people: refused once people have come in.
    """
    held = locked(provider)
    issuer = fields.get("issuer", held.issuer)
    if Provider.objects.filter(kind=held.kind, issuer=issuer).exclude(pk=held.pk).exists():
        raise ProviderThere
    if issuer != held.issuer and Identity.objects.filter(provider=held).exists():
        raise ProviderUsed("People have come in through this sign-in. For another issuer, add another sign-in.")
    held = change_row(held, actor=actor, fields=fields)
    keep_secret(actor=actor, provider=held, secret=secret)
    return held


def keep_secret(*, actor: Any, provider: Provider, secret: str) -> None:
    """Lock a secret away, if one is given. That there is a new one is audited, what it is never."""
    if not secret:
        return
    words = keyring().encrypt(secret.encode()).decode()
    ProviderSecret.objects.update_or_create(
        provider=provider, defaults={"organisation": provider.organisation, "encrypted": words}
    )
    audit.record(actor=actor, verb="changed", thing=provider, note="a new secret")


@transaction.atomic
def switch_on(*, actor: Any, provider: Provider) -> Provider:
    """Let people come in through a sign-in. Needs all settings, and a confirmed domain."""
    held = locked(provider)
    ready = held.issuer and (held.client_id or held.kind != "oidc")
    if not ready or not EmailDomain.objects.exclude(confirmed_at=None).exists():
        raise NotReady
    return change_row(held, actor=actor, verb="switched on", fields={"is_on": True})


@transaction.atomic
def switch_off(*, actor: Any, provider: Provider) -> Provider:
    """Let nobody come in through a sign-in any more; passwords open accounts again."""
    return change_row(provider, actor=actor, verb="switched off", fields={"is_on": False, "is_demanded": False})


@transaction.atomic
def demand(*, actor: Any, provider: Provider, is_demanded: bool) -> Provider:
    """Make a sign-in the only way in for the organisation's people, or one way among others. Leads keep their password."""
    held = locked(provider)
    if is_demanded and not held.is_on:
        raise NotOn
    return change_row(held, actor=actor, fields={"is_demanded": is_demanded})


@transaction.atomic
def remove_provider(*, actor: Any, provider: Provider) -> None:
    """Remove a sign-in through which nobody ever came, with its rules and its secret."""
    held = locked(provider)
    if held.is_on or Identity.objects.filter(provider=held).exists():
        raise ProviderUsed
    audit.record(actor=actor, verb="removed", thing=held)
    RoleRule.objects.filter(provider=held).delete()
    held.delete()


@transaction.atomic
def add_rule(
    *,
    actor: Any,
    provider: Provider,
    attribute: str,
    operator: str,
    values: Sequence[str],
    role: str,
    unit: Unit | None = None,
    gives_powers: bool = False,
) -> RoleRule:
    """Say who gets which role for what the provider tells of them. It takes effect when somebody next signs in."""
    values = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    refuse_rule(operator, values, role, unit, gives_powers)
    locked(provider)
    return add_row(
        RoleRule,
        actor=actor,
        organisation=provider.organisation,
        provider=provider,
        attribute=attribute.strip(),
        operator=operator,
        values=values,
        role=role,
        unit=unit,
        gives_powers=gives_powers,
    )


def refuse_rule(operator: str, values: Sequence[str], role: str, unit: Unit | None, gives_powers: bool) -> None:
    if not values:
        raise RuleWithoutValues
    if operator == Operator.CONTAINS and min(map(len, values)) < SHORTEST_PART:
        raise RuleTooWide
    if unit is not None and role not in HELD_FOR_A_UNIT:
        raise RoleForTheWhole
    if role in LEADS_TO_GIVE and not gives_powers:
        raise PowerfulRole


@transaction.atomic
def remove_rule(*, actor: Any, rule: RoleRule) -> None:
    """Take a rule away. Roles that it gave end when their people next sign in, or lapse."""
    held = locked(rule)
    audit.record(actor=actor, verb="removed", thing=held)
    held.delete()
