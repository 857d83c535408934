"""Empty the tables as the owner of the schema: the app itself may truncate nothing. Tests do it after each that commits."""

from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections, transaction
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
                super().handle(**options)
                return
            tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                # Neither triggers nor foreign keys are asked within this transaction.
                cursor.execute("SET LOCAL session_replication_role = replica")
                for table in _filled(cursor, sorted(tables)):
                    cursor.execute(f'DELETE FROM "{table}"')  # nosec B608


def _filled(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)  # nosec B608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]
