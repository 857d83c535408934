"""What must hold of the database session before anyone is served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def app_is_bound_by_row_security(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a session that row-level security would not bind: a superuser's, or one that bypasses it."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
            row = cursor.fetchone()
        if row:
            hint = "Let DATABASE_APP_URL name a login that is a member of desaga_app and nothing more."
            problems.append(
                Error(
                    f"The app speaks to {alias!r} as {row[0]}, whom row-level security does not bind.",
                    hint=hint,
                    id="desaga.E001",
                )
            )
    return problems


@register("accessibility", deploy=True)
def somebody_can_be_written_to(**kwargs: Any) -> list[CheckMessage]:
    """The accessibility statement and the privacy notice have to name an address (regulation 8 of the accessibility regulations; UK GDPR, article 13)."""
    if settings.CONTACT_ADDRESS:
        return []
    return [
        Error(
            "Nobody is named to whom one can write about accessibility and privacy.",
            hint="Set DESAGA_CONTACT to an e-mail address that somebody reads.",
            id="desaga.E002",
        )
    ]
