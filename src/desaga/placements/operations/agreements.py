"""The agreement: made, sent to the three, signed by each behind a link, and signed anew where something changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..agreeing import Facts, agreement_text, digest_of
from ..answering import look
from ..approving import is_one_of, same_mailbox
from ..awarding import Letter, Party
from ..models import Agreement, Application, Award, AwardChange, AwardLetter, PlacementReport, Signature
from ..queries.applications import typed
from ..queries.asking import addresses_of
from ..queries.awards import agreement_holding, agreement_waiting, signature_of
from ..queries.hosts import place_called
from ..states import ApplicationState
from .gate import move, note_event
from .posting import end_links, post

LINKS = (Letter.SIGN, Letter.SIGN_REMINDER, Letter.SIGNED)


#: In these states there is something to sign: the agreement, or a change of it.
SIGNED_IN = (ApplicationState.ACCEPTED, ApplicationState.AGREED, ApplicationState.REPORTED)


class LinkIsOver(Refused):
    """This link opens no more. Use the one of the last e-mail."""


class OtherThanSeen(Refused):
    """The agreement is not what you read any more. It is shown anew: read it, and sign then."""


class SignedAlready(Refused):
    """This is signed already."""


class NotWhoWasAsked(Refused):
    """The agreement names somebody else. Give the name that stands in it, or tell whoever runs the scheme who signs in their place."""


class SayYouAgree(Refused):
    """Tick the box to say that you agree, then sign."""


class OneSignsForTwo(Refused):
    """Technician, employer and host each sign for themselves: none can be asked at an address of another, or at another name of it."""


class SignsForAnother(Refused):
    """You are signed in as the technician of this agreement: somebody else signs here. Send the link on to them, or sign out if you are they."""


def facts_of(award: Award, number: int, names: Mapping[str, str], change: AwardChange | None = None) -> Facts:
    """All that an agreement says: from the version of the scheme, the award, and what is to change of it."""
    application = award.application
    definition = application.definition
    values = look(definition, typed(application)).values
    employer = application.employer
    payee = "the technician" if values.get("payee") == "person" else employer
    told = {
        name: getattr(change, name, None) or getattr(award, name) for name in ("starts_on", "ends_on", "host", "amount")
    }
    same_days = (told["starts_on"], told["ends_on"]) == (application.starts_on, application.ends_on)
    return Facts(
        number=number, scheme=application.scheme.name, organisation=application.organisation.name,
        reference=application.reference, title=application.title, technician=names[Party.TECHNICIAN],
        job=str(values.get("job") or ""), employer=employer, home=names[Party.HOME], host_person=names[Party.HOST],
        working_days=values.get("working_days") if same_days else None,
        kinds=[one.label for one in definition.cost_kinds], conditions=award.conditions, payee=payee,
        report_days=definition.report.after_days, session_promised=award.session_promised, duties=definition.duties,
        host_noun=definition.host_noun,
        **told,
    )  # fmt: skip


def ask_to_sign(
    award: Award, signers: Mapping[str, tuple[str, str]], *, now: datetime, change: AwardChange | None = None
) -> Agreement:
    """Make the text and write to the three. What waited before waits no more. Call inside a transaction."""
    drop_waiting(award, now=now)
    number = Agreement.objects.filter(award=award).count() + 1
    text = agreement_text(facts_of(award, number, {party: name for party, (name, _) in signers.items()}, change))
    agreement = Agreement.objects.create(
        organisation_id=award.organisation_id, award=award, change=change, number=number, text=text,
        digest=digest_of(text), made_at=now,
    )  # fmt: skip
    for party in Party:
        name, email = signers[party]
        signature = Signature.objects.create(
            organisation_id=award.organisation_id,
            agreement=agreement,
            party=party,
            name=name,
            email=email,
            asked_at=now,
        )
        send_link(award, signature, Letter.SIGN, now=now)
    return agreement


def drop_waiting(award: Award, *, now: datetime) -> None:
    """What waits for signatures waits no more, and its links end."""
    waiting = agreement_waiting(award)
    if waiting is None:
        return
    Agreement.objects.filter(pk=waiting.pk).update(replaced_at=now)
    for signature in waiting.signatures.all():
        end_links(award, *LINKS, about=str(signature.pk), now=now)


def send_link(award: Award, signature: Signature, kind: Letter, *, now: datetime, note: str = "") -> AwardLetter:
    return post(
        award, kind, now=now, to=signature.email, name=signature.name, about=str(signature.pk), note=note,
        party=signature.get_party_display().lower(),
    )  # fmt: skip


@transaction.atomic
def sign(
    *, link: AwardLetter, name: str, seen: str, agrees: bool, actor: Any = None, now: datetime | None = None
) -> Signature:
    """Sign what one has seen: `seen` is the digest of that text. The last signature makes it hold.

    Raises `LinkIsOver`, `OtherThanSeen`, `SignedAlready`, `SignsForAnother`, `NotWhoWasAsked`, `SayYouAgree`.
    """
    now = now or timezone.now()
    award = locked(link.award)
    letter = locked(link)
    if letter.ended_at or letter.expires_at is None or letter.expires_at <= now:
        raise LinkIsOver
    if award.application.state not in SIGNED_IN:
        raise LinkIsOver
    found = signature_of(letter)
    if found is None:
        raise LinkIsOver
    signature, agreement = locked(found), locked(found.agreement)
    if signature.signed_at:
        raise SignedAlready
    if agreement.replaced_at or agreement.signed_at or seen != agreement.digest:
        raise OtherThanSeen
    refuse_technician(award, signature, actor)
    if not agrees:
        raise SayYouAgree
    if not is_named(signature.name, name):
        raise NotWhoWasAsked
    signature.signed_at, signature.signed_name, signature.digest = now, " ".join(name.split())[:300], agreement.digest
    signature.save(update_fields=["signed_at", "signed_name", "digest"])
    who = f"{signature.get_party_display()}: {signature.signed_name}"
    note_event(
        award.application,
        "signed",
        actor=actor,
        now=now,
        who=signature.signed_name,
        words=str(signature.get_party_display()),
    )
    audit.record(actor=actor, verb="signed", thing=agreement, note=who, now=now)
    if not Signature.objects.filter(agreement=agreement, signed_at=None).exists():
        settle(award, agreement, now=now)
    return signature


def refuse_technician(award: Award, signature: Signature, actor: Any) -> None:
    """Whoever was awarded does not sign for employer or host. Raises `SignsForAnother`."""
    if signature.party != Party.TECHNICIAN and is_technician(award.application, actor):
        raise SignsForAnother


def is_technician(application: Application, actor: Any) -> bool:
    """Whether somebody is whoever was awarded, by person or by any of their addresses; nobody is known who is not signed in."""
    if actor is None:
        return False
    is_person = actor.person_id is not None and actor.person_id == application.applicant_id
    return is_person or is_one_of(actor.email, addresses_of(application))


def refuse_two_at_one(application: Application, emails: Mapping[str, str]) -> None:
    """Each at a mailbox of their own, and none but the technician at one that is known to be the applicant's. Raises `OneSignsForTwo`."""
    others = [email for party, email in emails.items() if party != Party.TECHNICIAN]
    own = [*addresses_of(application), emails.get(Party.TECHNICIAN, "")]
    if any(is_one_of(one, own) for one in others) or any(same_mailbox(*pair) for pair in combinations(others, 2)):
        raise OneSignsForTwo


