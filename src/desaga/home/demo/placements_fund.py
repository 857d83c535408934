"""The demo's past year of a scheme: many who applied, a report that is published, hosts and past awards on the scheme's page.

The applications of a year would take minutes through the operations, each with its approvals and its panel; so they are written straight into the tables, as the
outcomes of panels that are long told. All that the page shows of them goes through the operations.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.placements.models import (
    Answer,
    Application,
    Attendance,
    Award,
    Budget,
    FundReport,
    Outcome,
    PastAward,
    PlacementReport,
    Round,
    Scheme,
    SchemeVersion,
    SharedSession,
)
from desaga.placements.operations import fund, hosting, schemes, telling_of
from desaga.placements.queries import reported
from desaga.placements.queries.schemes import nouns_of
from desaga.placements.shown import consent_words
from desaga.placements.states import RoundState
from desaga.tenancy.context import within

from .world import email_of, world

NATIONS = ("england",) * 5 + ("scotland", "scotland", "wales", "england", "northern_ireland")
DISCIPLINES = ("engineering", "life_sciences", "physical_sciences", "life_sciences", "engineering")
AWARDED = {"closed": "accepted", "turned_down": "turned_down"}
#: An award of the demo is between these sums, by its number.
SUMS = (420, 780, 615, 1240, 560, 905)


def load_placement_fund() -> None:
    """Once: where the year has a report, all of it is there."""
    told = world()["fund"]
    organisation = Organisation.objects.get(slug=told["organisation"])
    actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
    with within(organisation, user=actor):
        scheme = Scheme.objects.select_related("organisation").get(slug=told["scheme"])
        if FundReport.objects.filter(scheme=scheme).exists():
            return
        Year(scheme, actor, told).load()
    with within(organisation):
        for one in told["said"]:
            offer = offered(one)
            hosting.say_offer(scheme=scheme, email=offer.pop("email"), **offer)


def offered(told: dict[str, Any]) -> dict[str, Any]:
    """What a host says, with a day for a number of days."""
    return {**{key: value for key, value in told.items() if key != "in"}, "until": timezone.localdate() + timedelta(days=told["in"])}  # fmt: skip


class Year:
    """Last year, with all of its panels told."""

    def __init__(self, scheme: Scheme, actor: User, told: dict[str, Any]) -> None:
        self.scheme, self.actor, self.told = scheme, actor, told
        self.own = {"organisation": scheme.organisation}
        self.number = timezone.localdate().year - 1
        self.version = SchemeVersion.objects.filter(scheme=scheme).exclude(in_force_at=None).latest("number")

    def load(self) -> None:
        budget = schemes.set_budget(
            actor=self.actor, scheme=self.scheme, name=str(self.number), starts_on=date(self.number, 1, 1),
            ends_on=date(self.number, 12, 31), amount=Decimal(self.told["pounds"]),
        )  # fmt: skip
        applications = self.heard([self.panel(month) for month in self.told["panels"]])
        self.answered(applications)
        awards = self.awarded(applications)
        self.afterwards([one for one in awards if one.answered == "accepted"])
        self.shown(awards)
        self.published(budget)

    def panel(self, month: int) -> Round:
        on = date(self.number, month, 12)
        return Round.objects.create(
            **self.own, scheme=self.scheme, name=f"Panel of {on:%B %Y}", cut_off_on=on - timedelta(days=21), meets_on=on,
            answers_by=on + timedelta(days=14), state=RoundState.RELEASED, released_at=at(on + timedelta(days=5)),
        )  # fmt: skip

    def heard(self, panels: list[Round]) -> list[Application]:
        states = [
            state for state in ("closed", "declined", "withdrawn", "turned_down") for _ in range(self.told[state])
        ]
        return Application.objects.bulk_create(
            Application(
                **self.own, scheme=self.scheme, version=self.version, round=panels[number % len(panels)], state=state,
                email=f"past.{number}@elsewhere.example", reference=f"{self.scheme.code}-P{self.number % 100}{number:03}",
                title=f"Past placement {number + 1}", host=f"Host {number % 23 + 1}", is_abroad=number % 5 == 0,
                asked=Decimal(SUMS[number % len(SUMS)]), received_at=at(panels[number % len(panels)].cut_off_on),
            )
            for number, state in enumerate(states)
        )  # fmt: skip

    def answered(self, applications: list[Application]) -> None:
        Answer.objects.bulk_create(
            Answer(**self.own, application=one, key=key, value=values[number % len(values)], at=one.received_at)
            for number, one in enumerate(applications)
            for key, values in (("nation", NATIONS), ("discipline", DISCIPLINES))
        )

    def awarded(self, applications: list[Application]) -> list[Award]:
        rows = [(number, one) for number, one in enumerate(applications) if one.state in AWARDED]
        return Award.objects.bulk_create(self._award(number, one) for number, one in rows)

    def _award(self, number: int, one: Application) -> Award:
        amount = Decimal(SUMS[number % len(SUMS)])
        paid = amount - 40 if one.state == "closed" else Decimal(0)
        starts_on = one.round.meets_on + timedelta(days=30)  # type: ignore[union-attr]
        return Award(
            **self.own, application=one, amount=amount, accept_by=one.round.answers_by, offered_at=one.round.released_at,  # type: ignore[union-attr]
            answered=AWARDED[one.state], answered_at=one.round.released_at, starts_on=starts_on,  # type: ignore[union-attr]
            ends_on=starts_on + timedelta(days=number % 9 + 2), host=one.host, approved=paid, paid=paid, session_promised=number % 2 == 0,
        )  # fmt: skip

    def afterwards(self, awards: list[Award]) -> None:
        """Days, reports, sessions and answers, each on its day."""
        now = timezone.now()
        for number, one in enumerate(awards):
            days = [one.starts_on + timedelta(days=day) for day in range(number % 9 + 2)]
            due = one.ends_on + timedelta(days=30)
            sent = at(due + timedelta(days=6 if number % 7 == 0 else -4))
            Attendance.objects.create(**self.own, award=one, days=days, confirmed_by="The host", confirmed_at=sent)
            PlacementReport.objects.create(
                **self.own, award=one, due_on=due, state="accepted", sent_at=sent, first_sent_at=sent
            )
            if number % 2 == 0:
                SharedSession.objects.create(
                    **self.own, award=one, held_on=due, audience="Colleagues", people=8 + number % 11, recorded_at=sent
                )
            came = ("new_service", "contact", "contact", "new_role", "nothing")[number % 5]
            Outcome.objects.create(
                **self.own, award=one, key="a_year", asked_at=at(date(self.number + 1, 1, 8)), answers={"still": came}, answered_at=now
            )  # fmt: skip
            using = ("often", "often", "sometimes", "not_yet")[number % 4]
            Outcome.objects.create(
                **self.own, award=one, key="half_a_year", asked_at=at(date(self.number, 12, 3)), answers={"using": using}, answered_at=now
            )  # fmt: skip

    def shown(self, awards: list[Award]) -> None:
        nouns = nouns_of(self.scheme)
        for one in self.told["hosts"]:
            hosting.record_offer(scheme=self.scheme, actor=self.actor, **offered(one))
        for award, one in zip(awards, self.told["told"], strict=False):
            wish = "named" if " " in one["name"] else "first_name" if one["name"] else "unnamed"
            words = consent_words(self.scheme.organisation.name, self.scheme.name, one["name"], nouns)
            past = PastAward.objects.create(
                **self.own, award=award, scheme=self.scheme, wish=wish, words=words, year=self.number,
                consented_at=at(award.ends_on + timedelta(days=20)), **one,
            )  # fmt: skip
            telling_of.put_on_page(past=past, actor=self.actor)

    def published(self, budget: Budget) -> None:
        """Written into, published, and made at once: a newcomer need not wait for the worker."""
        fund.begin_report(budget=budget, actor=self.actor)
        report = reported.report_or_404(self.scheme, budget.pk)
        fund.write_report_text(
            report=report, foreword=self.told["foreword"], remarks=self.told["remarks"], seen=0, actor=self.actor
        )
        seen = reported.digest_of(reported.content_of(report))
        publication = fund.publish_report(report=report, seen=seen, actor=self.actor)
        fund.make_files(publication_id=publication.pk)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 15)))
