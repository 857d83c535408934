"""Work in the background: every working day the reminders to those who must approve."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.accounts.queries import workspaces
from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from .operations.asking_chase import chase
from .queries.asking import waiting


@app.periodic(cron="40 7 * * 1-5")
@app.task(name="desaga.placements.tasks.chase_approvers", queueing_lock="desaga.placements.chase_approvers")
def chase_approvers(timestamp: int) -> None:
    """On working days, one job for each workspace: what fails in one holds up no other."""
    for organisation in workspaces():
        chase_in.later(organisation=organisation)


@tenant_task(atomic=False)
def chase_in(*, organisation: Any, actor: Any) -> None:
    with within(organisation):
        askings = list(waiting())
    for asking in askings:
        with within(organisation):
            chase(asking=asking)
