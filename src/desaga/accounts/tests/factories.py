"""Invitations to test with. The key of each is known, as only a mail would tell it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OwnedFactory, UserFactory, member_of

from ..keys import hash_of
from ..models import Invitation


class InvitationFactory(OwnedFactory):
    """`InvitationFactory(organisation=…, invited_by=…, key="…")`."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"new{n}@example.org")
    name = "Ida Bunsen"
    roles = factory.LazyFunction(lambda: [Role.READER])
    invited_by = factory.LazyAttribute(lambda o: member_of(o.organisation, Role.LEAD))
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda o: o.sent_at + timedelta(days=14))
    key_hash = factory.LazyAttribute(lambda o: hash_of(o.key))

    class Params:
        key = factory.Sequence(lambda n: f"key-number-{n}-as-long-as-a-real-one-would-be")


def user_who_can_sign_in(**fields: Any) -> Any:
    """A user whose address is confirmed, with `factories.PASSWORD`."""
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
