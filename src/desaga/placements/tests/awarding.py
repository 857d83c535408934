"""Awards to test with, made through the operations, as far as one wants them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.notifications.models import OutgoingMail
from desaga.tenancy.context import within, within_platform

from ..awarding import ClaimKind, ClaimState, Letter
from ..models import (
    Application,
    Award,
    AwardChange,
    AwardLetter,
    Claim,
    ClaimLine,
    PlacementReport,
    Receipt,
    ReservePlace,
    Scheme,
    Signature,
)
from ..operations import agreements, awards, changes, claims, paying, reports
from ..queries import awards as queries
from .factories import make_application, moved, received

PARTIES: Mapping[str, Mapping[str, str]] = {
    "home": {"name": "Mona Manager", "email": "mona.manager@farfield.example"},
    "host": {"name": "Hugo Host", "email": "hugo.host@hostwick.example"},
}
REPORT = {"did": "I ran two liquefiers.", "learnt": "How to find a leak.", "changed": "We recover our helium now."}


def eligible(scheme: Scheme, *, actor: Any = None, **told: Any) -> Application:
    return moved(received(make_application(scheme, **told), actor=actor), "find_eligible", actor=actor)


def offered(scheme: Scheme, *, actor: Any = None, amount: str = "1000", accept_in: int = 14, **told: Any) -> Award:
    """An award that was offered, and waits for its answer."""
    application = eligible(scheme, actor=actor, **told)
    with within(scheme.organisation, user=actor):
        award = awards.offer_award(
            application=application, amount=Decimal(amount), actor=actor,
            accept_by=timezone.localdate() + timedelta(days=accept_in), conditions="Travel by train where you can.",
        )  # fmt: skip
    return afresh(award)


def afresh(award: Award) -> Award:
    with within(award.application.organisation):
        return Award.objects.select_related(*queries.WITH).get(pk=award.pk)


def applicant_of(award: Award) -> User:
    return User.objects.get(person=award.application.applicant_id)


def accepted(scheme: Scheme, **told: Any) -> Award:
    """The award is accepted, and the three are asked to sign."""
    award = offered(scheme, **told)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        awards.accept_award(award=award, parties=PARTIES, actor=user)
    return afresh(award)


def agreed(scheme: Scheme, **told: Any) -> Award:
    """All three have signed."""
    award = accepted(scheme, **told)
    sign_all(award)
    return afresh(award)


def sign_all(award: Award) -> None:
    organisation = award.application.organisation
    with within(organisation):
        waiting = queries.agreement_waiting(award)
        assert waiting is not None
        for signature in waiting.signatures.all():
            link = queries.letter_opened(organisation, key_to(signature.email, "sign/"), *agreements.LINKS)
            assert link is not None
            agreements.sign(link=link, name=signature.name, seen=waiting.digest, agrees=True)


def claimed(award: Award, *costs: str, kind: ClaimKind = ClaimKind.COSTS) -> Claim:
    """A claim that was sent."""
    user = applicant_of(award)
    with within(award.application.organisation, user=user):
        claim = claims.begin_claim(award=award, kind=kind, actor=user)
        for pounds in costs:
            claims.add_line(
                claim=claim, kind="travel", what="Train", pounds=Decimal(pounds), no_receipt="The machine gave none", actor=user
            )  # fmt: skip
        return claims.send_claim(claim=claim, actor=user)


def paid(claim: Claim, *, actor: Any, reference: str = "BACS 17") -> Claim:
    """The claim is approved, and paid where something is to be paid."""
    with within(claim.award.application.organisation, user=actor):
        claim = paying.approve_claim(claim=claim, actor=actor)
        if claim.state == ClaimState.APPROVED:
            paying.pay_claim(claim=claim, paid_on=timezone.localdate(), reference=reference, actor=actor)
        return Claim.objects.select_related("award").prefetch_related("payments__taken_back").get(pk=claim.pk)


def reported(award: Award) -> PlacementReport:
    user = applicant_of(award)
    with within(award.application.organisation, user=user):
        return reports.send_report(award=award, answers=REPORT, actor=user)


def letters_to(email: str) -> list[OutgoingMail]:
    with within_platform():
        return list(OutgoingMail.objects.filter(recipient=email).order_by("pk"))


def link_to(email: str, page: str) -> str:
    """Path and query of the last link to such a page that somebody was sent."""
    words = [word for mail in letters_to(email) for word in mail.text.split() if f"/by-link/{page}?key=" in word]
    return words[-1][words[-1].index("/placements/") :]


def key_to(email: str, page: str) -> str:
    return link_to(email, page).partition("?key=")[2]


def letters_of(award: Award, *kinds: Letter) -> list[str]:
    with within(award.application.organisation):
        return [one.email for one in award.letters.filter(kind__in=kinds)]


def furnish_awards(scheme: Scheme, *, actor: Any) -> Award:
    """An award under way with a claim that was sent, a receipt, a change that is asked for; and somebody on the reserve list: for the walk of all addresses."""
    award = agreed(scheme, actor=actor)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        claim = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=user)
        file = CheckedFile("ticket.pdf", "application/pdf", b"%PDF-1.7", Scan.NONE)
        claims.add_line(claim=claim, kind="travel", what="Train", pounds=Decimal(5), receipt=file, actor=user)
        claims.send_claim(claim=claim, actor=user)
        changes.ask_change(
            award=award, host="Another host", host_name="Nia New", host_email="nia@another.example",
            because="The first is closed then.", actor=user,
        )  # fmt: skip
    waiting = eligible(scheme, actor=actor)
    with within(scheme.organisation, user=actor):
        awards.put_on_reserve(application=waiting, rank=1, actor=actor)
    return award


def award_things() -> dict[str, Any]:
    """Names used in the walk's table to what they are here. Within the organisation."""
    award = Award.objects.select_related("application__scheme").get()
    return {
        "award": award.application.reference,
        "award_change": AwardChange.objects.get().pk,
        "signature": Signature.objects.order_by("pk").values_list("pk", flat=True)[0],
        "award_letter": AwardLetter.objects.order_by("pk").values_list("pk", flat=True)[0],
        "outcome_key": "half_a_year",
        "receipt": Receipt.objects.get().pk,
        "claim_line": ClaimLine.objects.get().pk,
        "reserve_round": ReservePlace.objects.get().round_id,
    }
