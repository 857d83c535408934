"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from desaga.ui.waiting import Waiting

from . import queries

MINUTES_A_MAIL = 2


def mail_in_doubt(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Mail of which nobody knows whether it went out, in one line, for whoever may settle it."""
    if not user.has_perm("notifications.settle_mail", organisation):
        return
    mails = queries.doubtful_mail_for(user, organisation)
    if mails:
        number = "1 e-mail" if len(mails) == 1 else f"{len(mails)} e-mails"
        yield Waiting(
            verb="Say what became of",
            thing=f"{number} in doubt",
            url=reverse("notifications:list_doubtful_mail", args=[organisation.slug]),
            minutes=MINUTES_A_MAIL * len(mails),
            since=mails[0].doubtful_at,
        )
