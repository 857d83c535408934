"""The mails about an award, each with a link of its own where whoever gets it needs no account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail

from ..agreeing import said_day
from ..awarding import Letter
from ..letters import LETTERS, TO_STAFF
from ..models import Award, AwardLetter, PlacementReport

#: So long a link opens, by the page that it leads to.
OPEN_FOR = timedelta(days=60)
PAGES = {
    Letter.SIGN: "placements:sign_agreement",
    Letter.SIGN_REMINDER: "placements:sign_agreement",
    Letter.SIGNED: "placements:sign_agreement",
    Letter.DAYS: "placements:confirm_days",
    Letter.DAYS_REMINDER: "placements:confirm_days",
    Letter.OUTCOME: "placements:answer_outcome",
    Letter.OUTCOME_REMINDER: "placements:answer_outcome",
}


def post(
    award: Award,
    kind: Letter,
    *,
    now: datetime,
    to: str = "",
    name: str = "",
    about: str = "",
    staff_url: str = "",
    **also: str,
) -> AwardLetter:
    """Write a mail down; it leaves after the commit. Without `to` it goes to the technician. A link ends those that were sent before for the same.

    With `staff_url`, a page of those who run the scheme, it is worded for them and names nobody.
    """
    application = award.application
    key = new_key() if kind in PAGES else None
    to, name = to or application.email, name or application.name
    known = known_of(award) | {"note": "", "extra": "", "about": about, **also}
    words = (TO_STAFF if staff_url else LETTERS)[kind]
    mail = send_mail(
        template="placements/email/award",
        to=to,
        about=application,
        organisation=application.organisation,
        reply_to=application.scheme.contact,
        context={
            "name": name,
            "letter_subject": words.subject.format_map(known),
            "letter_words": words.words.format_map(known),
            "button_label": words.button,
            # Their own page opens to nobody but the technician.
            "button_url": staff_url or (address_of(award, kind, key) if key or to == application.email else ""),
            "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga.",
        },
    )
    # Whoever has signed keeps the page on which they did.
    if key and kind != Letter.SIGNED:
        end_links(award, *_same_page(kind), about=about, now=now)
    return AwardLetter.objects.create(
        organisation_id=award.organisation_id, award=award, kind=kind, about=about, email=to, at=now, mail_id=mail.pk,
        key_hash=key and hash_of(key), expires_at=now + OPEN_FOR if key else None,
    )  # fmt: skip


def _same_page(kind: Letter) -> list[Letter]:
    return [one for one, page in PAGES.items() if page == PAGES[kind]]


def end_links(award: Award, *kinds: Letter, about: str, now: datetime) -> None:
    """What was sent before opens no more."""
    AwardLetter.objects.filter(award=award, kind__in=kinds, about=about, ended_at=None).exclude(key_hash=None).update(
        ended_at=now
    )


def address_of(award: Award, kind: Letter, key: str | None) -> str:
    """The key stands in no log: it is a query word, never part of a path."""
    application = award.application
    if key is None:
        return f"{settings.SITE_ADDRESS}{application.get_absolute_url()}"
    path = reverse(PAGES[kind], args=[application.organisation.slug])
    return f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}"


def known_of(award: Award) -> dict[str, str]:
    """What the words of a mail may name."""
    application = award.application
    due, host = report_due_of(award), award.host or application.host
    conditions = award.conditions.strip()
    return {
        "reference": application.reference,
        "title": application.title,
        "scheme": application.scheme.name,
        "organisation": application.organisation.name,
        "technician": application.name,
        "host": host,
        "noun": application.definition.noun,
        "where": f"{application.definition.host_word} {host}",
        "amount": f"£{award.amount:,.2f}",
        "accept_by": said_day(award.accept_by),
        "conditions": f"\n\nIts conditions: {conditions}" if conditions else "",
        "days": f"{said_day(award.starts_on)} to {said_day(award.ends_on)}",
        "report_due": said_day(due),
        "open_days": str(OPEN_FOR.days),
    }


def report_due_of(award: Award) -> date | None:
    """The day that holds: staff may have given a later one."""
    report = PlacementReport.objects.filter(award=award).first()
    return report.due_on if report and report.due_on else award.report_due_on


def has_gone(award: Award, kind: Letter, *, about: str = "") -> bool:
    return AwardLetter.objects.filter(award=award, kind=kind, about=about).exists()


def end_of(award: Award, *, now: datetime, **_: Any) -> None:
    """Every link of an award opens no more."""
    AwardLetter.objects.filter(award=award, ended_at=None).exclude(key_hash=None).update(ended_at=now)
