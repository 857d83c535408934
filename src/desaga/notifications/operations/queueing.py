"""Writing a mail down, and having it delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_scopes import get_scope
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from desaga.accounts.mail import compose
from desaga.tenancy.context import within_platform

from ..addresses import new_bounce_key, new_message_id
from ..models import OutgoingMail
from ..queries import DELIVER

LONGEST_SUBJECT = 300


def send_mail(
    *,
    template: str,
    to: str,
    context: Mapping[str, Any],
    organisation: Any = None,
    reply_to: str = "",
    about: Any = None,
) -> OutgoingMail:
    """Send the mail that `mail_of` makes; `about` a thing of which not everybody may know. Nothing leaves before the caller's transaction is committed."""
    message = mail_of(template=template, to=to, context=context, organisation=organisation, reply_to=reply_to)
    return queue_mail(message=message, recipient=to, organisation=organisation, about=about)


def mail_of(
    *, template: str, to: str, context: Mapping[str, Any], organisation: Any = None, reply_to: str = ""
) -> EmailMultiAlternatives:
    """A mail made of `<template>_subject.txt` and `<template>_message.txt` (see `desaga.accounts.mail.compose`), to be sent or looked at.

    Whoever presses “answer” writes to `reply_to`.
    """
    message = compose(template, to=to, context={"organisation": organisation, **context})
    message.reply_to = [reply_to] if reply_to else []
    return message


def queue_mail(
    *,
    message: Any,
    recipient: str,
    organisation: Any = None,
    leave_url: str = "",
    about: Any = None,
    now: datetime | None = None,
) -> OutgoingMail:
    """Write down a Django message for one recipient, and have it delivered.

    `leave_url` is for what goes to many: one press in the mail program posts there, and ends it (RFC 8058). `about` is a
    thing of which not everybody may know: see `queries.seal`.
    """
    html = next((text for text, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
    with within_platform():
        mail = OutgoingMail.objects.create(
            organisation=organisation or get_scope().get("organisation"),
            sender=message.from_email,
            recipient=recipient,
            reply_to=next(iter(getattr(message, "reply_to", None) or ()), ""),
            leave_url=leave_url,
            subject=" ".join(str(message.subject).split())[:LONGEST_SUBJECT],
            text=message.body,
            html=html,
            message_id=new_message_id(message.from_email),
            bounce_key=new_bounce_key(),
            about_kind=about._meta.label_lower if about else "",
            about_id=about.pk if about else None,
            made_at=now or timezone.now(),
        )
        queue_delivery(mail.pk)
    return mail


def queue_delivery(mail_id: int) -> None:
    """Have a mail delivered once the caller's transaction is committed."""
    job = app.tasks[DELIVER].configure().job
    JobDeferrer(job=job, job_manager=jobs()).defer(mail_id=mail_id)


def jobs() -> JobManager:
    """The queue, spoken to over Django's own connection: within a worker, the app's is another, outside our transaction."""
    return JobManager(DjangoConnector())
