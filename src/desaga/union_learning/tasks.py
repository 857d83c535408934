"""Work in the background: every night, what is over is deleted, and members are told a month before."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import answering
from .reach import by_night


@app.periodic(cron="15 0 * * *")
@app.task(name="desaga.union_learning.tasks.end_everywhere", queueing_lock="desaga.union_learning.end_everywhere")
def end_everywhere(timestamp: int) -> None:
    """One job for each union: what fails in one holds up no other."""
    for union in queries.unions():
        end_supports.later(organisation=union)


@tenant_task(atomic=False)
def end_supports(*, organisation: Any, actor: Any) -> None:
    """Each in a transaction of its own. Twice on a day is once."""
    today = timezone.localdate()
    with within(organisation), by_night():
        over, soon = queries.over_on(today), queries.to_tell_of(today)
    for support in over:
        with within(organisation), by_night():
            answering.run_out(support=support)
    for support in soon:
        with within(organisation), by_night():
            answering.say_it_ends_soon(support=support)
