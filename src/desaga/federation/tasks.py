"""Work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .operations import federations


@app.periodic(cron="17 * * * *")
@app.task(name="desaga.federation.read_federations", queueing_lock="read_federations")
def read_federations(timestamp: int) -> None:
    """Every hour, read anew those federations whose time it is."""
    federations.read_due_federations()
