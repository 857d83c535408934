"""The two mails that a member may get. They name no union: an employer may read a mailbox."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from desaga.notifications.operations import send_mail
from desaga.tenancy.context import only_scopes

from ..content import Content


def address_of(key: str) -> str:
    """The key stands in no log: it is a query word, never part of a path. Nor does the path name the union."""
    return f"{settings.SITE_ADDRESS}{reverse('union_learning:show_own')}?{urlencode({'key': key})}"


def post(content: Content, letter: str, *, representative: str, key: str, ends_on: date) -> int:
    """Write to the member; answers the number of the mail. It goes in nobody's name, so that the ledger ties no address to a union."""
    with only_scopes():
        mail = send_mail(
            template=f"union_learning/email/{letter}",
            to=content.email,
            context={
                "dear": content.name, "representative": representative, "ends_on": ends_on, "button_label": "Open the page",
                "button_url": address_of(key), "whose_words": "Sent through Desaga. You need no account.",
            },
            organisation=None,
        )  # fmt: skip
    return mail.pk
