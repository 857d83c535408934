"""Work in the background: every morning, reports that are due soon."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import reporting


@app.periodic(cron="30 6 * * *")
@app.task(name="desaga.charters.tasks.remind_everywhere", queueing_lock="desaga.charters.remind_everywhere")
def remind_everywhere(timestamp: int) -> None:
    """One job for each workspace: what fails in one holds up no other."""
    for organisation in queries.workspaces():
        remind_of_reports.later(organisation=organisation)


@tenant_task(atomic=False)
def remind_of_reports(*, organisation: Any, actor: Any) -> None:
    """In the signatory's name, each in a transaction of its own. Twice on a day is once."""
    with within(organisation):
        due = list(queries.due_soon(timezone.localdate()))
    for signature in due:
        with within(organisation):
            reporting.remind(signature=signature)
