"""A person's data export: asked for, made by the worker, gone after a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.notifications.operations.queueing import send_mail
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within, within_platform

from ..collecting import everything_about
from ..models import DataExport
from ..sealing import seal_export

KEPT = timedelta(days=7)


class OneIsBeingMade(Refused):
    """Your data are being put together already. You get an e-mail when they are there."""


@transaction.atomic
def ask_for_export(*, actor: Any, now: datetime | None = None, in_background: bool = True) -> DataExport:
    """Have all that is held about the signed-in person put together. Raises `OneIsBeingMade`."""
    now = now or timezone.now()
    if DataExport.objects.filter(person=actor.person, made_at=None, asked_at__gt=now - timedelta(hours=1)).exists():
        raise OneIsBeingMade
    export = DataExport.objects.create(person=actor.person, asked_at=now, expires_at=now + KEPT)
    audit.record(actor=actor, verb="asked for their data:", thing=export, person=actor.person)
    if in_background:
        from ..tasks import have_made

        have_made(export_id=export.pk, user_id=actor.pk)
    return export


def make_export(*, actor: Any, export_id: int) -> None:
    """(Worker) Put it together, keep it sealed, and tell the person by e-mail, which says nothing of what is in it."""
    with within(user=actor):
        export = DataExport.objects.filter(pk=export_id, person=actor.person, made_at=None).first()
    if export is None:
        return
    content = everything_about(actor)
    with within(user=actor):
        export.sealed, export.made_at = seal_export(content, export.about), timezone.now()
        export.expires_at = export.made_at + KEPT
        export.save()
        url = f"{settings.SITE_ADDRESS}{reverse('privacy:show_own_data')}"
        send_mail(
            template="privacy/email/your_data",
            to=actor.email,
            context={"until": export.expires_at, "button_label": "See your data", "button_url": url},
        )


def remove_expired(*, now: datetime | None = None) -> int:
    """Remove exports whose week is over, whoever's they are. The platform itself may see and remove just those."""
    with within_platform():
        return DataExport.objects.filter(expires_at__lt=now or timezone.now()).delete()[0]
