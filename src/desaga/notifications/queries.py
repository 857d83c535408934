"""What can be read of mail: only in the demo, by whoever looks at the demo."""

from __future__ import annotations

from desaga.tenancy.context import within_platform

from .models import OutgoingMail

LATEST = 50


def latest_mail() -> list[OutgoingMail]:
    """The mails made last, the latest first."""
    with within_platform():
        return list(OutgoingMail.objects.all()[:LATEST])


def mail_in_mailbox(mail_id: int) -> OutgoingMail | None:
    with within_platform():
        return OutgoingMail.objects.filter(pk=mail_id).first()
