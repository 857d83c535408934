"""Migrate as the owner of the schema, with the app's role made first."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from desaga.config.database import PREPARE, as_owner


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(connections[options["database"]]) as connection:
            with connection.cursor() as cursor:
                cursor.execute(PREPARE)
            super().handle(*args, **options)
            # Sign-in counts its failures in the cache; its table belongs to no migration.
            call_command("createcachetable", database=options["database"], verbosity=0)
