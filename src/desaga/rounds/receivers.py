"""What other slices announce: an update that answers a request, a mail that did not arrive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.notifications.signals import mail_bounced, mail_given_up
from desaga.organisations.models import Organisation
from desaga.plans.models import Update
from desaga.plans.signals import update_given, updates_undone
from desaga.tenancy.context import within

from .models import RequestedAction, RequestEvent, RequestKey
from .operations.posting import happened
from .states import LOST, Happened, RoundState


def listen() -> None:
    update_given.connect(note_answer, dispatch_uid="rounds.note_answer")
    updates_undone.connect(note_undone, dispatch_uid="rounds.note_undone")
    mail_bounced.connect(note_bounce, dispatch_uid="rounds.note_bounce")
    mail_given_up.connect(note_loss, dispatch_uid="rounds.note_loss")


def note_answer(*, update: Any, through: Any = None, **_: Any) -> None:
    """However an update came, it answers everybody who is asked about its action in an open round: nobody is chased for it.

    `through` is the link that was used: it stands in the log of the request that it belongs to.
    """
    lines = RequestedAction.objects.filter(
        action=update.action_id, unit=update.unit_id, request__round__state=RoundState.OPEN
    )
    for line in lines.select_related("request").select_for_update(of=("self",)):
        # Each answer stands in the log, also a second one; the same form sent twice is one.
        if line.update_id != update.pk:
            what = update.action.code or update.action.short_title
            note = f"{what}: {'nothing new, ' if update.nothing_new else ''}{update.source}"
            happened(
                line.request,
                Happened.ANSWERED,
                actor=update.entered_by,
                now=update.said_at or timezone.now(),
                note=note,
                link=through if isinstance(through, RequestKey) and through.request_id == line.request_id else None,
            )
        line.update = update
        line.save(update_fields=["update"])


def note_undone(*, pks: Collection[int], **_: Any) -> None:
    """Updates are taken back: what they answered is answered by what was said of it since it was asked, if anything was, or waits again."""
    lines = RequestedAction.objects.filter(update__in=pks).select_related("request")
    for line in lines.select_for_update(of=("self",)):
        asked_at = line.request.asked_at
        said = Update.objects.filter(action=line.action_id, unit=line.unit_id, said_at__gte=asked_at or timezone.now())
        line.update = said.exclude(pk__in=pks).order_by("order").last()
        line.save(update_fields=["update"])


def note_bounce(*, mail_id: int, organisation_id: int | None, status: str, at: datetime, **_: Any) -> None:
    """A mail came back: its request says so, and the officer sees whom another address is wanted for."""
    _note_lost(mail_id, organisation_id, Happened.BOUNCED, status, at)


def note_loss(*, mail_id: int, organisation_id: int | None, at: datetime, **_: Any) -> None:
    """No mail server took a mail, however often it was tried."""
    _note_lost(mail_id, organisation_id, Happened.NOT_DELIVERED, "", at)


def _note_lost(mail_id: int, organisation_id: int | None, kind: Happened, note: str, at: datetime) -> None:
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        return
    with within(organisation):
        events = RequestEvent.objects.filter(mail_id=mail_id)
        asked = events.exclude(kind__in=(*LOST, Happened.ESCALATED)).select_related("request").first()
        if asked and not events.filter(kind=kind).exists():
            happened(asked.request, kind, now=at, note=note, mail_id=mail_id)
