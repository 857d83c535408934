"""The demo's schemes: a placement programme with panels in March, June and October, and a small fund; some have applied."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.placements.models import Application, Scheme
from desaga.placements.operations import applications, schemes
from desaga.tenancy.context import within

from .world import email_of, world

#: The cut-off stands so long before a panel, and the letters go so long after it.
BEFORE, AFTER = timedelta(days=21), timedelta(days=14)


def load_placements() -> None:
    """Open each scheme that is not there yet, with its panels and money, and apply."""
    for told in world()["schemes"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            known = Scheme.objects.filter(slug=told["slug"]).exists()
            scheme = None if known else load_scheme(actor, organisation, told)
        for applied in told["applications"] if scheme else ():
            load_application(scheme, applied)


def load_scheme(actor: User, organisation: Organisation, told: dict[str, Any]) -> Scheme:
    today = timezone.localdate()
    scheme = schemes.start_scheme(
        actor=actor,
        organisation=organisation,
        begins_with=told["like"],
        name=told["name"],
        slug=told["slug"],
        code=told["code"],
        contact=email_of(told["organisation"], told["by"]),
        starts_on=date(today.year - 1, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
    )
    schemes.put_in_force(actor=actor, scheme=scheme)
    for year in (today.year, today.year + 1):
        schemes.set_budget(
            actor=actor, scheme=scheme, name=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), amount=Decimal(told["pounds"])
        )  # fmt: skip
    for meets_on in panels_from(today, told["months"]):
        schemes.plan_round(
            actor=actor, scheme=scheme, name=f"Panel of {meets_on:%B %Y}", cut_off_on=meets_on - BEFORE, meets_on=meets_on, answers_by=meets_on + AFTER
        )  # fmt: skip
    return schemes.open_scheme(actor=actor, scheme=scheme)


def panels_from(today: date, months: list[int]) -> list[date]:
    """The next panels: on the twelfth of each of those months of this year and the next, whose cut-off is not past."""
    days = [date(year, month, 12) for year in (today.year, today.year + 1) for month in months]
    return [day for day in days if day - BEFORE > today]


def load_application(scheme: Scheme, told: dict[str, Any]) -> Application:
    """By whom it is told, as far as it is told."""
    applicant = User.objects.get(email=email_of(*told["applicant"]))
    starts_on = timezone.localdate() + timedelta(days=told["starts_in"])
    days = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=told["days"])}
    dates = {key: {"day": str(day.day), "month": str(day.month), "year": str(day.year)} for key, day in days.items()}
    with within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme)
        known = {question.key for question in application.definition.questions()}
        answers = {
            key: value for key, value in (told["answers"] | dates).items() if key in known or key.startswith("ask_")
        }
        applications.save_answers(actor=applicant, application=application, answers=answers)
        for part in told["done"]:
            applications.say_done(actor=applicant, application=application, part=part, done=True)
        return application
