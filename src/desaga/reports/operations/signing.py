"""A report is sent to the head of organisation, sent back, taken back, or signed off and kept for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.accounts.models import User
from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.models import Organisation, Person
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..freezing import content_of, digest_of
from ..models import FrozenReport, HeadOfOrganisation, Report, ReportEvent, ReportSection, SignOffKey
from ..queries import head_of, kind_name, people_who_may_sign, person_of
from ..states import REPORT_TRANSITIONS, Happened, ReportState, Way

#: So long a link to sign off opens.
OPEN_FOR = timedelta(days=30)


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker. Look at the page again."""


class SectionsTooLong(Refused):
    """Some sections are longer than asked for. Shorten them, or change the limit of the kind of report, before you send it."""


class NothingWritten(Refused):
    """Nothing is written yet."""


class SomebodyElseSigns(Refused):
    """Whoever sends a report does not sign it off. Choose somebody else."""


class WhoSigns(Refused):
    """Say who signs off: choose a person, or give a name and an e-mail address."""


class NoHeadStated(Refused):
    """Say first who heads your organisation: name, title and e-mail."""


class SayWhyDeputy(Refused):
    """Say why somebody else signs than the head of your organisation: it stands on the report."""


class NotWhoWasAsked(Refused):
    """This link was sent to somebody else. Give the name that it was sent to, or let the lead send it to you, with the reason."""


class OtherThanSeen(Refused):
    """The report is not what you read any more. It is shown anew: read it, and sign then."""


class LinkIsOver(Refused):
    """This link opens no more: somebody else was asked, or the report is written on. Tell whoever sent it to you."""


class SayWhy(Refused):
    """Say what is to be changed, so that those who write know."""


class SayWho(Refused):
    """Give your name: it stands on the report."""


@transaction.atomic
def state_head(*, actor: Any, organisation: Organisation, name: str, title: str, email: str) -> HeadOfOrganisation:
    """Say who heads the organisation: one person, whoever was said before."""
    fields = {"name": name.strip(), "title": title.strip(), "email": email}
    if head := HeadOfOrganisation.objects.select_for_update().filter(organisation=organisation).first():
        return change_row(head, actor=actor, verb="stated anew", fields=fields)
    return add_row(HeadOfOrganisation, actor=actor, verb="stated", organisation=organisation, **fields)


@transaction.atomic
def send_for_sign_off(
    *,
    actor: Any,
    report: Report,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    because: str = "",
    now: datetime | None = None,
) -> Report:
    """Ask the head of organisation to sign off; or a deputy, with the reason, which stands on the report: a person here, or anybody by e-mail,
    who gets a link that needs no account.

    Raises `NotNow`, `NothingWritten`, `SectionsTooLong`, `NoHeadStated`, `SayWhyDeputy`, `WhoSigns`, `SomebodyElseSigns`.
    """
    now, report = now or timezone.now(), locked(report)
    _refuse_unfit(report)
    head = head_of(report.organisation)
    if head is None:
        raise NoHeadStated
    if not (person or name.strip() or email) or not person and email.casefold() == head.email.casefold():
        person, name, email, because = person_of(head.email), head.name, head.email, ""
    elif person and person == person_of(head.email):
        because = ""
    elif not because.strip():
        raise SayWhyDeputy
    who = person.name if person else name.strip()
    if not who or not (person or email):
        raise WhoSigns
    if person and person.pk == actor.person_id or not person and email.casefold() == actor.email.casefold():
        raise SomebodyElseSigns
    if person and not people_who_may_sign().filter(pk=person.pk).exists():
        raise WhoSigns
    fields: dict[str, Any] = {
        "signatory": person,
        "signatory_name": "" if person else who,
        "signatory_email": "" if person else email,
        "deputy_because": because.strip(),
        "sent_content": content_of(report, kind_name(report)) | _signs(head, who, because.strip()),
    }
    report = _move(
        report,
        "send",
        Happened.SENT,
        actor,
        now,
        note=f"To {who}" + (f", in place of {head}: {because.strip()}" if because.strip() else ""),
        who=actor.get_full_name(),
        sent_at=now,
        sent_by=actor,
        **fields,
    )
    _write_to(
        report,
        _address_here(report) if person else _address_by_link(report, now),
        _email_of(person) if person else email,
    )
    return report


@transaction.atomic
def take_back(*, actor: Any, report: Report, now: datetime | None = None) -> Report:
    """Write on: nobody is asked to sign any more, and the link ends. Raises `NotNow`."""
    return _move(report, "take_back", Happened.TAKEN_BACK, actor, now or timezone.now(), who=actor.get_full_name())


@transaction.atomic
def send_back(
    *,
    actor: Any,
    report: Report,
    note: str,
    who: str,
    way: str = Way.HERE,
    link: SignOffKey | None = None,
    now: datetime | None = None,
) -> Report:
    """Do not sign: say what is to be changed. `link` is the one that was used. Raises `NotNow`, `SayWhy`, `SayWho`, `LinkIsOver`."""
    if not note.strip():
        raise SayWhy
    if not who.strip():
        raise SayWho
    now, report = now or timezone.now(), locked(report)
    _refuse_ended(report, link, now)
    return _move(report, "send_back", Happened.SENT_BACK, actor, now, who=who, way=way, note=note.strip())


