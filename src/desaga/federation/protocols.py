"""The ways to send somebody to their institution and to learn who has come back, by kind of provider."""

from __future__ import annotations

from types import ModuleType

from . import oidc, saml_sign_in
from .models import Provider
from .states import Kind

#: Each has `begin(provider, return_address=, state=, anew=)`, which answers an address and what to remember, and
#: `finish(provider, answer=, memory=, return_address=)`, which answers an `Arrival` or raises a `Refused`.
PROTOCOLS: dict[str, ModuleType] = {Kind.OIDC: oidc, Kind.SAML: saml_sign_in}


def protocol_of(provider: Provider) -> ModuleType:
    return PROTOCOLS[provider.kind]
