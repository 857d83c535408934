"""Django's mail, and that of every library that uses it, goes through our queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from .operations import queue_mail


class MailWithAttachment(ValueError):
    """A file goes behind a sign-in, not into the post."""


class QueuedMailBackend(BaseEmailBackend):
    """For `EMAIL_BACKEND`: writes each mail down for the worker instead of sending it while somebody waits."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            if message.attachments:
                raise MailWithAttachment(MailWithAttachment.__doc__)
            for recipient in message.recipients():
                queue_mail(message=message, recipient=recipient, about=getattr(message, "about", None))
        return len(email_messages)
