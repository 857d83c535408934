"""What one can do with accounts: invite, answer an invitation, and keep one's own details."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Person, Unit
from desaga.organisations.operations.people import (
    AlreadyHoldsRole,
    change_person,
    change_personal_details,
    give_role,
)
from desaga.organisations.operations.rows import add_row, locked
from desaga.organisations.refusals import Refused
from desaga.organisations.rules import membership_in
from desaga.organisations.states import HELD_FOR_A_UNIT
from desaga.tenancy.context import within

from .keys import hash_of, new_key
from .mail import compose
from .models import Invitation, User
from .queries import is_known_elsewhere
from .rules import roles_to_give
from .states import CAN_BE_SENT_AGAIN, CAN_BE_TAKEN_BACK, InvitationState

OPEN_FOR = timedelta(days=14)


class AlreadyInvited(Refused):
    """An invitation to this address is waiting already. Send that one again, or take it back first."""


class RoleNotYoursToGive(Refused):
    """Only the lead of the organisation can give that role."""


class InvitationAnswered(Refused):
    """This invitation has been accepted or taken back, so it cannot be sent again."""


class InvitationSettled(Refused):
    """This invitation has been accepted or taken back already."""


class InvitationNotOpen(Refused):
    """This invitation is no longer open. Ask whoever invited you to send it again."""


class HasAccount(Refused):
    """There is an account with this address already. Sign in with it, then accept the invitation."""


class ForSomeoneElse(Refused):
    """This invitation is for somebody else. Sign out, and open the link again."""


class KnownElsewhere(Refused):
    """This person belongs to another organisation too, so one alone cannot open their account. Ask whoever runs Desaga here."""


@transaction.atomic
def invite_person(
    *,
    actor: Any,
    organisation: Organisation,
    email: str,
    roles: Sequence[str],
    name: str = "",
    person: Person | None = None,
    unit: Unit | None = None,
    now: datetime | None = None,
) -> Invitation:
    """Ask somebody in with roles, by mail. `person` is somebody the organisation has recorded, else `name` is new.

    The mail leaves after the commit; its link is open for fourteen days.
    """
    now = now or timezone.now()
    locked(organisation)
    refuse_roles_beyond(actor, organisation, roles)
    email = email.strip().lower()
    if Invitation.objects.filter(email=email, accepted_at=None, revoked_at=None).exists():
        raise AlreadyInvited
    key = new_key()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=person.name if person else name.strip(),
        person=person,
        roles=list(roles),
        unit=unit,
        invited_by=actor,
        key_hash=hash_of(key),
        sent_at=now,
        expires_at=now + OPEN_FOR,
    )
    audit.record(actor=actor, verb="sent", thing=invitation, note=", ".join(invitation.role_names), now=now)
    post(invitation, key)
    return invitation


def refuse_roles_beyond(actor: Any, organisation: Organisation, roles: Sequence[str]) -> None:
    membership = membership_in(actor, organisation)
    allowed = roles_to_give(membership) if membership else []
    if not set(roles) <= set(allowed):
        raise RoleNotYoursToGive


@transaction.atomic
def resend_invitation(*, actor: Any, invitation: Invitation, now: datetime | None = None) -> Invitation:
    """Send an invitation once more, with a new link that is open for fourteen days; the former link ends."""
    now = now or timezone.now()
    held = locked(invitation)
    if held.state_at(now) not in CAN_BE_SENT_AGAIN:
        raise InvitationAnswered
    key = new_key()
    held.key_hash, held.sent_at, held.expires_at = hash_of(key), now, now + OPEN_FOR
    held.save(update_fields=["key_hash", "sent_at", "expires_at"])
    audit.record(actor=actor, verb="sent again", thing=held, now=now)
    post(held, key)
    return held


@transaction.atomic
def revoke_invitation(*, actor: Any, invitation: Invitation, now: datetime | None = None) -> Invitation:
    """Take an invitation back: its link ends at once."""
    now = now or timezone.now()
    held = locked(invitation)
    if held.state_at(now) not in CAN_BE_TAKEN_BACK:
        raise InvitationSettled
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    audit.record(actor=actor, verb="took back", thing=held, now=now)
    return held


@transaction.atomic
def accept_with_new_account(
    *, invitation: Invitation, name: str, password: str | None, now: datetime | None = None
) -> User:
    """Make an account for the invited address and let its holder in. The link has proved the address, or their institution.

    Without a password, the institution's sign-in alone opens it. Call within the invitation's organisation.
    """
    now = now or timezone.now()
    held = locked_while_open(invitation, now)
    if User.objects.filter(email=held.email).exists():
        raise HasAccount
    person = held.person or add_row(Person, actor=held.invited_by, name=name, recorded_by=held.organisation)
    if User.objects.filter(person=person).exists():
        raise ForSomeoneElse
    refuse_known_elsewhere(person, held.organisation)
    user = User.objects.create_user(held.email, password, person=person)
    EmailAddress.objects.create(user=user, email=held.email, verified=True, primary=True)
    let_in(held, user, now)
    if person.name != name:
        change_person(actor=user, person=person, name=name)
    return user


@transaction.atomic
def accept_as(*, actor: User, invitation: Invitation, now: datetime | None = None) -> User:
    """Let somebody in who has an account already. Call within the invitation's organisation."""
    now = now or timezone.now()
    held = locked_while_open(invitation, now)
    user = User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    if held.person_id and user.person_id not in (None, held.person_id):
        raise ForSomeoneElse
    if user.person_id is None:
        if held.person_id and User.objects.filter(person=held.person_id).exists():
            raise ForSomeoneElse
        if held.person:
            refuse_known_elsewhere(held.person, held.organisation)
        user.person = held.person or add_row(Person, actor=user, name=held.name, recorded_by=held.organisation)
        user.save(update_fields=["person"])
    let_in(held, user, now)
    return user


