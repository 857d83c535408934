"""Work in the background: files that came while the virus scanner was silent are shown to it again; every working day those who must approve are reminded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from procrastinate.contrib.django import app

from desaga.accounts.queries import workspaces
from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from .operations.asking_chase import chase
from .operations.scanning import look_again
from .queries.applications import files_not_yet_scanned
from .queries.asking import waiting

#: So many at a time: the next turn takes the rest.
MOST_AT_ONCE = 50


@app.periodic(cron="5-55/10 * * * *")
@app.task(name="desaga.placements.tasks.scan_everywhere", queueing_lock="desaga.placements.scan_everywhere")
def scan_everywhere(timestamp: int) -> None:
    """Every ten minutes, one job for each workspace: what fails in one holds up no other."""
    if not settings.CLAMAV:
        return
    for organisation in workspaces():
        scan_waiting.later(organisation=organisation)


@tenant_task(atomic=False)
def scan_waiting(*, organisation: Any, actor: Any) -> None:
    """The files of one workspace, each in a transaction of its own, until the scanner is silent."""
    with within(organisation):
        files = list(files_not_yet_scanned()[:MOST_AT_ONCE])
    for file in files:
        with within(organisation):
            if not look_again(file=file):
                return


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
