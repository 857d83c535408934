"""Work in the background. The payload holds ids: it names nobody."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import sending


@tenant_task(atomic=False)
def write_letters(*, organisation: Any, actor: Any, issue_id: int) -> None:
    """A batch a transaction, until there is nothing left to write."""
    while True:
        with within(organisation):
            if not sending.write_letters(issue=queries.issue_or_404(issue_id)):
                return


@app.periodic(cron="* * * * *")
@app.task(name="desaga.newsletters.tasks.bring_back", queueing_lock="desaga.newsletters.bring_back")
def bring_back(timestamp: int) -> None:
    """Every minute, look for what a worker that died left behind. Without a lock: a dead worker's would never end."""
    sending.bring_back_sendings()
