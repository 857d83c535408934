"""SAML: off to the institution, and back with an answer that was verified when it came (see `views.answering`)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.refusals import Refused

from .arrival import Arrival
from .models import Provider
from .operations.answers import take_answer
from .queries import institution_of
from .saml.answers import LEEWAY, Answer, check_answer
from .saml.asking import Ourselves, request_address
from .saml.attributes import name_of, subject_of, told
from .saml.refusals import AnswerRefused

#: Between our asking and the institution's answering somebody may have to find their telephone.
ANSWERED_WITHIN = timedelta(minutes=10)
# No colon: a request's ID is an XML name.
SIGNER = TimestampSigner(salt="desaga.federation.saml", sep=".")


class NotProvedAnew(Refused):
    """Your institution did not ask you to sign in anew, so we cannot be sure that it is you. Try once more."""


def ourselves_at(address: str) -> Ourselves:
    """What institutions know us by, on the server of an address."""
    return Ourselves(
        entity_id=urljoin(address, reverse("federation:show_our_metadata")),
        answers_go_to=urljoin(address, reverse("federation:receive_answer")),
        key=settings.SAML_KEY,
        certificate=settings.SAML_CERTIFICATE,
    )


def begin(provider: Provider, *, return_address: str, state: str, anew: bool = False) -> tuple[str, dict[str, Any]]:
    """Where to send a browser, and what its session must remember."""
    request_id, now = new_request_id(provider), timezone.now()
    address = request_address(
        institution_of(provider),
        ourselves_at(return_address),
        request_id=request_id,
        relay_state=state,
        now=now,
        anew=anew,
    )
    return address, {"request_id": request_id, "anew_since": now.isoformat() if anew else ""}


def finish(provider: Provider, *, answer: Mapping[str, str], memory: Mapping[str, Any], return_address: str) -> Arrival:
    """Who has come back: the answer that was kept for the request which this browser's session remembers."""
    now = timezone.now()
    kept = take_answer(provider=provider, key=answer.get("answer", ""), request_id=memory["request_id"], now=now)
    if memory["anew_since"]:
        refuse_old_proof(kept["signed_in_at"], memory["anew_since"], now)
    claims = kept["claims"]
    return Arrival(
        subject=kept["subject"],
        email=claims.get("mail", [""])[0],
        name=name_of(claims),
        claims=claims,
    )


def refuse_old_proof(signed_in_at: str, since: str, now: datetime) -> None:
    """Whoever was asked to sign in anew must have done so since; clocks may be a little apart."""
    if not datetime.fromisoformat(since) - LEEWAY <= datetime.fromisoformat(signed_in_at) <= now + LEEWAY:
        raise NotProvedAnew


def read_answer(encoded: str, provider: Provider, address: str, request_id: str) -> tuple[Answer, dict[str, Any]]:
    """A verified answer, and what is kept of it. Raises `AnswerRefused`."""
    institution = institution_of(provider)
    answer = check_answer(encoded, institution, ourselves_at(address), request_id=request_id, now=timezone.now())
    claims = told(answer, institution)
    content = {
        "subject": subject_of(answer, claims),
        "claims": claims,
        "signed_in_at": answer.signed_in_at.isoformat(),
    }
    return answer, content


def new_request_id(provider: Provider) -> str:
    """A request's ID, by which its answer finds the provider without a session: the browser brings none from another site."""
    words = f"{provider.organisation_id}.{provider.pk}.{secrets.token_hex(16)}"
    return f"_{SIGNER.sign(words)}"


def asked_of(request_id: str) -> tuple[int, int]:
    """The organisation's and the provider's number of a request that we made, and not long ago. Raises `AnswerRefused`."""
    try:
        words = SIGNER.unsign(request_id.removeprefix("_"), max_age=ANSWERED_WITHIN)
    except BadSignature:
        raise AnswerRefused(
            "This sign-in was not begun here, or too long ago. Begin once more.", because="not asked for"
        ) from None
    organisation_id, provider_id, _ = words.split(".")
    return int(organisation_id), int(provider_id)