def is_named(asked: str, told: str) -> bool:
    """Whether somebody gave the name that was asked; a title before it does no harm."""
    words = set(asked.casefold().split())
    return bool(words) and words <= set(told.casefold().replace(",", " ").split())


def settle(award: Award, agreement: Agreement, *, now: datetime) -> None:
    """All have signed: it holds, what it changes is so, and each gets a copy. Call inside a transaction."""
    if former := agreement_holding(award):
        Agreement.objects.filter(pk=former.pk).update(replaced_at=now)
    agreement.signed_at = now
    agreement.save(update_fields=["signed_at"])
    if agreement.change:
        apply_change(award, agreement.change)
    if award.application.state == ApplicationState.ACCEPTED:
        award.application = move(award.application, "agree", actor=None, now=now)
    for signature in Signature.objects.filter(agreement=agreement):
        send_link(award, signature, Letter.SIGNED, now=now, note=agreement.digest)


def apply_change(award: Award, change: AwardChange) -> None:
    """What was approved, and signed where it must be, is so. The application's columns follow: they are for lists."""
    due_before = award.report_due_on
    told = {name: value for name in ("starts_on", "ends_on", "host") if (value := getattr(change, name))}
    for name, value in told.items():
        setattr(award, name, value)
    if change.amount:
        award.amount = change.amount
        award.promised = None
    award.save(update_fields=["starts_on", "ends_on", "host", "amount", "promised"])
    if told:
        pointed = {"host_place": place_called(change.host)} if change.host else {}
        type(award.application)._base_manager.filter(pk=award.application_id).update(**told, **pointed)
    _move_report(award, due_before)


def _move_report(award: Award, due_before: date | None) -> None:
    """The report is due as much later, or earlier, as the placement ends; also where staff had given another day."""
    rows = PlacementReport.objects.filter(award=award, first_sent_at=None)
    now_due = award.report_due_on
    for report in rows.select_for_update():
        given = report.due_on if due_before and report.due_on != due_before else None
        report.due_on = given + (now_due - due_before) if given and due_before and now_due else now_due
        report.save(update_fields=["due_on"])


@transaction.atomic
def send_again(
    *, signature: Signature, actor: Any, name: str = "", email: str = "", now: datetime | None = None
) -> Signature:
    """Send the link again, to another address where the first was wrong, or to somebody who signs in their place. Earlier links end.

    Where somebody else signs, the text names them: it is made anew, and whoever signed before signs again. Raises `SignedAlready`, `OneSignsForTwo`.
    """
    now = now or timezone.now()
    held = locked(signature)
    agreement = locked(held.agreement)
    if held.signed_at or agreement.replaced_at:
        raise SignedAlready
    name, email = name.strip() or held.name, email.strip() or held.email
    emails = {one.party: one.email for one in Signature.objects.filter(agreement=agreement)}
    refuse_two_at_one(agreement.award.application, emails | {held.party: email})
    audit.record(actor=actor, verb="asked again to sign", thing=agreement, note=str(held), now=now)
    if name != held.name:
        signers = {one.party: (one.name, one.email) for one in Signature.objects.filter(agreement=agreement)}
        anew = ask_to_sign(agreement.award, signers | {held.party: (name, email)}, now=now, change=agreement.change)
        return Signature.objects.get(agreement=anew, party=held.party)
    held.email = email
    held.save(update_fields=["email"])
    send_link(agreement.award, held, Letter.SIGN_REMINDER, now=now)
    return held
