"""Work in the background: files that came while the virus scanner was silent are shown to it again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import look_again

#: So many at a time: the next turn takes the rest.
MOST_AT_ONCE = 50
#: One file that no scanner can judge must not hold up those behind it; a scanner that is away need not be asked about each.
MOST_SILENCES = 5


@app.periodic(cron="*/10 * * * *")
@app.task(name="desaga.evidence.tasks.scan_everywhere", queueing_lock="desaga.evidence.scan_everywhere")
def scan_everywhere(timestamp: int) -> None:
    """Every ten minutes, one job for each workspace: what fails in one holds up no other."""
    if not settings.CLAMAV:
        return
    for organisation in queries.workspaces():
        scan_waiting.later(organisation=organisation)


@tenant_task(atomic=False)
def scan_waiting(*, organisation: Any, actor: Any) -> None:
    """The files of one workspace, each in a transaction of its own. A scanner that is silent on one is asked about the next, a few times a turn."""
    with within(organisation):
        waiting = list(queries.not_yet_scanned()[:MOST_AT_ONCE])
    silences = 0
    for evidence in waiting:
        with within(organisation):
            silences += not look_again(evidence=evidence)
        if silences == MOST_SILENCES:
            return
