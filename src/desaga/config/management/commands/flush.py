"""Empty the tables as the owner of the schema: the app itself may truncate nothing."""

from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections

from desaga.config.database import as_owner


class Command(DjangoFlush):
    def handle(self, **options: Any) -> None:
        with as_owner(connections[options["database"]]):
            super().handle(**options)
