"""How a scheme ends: telling those who have begun an application, and what its last panel is."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from desaga.notifications.operations import send_mail

from ..models import Scheme
from ..queries.schemes import drafts_of, rounds_to_come


def tell_drafts(scheme: Scheme, what: str) -> int:
    """One mail to each who has begun and not sent: what ends, and what they can do. Call inside a transaction. Answers how many."""
    told = set()
    last = rounds_to_come(scheme).last()
    for application in drafts_of(scheme):
        if application.email in told:
            continue
        told.add(application.email)
        send_mail(
            template="placements/email/scheme_ends",
            to=application.email,
            about=application,
            context={
                "application": application,
                "scheme": scheme,
                "what": what,
                "last": last,
                "successor": scheme.successor if scheme.successor and scheme.successor.is_published else None,
                "button_label": "See your applications",
                "button_url": f"{settings.SITE_ADDRESS}{reverse('placements:list_own_applications')}",
                "whose_words": f"{scheme.name}, {scheme.organisation.name}, through Desaga.",
            },
            organisation=scheme.organisation,
            reply_to=scheme.contact,
        )
    return len(told)
