"""The letters about a panel's outcomes: one renderer for the preview and for what is sent, and a ledger so that none is written twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from desaga.notifications.operations import mail_of, queue_mail
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.tenancy.context import within

from ..answering import parts
from ..models import AgendaItem, Award, AwardLetter, OutcomeLetter, Round
from ..queries.meeting import letter_item, outcome_of, to_write
from ..sitting import AWARDS, OutcomeKind

TEMPLATE = "placements/email/outcome"
BUTTONS = {
    OutcomeKind.FULL: "Answer the offer",
    OutcomeKind.PART: "Answer the offer",
    OutcomeKind.CHANGES: "Change your application",
}


def letter_about(item: AgendaItem, *, accept_by: date | None, goes_to: Round | None) -> EmailMultiAlternatives:
    """The mail about an item's outcome, to be looked at or sent. `accept_by` is for an offer, `goes_to` for what is heard again."""
    application, outcome = item.application, outcome_of(item)
    titles = {one.key: one.title for one in parts(application.definition)}
    return mail_of(
        template=TEMPLATE,
        to=application.email,
        organisation=application.organisation,
        reply_to=application.scheme.contact,
        context={
            "application": application,
            "scheme": application.scheme,
            "panel": item.round,
            "outcome": outcome,
            "pounds": (outcome.amount or 0) + application.asked_apart,
            "asked": (application.asked or 0) + application.asked_apart,
            "reasons": words_of_reasons(item),
            "parts": [titles[key] for key in outcome.open_parts if key in titles],
            "accept_by": accept_by,
            "goes_to": goes_to,
            "button_label": BUTTONS.get(outcome.kind, "See your application"),
            "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
            "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga.",
        },
    )


def words_of_reasons(item: AgendaItem) -> list[str]:
    """What the applicant reads of each reason, as the version says that they applied by."""
    chosen = outcome_of(item).reasons
    return [one.words for one in item.application.definition.decline_reasons if one.key in chosen]


def write_letters(*, organisation: Organisation, actor: Any, round_id: int) -> int:
    """Write down each letter that is not written yet, in a transaction of its own; answers how many.

    Whoever is stopped in between goes on where they were: a letter and its line in the ledger are written down together, or not at all.
    """
    with within(organisation, user=actor):
        waiting = list(to_write(round_id).values_list("pk", flat=True))
    return sum(write_one(organisation=organisation, actor=actor, item_id=pk) for pk in waiting)


def write_one(*, organisation: Organisation, actor: Any, item_id: int) -> bool:
    """Write down the letter about one item, if nobody has; answers whether it did."""
    with within(organisation, user=actor), transaction.atomic():
        item = letter_item(item_id)
        locked(item)
        if OutcomeLetter.objects.filter(item=item).exists():
            return False
        _write(item)
        return True


def _write(item: AgendaItem) -> None:
    application, now = item.application, timezone.now()
    is_award = outcome_of(item).kind in AWARDS
    award = Award.objects.filter(application=application).first() if is_award else None
    message = letter_about(item, accept_by=award.accept_by if award else None, goes_to=item.goes_to)
    mail = queue_mail(message=message, recipient=application.email, organisation=application.organisation, about=application, now=now)  # fmt: skip
    known = {"organisation_id": item.organisation_id, "email": application.email, "mail_id": mail.pk}
    OutcomeLetter.objects.create(item=item, written_at=now, **known)
    if award:
        AwardLetter.objects.create(award=award, kind="offer", at=now, **known)
