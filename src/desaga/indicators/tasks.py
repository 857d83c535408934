"""Every night the computed indicators are read."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.jobs import tenant_task

from . import operations, queries


@app.periodic(cron="20 2 * * *")
@app.task(name="desaga.indicators.tasks.take_everywhere", queueing_lock="desaga.indicators.take_everywhere")
def take_everywhere(timestamp: int) -> None:
    """One job for each workspace: what fails in one holds up no other."""
    for organisation in queries.workspaces():
        take.later(organisation=organisation)


@tenant_task()
def take(*, organisation: Any, actor: Any) -> None:
    operations.take_readings(organisation=organisation)
