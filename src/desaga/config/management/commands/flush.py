"""Empty the tables as the owner of the schema: the app itself may truncate nothing. Tests do it after each that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from desaga.config.database import as_owner

#: What migrating writes, and nothing else does: so it need not be written anew.
KEPT = frozenset({"django_content_type", "auth_permission"})


class Command(DjangoFlush):
    """Truncating every table takes a second, since each is a new file; to remove the rows of the few that have any, a hundredth of one.

    That takes a superuser, whom neither triggers nor row-level security keep from it. Whoever is none truncates, and so does a person, who is asked first.
    """

    def handle(self, **options: Any) -> None:
        with as_owner(connections[options["database"]]) as connection:
            with connection.cursor() as cursor:
                cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                is_superuser = cursor.fetchone()[0]
            if options["interactive"] or not is_superuser:
                with transaction.atomic(using=connection.alias), truncatable(connection):
                    super().handle(**options)
                return
            tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                # Neither triggers nor foreign keys are asked within this transaction.
                cursor.execute("SET LOCAL session_replication_role = replica")
                for table in _filled(cursor, sorted(tables)):
                    cursor.execute(f'DELETE FROM "{table}"')  # nosec B608


@contextmanager
def truncatable(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Within, no trigger keeps a table from being truncated, as it does what was frozen for a review: whoever empties the database means all of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled = 'O' AND (tgtype & 32) <> 0 ORDER BY 1, 2"
        )
        keepers = cursor.fetchall()
    _set(connection, keepers, "DISABLE")
    yield
    _set(connection, keepers, "ENABLE")


def _set(connection: BaseDatabaseWrapper, keepers: list[tuple[str, str]], deed: str) -> None:
    with connection.cursor() as cursor:
        for table, trigger in keepers:
            cursor.execute(f"ALTER TABLE {table} {deed} TRIGGER {trigger}")  # nosec B608


def _filled(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)  # nosec B608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]
