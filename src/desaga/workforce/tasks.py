"""Work in the background: reading, checking and loading extracts, and picking up what a dead worker left. Jobs hold ids only."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from procrastinate.contrib.django import app

from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import defined, queries
from .operations import classifying, counting, releases, running
from .operations.gate import NotNow
from .releasing import queries as released


@tenant_task(atomic=False)
def work_on_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    running.work(organisation=organisation, actor=actor, extract_id=extract_id)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.workforce.tasks.resume_everywhere", queueing_lock="desaga.workforce.resume_everywhere")
def resume_everywhere(timestamp: int) -> None:
    """Every minute: an extract whose worker has been silent too long is given to another, but not without end."""
    for organisation in queries.workspaces():
        with within(organisation):
            silent = list(queries.silent_extracts())
        for extract in silent:
            # One that has finished meanwhile needs nobody.
            with suppress(NotNow), within(organisation):
                running.resume_or_give_up(extract=extract)


@tenant_task(atomic=False)
def classify_snapshot(*, organisation: Any, actor: Any, classification_id: int) -> None:
    classifying.classify(organisation=organisation, actor=actor, classification_id=classification_id)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.workforce.tasks.classify_everywhere", queueing_lock="desaga.workforce.classify_everywhere")
def classify_everywhere(timestamp: int) -> None:
    """Every minute: a classification whose worker has been silent too long is given to another."""
    for organisation in queries.workspaces():
        with within(organisation):
            for held in list(defined.silent_classifications()):
                # Of one whose people were deleted meanwhile there is nothing to work out.
                with suppress(Refused):
                    classifying.ask_classify(actor=held.asked_by, snapshot=held.snapshot, version=held.version)


@tenant_task(atomic=False)
def count_release(*, organisation: Any, actor: Any, release_id: int) -> None:
    counting.take_turn(organisation=organisation, actor=actor, release_id=release_id)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.workforce.tasks.count_everywhere", queueing_lock="desaga.workforce.count_everywhere")
def count_everywhere(timestamp: int) -> None:
    """Every minute: a release whose worker has been silent far too long is given to another, but not without end."""
    for organisation in queries.workspaces():
        with within(organisation):
            for release in list(released.silent_releases()):
                # One that was counted meanwhile needs nobody.
                with suppress(Refused):
                    releases.take_up_or_give_up(release=release)
