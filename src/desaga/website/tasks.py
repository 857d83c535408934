"""Work in the background: the pack and the catalogue of an exhibition; every night, where links lead."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import links, packs


@tenant_task(atomic=False, retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def make_pack(*, organisation: Any, actor: Any, exhibition_id: int) -> None:
    """Twice the same is once: what was made of the same pages is left. No lock is held between jobs: one whose worker died would hold up all."""
    from desaga.tenancy.context import within

    from .packing.making import make

    try:
        make(organisation=organisation, actor=actor, exhibition_id=exhibition_id, now=timezone.now())
    except Exception:
        with within(organisation, user=actor):
            packs.give_up(exhibition_id)
        raise


@app.periodic(cron="20 0 * * *")
@app.task(name="desaga.website.tasks.make_packs_everywhere", queueing_lock="desaga.website.make_packs_everywhere")
def make_packs_everywhere(timestamp: int) -> None:
    """After the consents that ended in the night: what is missing, or is not what would be made today."""
    from .packing.making import is_behind

    for organisation, exhibition_id in queries.exhibitions_shown():
        if is_behind(organisation, exhibition_id):
            make_pack.later(organisation=organisation, exhibition_id=exhibition_id)


@app.periodic(cron="40 2 * * *")
@app.task(name="desaga.website.tasks.check_links_everywhere", queueing_lock="desaga.website.check_links_everywhere")
def check_links_everywhere(timestamp: int) -> None:
    """One job for each site: what takes long in one holds up no other."""
    for organisation in queries.organisations_with_sites():
        check_links.later(organisation=organisation)


@tenant_task(atomic=False)
def check_links(*, organisation: Any, actor: Any) -> None:
    """Nothing is held while servers are asked."""
    links.check_site(organisation)
