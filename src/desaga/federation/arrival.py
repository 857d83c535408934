"""What a provider tells of somebody who has just signed in there, once its word has been checked. OpenID Connect and SAML both end here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody at the door. `subject` is the provider's lasting name for them. `claims` is all that it told.

    `email_verified` is what the provider says of the address; None where it says nothing.
    """

    subject: str
    email: str = ""
    email_verified: bool | None = None
    name: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict)
    refresh_token: str = ""

    @property
    def address(self) -> str:
        """The address as accounts have it: in lower case."""
        return self.email.strip().lower()

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]
