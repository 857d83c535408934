"""The copy of an application that goes to the applicant by e-mail when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from desaga.accounts.mail import compose

from ..answering import Looked
from ..models import Application
from ..queries.applications import round_hearing
from ..queries.schemes import is_last
from ..wording import parts_told


def post_copy(application: Application, *, answers: Mapping[str, Any], looked: Looked) -> None:
    """All that was answered, in words, with the reference and what happens next. Call inside a transaction: the mail leaves after it."""
    scheme, organisation = application.scheme, application.organisation
    context = {
        "organisation": organisation,
        "application": application,
        "scheme": scheme,
        "is_last": is_last(round_hearing(application, timezone.localdate())),
        "hearing": round_hearing(application, timezone.localdate()),
        "parts": parts_told(application.definition, answers, looked),
        "button_label": "See your application",
        "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
        "whose_words": f"{organisation.name}, through Desaga.",
    }
    compose("placements/email/application_copy", to=application.email, context=context).send()
