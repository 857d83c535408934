"""Somebody has signed in at their institution: whose account that is here, and which roles they have by it."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from desaga.accounts.adapter import keyring
from desaga.accounts.models import Invitation, User
from desaga.accounts.operations import (
    accept_as,
    accept_with_new_account,
    refuse_known_elsewhere,
)
from desaga.audit import operations as audit
from desaga.organisations.membership import membership_of
from desaga.organisations.models import Employment, Person
from desaga.organisations.operations.rows import add_row, locked
from desaga.organisations.ownership import current_on
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from ..arrival import Arrival
from ..mapping import outcomes, roles_given
from ..models import EmailDomain, Identity, Provider
from ..queries import belongs_elsewhere
from ..states import Gone
from .roles import follow_rules

LONGEST_SUBJECT, LONGEST_NAME = 255, 200


class SignInOff(Refused):
    """This way of signing in is switched off. Sign in in another way, or ask the lead of your organisation."""


class NoSubject(Refused):
    """Your institution did not say who you are. Ask its IT service."""


class AddressNotConfirmed(Refused):
    """Your institution did not confirm your e-mail address, so we cannot be sure that it is yours. Ask its IT service."""


class ForeignAddress(Refused):
    """The e-mail address that your institution told us is not one of its own. Ask the lead of your organisation."""


class NotKnownHere(Refused):
    """Your institution knows you, but nobody has asked you in here yet. Ask whoever leads the plan at your organisation."""


class IdentityEnded(Refused):
    """Your way in through your institution has been ended. Ask the lead of your organisation."""


class AddressOfAnother(Refused):
    """This address belongs to an account that signs in as somebody else. Ask the lead of your organisation to look into it."""


class ConnectFirst(Refused):
    """Your account belongs to another organisation too, so this one alone cannot open it. Sign in with your password or a passkey, then connect your institution under Your account."""


class NotForThisAccount(Refused):
    """This account cannot be opened through an institution. Sign in with its password or a passkey."""


def welcome(*, provider: Provider, arrival: Arrival, now: datetime | None = None) -> User:
    """The account of somebody whose provider has vouched for them, with the roles that the rules give.

    The first time, an account is found by its address, which must lie in a confirmed domain of the organisation; from then
    on by the subject. Refuses, and writes nothing, where nobody has let them in.
    """
    now = now or timezone.now()
    with transaction.atomic(), within(provider.organisation):
        held = locked(provider)
        if not held.is_on:
            raise SignInOff
        refuse_doubtful(held, arrival)
        places = roles_given(outcomes(held.rules.all(), arrival.claims))
        known = known_identity(held, arrival)
        user = known.user if known else User.objects.filter(email=arrival.address).first()
        # As the account's own as well: its person may have been recorded by another organisation.
        with within(held.organisation, user=user):
            identity = known or link(held, arrival, user, bool(places), now)
            refuse_account(identity.user)
            note_arrival(identity, arrival, now)
            follow_rules(identity=identity, places=places, now=now)
            is_let_in = membership_of(identity.user, held.organisation) is not None
        if not is_let_in and known is None:
            raise NotKnownHere
    # Whoever is nothing here any more stays outside, and what ended by it stays ended.
    if not is_let_in:
        raise NotKnownHere
    return identity.user


def connect(*, actor: User, provider: Provider, arrival: Arrival, now: datetime | None = None) -> Identity:
    """Let a provider open one's own account from now on. For who is signed in and has shown that it is they.

    The address need not be the account's, but must lie in the organisation's domains.
    """
    now = now or timezone.now()
    with transaction.atomic(), within(provider.organisation, user=actor):
        held = locked(provider)
        if not held.is_on:
            raise SignInOff
        refuse_doubtful(held, arrival)
        refuse_account(actor)
        places = roles_given(outcomes(held.rules.all(), arrival.claims))
        identity = known_identity(held, arrival)
        if identity is None and not Identity.objects.filter(provider=held, user=actor).exists():
            identity = link_account(provider=held, user=actor, subject=arrival.subject, now=now)
        if identity is None or identity.user_id != actor.pk:
            raise AddressOfAnother
        note_arrival(identity, arrival, now)
        follow_rules(identity=identity, places=places, now=now)
        if membership_of(actor, held.organisation) is None:
            raise NotKnownHere
        return identity


def refuse_doubtful(provider: Provider, arrival: Arrival) -> None:
    """A word that does not bind: no subject, an address that is unconfirmed or lies outside the organisation's domains."""
    if not arrival.subject or len(arrival.subject) > LONGEST_SUBJECT:
        raise NoSubject
    if not arrival.address or not is_confirmed(provider, arrival):
        raise AddressNotConfirmed
    domains = EmailDomain.objects.exclude(confirmed_at=None)
    if arrival.address.count("@") != 1 or not domains.filter(name=arrival.domain).exists():
        raise ForeignAddress


