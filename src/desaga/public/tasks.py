"""Work in the background: every night, each published page is brought up to date with its plan."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import publications


@app.periodic(cron="15 5 * * *")
@app.task(name="desaga.public.tasks.renew_everywhere", queueing_lock="desaga.public.renew_everywhere")
def renew_everywhere(timestamp: int) -> None:
    """One job for each organisation that publishes: what fails in one holds up no other."""
    for organisation in queries.workspaces_that_publish():
        renew.later(organisation=organisation)


@tenant_task()
def renew(*, organisation: Any, actor: Any) -> None:
    publications.renew_all()
