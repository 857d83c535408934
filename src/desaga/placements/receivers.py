"""What other slices announce: a mail that did not arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.notifications.signals import mail_bounced, mail_given_up
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .models import AwardLetter, OutcomeLetter, ReadingLetter
from .operations.asking_chase import note_lost_mail
from .operations.gate import note_event
from .queries.asking import key_of_mail


def listen() -> None:
    mail_bounced.connect(note_award_bounce, dispatch_uid="placements.note_award_bounce")
    mail_given_up.connect(note_award_loss, dispatch_uid="placements.note_award_loss")
    mail_bounced.connect(note_asking_lost, dispatch_uid="placements.note_asking_bounce")
    mail_given_up.connect(note_asking_lost, dispatch_uid="placements.note_asking_loss")


def note_asking_lost(*, mail_id: int, organisation_id: int | None, at: datetime, **_: Any) -> None:
    """The mail to somebody who must approve did not arrive: the applicant is told, and can name another."""
    organisation = Organisation.objects.filter(pk=organisation_id or 0).first()
    if organisation is None:
        return
    with within(organisation):
        if link := key_of_mail(mail_id):
            note_lost_mail(link=link, now=at)


def note_award_bounce(*, mail_id: int, organisation_id: int | None, status: str, at: datetime, **_: Any) -> None:
    """A letter came back: those who run the scheme see it, and nobody is chased at that address."""
    _note(mail_id, organisation_id, f"It came back ({status})." if status else "It came back.", at)


def note_award_loss(*, mail_id: int, organisation_id: int | None, at: datetime, **_: Any) -> None:
    """No mail server took it, however often it was tried."""
    _note(mail_id, organisation_id, "No mail server took it.", at)


def _note(mail_id: int, organisation_id: int | None, words: str, at: datetime) -> None:
    organisation = Organisation.objects.filter(pk=organisation_id or 0).first()
    if organisation is None:
        return
    with within(organisation):
        # The letter about a panel's outcome and the offer that it makes are one mail.
        OutcomeLetter.objects.filter(mail_id=mail_id, lost_at=None).update(lost_at=at, lost=words)
        ReadingLetter.objects.filter(mail_id=mail_id, lost_at=None).update(lost_at=at, lost=words)
        letter = AwardLetter.objects.filter(mail_id=mail_id, lost_at=None).select_related("award__application").first()
        if letter is None:
            return
        letter.lost_at, letter.lost = at, words
        letter.save(update_fields=["lost_at", "lost"])
        told = f"{letter.get_kind_display()}, to {letter.email}"
        note_event(letter.award.application, "letter_lost", now=at, words=told)
