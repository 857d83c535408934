"""Migrate as the owner of the schema, with the app's role made first and the table of the cache afterwards."""

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
            call_command("createcachetable", verbosity=0)
