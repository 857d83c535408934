"""The demo's governance: terms and seats of groups, champions with a gap, and a budget over two years."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.governance.models import BudgetLine, TermsOfReference
from desaga.governance.money import days_of, year_of
from desaga.governance.operations.budget import add_entry, add_line
from desaga.governance.operations.champions import name_champion
from desaga.governance.operations.terms import agree_terms
from desaga.organisations.models import Group, GroupMembership, Organisation, Person, Unit
from desaga.organisations.operations.units import change_group, change_seat, give_seat
from desaga.organisations.states import MembershipRole
from desaga.plans.models import Plan
from desaga.tenancy.context import within

from .world import email_of, world

OF_A_GROUP = ("reports_to", "meets_every_months")


def load_governance() -> None:
    """Give each organisation's groups their terms, its units champions, and it a budget; nothing where it has terms already."""
    for told in world()["governance"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if TermsOfReference.objects.exists():
                continue
            for group in told["groups"]:
                load_group(actor, organisation, group)
            for code, login in told["champions"]:
                person = person_of(organisation, login)
                name_champion(
                    actor=actor, unit=Unit.objects.get(code=code), person=person, starts_on=world()["started_on"]
                )
            for line in told["lines"]:
                load_lines(actor, organisation, line)


def person_of(organisation: Organisation, login: str) -> Person:
    return Person.objects.get(pk=User.objects.get(email=email_of(organisation.slug, login)).person_id)


def load_group(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    """A group's standing facts, its seats for technicians, who sat there before, and its terms."""
    today, group = timezone.localdate(), Group.objects.get(code=told["code"])
    facts = {name: told[name] for name in OF_A_GROUP}
    change_group(actor=actor, group=group, next_meeting_on=today + timedelta(days=told["next_meeting_in"]), **facts)
    seats = {seat.person_id: seat for seat in GroupMembership.objects.filter(group=group)}
    for login in told["technicians_seats"]:
        change_seat(actor=actor, seat=seats[person_of(organisation, login).pk], is_technicians_seat=True)
    if "secretary" in told:
        seat = seats[person_of(organisation, told["secretary"]).pk]
        change_seat(actor=actor, seat=seat, role=MembershipRole.SECRETARY)
    for login, start, end in told.get("past_seats", []):
        give_seat(actor=actor, group=group, person=person_of(organisation, login), starts_on=start, ends_on=end)
    for number, terms in enumerate(told["terms"]):
        review_on = today + timedelta(days=terms["review_in"]) if "review_in" in terms else terms["review_on"]
        fields = {name: terms[name] for name in ("agreed_on", "text", "kept_at", "note") if name in terms}
        agree_terms(actor=actor, group=group, after=number, review_on=review_on, **fields)


def load_lines(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    """One line in last year and in this one, with its entries; a line that was allotted nothing was not there."""
    this_year = year_of(timezone.localdate(), organisation.financial_year_starts_in)
    plan = Plan.objects.get(title=told["of_plan"]) if "of_plan" in told else None
    lines: dict[int, BudgetLine] = {}
    for year, allotted in zip((-1, 0), told["allotted"], strict=True):
        if Decimal(allotted):
            fields = {"name": told["name"], "kind": told["kind"], "note": told.get("note", ""), "plan": plan}
            lines[year] = add_line(
                actor=actor, organisation=organisation, year=this_year + year, allotted=Decimal(allotted), **fields
            )
    for entry in told.get("entries", []):
        line = lines[entry["year"]]
        on = day_in(line.year, organisation.financial_year_starts_in, entry["on"])
        fields = {"kind": entry["kind"], "what": entry["what"], "reference": entry.get("reference", "")}
        add_entry(actor=actor, line=line, amount=Decimal(entry["amount"]), on=on, **fields)


def day_in(year: int, first_month: int, number: int) -> date:
    """So many days after a financial year began, today at the latest."""
    return min(days_of(year, first_month)[0] + timedelta(days=number), timezone.localdate())
