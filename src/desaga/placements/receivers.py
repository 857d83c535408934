"""What other slices announce: a mail that did not arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.notifications.signals import mail_bounced, mail_given_up
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .operations.asking_chase import note_lost_mail
from .queries.asking import key_of_mail


def listen() -> None:
    mail_bounced.connect(note_lost, dispatch_uid="placements.note_bounce")
    mail_given_up.connect(note_lost, dispatch_uid="placements.note_loss")


def note_lost(*, mail_id: int, organisation_id: int | None, at: datetime, **_: Any) -> None:
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        return
    with within(organisation):
        if link := key_of_mail(mail_id):
            note_lost_mail(link=link, now=at)
