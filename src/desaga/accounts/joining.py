"""Getting an account without an invitation, by a link that goes to one's address: see ADR 0036."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.operations.people import add_oneself
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .keys import hash_of, new_key
from .mail import compose
from .models import SignUp, User
from .queries import has_account
from .states import InvitationState
from .ways_in import is_way_in

OPEN_FOR = timedelta(days=2)
#: So long after its end a request for an account is kept, to say why a link does not open.
KEPT_AFTER = timedelta(days=30)


class NoWayIn(Refused):
    """Accounts come by invitation. Ask whoever leads the plan at your organisation."""


class LinkIsOver(Refused):
    """This link is no longer open. Ask for a new one where you came from."""


class HasAccountAlready(Refused):
    """There is an account with this address already. Sign in with it."""


@transaction.atomic
def ask_to_join(*, email: str, next: str, now: datetime | None = None) -> None:
    """Send a link to the address. Whoever has an account is told so, and how to sign in; nobody else learns which of the two it was.

    Raises `NoWayIn` where `next` is nothing on the way to which accounts are offered.
    """
    now = now or timezone.now()
    if not is_way_in(next):
        raise NoWayIn
    email = email.strip().lower()
    SignUp.objects.filter(expires_at__lt=now - KEPT_AFTER).delete()
    if has_account(email):
        post("has_account", email, label="Sign in", path=f"{reverse('account_login')}?{urlencode({'next': next})}")
        return
    key = new_key()
    SignUp.objects.create(email=email, next=next, key_hash=hash_of(key), asked_at=now, expires_at=now + OPEN_FOR)
    path = f"{reverse('accounts:join')}?{urlencode({'key': key})}"
    post("join", email, label="Make my account", path=path, until=now + OPEN_FOR)


def post(name: str, email: str, *, label: str, path: str, **words: Any) -> None:
    context = {
        "button_label": label,
        "button_url": f"{settings.SITE_ADDRESS}{path}",
        "whose_words": "Desaga, because somebody gave this address. If it was not you, do nothing: nothing happens.",
        **words,
    }
    compose(f"accounts/email/{name}", to=email, context=context).send()


def sign_up_for_key(key: str) -> SignUp | None:
    """What a key belongs to, whatever has become of it."""
    return SignUp.objects.filter(key_hash=hash_of(key)).first()


@transaction.atomic
def join(*, sign_up: SignUp, name: str, password: str, now: datetime | None = None) -> User:
    """Make the account; the link has proved the address. The person writes themself down: no organisation knows them by it.

    Raises `LinkIsOver`, `HasAccountAlready`.
    """
    now = now or timezone.now()
    held = locked(sign_up)
    if held.state_at(now) != InvitationState.OPEN:
        raise LinkIsOver
    if has_account(held.email):
        raise HasAccountAlready
    held.used_at = now
    held.save(update_fields=["used_at"])
    user = User.objects.create_user(held.email, password)
    EmailAddress.objects.create(user=user, email=held.email, verified=True, primary=True)
    user.person = add_oneself(actor=user, name=name)
    user.save(update_fields=["person"])
    return user
