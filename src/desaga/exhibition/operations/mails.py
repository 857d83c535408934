"""The mails about a request, to the venue and to those who lend."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from desaga.notifications.operations import send_mail

from ..models import TourRequest
from ..queries import who_is_told


def post_key(request: TourRequest, key: str) -> None:
    """The key stands in no log: it is a query word, never part of a path."""
    path = reverse("exhibition:show_own_request", args=[request.organisation.slug])
    send_mail(
        template="exhibition/email/sent",
        to=request.contact_email,
        context={
            "asked": request, "dear": request.contact_name, "button_label": "Yes, this is from us",
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{request.organisation.name}, through Desaga. You need no account. If you did not send this, do nothing: it is deleted after a week.",
        },
        organisation=request.organisation,
        reply_to=next(iter(who_is_told()), ""),
    )  # fmt: skip


def tell_venue(request: TourRequest, what: str, words: str = "") -> None:
    """What became of it; `what` names the sentence in the template. Nothing where the address was removed."""
    if not request.contact_email:
        return
    send_mail(
        template="exhibition/email/told",
        to=request.contact_email,
        context={
            "asked": request, "dear": request.contact_name, "what": what, "words": words,
            "whose_words": f"{request.organisation.name}, through Desaga.",
        },
        organisation=request.organisation,
        reply_to=next(iter(who_is_told()), ""),
    )  # fmt: skip


def tell_lenders(request: TourRequest, what: str) -> None:
    for email in who_is_told():
        send_mail(
            template="exhibition/email/heard",
            to=email,
            context={
                "asked": request, "what": what, "button_label": "Look at it",
                "button_url": f"{settings.SITE_ADDRESS}{request.get_absolute_url()}",
                "whose_words": "Desaga writes to those who lend the touring exhibition.",
            },
            organisation=request.organisation,
        )  # fmt: skip
