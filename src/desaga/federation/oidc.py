"""OpenID Connect: the code flow with PKCE, and the checks that make a provider's word binding.

Core 1.0 (https://openid.net/specs/openid-connect-core-1_0.html), Discovery 1.0, Back-Channel Logout 1.0, RFC 7636
(PKCE), RFC 9207 (issuer in the answer).
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from django.core.cache import cache

from desaga.organisations.refusals import Refused

from .arrival import Arrival
from .fetching import BadAddress, NotAnswering, check_address, fetch
from .models import Provider
from .queries import secret_of

#: Signatures that only the provider can make. None that a shared secret makes, and never "none".
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SCOPES = "openid email profile"
LEEWAY = 60
KEPT_FOR = 3600
KEYS_ANEW_AFTER = 20
PROVED_WITHIN = 300
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
OK = 200
logger = logging.getLogger(__name__)


class NotVerified(Refused):
    """What your institution’s sign-in sent could not be verified, so you are not signed in. Try once more; if it happens again, tell the lead of your organisation."""


class TurnedAway(Refused):
    """Your institution did not sign you in. Try once more, or sign in in another way."""


class NotProvedAnew(Refused):
    """Your institution did not ask you to sign in anew, so we cannot be sure that it is you. Try once more."""


@dataclass(frozen=True)
class Metadata:
    """What a provider publishes of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    posts_secret: bool
    names_itself: bool


def metadata_of(provider: Provider) -> Metadata:
    """A provider's own description, kept for an hour. Raises `NotAnswering` where it is missing, or another's."""
    key = f"federation.metadata:{provider.pk}:{hash_text(provider.issuer)}"
    found = cache.get(key)
    if found is None:
        status, found = fetch(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if status != OK or found.get("issuer") != provider.issuer:
            raise NotAnswering(
                "The sign-in at this address calls itself by another name. Check the issuer, to the letter."
            )
        cache.set(key, found, KEPT_FOR)
    return read_metadata(found)


def read_metadata(found: Mapping[str, Any]) -> Metadata:
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = {name: str(found.get(name) or "") for name in (*needed, "userinfo_endpoint")}
    try:
        for name, address in addresses.items():
            if address or name in needed:
                check_address(address)
    except BadAddress:
        raise NotAnswering from None
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        **addresses,
        # In the body a secret needs no second encoding, of which servers think differently.
        posts_secret="client_secret_post" in methods,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def begin(provider: Provider, *, return_address: str, state: str, anew: bool = False) -> tuple[str, dict[str, Any]]:
    """Where to send somebody, and what to remember until they come back. `anew` asks them to show again who they are."""
    memory = {
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "at": int(time.time()),
        "anew": anew,
    }
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": return_address,
        "scope": scopes_of(provider),
        "state": state,
        "nonce": memory["nonce"],
        "code_challenge": challenge(memory["verifier"]),
        "code_challenge_method": "S256",
    }
    if anew:
        asked |= {"prompt": "login", "max_age": "0"}
    address = metadata_of(provider).authorization_endpoint
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", memory


def scopes_of(provider: Provider) -> str:
    """A provider that is asked every night whether its people are still there gives a token for it."""
    more = [provider.settings.get("scopes", ""), "offline_access" if provider.settings.get("asks_nightly") else ""]
    return " ".join([SCOPES, *filter(None, more)])


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def finish(provider: Provider, *, answer: Mapping[str, str], memory: Mapping[str, Any], return_address: str) -> Arrival:
    """Who has come back, once all that the provider sent is checked.

    Raises `TurnedAway`, `NotVerified`, `NotProvedAnew` or `NotAnswering`.
    """
    metadata = metadata_of(provider)
    if answer.get("iss", "" if metadata.names_itself else provider.issuer) != provider.issuer:
        raise doubt(provider, "the answer names another issuer")
    if answer.get("error") or not answer.get("code"):
        raise TurnedAway
    tokens = ask_for_tokens(
        provider,
        metadata,
        {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": return_address,
            "code_verifier": memory["verifier"],
        },
    )
    claims = check_id_token(provider, metadata, tokens.get("id_token"), nonce=memory["nonce"])
    if memory["anew"]:
        refuse_old(claims, memory["at"])
    return arrival_of(
        {**details_of(provider, metadata, tokens, claims), **claims}, str(tokens.get("refresh_token") or "")
    )


def ask_for_tokens(provider: Provider, metadata: Metadata, data: dict[str, str]) -> dict[str, Any]:
    status, tokens = exchange(provider, metadata, data)
    if status != OK:
        raise doubt(provider, f"no tokens: {status}")
    return tokens


