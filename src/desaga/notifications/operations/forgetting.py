"""To whom mails went is forgotten, when the time of what they were about is over. That a mail was sent, and what became of it, stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from desaga.tenancy.context import within_platform

from ..models import OutgoingMail

SETTLED = Q(sent_at__isnull=False) | Q(failed_at__isnull=False) | Q(bounced_at__isnull=False)
LAIN = timedelta(days=30)
FORGOTTEN = {"recipient": "", "subject": "", "reply_to": "", "leave_url": "", "text": "", "html": ""}


def forget_mails(*, organisation: Any, ids: Collection[int], until: Mapping[str, datetime], now: datetime) -> int:
    """Wipe address and subject of these mails, and of all that went in an organisation's name to an address until its moment; answers of how many.

    Call inside a transaction. What is still on its way is left as it is, unless it has lain for a month.
    """
    with within_platform():
        rows = OutgoingMail.objects.filter(SETTLED | Q(made_at__lte=now - LAIN), organisation=organisation).exclude(
            recipient=""
        )
        found = rows.filter(Q(pk__in=ids) | Q(recipient__in=until)).values_list("pk", "recipient", "made_at")
        which = [pk for pk, recipient, made_at in found if pk in ids or made_at <= until[recipient]]
        return OutgoingMail.objects.filter(pk__in=which).update(**FORGOTTEN)