def refuse_known_elsewhere(person: Person, organisation: Organisation) -> None:
    """Whoever invites chooses the address; they must not gain by it what the person is to others."""
    if is_known_elsewhere(person.pk, organisation):
        raise KnownElsewhere


def locked_while_open(invitation: Invitation, now: datetime) -> Invitation:
    held = locked(invitation)
    if held.state_at(now) != InvitationState.OPEN:
        raise InvitationNotOpen
    return held


def let_in(held: Invitation, user: User, now: datetime) -> None:
    """Give the roles, in the name of whoever invited, and close the invitation."""
    person = user.person
    assert person is not None, "Whoever accepts has been written down before."
    assert user.person is not None
    held.accepted_at, held.accepted_by = now, user
    held.save(update_fields=["accepted_at", "accepted_by"])
    for role in held.roles:
        # Who holds a role already keeps it.
        with suppress(AlreadyHoldsRole):
            give_role(
                actor=held.invited_by,
                organisation=held.organisation,
                person=person,
                role=role,
                unit=held.unit if role in HELD_FOR_A_UNIT else None,
            )
    audit.record(actor=user, verb="accepted", thing=held, now=now)


def post(invitation: Invitation, key: str) -> None:
    """The mail with the link. The key stands in no log: it is a query word, never part of a path."""
    path = reverse("accounts:accept_invitation", args=[invitation.organisation.slug])
    context = {
        "organisation": invitation.organisation,
        "invitation": invitation,
        "inviter": invitation.invited_by.get_full_name(),
        "button_label": "Open the invitation",
        "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
        "whose_words": f"{invitation.organisation.name}, through Desaga. If you do not know them, do nothing: nothing happens.",
    }
    compose("accounts/email/invitation", to=invitation.email, context=context).send()


@transaction.atomic
def change_own_details(*, actor: User, name: str, pronouns: str, personal_email: str) -> None:
    """Change what one is called and where one can be reached in private. For people who have a person's record."""
    person = actor.person
    assert person is not None
    with within(person=person, user=actor):
        change_person(actor=actor, person=person, name=name, pronouns=pronouns)
        change_personal_details(actor=actor, person=person, personal_email=personal_email)
