"""Work in the background: reading, checking and loading extracts, and picking up what a dead worker left. Jobs hold ids only."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import running
from .operations.gate import NotNow


@tenant_task(atomic=False)
def work_on_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    running.work(organisation=organisation, actor=actor, extract_id=extract_id)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.workforce.tasks.resume_everywhere", queueing_lock="desaga.workforce.resume_everywhere")
def resume_everywhere(timestamp: int) -> None:
    """Every minute: an extract whose worker has been silent too long is given to another."""
    for organisation in queries.workspaces():
        with within(organisation):
            silent = list(queries.silent_extracts())
        for extract in silent:
            # One that has finished meanwhile needs nobody.
            with suppress(NotNow), within(organisation):
                running.resume(actor=None, extract=extract)
