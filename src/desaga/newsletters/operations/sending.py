"""Sending an issue: it is frozen in one step, then a mail is written for each subscriber, a hundred in a transaction.

A worker may be killed between any two of these: what is written is committed with its letter, what is not is written by the next. Each mail then leaves by the
ledger of `notifications` (docs/adr/0020-mail-ledger.md), so nobody gets two.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Max
from django.template.loader import get_template
from django.utils import timezone

from desaga.accounts.mail import plainly
from desaga.notifications.operations import queue_mail, queued_anew
from desaga.organisations.refusals import Refused

from .. import keys, offering, queries
from ..freezing import Told, digest_of
from ..models import Issue, IssuePiece, Letter
from .composing import held_draft
from .gate import move

A_BATCH = 100
TEMPLATE = "newsletters/email/issue"


class NothingInIt(Refused):
    """Choose at least one piece, or write an introduction."""


class NobodyReads(Refused):
    """Nobody has subscribed yet. Tell people of the address at which they can."""


class GoneMeanwhile(Refused):
    """Something that you chose may not be shown any more. Take it out, then send the issue."""


@transaction.atomic
def send_issue(*, actor: Any, issue: Issue, now: datetime | None = None) -> Issue:
    """Freeze it and send it to everybody who has subscribed. Raises `NothingInIt`, `GoneMeanwhile`, `NobodyReads`, `gate.NotNow`."""
    from ..tasks import write_letters

    now = now or timezone.now()
    held = held_draft(issue)
    kept = queries.pieces_of(held)
    if not kept and not held.introduction:
        raise NothingInIt
    if not queries.subscriptions().exists():
        raise NobodyReads
    freeze(held, kept, now)
    number = (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    frozen = [queries.marked(one) for one in IssuePiece.objects.filter(issue=held)]
    digest = digest_of(number, held.title, held.introduction, frozen)
    sent = move(held, "send", actor=actor, now=now, number=number, digest=digest, sent_at=now, sent_by=actor)
    Letter.objects.bulk_create(
        Letter(organisation_id=sent.organisation_id, issue=sent, subscription=one) for one in queries.subscriptions()
    )
    write_letters.later(organisation=sent.organisation, actor=actor, issue_id=sent.pk)
    return sent


def freeze(issue: Issue, kept: list[IssuePiece], now: datetime) -> None:
    """Each piece becomes the copy of what its page says now. Raises `GoneMeanwhile`."""
    today = offering.pieces(issue.organisation, [one.key for one in kept])
    if len(today) < len(kept):
        raise GoneMeanwhile
    for order, one in enumerate(kept, start=1):
        piece = today[one.key]
        picture = offering.picture(issue.organisation, one.key)
        for name in ("kind", "title", "summary", "when", "address", "picture_words"):
            setattr(one, name, getattr(piece, name))
        one.consent_id, one.order, one.frozen_at = piece.consent, order, now
        one.shown_until = one.consent.until + timedelta(days=1) if one.consent else None
        one.picture, one.has_picture = picture, bool(picture)
        one.save()


@transaction.atomic
def write_letters(*, issue: Issue, most: int = A_BATCH, now: datetime | None = None) -> int:
    """Write the next mails; answers how many. Once there is none left, the issue is sent. Two workers at once share the work."""
    letters = queries.letters_to_write(issue, most)
    told = queries.told_of(issue) if letters else []
    for letter in letters:
        assert letter.subscription is not None, "It was asked for."
        leave = keys.leave_url(issue.organisation, letter.subscription_id or 0)
        message = letter_of(issue, told, to=letter.subscription.email, leave_url=leave)
        mail = queue_mail(
            message=message,
            recipient=letter.subscription.email,
            organisation=issue.organisation,
            leave_url=leave,
            now=now,
        )
        letter.mail_id = mail.pk
        letter.save(update_fields=["mail_id"])
    if not letters and not queries.has_unwritten(issue) and issue.state == "sending":
        move(issue, "finish", actor=None, now=now or timezone.now())
    return len(letters)


def letter_of(
    issue: Issue, told: list[Told], *, to: str = "", leave_url: str = "", site: str | None = None
) -> EmailMultiAlternatives:
    """An issue as a mail, to be sent or looked at (then its pictures come from where one looks). What was taken out of it since is not in it."""
    organisation = issue.organisation
    archive = offering.archive(organisation)
    words = {
        "issue": issue, "pieces": [one for one in told if not one.is_struck], "organisation": organisation, "subject": issue.title,
        "organisation_name": organisation.name, "accent": organisation.accent, "site": settings.SITE_ADDRESS if site is None else site, "leave_url": leave_url,
        "web_url": f"{archive}{issue.number}/" if archive and issue.number else "",
    }  # fmt: skip
    message = EmailMultiAlternatives(
        issue.title, plainly(f"{TEMPLATE}.txt", words).strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]
    )
    message.attach_alternative(get_template(f"{TEMPLATE}.html").render(words), "text/html")
    return message


def bring_back_sendings() -> int:
    """Queue anew what a worker that died was writing; answers how many. Harmless at any time."""
    return sum(queued_anew(job) for job in queries.stalled_sendings())
