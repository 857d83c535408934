"""Work in the background: every night what has had its time, and a person's export when they ask. Jobs hold ids only."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import exports, retention

MAKE_EXPORT = "desaga.privacy.tasks.make_export"


@app.periodic(cron="47 2 * * *")
@app.task(name="desaga.privacy.tasks.delete_everywhere", queueing_lock="desaga.privacy.delete_everywhere")
def delete_everywhere(timestamp: int) -> None:
    """Every night, one job for each workspace: what fails in one holds up no other. Sessions and exports are the platform's."""
    for organisation in queries.workspaces():
        delete_what_is_over.later(organisation=organisation)
    exports.remove_expired()
    call_command("clearsessions")


@tenant_task(atomic=False)
def delete_what_is_over(*, organisation: Any, actor: Any) -> None:
    with within(organisation):
        retention.delete_what_is_over(organisation=organisation)


@app.task(name=MAKE_EXPORT)
def make_export(*, export_id: int, user_id: int) -> None:
    exports.make_export(actor=queries.user_of(user_id), export_id=export_id)


def have_made(*, export_id: int, user_id: int) -> None:
    """Queue it, as part of the caller's transaction."""
    app.tasks[MAKE_EXPORT].defer(export_id=export_id, user_id=user_id)
