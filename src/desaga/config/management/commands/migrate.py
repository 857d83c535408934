"""Migrate as the owner of the schema, with the app's role made first and the table of the cache afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ProjectState

from desaga.config.database import PREPARE, as_owner


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(connections[options["database"]]) as connection:
            with connection.cursor() as cursor:
                cursor.execute(PREPARE)
            with only_what_changes(), others_first():
                super().handle(*args, **options)
            call_command("createcachetable", verbosity=0)


@contextmanager
def only_what_changes() -> Iterator[None]:
    """Within, a step that gives a model a field makes only that model's class anew.

    Django makes anew every class that is related to it as well, which here, where everything belongs to an organisation, is
    nearly all of them, hundreds of times: nine tenths of what migrating takes. A step in Python still finds all of them new, since
    it is told that some are not (`is_delayed`); and so does one that changes what other classes refer to.
    """
    find, add, adds = ProjectState._find_reload_model, ProjectState.add_field, False

    def found(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        if delay or adds or model_name not in state.apps.all_models[app_label]:
            state.is_delayed = True
            return {(app_label, model_name)}
        # Whom it is related to is not asked of classes that may be old: all are made anew when next looked at.
        state.is_delayed = False
        del state.__dict__["apps"]
        return set()

    def added(state: ProjectState, *told: Any, **named: Any) -> None:
        nonlocal adds
        adds = True
        try:
            add(state, *told, **named)
        finally:
            adds = False

    ProjectState._find_reload_model, ProjectState.add_field = found, added
    try:
        yield
    finally:
        ProjectState._find_reload_model, ProjectState.add_field = find, add


@contextmanager
def others_first() -> Iterator[None]:
    """Within, what others wrote is migrated before what is ours: their steps in Python make all classes anew, of which there are few then."""
    by_name = MigrationGraph.leaf_nodes
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("desaga.")}

    def sorted_by_whose(graph: MigrationGraph, app: str | None = None) -> list[tuple[str, str]]:
        return sorted(by_name(graph, app), key=lambda node: (node[0] in ours, node))

    MigrationGraph.leaf_nodes = sorted_by_whose
    try:
        yield
    finally:
        MigrationGraph.leaf_nodes = by_name
