"""Mails to readers: that something was given to them to read, that the day is near, and once that it is past. They name no application: whoever reads declares first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Assignment, PanelMember, ReadingLetter, Round
from ..queries.readers import address_of_reader, letters_since, members_with_readings_left, readings_left
from ..reading_days import TOLD_AFTER, ReadingLetterKind, reminder_due
from ..states import RoundState


class RoundHasDecided(Refused):
    """The outcomes of this panel are told, or it is called off: nobody scores any more."""


class DayOutside(Refused):
    """Readers score after the day by which applications are complete, and by the day on which the panel meets."""


class NothingLeft(Refused):
    """They have nothing left to score in this round."""


class WrittenToday(Refused):
    """They were written to today already. Write tomorrow, or call."""


@transaction.atomic
def set_score_by(*, actor: Any, round_: Round, score_by: date | None) -> Round:
    """By when a round's readers score; without a day it is a week before the meeting. Whoever was reminded of another day is reminded of this one. Raises `RoundHasDecided`, `DayOutside`."""
    held = locked(round_)
    if held.state not in (RoundState.PLANNED, RoundState.SITTING):
        raise RoundHasDecided
    if score_by is not None and not held.cut_off_on <= score_by <= held.meets_on:
        raise DayOutside(
            f"Choose a day from {held.cut_off_on:%-d %B %Y}, when applications are complete, to {held.meets_on:%-d %B %Y}, when the panel meets."
        )
    return change_row(round_, actor=actor, fields={"score_by": score_by})


@transaction.atomic
def tell_given(*, round_: Round, member: PanelMember, now: datetime | None = None) -> ReadingLetter | None:
    """One mail about all that was given to a reader and that no mail told of; twice is once. None where nothing is left, or they have no account."""
    now = now or timezone.now()
    held = locked(round_)
    rows = readings_left().filter(application__round=held, member=member, told_at=None)
    waiting = list(rows.filter(made_at__lte=now - TOLD_AFTER).values_list("pk", flat=True))
    if not waiting:
        return None
    Assignment.objects.filter(pk__in=rows.values("pk")).update(told_at=now)
    return _post(held, member, ReadingLetterKind.GIVEN, now)


@transaction.atomic
def remind_readers(*, round_: Round, today: date | None = None, now: datetime | None = None) -> int:
    """Whoever has readings left is reminded once before the day and once after it; twice on a day is once. Answers how many mails."""
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    held = locked(round_)
    kind = reminder_due(held.scores_by, today)
    if kind is None or held.state not in (RoundState.PLANNED, RoundState.SITTING):
        return 0
    gone, number = letters_since(held, held.scores_by), 0
    last = members_with_readings_left(held)
    for member in PanelMember.objects.filter(pk__in=last).select_related("person"):
        # Whoever was given something a moment ago has a mail with the day.
        if (member.pk, kind) not in gone and timezone.localdate(last[member.pk]) < today:
            number += _post(held, member, kind, now) is not None
    return number


@transaction.atomic
def write_to_reader(*, actor: Any, round_: Round, member: PanelMember, now: datetime | None = None) -> ReadingLetter:
    """Those who run the scheme remind a reader by hand. Raises `NothingLeft`, `WrittenToday`."""
    now = now or timezone.now()
    held = locked(round_)
    today = timezone.localdate(now)
    if not readings_left().filter(application__round=held, member=member).exists():
        raise NothingLeft
    if ReadingLetter.objects.filter(round=held, member=member, at__date=today).exists():
        raise WrittenToday
    letter = _post(held, member, ReadingLetterKind.GIVEN, now)
    if letter is None:
        raise NothingLeft("They have no account to which a mail could go.")
    Assignment.objects.filter(
        pk__in=readings_left().filter(application__round=held, member=member, told_at=None).values("pk")
    ).update(told_at=now)
    audit.record(actor=actor, verb="reminded a reader of", thing=held, note=str(member), now=now)
    return letter


def _post(round_: Round, member: PanelMember, kind: ReadingLetterKind, now: datetime) -> ReadingLetter | None:
    """Write the mail down with its line in the ledger. Call inside a transaction."""
    to, scheme = address_of_reader(member), round_.scheme
    left = readings_left().filter(application__round=round_, member=member).count()
    if not to or not left:
        return None
    mail = send_mail(
        template="placements/email/reading",
        to=to,
        organisation=scheme.organisation,
        reply_to=scheme.contact,
        context={
            "name": member.person.name,
            "scheme": scheme,
            "round": round_,
            "kind": kind,
            "left": left,
            "score_by": round_.scores_by,
            "button_label": "See your reading",
            "button_url": f"{settings.SITE_ADDRESS}{reverse('placements:list_reading', args=[scheme.organisation.slug, scheme.slug])}",
            "whose_words": f"{scheme.name}, {scheme.organisation.name}, through Desaga.",
        },
    )
    return ReadingLetter.objects.create(
        organisation_id=round_.organisation_id, round=round_, member=member, kind=kind, score_by=round_.scores_by, at=now, mail_id=mail.pk
    )  # fmt: skip
