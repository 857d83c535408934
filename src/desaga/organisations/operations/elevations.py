"""A platform administrator's way in: for a while, for a reason, and seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from desaga.audit import operations as audit
from desaga.tenancy.context import within

from ..models import Elevation, Organisation
from ..refusals import Refused

LONGEST = timedelta(hours=8)


class NotAPlatformAdministrator(Refused):
    """Only those who run the platform may step into an organisation."""


class ElevationTooLong(Refused):
    """An elevation lasts eight hours at most."""


class ElevationWithoutReason(Refused):
    """Say why you step into the organisation; its people will read it."""


def start_elevation(
    *, actor: Any, organisation: Organisation, reason: str, hours: float = 1, now: datetime | None = None
) -> Elevation:
    """Let a platform administrator act in an organisation as its lead would, for some hours."""
    if not actor.is_platform_administrator:
        raise NotAPlatformAdministrator
    if not reason.strip():
        raise ElevationWithoutReason
    if not timedelta() < timedelta(hours=hours) <= LONGEST:
        raise ElevationTooLong
    now = now or timezone.now()
    with within(organisation, user=actor):
        elevation = Elevation.objects.create(
            user=actor,
            organisation=organisation,
            reason=reason.strip(),
            starts_at=now,
            ends_at=now + timedelta(hours=hours),
        )
        audit.record(actor=actor, verb="stepped into", thing=organisation, note=reason.strip(), elevated=True)
    return elevation


def end_elevation(*, actor: Any, elevation: Elevation, now: datetime | None = None) -> None:
    """Give an elevation up before its time. Ending one that is over changes nothing."""
    now = now or timezone.now()
    with within(elevation.organisation, user=actor):
        held = Elevation.objects.select_for_update(of=("self",)).get(pk=elevation.pk, user=actor)
        if held.ends_at > now:
            held.ends_at = max(now, held.starts_at)
            held.save(update_fields=["ends_at"])
            audit.record(actor=actor, verb="stepped out of", thing=elevation.organisation, elevated=True)


def note_use(*, elevation: Elevation, method: str, path: str) -> None:
    """Write down one request made under an elevation. Called within the organisation's scope."""
    audit.record(
        actor=elevation.user, verb="visited", thing=elevation.organisation, note=f"{method} {path}", elevated=True
    )