def exchange(provider: Provider, metadata: Metadata, data: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """What the token endpoint answers to us. Our secret goes into the body or, where that is not taken, the header."""
    secret = secret_of(provider)
    if not secret or metadata.posts_secret:
        data = {**data, "client_id": provider.client_id, **({"client_secret": secret} if secret else {})}
        return fetch(metadata.token_endpoint, data=data)
    # Both are form-encoded first: RFC 6749, 2.3.1.
    name, word = (urlencode({"": text})[1:] for text in (provider.client_id, secret))
    return fetch(metadata.token_endpoint, data=data, auth=(name, word))


def check_id_token(provider: Provider, metadata: Metadata, token: Any, *, nonce: str | None) -> dict[str, Any]:
    """The claims of an ID token whose signature, issuer, audience, times and nonce are right. Core 1.0, 3.1.3.7."""
    claims = verified(provider, metadata, token, needed=["iss", "sub", "aud", "exp", "iat"])
    if nonce is not None and not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise doubt(provider, "nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else provider.client_id) != provider.client_id:
        raise doubt(provider, "authorised party")
    return claims


def verified(provider: Provider, metadata: Metadata, token: Any, *, needed: list[str]) -> dict[str, Any]:
    """What a signed token says, if the provider signed it for us and it holds now."""
    try:
        key = key_for(provider, metadata, jwt.get_unverified_header(token))
        return jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": needed},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as fault:
        raise doubt(provider, type(fault).__name__) from None


def key_for(provider: Provider, metadata: Metadata, header: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that a token names. Where we do not know it the keys are fetched anew, as providers change them."""
    if header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError
    for anew in (False, True):
        fitting = [key for key in keys_of(provider, metadata, anew=anew) if fits(key, header)]
        if len(fitting) == 1:
            return jwt.PyJWK(fitting[0], algorithm=header["alg"])
    raise jwt.InvalidKeyError


def fits(key: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
    """Whether a published key may have signed: named so, or unnamed; for signing; not a shared secret."""
    named = header.get("kid") is None or key.get("kid") == header["kid"]
    return named and key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC", "OKP")


def keys_of(provider: Provider, metadata: Metadata, *, anew: bool) -> list[dict[str, Any]]:
    """The provider's published keys, kept for an hour; anew at most every twenty seconds, whoever sends us what."""
    name = f"federation.keys:{provider.pk}:{hash_text(metadata.jwks_uri)}"
    kept = cache.get(name)
    if kept is not None and not (anew and cache.add(f"{name}:anew", True, KEYS_ANEW_AFTER)):
        return kept
    status, found = fetch(metadata.jwks_uri)
    keys = [key for key in found.get("keys", []) if isinstance(key, dict)] if status == OK else []
    if keys:
        cache.set(name, keys, KEPT_FOR)
    return keys


def refuse_old(claims: Mapping[str, Any], asked_at: int) -> None:
    """Whoever was to show again who they are has done so since we asked, and the provider says when."""
    proved_at = claims.get("auth_time")
    if not isinstance(proved_at, int | float) or not asked_at - LEEWAY <= proved_at <= time.time() + LEEWAY:
        raise NotProvedAnew


def details_of(
    provider: Provider, metadata: Metadata, tokens: Mapping[str, Any], claims: Mapping[str, Any]
) -> dict[str, Any]:
    """What the provider tells of somebody beside the ID token. It must be of the same subject: Core 1.0, 5.3.2."""
    token = tokens.get("access_token")
    if not metadata.userinfo_endpoint or not isinstance(token, str):
        return {}
    status, details = fetch(metadata.userinfo_endpoint, bearer=token)
    if status != OK:
        return {}
    if details.get("sub") != claims["sub"]:
        raise doubt(provider, "details of another subject")
    return details


def arrival_of(claims: Mapping[str, Any], refresh_token: str) -> Arrival:
    verified_word = claims.get("email_verified")
    return Arrival(
        subject=str(claims["sub"]),
        email=str(claims.get("email") or ""),
        # Some providers write the word "true".
        email_verified=None if verified_word is None else verified_word in (True, "true"),
        name=str(claims.get("name") or "").strip(),
        claims=claims,
        refresh_token=refresh_token,
    )


def is_still_there(provider: Provider, refresh_token: str) -> tuple[bool, str]:
    """Whether the provider still knows an account, asked with the token that it gave for this; and the next such token.

    Only its plain "invalid_grant" counts as no: RFC 6749, 5.2. Raises `NotAnswering` for all that says nothing.
    """
    data = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    status, answer = exchange(provider, metadata_of(provider), data)
    if status == OK:
        return True, str(answer.get("refresh_token") or refresh_token)
    if answer.get("error") == "invalid_grant":
        return False, ""
    raise NotAnswering


def check_logout_token(provider: Provider, token: Any) -> str:
    """The subject whose sessions are to end. Back-Channel Logout 1.0, 2.6: signed for us, lately, once, and no ID token."""
    claims = verified(provider, metadata_of(provider), token, needed=["iss", "aud", "exp", "iat", "jti", "sub"])
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict) or "nonce" in claims:
        raise doubt(provider, "not a logout token")
    if time.time() - claims["iat"] > PROVED_WITHIN:
        raise doubt(provider, "an old logout token")
    seen = f"federation.logout:{provider.pk}:{hash_text(str(claims['jti']))}"
    if not cache.add(seen, True, PROVED_WITHIN + LEEWAY):
        raise doubt(provider, "a logout token sent again")
    return str(claims["sub"])


def doubt(provider: Provider, why: str) -> NotVerified:
    """A refusal, with its reason for those who run Desaga; whom it concerns is in no log."""
    logger.warning("sign-in %s: not verified: %s", provider.pk, why)
    return NotVerified()


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
