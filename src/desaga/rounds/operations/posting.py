"""The mails of a round. Each has a key of its own, and stands in the log of its request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail

from ..models import RequestEvent, RequestKey, UpdateRequest
from ..states import Happened

#: A link opens so long after the day by which answers are wanted: whoever is late can still answer.
OPEN_AFTER_DUE = timedelta(days=45)
LETTERS = {
    Happened.ASKED: "ask",
    Happened.DUE_SOON: "remind",
    Happened.REMINDED: "remind",
    Happened.LATE: "remind_late",
    Happened.STAYS_SILENT: "remind_silent",
}


def post(request: UpdateRequest, kind: Happened, *, actor: Any = None, now: datetime, note: str = "") -> RequestEvent:
    """Write a mail down with a link of its own; it leaves after the commit."""
    key = new_key()
    link = RequestKey.objects.create(
        organisation_id=request.organisation_id,
        request=request,
        key_hash=hash_of(key),
        made_at=now,
        expires_at=expiry(request),
    )
    mail = send_mail(
        template=f"rounds/email/{LETTERS[kind]}",
        to=request.email,
        context=letter_of(request, note) | {"button_url": address_of(request, key)},
        organisation=request.round.organisation,
        reply_to=request.round.started_by.email if request.round.started_by else "",
    )
    return happened(request, kind, actor=actor, now=now, note=note, mail_id=mail.pk, link=link)


def letter_of(request: UpdateRequest, note: str = "") -> dict[str, Any]:
    """What the words of a mail are made of."""
    round_ = request.round
    asker = round_.started_by.get_full_name() if round_.started_by else round_.organisation.name
    lines = [line for line in request.lines.select_related("action", "unit") if line.is_waiting]
    return {
        "request": request,
        "round": round_,
        "lines": lines,
        "asker": asker,
        "note": note,
        "button_label": "Answer in two minutes" if len(lines) < 4 else "Answer",
        "whose_words": f"{asker}, {round_.organisation.name}, through Desaga. You need no account.",
    }


def address_of(request: UpdateRequest, key: str) -> str:
    """The key stands in no log: it is a query word, never part of a path."""
    path = reverse("rounds:answer_request", args=[request.round.organisation.slug])
    return f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}"


def expiry(request: UpdateRequest) -> datetime:
    return timezone.make_aware(datetime.combine(request.round.due_on + OPEN_AFTER_DUE, time.max))


def happened(
    request: UpdateRequest,
    kind: Happened,
    *,
    actor: Any = None,
    now: datetime,
    note: str = "",
    mail_id: int | None = None,
    link: RequestKey | None = None,
) -> RequestEvent:
    """Add to the log of a request; `link` is the one that was sent, or used."""
    return RequestEvent.objects.create(
        organisation_id=request.organisation_id,
        request=request,
        at=now,
        kind=kind,
        note=note,
        by=actor,
        mail_id=mail_id,
        key=link,
    )


def tell_the_lead(to: str, context: Mapping[str, Any], organisation: Any) -> int:
    """The one mail to the lead that says who is silent."""
    return send_mail(template="rounds/email/escalate", to=to, context=context, organisation=organisation).pk
