"""Issues as uses of consents: the mail that went out cannot be taken back, the archive can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.consents.models import Consent
from desaga.consents.states import Where
from desaga.consents.uses import Because, Use

from . import offering, queries
from .models import IssuePiece

TAKEN_OUT = {"kind": "", "title": "", "summary": "", "when": "", "address": "", "picture": b"", "has_picture": False, "picture_words": ""}  # fmt: skip


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    """Each sent issue twice: as mail, and as long as it is there, as a page of the archive."""
    archive = offering.archive(consent.organisation)
    for piece in queries.pieces_resting_on(consent):
        issue = piece.issue
        letters = f"{piece.letters} letter{'' if piece.letters == 1 else 's'}"  # type: ignore[attr-defined]
        title = f"{issue.title} (issue {issue.number})"
        yield Use(kind="Newsletter", title=f"{title}, {letters}", since=issue.sent_at, may_be_taken_down=False)
        if piece.struck_at is None and not queries.is_over(piece):
            address = f"{archive}{issue.number}/" if archive else ""
            yield Use(kind="Newsletter’s archive", title=title, address=address, since=issue.sent_at)


@transaction.atomic
def strike_with_consent(consent: Consent, because: Because | None = None) -> None:
    """Told by `consents`, in the transaction that ends it: words and picture leave the archive, and mails that are not written yet go without them."""
    now = timezone.now()
    for piece in queries.pieces_resting_on(consent):
        if piece.struck_at is None:
            IssuePiece.objects.filter(pk=piece.pk).update(struck_at=now, **TAKEN_OUT)
            audit.record(actor=None, verb="took a piece out of the archive of", thing=piece.issue, now=now)


@transaction.atomic
def follow_renewal(former: Consent, new: Consent) -> None:
    """Told by `consents` when another comes in the place of one: what was sent rests on it. It leaves the archive where the new one is not for newsletters, or shows less."""
    if Where.NEWSLETTER not in new.where or set(former.what) - set(new.what):
        strike_with_consent(former)
    numbers = [piece.pk for piece in queries.pieces_resting_on(former)]
    IssuePiece.objects.filter(pk__in=numbers).update(consent=new, shown_until=new.until + timedelta(days=1))
