"""The mails of a round. Each has a key of its own, and stands in the log of its request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import mail_of, send_mail

from ..models import RequestEvent, RequestKey, Round, UpdateRequest
from ..preparing import Recipient
from ..states import Happened

#: A link opens so long after the day by which answers are wanted: whoever is late can still answer.
OPEN_AFTER_DUE = timedelta(days=45)
#: What stands in a preview where a mail has its link: a link is made when its mail is.
LINK_HERE = "[each gets a link of their own here]"
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
        reply_to=answers_go_to(request.round),
    )
    return happened(request, kind, actor=actor, now=now, note=note, mail_id=mail.pk, link=link)


def preview_letter(round_: Round, recipient: Recipient) -> EmailMultiAlternatives:
    """The mail that a recipient of a prepared round would get: the very one, but for its link."""
    request = UpdateRequest(round=round_, email=recipient.email, name=recipient.name)
    return mail_of(
        template=f"rounds/email/{LETTERS[Happened.ASKED]}",
        to=recipient.email,
        context=_words(request, recipient.lines) | {"button_url": LINK_HERE},
        organisation=round_.organisation,
        reply_to=answers_go_to(round_),
    )


def letter_of(request: UpdateRequest, note: str = "") -> dict[str, Any]:
    """What the words of a mail are made of."""
    return _words(request, [line for line in request.lines.select_related("action", "unit") if line.is_waiting], note)


def _words(request: UpdateRequest, lines: Sequence[Any], note: str = "") -> dict[str, Any]:
    round_, asker = request.round, asked_by(request.round)
    return {
        "request": request,
        "round": round_,
        "lines": lines,
        "asker": asker,
        "note": note,
        "button_label": "Answer in two minutes" if len(lines) < 4 else "Answer",
        "whose_words": f"{asker}, {round_.organisation.name}, through Desaga. You need no account.",
    }


def asked_by(round_: Round) -> str:
    """Whose words the mails of a round are."""
    return round_.started_by.get_full_name() if round_.started_by else round_.organisation.name


def answers_go_to(round_: Round) -> str:
    return round_.started_by.email if round_.started_by else ""


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
