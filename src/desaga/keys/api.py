"""What the key itself is, so that a program can check it. Imports ninja: only the API's own assembly imports this."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from .states import Scope

router = Router(tags=["Key"])


class KeyOwner(Schema):
    """In whose name the key reads."""

    slug: str = Field(examples=["wexcombe"])
    name: str = Field(examples=["University of Wexcombe"])


class KeyAnswer(Schema):
    """The key with which this was asked."""

    name: str = Field(examples=["Power BI of the planning office"])
    organisation: KeyOwner
    scopes: list[Scope]
    expires_at: datetime


@router.get("", response=KeyAnswer, operation_id="show_key", summary="This key")
def show_key(request: HttpRequest) -> dict[str, Any]:
    """Whose key this is, what it opens and until when. Every key that holds may ask."""
    key = request.key  # type: ignore[attr-defined]
    return {
        "name": key.name,
        "organisation": {"slug": key.organisation.slug, "name": key.organisation.name},
        "scopes": key.scopes,
        "expires_at": key.expires_at,
    }
