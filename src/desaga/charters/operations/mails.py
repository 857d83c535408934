"""The mails about signatures, to those who lead one of the two organisations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from desaga.notifications.operations import send_mail
from desaga.organisations.models import Organisation

from ..models import Signature
from ..queries import leads_of


def address_for(signature: Signature, organisation: Organisation) -> str:
    path = reverse("charters:show_signature", args=[organisation.slug, signature.pk])
    return f"{settings.SITE_ADDRESS}{path}"


def tell(signature: Signature, organisation: Organisation | None, what: str, **words: Any) -> None:
    """Tell an organisation's leads what became of a signature; `what` names the sentence in the template. Whoever has no workspace is not told by us."""
    if organisation is None:
        return
    for email in leads_of(organisation):
        send_mail(
            template="charters/email/told",
            to=email,
            context={
                "signature": signature, "what": what, **words, "button_label": "Look at it",
                "button_url": address_for(signature, organisation),
                "whose_words": "Desaga writes to those who lead an organisation that keeps or signs a charter.",
            },
            organisation=organisation,
        )  # fmt: skip
