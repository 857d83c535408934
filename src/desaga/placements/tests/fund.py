"""Years to report on, made quickly: many who applied, straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from desaga.tenancy.context import within

from ..models import (
    Answer,
    Application,
    Award,
    Budget,
    FundReport,
    HostOffer,
    OutcomeFile,
    OutcomeFileContent,
    PastAward,
    Round,
    Scheme,
    SchemeVersion,
)
from ..operations import fund, hosting, schemes
from ..queries import reported

_numbers = count(1)
NATIONS = ("england", "england", "england", "wales", "scotland")
FIELDS = ("physical_sciences", "engineering", "life_sciences")


def make_year(scheme: Scheme, *, actor: Any, year: int | None = None, states: Iterable[str] = ()) -> Budget:
    """A year that is over, with one panel whose outcomes are told, heard applications in these states, and the money."""
    year = year or timezone.localdate().year - 1
    with within(scheme.organisation, user=actor):
        Budget.objects.filter(scheme=scheme, starts_on__year=year).delete()
        budget = schemes.set_budget(
            actor=actor, scheme=scheme, name=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), amount=Decimal(50_000)
        )  # fmt: skip
        meets_on = date(year, 6, 12)
        round_ = Round.objects.create(
            organisation=scheme.organisation, scheme=scheme, name=f"June {year}", cut_off_on=meets_on, meets_on=meets_on,
            answers_by=meets_on, state="released", released_at=timezone.now(),
        )  # fmt: skip
        version = SchemeVersion.objects.filter(scheme=scheme).latest("number")
        for number, state in enumerate(states):
            heard(scheme, version, round_, state, number)
    return budget


def heard(scheme: Scheme, version: SchemeVersion, round_: Round, state: str, number: int) -> Application:
    """One application; an award with money where its state says so. Every fourth placement was abroad."""
    meets_on, own = round_.meets_on, {"organisation": scheme.organisation}
    application = Application.objects.create(
        **own, scheme=scheme, version=version, round=round_, email="a@elsewhere.example", state=state, title=f"Placement {number}",
        reference=f"F-{next(_numbers):05}", host=f"Host {number % 7}", is_abroad=number % 4 == 0, asked=Decimal(500),
        received_at=timezone.now(), name="Ines Field", employer="University of Farfield",
    )  # fmt: skip
    answers = {"nation": NATIONS[number % len(NATIONS)], "discipline": FIELDS[number % len(FIELDS)]}
    for key, value in answers.items():
        Answer.objects.create(**own, application=application, key=key, value=value, at=timezone.now())
    if state in ("accepted", "agreed", "reported", "closed", "offered", "turned_down"):
        answered = {"offered": "", "turned_down": "turned_down"}.get(state, "accepted")
        Award.objects.create(
            **own, application=application, amount=Decimal(500), accept_by=meets_on, offered_at=timezone.now(), answered=answered,
            answered_at=timezone.now() if answered else None, starts_on=meets_on, ends_on=meets_on + timedelta(days=4),
            host=application.host, approved=Decimal(300) if state == "closed" else 0, paid=Decimal(300) if state == "closed" else 0,
        )  # fmt: skip
    return application


def published(budget: Budget, *, actor: Any, is_made: bool = False) -> FundReport:
    """The report of a year, published as it stands; its files made, or stand-ins, since making them takes a second."""
    with within(budget.organisation, user=actor):
        fund.begin_report(budget=budget, actor=actor)
        report = reported.report_or_404(budget.scheme, budget.pk)
        seen = reported.digest_of(reported.content_of(report))
        publication = fund.publish_report(report=report, seen=seen, actor=actor)
        if is_made:
            fund.make_files(publication_id=publication.pk)
            return report
        now = timezone.now()
        publication.first_published_at = publication.published_at = now
        publication.save()
        publication.files.create(
            organisation=budget.organisation, ending="pdf", content=b"%PDF-1.7", sha256="0", size=8, made_at=now
        )
        return report


OFFER: Mapping[str, Any] = {
    "name": "Kestrel Low Temperature Laboratory", "place": "Kestrel Bay", "country": "United Kingdom", "offers": "Two weeks beside our liquefier.",
    "disciplines": ["physical_sciences"], "page": "https://kestrel.example/placements",
}  # fmt: skip


def offer_told(**more: Any) -> dict[str, Any]:
    """What a host says of its place."""
    return {**OFFER, "until": timezone.localdate() + timedelta(days=200), **more}


def furnish_public(scheme: Scheme, *, actor: Any) -> None:
    """A report that was begun, a host's offer and a past award that may be told of, for the walk of all addresses."""
    with within(scheme.organisation, user=actor):
        award = Award.objects.get()
        file = OutcomeFile.objects.create(
            organisation=scheme.organisation, award=award, about="report", key="photo", name="leak.png",
            media_type="image/png", size=3, sha256="0", given_at=timezone.now(),
        )  # fmt: skip
        OutcomeFileContent.objects.create(organisation=scheme.organisation, file=file, content=b"png")
        fund.begin_report(budget=Budget.objects.get(scheme=scheme), actor=actor)
        hosting.record_offer(scheme=scheme, actor=actor, **offer_told())
        PastAward.objects.create(
            organisation=scheme.organisation, award=award, scheme=scheme, wish="unnamed", words="As read.",
            consented_at=timezone.now(), title="Cryogenics", year=2026, sentence="We recover our helium.",
        )  # fmt: skip


def public_things() -> dict[str, Any]:
    """Names used in the walk's table to what they are here. Within the organisation."""
    return {
        "fund_year": FundReport.objects.get().budget_id,
        "host_offer": HostOffer.objects.get().pk,
        "past_award": PastAward.objects.get().pk,
        "word": "docx",
        "outcome_file": OutcomeFile.objects.get().pk,
    }