@transaction.atomic
def sign_off(
    *,
    actor: Any,
    report: Report,
    seen: str,
    who: str,
    way: str = Way.HERE,
    link: SignOffKey | None = None,
    now: datetime | None = None,
) -> FrozenReport:
    """Sign off what one has seen, which is kept for good. `seen` is the digest of that, `link` the one that was used.

    Raises `NotNow`, `LinkIsOver`, `OtherThanSeen`, `SayWho`, `NotWhoWasAsked`, `SomebodyElseSigns`.
    """
    now = now or timezone.now()
    if not who.strip():
        raise SayWho
    report = locked(report)
    if report.state != ReportState.FOR_SIGN_OFF:
        raise NotNow
    _refuse_ended(report, link, now)
    if way == Way.LINK and not _is_named(report.signatory_words, who):
        raise NotWhoWasAsked
    # Here the door asks whether one was asked; a link opens to whoever has it.
    if way == Way.LINK and actor is not None and actor.pk == report.sent_by_id:
        raise SomebodyElseSigns
    content = report.sent_content
    digest = digest_of(content)
    if seen != digest:
        raise OtherThanSeen
    report = _move(report, "sign_off", Happened.SIGNED_OFF, actor, now, who=who, way=way, signed_off_at=now)
    return FrozenReport.objects.create(
        organisation_id=report.organisation_id, report=report, content=content, digest=digest, frozen_at=now,
        signed_by=who.strip()[:150], way=way,
    )  # fmt: skip


def _move(
    report: Report,
    name: str,
    kind: Happened,
    actor: Any,
    now: datetime,
    *,
    who: str,
    way: str = Way.HERE,
    note: str = "",
    **also: Any,
) -> Report:
    """The one way in which a report goes from one state to another. Every link that was sent before ends."""
    transition, report = REPORT_TRANSITIONS[name], locked(report)
    if report.state not in transition.sources:
        raise NotNow
    was, report.state = report.state, transition.target
    for field, value in also.items():
        setattr(report, field, value)
    report.save(update_fields=["state", *also])
    SignOffKey.objects.filter(report=report, ended_at=None).update(ended_at=now)
    ReportEvent.objects.create(
        organisation_id=report.organisation_id,
        report=report,
        kind=kind,
        at=now,
        who=who.strip()[:150],
        by=actor,
        way=way,
        note=note,
    )
    told = f"{who.strip()}, {Way(way).label}. {note}".strip() if way == Way.LINK else note
    audit.record(
        actor=actor, verb=transition.verb, thing=report, changes={"state": [was, report.state]}, note=told, now=now
    )
    return report


def _refuse_ended(report: Report, link: SignOffKey | None, now: datetime) -> None:
    """Look at a link again while the report is held: it may have ended after its page was opened, and another may be asked now."""
    if link and not SignOffKey.objects.filter(pk=link.pk, report=report, ended_at=None, expires_at__gt=now).exists():
        raise LinkIsOver


def _signs(head: HeadOfOrganisation, who: str, because: str) -> dict[str, Any]:
    """What the report says of whoever signs it."""
    return {"head": {"name": head.name, "title": head.title}, "signs": {"name": who, "because": because}}


def _is_named(asked: str, told: str) -> bool:
    """Whether somebody gave the name that was asked; a title before it does no harm."""
    return set(asked.casefold().split()) <= set(told.casefold().replace(",", " ").split())


def _refuse_unfit(report: Report) -> None:
    sections = list(ReportSection.objects.filter(report=report))
    if not any(one.text.strip() for one in sections):
        raise NothingWritten
    if any(one.is_over for one in sections):
        raise SectionsTooLong


def _address_here(report: Report) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('reports:sign_off', args=[report.organisation.slug, report.pk])}"


def _address_by_link(report: Report, now: datetime) -> str:
    """A link of its own. The key stands in no log: it is a query word, never part of a path."""
    key = new_key()
    SignOffKey.objects.create(
        organisation_id=report.organisation_id, report=report, name=report.signatory_name, email=report.signatory_email,
        key_hash=hash_of(key), made_at=now, expires_at=now + OPEN_FOR,
    )  # fmt: skip
    return f"{settings.SITE_ADDRESS}{reverse('reports:sign_by_link', args=[report.organisation.slug])}?{urlencode({'key': key})}"


def _email_of(person: Person) -> str:
    return User.objects.filter(person=person, is_active=True).order_by("pk").values_list("email", flat=True)[0]


def _write_to(report: Report, url: str, email: str) -> None:
    asker = report.sent_by.get_full_name() if report.sent_by else report.organisation.name
    context = {
        "report": report,
        "name": report.signatory_words,
        "asker": asker,
        "days": OPEN_FOR.days,
        "by_link": report.signatory_id is None,
        "button_url": url,
        "button_label": "Read and sign off",
        "whose_words": f"{asker}, {report.organisation.name}, through Desaga.",
    }
    reply_to = report.sent_by.email if report.sent_by else ""
    send_mail(
        template="reports/email/sign_off",
        to=email,
        context=context,
        organisation=report.organisation,
        reply_to=reply_to,
    )
