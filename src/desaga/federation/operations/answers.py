"""Answers of institutions that use SAML: each is believed once, in the browser that asked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from ..models import Provider, SamlAnswer


class AnsweredAlready(Refused):
    """This answer of your institution was used before. Begin once more."""


class NoAnswer(Refused):
    """Your institution’s answer does not belong to this sign-in, or came too late. Begin once more."""


def keep_answer(
    *,
    provider: Provider,
    assertion_id: str,
    request_id: str,
    content: Mapping[str, Any],
    expires_at: datetime,
    now: datetime,
) -> str:
    """Keep a verified answer; gives the key by which the browser that asked may fetch it, once. Call within the organisation."""
    key = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            SamlAnswer.objects.create(
                organisation=provider.organisation,
                provider=provider,
                assertion_id=assertion_id,
                request_id=request_id,
                key_hash=hash_of(key),
                content=dict(content),
                expires_at=expires_at,
            )
    except IntegrityError:
        raise AnsweredAlready from None
    return key


def forget_answers(*, organisation: Organisation, now: datetime | None = None) -> None:
    """Remove what has expired: nobody fetches it any more, and it could not be believed twice."""
    with within(organisation):
        SamlAnswer.objects.filter(expires_at__lt=now or timezone.now()).delete()


def take_answer(*, provider: Provider, key: str, request_id: str, now: datetime) -> dict[str, Any]:
    """What an answer says, for whoever has its key and made its request. Nothing of it remains."""
    with transaction.atomic(), within(provider.organisation):
        rows = SamlAnswer.objects.select_for_update().filter(provider=provider, key_hash=hash_of(key), fetched_at=None)
        kept = rows.filter(expires_at__gt=now, request_id=request_id).first()
        if kept is None:
            raise NoAnswer
        content: dict[str, Any] = kept.content
        kept.content, kept.fetched_at = {}, now
        kept.save(update_fields=["content", "fetched_at"])
    return content


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
