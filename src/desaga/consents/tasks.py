"""Work in the background: every night, consents that end."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import answering


@app.periodic(cron="5 0 * * *")
@app.task(name="desaga.consents.tasks.end_everywhere", queueing_lock="desaga.consents.end_everywhere")
def end_everywhere(timestamp: int) -> None:
    """Just after midnight, one job for each workspace: what fails in one holds up no other."""
    for organisation in queries.workspaces():
        end_consents.later(organisation=organisation)


@tenant_task(atomic=False)
def end_consents(*, organisation: Any, actor: Any) -> None:
    """Each consent in a transaction of its own. Twice on a day is once."""
    today = timezone.localdate()
    with within(organisation):
        over, soon = list(queries.over_on(today)), list(queries.to_tell_of(today))
    for consent in over:
        with within(organisation):
            answering.expire_consent(consent=consent)
    for consent in soon:
        with within(organisation):
            answering.say_it_ends_soon(consent=consent)