def is_confirmed(provider: Provider, arrival: Arrival) -> bool:
    """Many institutions' providers say nothing of it, since they give out the addresses; then the lead vouches for it."""
    if arrival.email_verified is None:
        return provider.vouches_for_addresses
    return arrival.email_verified


def known_identity(provider: Provider, arrival: Arrival) -> Identity | None:
    """Whom the provider meant before. Whom the lead ended stays outside; whom the provider no longer knew, and vouches for
    now, comes in again."""
    rows = Identity.objects.select_for_update(of=("self",)).filter(provider=provider, subject=arrival.subject)
    identity = rows.select_related("user").first()
    if identity is not None and identity.gone_because == Gone.BY_HAND:
        raise IdentityEnded
    return identity


def link(provider: Provider, arrival: Arrival, user: User | None, has_roles: bool, now: datetime) -> Identity:
    """The first time: it is the account whose address it is, or a new one if the organisation wants that."""
    invitation = open_invitation(arrival, now)
    if user is None:
        user = account_for(provider, arrival, invitation, has_roles, now)
    else:
        refuse_account(user)
        refuse_unproved(provider, user)
        if invitation is not None:
            user = accept_as(actor=user, invitation=invitation, now=now)
    return link_account(provider=provider, user=user, subject=arrival.subject, now=now)


def link_account(*, provider: Provider, user: User, subject: str, now: datetime) -> Identity:
    identity = Identity.objects.create(
        organisation=provider.organisation,
        provider=provider,
        subject=subject,
        user=user,
        linked_at=now,
        last_seen_at=now,
    )
    audit.record(actor=user, verb="first came in through", thing=provider, now=now)
    return identity


def open_invitation(arrival: Arrival, now: datetime) -> Invitation | None:
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return waiting.filter(email=arrival.address).select_related("organisation", "person", "unit").first()


def refuse_account(user: User) -> None:
    """Who runs the platform, closed accounts, and those of no person, come in by no institution's word."""
    if user.is_platform_administrator or user.is_superuser or not user.is_active or user.person_id is None:
        raise NotForThisAccount


def refuse_unproved(provider: Provider, user: User) -> None:
    """An account whose address was never proved, that another subject opens, or that is somebody's elsewhere too, is not
    handed over: whoever leads one organisation chooses its provider, and must not gain by it what people are to others."""
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        raise AddressOfAnother
    if Identity.objects.filter(provider=provider, user=user).exists():
        raise AddressOfAnother
    if belongs_elsewhere(user, provider.organisation):
        raise ConnectFirst


def account_for(
    provider: Provider, arrival: Arrival, invitation: Invitation | None, has_roles: bool, now: datetime
) -> User:
    """A new account without a password: for whoever was invited; and, if the organisation wants that, for whoever works there
    or has a role by the rules."""
    name = (arrival.name or arrival.address.partition("@")[0])[:LONGEST_NAME]
    if invitation is not None:
        return accept_with_new_account(invitation=invitation, name=invitation.name or name, password=None, now=now)
    person = employed_person(arrival.address)
    if not provider.makes_accounts or not (person or has_roles):
        raise NotKnownHere
    if person is None:
        person = add_row(Person, actor=None, name=name, recorded_by=provider.organisation)
    elif User.objects.filter(person=person).exists():
        raise AddressOfAnother
    refuse_known_elsewhere(person, provider.organisation)
    user = User.objects.create_user(arrival.address, None, person=person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(
        actor=None, verb="made an account for", thing=person, note="through the institution’s sign-in", now=now
    )
    return user


def employed_person(address: str) -> Person | None:
    """Who works here with this address; nobody where several do."""
    here = Employment.objects.filter(current_on(), work_email__iexact=address).select_related("person")
    people = {employment.person_id: employment.person for employment in here[:2]}
    return next(iter(people.values())) if len(people) == 1 else None


def note_arrival(identity: Identity, arrival: Arrival, now: datetime) -> None:
    identity.last_seen_at, identity.gone_at, identity.gone_because = now, None, ""
    if arrival.refresh_token:
        identity.refresh_token = keyring().encrypt(arrival.refresh_token.encode()).decode()
    identity.save(update_fields=["last_seen_at", "gone_at", "gone_because", "refresh_token"])
