"""Asking an applicant for changes, in parts that are named: these open again, all else stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from desaga.notifications.operations import send_mail
from desaga.organisations.refusals import Refused

from ..answering import parts
from ..models import Application
from .gate import move


class WhichParts(Refused):
    """Choose at least one part that is to be changed."""


class WhatToChange(Refused):
    """Say what is to be changed, and why."""


@transaction.atomic
def ask_for_changes(
    *, actor: Any, application: Application, open_parts: Collection[str], words: str, now: datetime | None = None
) -> Application:
    """Open these parts to the applicant again, who is told by e-mail. Raises `WhichParts`, `WhatToChange`, `gate.NotNow`.

    When it comes back, only those are asked for their approval anew whom the changes concern (`asking.send_to_approvers`).
    """
    titles = {one.key: one.title for one in parts(application.definition) if one.key in open_parts}
    if not titles:
        raise WhichParts
    if not words.strip():
        raise WhatToChange
    held = move(
        application,
        "ask_for_changes",
        actor=actor,
        now=now or timezone.now(),
        words=f"{', '.join(titles.values())}: {words.strip()}",
        open_sections=list(titles),
        done_sections=[one for one in application.done_sections if one not in titles],
    )
    _tell(held, list(titles.values()), words.strip())
    return held


def _tell(application: Application, titles: list[str], words: str) -> None:
    scheme, organisation = application.scheme, application.organisation
    send_mail(
        template="placements/email/changes_asked",
        to=application.email,
        about=application,
        context={
            "application": application,
            "scheme": scheme,
            "titles": titles,
            "words": words,
            "button_label": "Change your application",
            "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
            "whose_words": f"{scheme.name}, {organisation.name}, through Desaga.",
        },
        organisation=organisation,
        reply_to=scheme.contact,
    )
