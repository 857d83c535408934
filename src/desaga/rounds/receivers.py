"""What other slices announce: an update that answers a request, a mail that did not arrive."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from desaga.plans.signals import update_given

from .models import RequestedAction
from .operations.posting import happened
from .states import Happened, RoundState


def listen() -> None:
    update_given.connect(note_answer, dispatch_uid="rounds.note_answer")


def note_answer(*, update: Any, **_: Any) -> None:
    """However an update came, it answers everybody who is asked about its action in an open round: nobody is chased for it."""
    lines = RequestedAction.objects.filter(
        action=update.action_id, unit=update.unit_id, request__round__state=RoundState.OPEN
    )
    for line in lines.select_related("request").select_for_update(of=("self",)):
        if line.update_id is None:
            what = update.action.code or update.action.short_title
            note = f"{what}: {'nothing new, ' if update.nothing_new else ''}{update.source}"
            happened(
                line.request,
                Happened.ANSWERED,
                actor=update.entered_by,
                now=update.said_at or timezone.now(),
                note=note,
            )
        line.update = update
        line.save(update_fields=["update"])
