"""Sending mail: it is written down with the change that causes it, and leaves after that change is committed."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone
from django_scopes import get_scope
from procrastinate.contrib.django import app

from desaga.accounts.mail import compose
from desaga.tenancy.context import within_platform

from .models import OutgoingMail

DELIVER = "desaga.notifications.tasks.deliver_mail"
LONGEST_SUBJECT = 300
logger = logging.getLogger(__name__)


class MailNotDelivered(Exception):
    """The mail server did not take a mail. Says what kind of fault it was, never whom the mail was for."""


def send_mail(*, template: str, to: str, context: Mapping[str, Any], organisation: Any = None) -> OutgoingMail:
    """Send a mail made of `<template>_subject.txt` and `<template>_message.txt` (see `desaga.accounts.mail.compose`).

    Nothing leaves before the caller's transaction is committed.
    """
    message = compose(template, to=to, context={"organisation": organisation, **context})
    return queue_mail(message=message, recipient=to, organisation=organisation)


def queue_mail(*, message: Any, recipient: str, organisation: Any = None, now: datetime | None = None) -> OutgoingMail:
    """Write down a Django message for one recipient, and have it delivered."""
    html = next((text for text, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
    with within_platform():
        mail = OutgoingMail.objects.create(
            organisation=organisation or get_scope().get("organisation"),
            sender=message.from_email,
            recipient=recipient,
            subject=" ".join(str(message.subject).split())[:LONGEST_SUBJECT],
            text=message.body,
            html=html,
            made_at=now or timezone.now(),
        )
    app.tasks[DELIVER].defer(mail_id=mail.pk)
    return mail


def deliver_mail(*, mail_id: int, is_last_try: bool = False, now: datetime | None = None) -> None:
    """Hand a mail to the mail server, once, and wipe what it said.

    Raises `MailNotDelivered` where the server does not take it; after the last try it is marked as given up instead.
    """
    with within_platform():
        mail = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail_id)
        if mail.sent_at or mail.failed_at:
            return
        try:
            hand_over(mail)
        except (smtplib.SMTPException, OSError) as error:
            if not is_last_try:
                # The error's own words name the recipient, and a job's errors are logged.
                raise MailNotDelivered(type(error).__name__) from None
            logger.warning("mail %s given up after %s", mail_id, type(error).__name__)
            mail.failed_at = now or timezone.now()
        else:
            mail.sent_at = now or timezone.now()
        if not settings.KEEP_SENT_MAIL:
            mail.text = mail.html = ""
        mail.save(update_fields=["sent_at", "failed_at", "text", "html"])


def hand_over(mail: OutgoingMail) -> None:
    with get_connection(settings.MAIL_DELIVERY_BACKEND) as connection:
        message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.recipient], connection=connection)
        # For programs that answer mail by themselves: nobody reads this mailbox.
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        message.send()
