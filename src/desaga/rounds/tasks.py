"""Work in the background: the mails of a round, and every morning the reminders."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import chasing, rounds


@tenant_task(atomic=False)
def post_requests(*, organisation: Any, actor: Any, round_id: int) -> None:
    rounds.post_requests(organisation=organisation, actor=actor, round_id=round_id)


@app.periodic(cron="30 7 * * 1-5")
@app.task(name="desaga.rounds.tasks.chase_everywhere", queueing_lock="desaga.rounds.chase_everywhere")
def chase_everywhere(timestamp: int) -> None:
    """On working days, one job for each workspace: what fails in one holds up no other."""
    for organisation in queries.workspaces():
        chase.later(organisation=organisation)


@tenant_task(atomic=False)
def chase(*, organisation: Any, actor: Any) -> None:
    with within(organisation):
        going = list(queries.open_rounds())
    for round_ in going:
        with within(organisation):
            chasing.chase_round(round_=round_)
        # Whoever was stopped while the first mails were written down goes on here.
        rounds.post_requests(organisation=organisation, actor=None, round_id=round_.pk)
