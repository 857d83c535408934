"""What goes to an applicant by e-mail about what they write: how to come back, that the cut-off is near, a copy when it is sent.

It is theirs alone, so it stands in no ledger of whoever runs the scheme, and in doubt nobody there is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from desaga.accounts.mail import compose
from desaga.organisations.operations.rows import locked

from ..answering import Looked, is_asked, look, parts
from ..defining import Section
from ..models import Application
from ..queries.applications import round_hearing, typed
from ..queries.schemes import is_last
from ..states import ApplicationState
from ..wording import parts_told
from .gate import note_event

#: A draft is told of so long before the cut-off, and not before it has lain so long.
NEAR, RESTS = timedelta(days=7), timedelta(days=2)


def post_copy(application: Application, *, answers: Mapping[str, Any], looked: Looked) -> None:
    """All that was answered, in words, with the reference and what happens next. Call inside a transaction: the mail leaves after it."""
    hearing = round_hearing(application, timezone.localdate())
    told = parts_told(application.definition, answers, looked)
    _post(application, "application_copy", is_last=is_last(hearing), hearing=hearing, parts=told)


def post_begun(application: Application) -> None:
    """How one comes back to what one has begun. Call inside a transaction."""
    _post(application, "application_begun", "Go on with it", hearing=round_hearing(application, timezone.localdate()))


@transaction.atomic
def remind_of_draft(*, application: Application, now: datetime | None = None) -> bool:
    """That the cut-off is near, and what one has begun is not sent: told once of each application, whenever it is. Answers whether it was told now."""
    now = now or timezone.now()
    held, today = locked(application), timezone.localdate(now)
    hearing = round_hearing(held, today)
    if held.state != ApplicationState.DRAFT or held.draft_told_at or hearing is None:
        return False
    if not hearing.cut_off_on - NEAR <= today <= hearing.cut_off_on or now - held.begun_at < RESTS:
        return False
    held.draft_told_at = now
    held.save(update_fields=["draft_told_at"])
    looked = look(held.definition, typed(held))
    left = [
        part.title for part in parts(held.definition) if part.key not in held.done_sections and _is_asked(part, looked)
    ]
    note_event(held, "draft_told", now=now)
    _post(held, "application_draft", "Go on with it", hearing=hearing, is_last=is_last(hearing), left=left)
    return True


def _is_asked(part: Section, looked: Looked) -> bool:
    return any(is_asked(question, looked.values) for question in part.questions)


def _post(application: Application, template: str, button: str = "See your application", **told: Any) -> None:
    scheme, organisation = application.scheme, application.organisation
    context = {
        "organisation": organisation,
        "application": application,
        "scheme": scheme,
        "approvers": application.definition.approvers,
        "button_label": button,
        "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
        "whose_words": f"{organisation.name}, through Desaga.",
        **told,
    }
    message = compose(f"placements/email/{template}", to=application.email, context=context)
    message.about = application  # type: ignore[attr-defined]  # for `QueuedMailBackend`
    message.send()
