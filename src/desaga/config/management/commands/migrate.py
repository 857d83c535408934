"""Migrate as the owner of the schema, with the app's role made first and the table of the cache afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.state import ProjectState

from desaga.config.database import PREPARE, as_owner


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(connections[options["database"]]) as connection:
            with connection.cursor() as cursor:
                cursor.execute(PREPARE)
            with only_what_changes():
                super().handle(*args, **options)
            call_command("createcachetable", verbosity=0)


@contextmanager
def only_what_changes() -> Iterator[None]:
    """Within, a step that changes no relation makes only its own model's class anew.

    Django makes anew every class that is related to it as well, which here, where everything belongs to an organisation, is
    nearly all of them, hundreds of times: nine tenths of what migrating takes. A step in Python still finds all of them new, since
    it is told that some are not (`is_delayed`).
    """
    all_related = ProjectState._find_reload_model

    def found(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        if not delay and model_name in state.apps.all_models[app_label]:
            return all_related(state, app_label, model_name, delay)
        state.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = found
    try:
        yield
    finally:
        ProjectState._find_reload_model = all_related
