"""The demo's awards: one placement finished with its report, one under way with a claim to be checked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.states import Role
from desaga.placements.awarding import ClaimKind, Letter
from desaga.placements.models import Application, Award, AwardLetter, Claim, Round, Scheme
from desaga.placements.operations import (
    agreements,
    applications,
    attending,
    awards,
    claims,
    gate,
    paying,
    reports,
    schemes,
    sharing,
)
from desaga.placements.queries.awards import agreement_waiting, parties_named
from desaga.tenancy.context import within

from .placements import AFTER, BEFORE
from .world import email_of, world


def load_placement_awards() -> None:
    """What `world.toml` tells under `awards`, each once."""
    for told in world()["awards"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        staff = User.objects.get(email=email_of(told["organisation"], told["by"]))
        user = User.objects.get(email=email_of(*told["applicant"]))
        with within(organisation, user=user):
            if Award.objects.filter(application__title=told["answers"]["title"]).exists():
                continue
        Story(organisation, staff, user, told).tell()


class Story:
    """One placement, told from its application on; each deed on a day of its own."""

    def __init__(self, organisation: Organisation, staff: User, user: User, told: dict[str, Any]) -> None:
        self.organisation, self.staff, self.user, self.told = organisation, staff, user, told
        self.today = timezone.localdate()
        self.starts_on = self.day(told["starts_in"])
        self.ends_on = self.starts_on + timedelta(days=told["days"] - 1)
        self.panel_on = self.day(told["panel_in"])

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    @staticmethod
    def at(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(10, 15)))

    def tell(self) -> None:
        award = self.awarded(self.applied())
        if "advance" in self.told:
            self.advanced(award)
        if self.ends_on < self.today:
            self.over(award)
        if self.told.get("settles_claims"):
            self.settled(self.claimed(award, self.ends_on + timedelta(days=6)))
            self.reported(award)
        else:
            self.claimed(award, self.today - timedelta(days=1))

    def applied(self) -> Application:
        """Begun and sent in time for a panel that is past."""
        now = self.at(self.day(self.told["begun_in"]))
        answers = self.told["answers"] | {"starts_on": parts_of(self.starts_on), "ends_on": parts_of(self.ends_on)}
        with within(self.organisation, user=self.staff):
            scheme = Scheme.objects.get(slug=self.told["scheme"])
            self.round_of(scheme)
        with within(self.organisation, user=self.user):
            application = applications.begin(actor=self.user, scheme=scheme, now=now)
            applications.save_answers(actor=self.user, application=application, answers=answers, now=now)
            return applications.send(actor=self.user, application=application, now=now)

    def round_of(self, scheme: Scheme) -> None:
        if not Round.objects.filter(scheme=scheme, meets_on=self.panel_on).exists():
            schemes.plan_round(
                actor=self.staff, scheme=scheme, name=f"Panel of {self.panel_on:%B %Y}", meets_on=self.panel_on,
                cut_off_on=self.panel_on - BEFORE, answers_by=self.panel_on + AFTER,
            )  # fmt: skip

    def awarded(self, application: Application) -> Award:
        """Approved, heard, offered, accepted and signed by all."""
        told, heard = self.told, self.at(self.panel_on + timedelta(days=3))
        with within(self.organisation, user=self.staff):
            application = applications.receive(
                application, actor=None, now=self.at(self.day(told["begun_in"]) + timedelta(days=4))
            )
            application = gate.move(application, "find_eligible", actor=self.staff, now=heard)
            award = awards.offer_award(
                application=application, amount=Decimal(told["amount"]), accept_by=self.panel_on + AFTER,
                conditions=told["conditions"], actor=self.staff, now=heard,
            )  # fmt: skip
        with within(self.organisation, user=self.user):
            now = heard + timedelta(days=1)
            awards.accept_award(award=award, parties=parties_named(application), actor=self.user, now=now)
            self.signed(award, now + timedelta(days=2))
            return Award.objects.select_related("application__version", "application__scheme").get(pk=award.pk)

    def signed(self, award: Award, now: datetime) -> None:
        waiting = agreement_waiting(award)
        for signature in waiting.signatures.all() if waiting else ():
            link = AwardLetter.objects.get(award=award, kind=Letter.SIGN, about=str(signature.pk))
            agreements.sign(link=link, name=signature.name, seen=waiting.digest, agrees=True, now=now)

    def advanced(self, award: Award) -> None:
        paid_on = self.starts_on - timedelta(days=5)
        claim = self.claim(
            award, ClaimKind.ADVANCE, [["travel", "Tickets and the first week", self.told["advance"]]], paid_on
        )
        self.settled(claim, paid_on)

    def claimed(self, award: Award, day: date) -> Claim:
        return self.claim(award, ClaimKind.COSTS, self.told["claimed"], day)

    def claim(self, award: Award, kind: ClaimKind, lines: list[list[str]], day: date) -> Claim:
        now = self.at(day)
        with within(self.organisation, user=self.user):
            claim = claims.begin_claim(award=award, kind=kind, actor=self.user, now=now)
            for key, what, pounds in lines:
                claims.add_line(
                    claim=claim, kind=key, what=what, pounds=Decimal(pounds), on=day, actor=self.user, now=now,
                    no_receipt="" if kind == ClaimKind.ADVANCE else "Receipts went to our finance office on paper",
                )  # fmt: skip
            return claims.send_claim(claim=claim, actor=self.user, now=now)

    def settled(self, claim: Claim, day: date | None = None) -> None:
        day = day or self.ends_on + timedelta(days=12)
        with within(self.organisation, user=self.staff):
            paying.approve_claim(claim=claim, actor=self.staff, now=self.at(day))
            paying.pay_claim(
                claim=claim,
                paid_on=day,
                reference=f"BACS {day:%d%m}-{claim.number}",
                actor=self.keeper(),
                now=self.at(day),
            )

    def keeper(self) -> User:
        """Whoever keeps the money there; where nobody does, those who run the scheme."""
        roles = RoleAssignment.objects.filter(role=Role.FINANCE)
        return User.objects.filter(person__in=roles.values("person"), is_active=True).first() or self.staff

    def over(self, award: Award) -> None:
        """The host confirms the days."""
        now = self.at(self.ends_on + timedelta(days=2))
        with within(self.organisation, user=self.staff):
            letter = attending.ask_days(award, now=now)
            host = attending.host_of(award)
            if letter and host:
                attending.confirm_days(link=letter, name=host[0], days=attending.usual_days(award), now=now)

    def reported(self, award: Award) -> None:
        """The report, read and accepted; then what became of it."""
        now = self.at(self.ends_on + timedelta(days=18))
        with within(self.organisation, user=self.user):
            reports.send_report(award=award, answers=self.told["report"], actor=self.user, now=now)
            sharing.log_development(award=award, actor=self.user, now=now)
            if session := self.told.get("session"):
                told = {name: session[name] for name in ("audience", "people", "words")}
                on = self.day(session["in"])
                sharing.record_session(award=award, held_on=on, actor=self.user, now=self.at(on), **told)
            sharing.offer_story(
                award=award, title=self.told["answers"]["title"], text=sharing.learnt(award), wish="named",
                consent_until=self.day(600), actor=self.user, now=now,
            )  # fmt: skip
        with within(self.organisation, user=self.staff):
            reports.accept_report(award=award, actor=self.staff, now=now + timedelta(days=3))
            reports.finish(award=award, actor=self.staff, now=now + timedelta(days=3))
        home = Organisation.objects.get(slug=self.told["applicant"][0])
        with within(self.organisation, user=self.user):
            sharing.give_to_employer(award=award, organisation=home, actor=self.user)


def parts_of(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
