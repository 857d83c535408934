"""A provider, or the lead, says that somebody no longer comes in: their sessions end, and what rules gave them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from desaga.accounts.adapter import keyring
from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.tenancy.context import within

from .. import oidc
from ..fetching import NotAnswering
from ..models import Identity
from ..queries import identities_to_ask_after
from ..states import Gone
from .roles import end_all_mapped


@transaction.atomic
def end_identity(
    *, actor: Any, identity: Identity, because: str = Gone.BY_HAND, now: datetime | None = None
) -> Identity:
    """Let somebody in through their provider no more: sessions and mapped roles end at once. Call within the organisation."""
    now = now or timezone.now()
    held = locked(identity)
    if held.gone_at is not None:
        return held
    held.gone_at, held.gone_because, held.refresh_token = now, because, ""
    held.save(update_fields=["gone_at", "gone_because", "refresh_token"])
    end_sessions(held)
    end_all_mapped(held)
    audit.record(actor=actor, verb="ended", thing=held, note=str(Gone(because).label), now=now)
    return held


@transaction.atomic
def allow_again(*, actor: Any, identity: Identity, now: datetime | None = None) -> None:
    """Forget an ended sign-in, so that the person may come in through the provider anew, as for the first time."""
    held = locked(identity)
    if held.gone_at is None:
        return
    audit.record(actor=actor, verb="allowed again", thing=held, now=now)
    held.mapped_roles.all().delete()
    held.delete()


def sign_out_everywhere(*, identity: Identity, now: datetime | None = None) -> None:
    """End the sessions of an account whose person signed out at the provider. Call within the organisation."""
    end_sessions(identity)
    audit.record(actor=None, verb="signed out", thing=identity, note="the provider said so", now=now)


def end_sessions(identity: Identity) -> None:
    for session in UserSession.objects.filter(user=identity.user_id):
        session.end()


def ask_after_everybody(*, organisation: Organisation, now: datetime | None = None) -> list[Identity]:
    """Ask the providers that gave us tokens for it whether people are still there; end whom they no longer know.

    Each person in a transaction of their own, and none is open while a provider is asked. Answers who was ended.
    """
    with within(organisation):
        waiting = list(identities_to_ask_after())
    gone = [identity for identity in waiting if not is_still_there(identity)]
    for identity in gone:
        with within(organisation):
            end_identity(actor=None, identity=identity, because=Gone.REFUSED, now=now)
    return gone


def is_still_there(identity: Identity) -> bool:
    """Whether the provider knows somebody still; also where it says nothing, which is no answer."""
    token = keyring().decrypt(identity.refresh_token.encode()).decode()
    try:
        is_there, token = oidc.is_still_there(identity.provider, token)
    except NotAnswering:
        return True
    if is_there:
        with within(identity.organisation):
            held = locked(identity)
            held.refresh_token = keyring().encrypt(token.encode()).decode()
            held.save(update_fields=["refresh_token"])
    return is_there
