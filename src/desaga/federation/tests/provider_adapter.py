"""What the test provider tells of its people beside allauth's own; imported by it alone, once Django is set up there."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import PrivateKey

from .provider import State


class Adapter(DefaultOIDCAdapter):
    def list_private_keys(self, **kwargs: Any) -> list[PrivateKey]:
        return [PrivateKey(pem=State.pem)]

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, email: Any = None, **kwargs: Any) -> Any:
        claims = super().get_claims(purpose, user, client, scopes, email=email, **kwargs)
        told = State.lies.get("details", {}) if purpose == "userinfo" else {}
        return {**claims, **State.claims.get(str(user.pk), {}), **told}

    def populate_id_token(self, id_token: dict[str, Any], client: Any, scopes: Any, **kwargs: Any) -> None:
        proved_at = State.proved_at.get(int(id_token["sub"]))
        if proved_at:
            id_token["auth_time"] = int(proved_at)

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        data.update(State.lies.get("metadata", {}))
