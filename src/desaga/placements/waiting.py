"""What waits for an applicant, whoever runs the scheme: told to the page that shows what waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .models import Application, Round
from .queries.applications import own_applications
from .states import WRITTEN, ApplicationState, RoundState

#: A draft is told of when the cut-off of the next panel is so near.
NEAR = timedelta(days=21)
MOST = 20


def own_applications_waiting(user: Any) -> list[Waiting]:
    """What one has to change, and what one has begun and should finish before a cut-off. Call in the person's own standing."""
    return list(_waiting(own_written()[:MOST]))


def own_written() -> QuerySet[Application]:
    """One's own that one may write in, with the cut-off of the scheme's next panel. Rounds of open schemes are everybody's to read."""
    planned = Round._base_manager.filter(
        scheme=OuterRef("scheme"), state=RoundState.PLANNED, cut_off_on__gte=timezone.localdate()
    )
    cut_off = Subquery(planned.order_by("meets_on", "cut_off_on").values("cut_off_on")[:1])
    return own_applications().filter(state__in=WRITTEN).annotate(cut_off_on=cut_off)


def _waiting(rows: QuerySet[Application]) -> Iterator[Waiting]:
    until = timezone.localdate() + NEAR
    for one in rows:
        asked = one.state == ApplicationState.CHANGES_ASKED
        if not asked and (one.cut_off_on is None or one.cut_off_on > until):  # type: ignore[attr-defined]
            continue
        yield Waiting(
            verb="Change and send again" if asked else "Finish",
            thing=f"your application {one.reference} to {one.scheme.name}",
            url=one.get_absolute_url(),
            minutes=10 if asked else 30,
            since=one.changed_at,
            due_on=one.cut_off_on,  # type: ignore[attr-defined]
        )
