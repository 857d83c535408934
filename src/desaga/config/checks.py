"""What must hold of the database session before anyone is served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
