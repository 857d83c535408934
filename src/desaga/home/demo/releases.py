"""The demo's released figures: two summers are read, the third is prepared, and the public reads what the lead shows it."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.workforce.models import PublicFigures, Release, Snapshot
from desaga.workforce.operations import counting, releases
from desaga.workforce.queries import snapshots_in_force

from .world import email_of, world


def load_releases() -> None:
    """Release what is not released yet, the oldest first; the newest waits for the steward."""
    for told in world()["releases"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        steward, lead = (
            User.objects.get(email=email_of(told["organisation"], told[who])) for who in ("by", "shown_by")
        )
        with within(organisation, user=steward):
            snapshots = [] if Release.objects.exists() else list(snapshots_in_force().order_by("as_at"))
        for place, snapshot in enumerate(snapshots):
            load_release(organisation, steward, snapshot, is_last=place == len(snapshots) - 1)
        with within(organisation, user=lead):
            if not PublicFigures.objects.exists() and Release.objects.filter(state="released").exists():
                releases.show_to_public(actor=lead, organisation=organisation)


def load_release(organisation: Any, steward: Any, snapshot: Snapshot, *, is_last: bool) -> None:
    with within(organisation, user=steward):
        told = {"snapshot": snapshot, "name": f"{snapshot.as_at:%B %Y}", "in_background": False}
        made = releases.prepare(actor=steward, organisation=organisation, **told)
    counting.take_turn(organisation=organisation, actor=steward, release_id=made.pk)
    if is_last:
        return
    with within(organisation, user=steward):
        releases.release(actor=steward, release=Release.objects.get(pk=made.pk))
