"""Every hour, federations' metadata is read anew. Every night, unconfirmed roles lapse, providers are asked who is still there, and
what they said of somebody who never came to fetch it is forgotten."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import federations
from .operations.answers import forget_answers
from .operations.leaving import ask_after_everybody
from .operations.roles import lapse_unconfirmed


@app.periodic(cron="17 * * * *")
@app.task(name="desaga.federation.read_federations", queueing_lock="read_federations")
def read_federations(timestamp: int) -> None:
    """Every hour, read anew those federations whose time it is."""
    federations.read_due_federations()


@app.periodic(cron="17 3 * * *")
@app.task(name="desaga.federation.tasks.look_after_all", queueing_lock="desaga.federation.look_after_all")
def look_after_all(timestamp: int) -> None:
    """One job for each organisation with a sign-in, so that one provider that does not answer holds up nobody else."""
    for organisation in queries.organisations_with_sign_in():
        look_after.later(organisation=organisation)


@tenant_task(atomic=False)
def look_after(*, organisation: Any, actor: Any) -> None:
    forget_answers(organisation=organisation)
    lapse_unconfirmed(organisation=organisation)
    ask_after_everybody(organisation=organisation)
