"""Load the demo through the same operations that people use. Harmless to repeat: what is there is left alone."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from desaga.accounts.models import User
from desaga.organisations.models import Group, Organisation, Person, Unit
from desaga.organisations.operations.organisation import join_consortium, make_organisation
from desaga.organisations.operations.people import add_person, give_role
from desaga.organisations.operations.units import add_group, add_unit, give_seat
from desaga.organisations.states import MembershipRole
from desaga.tenancy.context import within

from .careers import load_careers
from .charters import load_charters
from .closings import load_closings
from .definitions import load_definitions
from .documents import load_documents
from .evidence import load_evidence
from .exhibition import load_exhibitions
from .figures import load_figures
from .following import load_followings
from .frameworks import load_frameworks
from .governance import load_governance
from .indicators import load_indicators
from .keys import load_keys
from .news import load_news
from .placements import load_placements
from .placements_apply import load_more_applications
from .placements_approve import load_approvals, load_doubles
from .placements_awards import load_placement_awards
from .placements_fund import load_placement_fund
from .placements_meeting import load_placement_meeting
from .placements_panel import load_panel
from .privacy import load_privacy
from .proposals import load_proposals
from .public import load_public
from .releases import load_releases
from .reports import load_reports
from .reviews import load_first_reviews, load_next_reviews
from .rounds import load_rounds
from .stories import load_stories
from .union_learning import load_union_learning
from .units import load_units_work
from .website import load_website
from .workforce import load_workforce
from .world import email_of, sign_ins, world

OWN_FIELDS = (
    "name",
    "short_name",
    "slug",
    "kind",
    "has_workspace",
    "staff_word",
    "staff_word_singular",
    "accent",
    "home_page",
)


class NotTheDemo(Exception):
    """Passwords that everyone knows are made only where DEMO=1 says so, and never in production."""


def load_demo() -> list[tuple[str, str, str]]:
    """Make what the demo lacks; answers (what they are, e-mail, password) of everybody who can sign in."""
    if os.environ.get("DEMO") != "1" or os.environ.get("DESAGA_ENVIRONMENT") == "production":
        raise NotTheDemo(NotTheDemo.__doc__)
    platform = platform_administrator()
    for told in world()["organisations"]:
        known = Organisation.objects.filter(slug=told["slug"]).first()
        if known is None:
            load_organisation(platform, told)
        else:
            load_newcomers(platform, known, told["people"])
    load_frameworks()
    load_documents()
    load_closings()
    load_units_work()
    load_followings()
    load_proposals()
    load_keys()
    load_first_reviews()
    load_rounds()
    load_governance()
    load_evidence()
    load_public()
    load_indicators()
    load_reports()
    load_next_reviews()
    load_workforce()
    load_definitions()
    load_figures()
    load_releases()
    load_placements()
    load_more_applications()
    load_approvals()
    load_doubles()
    load_panel()
    load_placement_awards()
    load_placement_fund()
    load_placement_meeting()
    load_website()
    load_stories()
    load_exhibitions()
    load_careers()
    load_news()
    load_charters()
    load_union_learning()
    load_privacy()
    return sign_ins()


def platform_administrator() -> User:
    """Whoever runs the platform of the demo."""
    email = world()["platform_administrator"]["email"]
    return User.objects.filter(email=email).first() or make_sign_in(email, is_platform_administrator=True)


def make_sign_in(email: str, **fields: Any) -> User:
    """An account with the demo's password, its address taken as proved."""
    user = User.objects.create(email=email, password=hashed_password(), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@cache
def hashed_password() -> str:
    """The one password of the demo, hashed once: hashing is slow on purpose."""
    return make_password(world()["password"])


@transaction.atomic
def load_organisation(platform: User, told: dict[str, Any]) -> Organisation:
    """One organisation with its units, people, sign-ins, roles and groups."""
    fields = {name: told[name] for name in OWN_FIELDS if name in told}
    organisation = make_organisation(actor=platform, **fields)
    with within(organisation, user=platform):
        units = load_units(platform, organisation, told.get("units", []))
        people = load_people(platform, organisation, told["people"], units)
        load_groups(platform, organisation, told.get("groups", []), people)
        for slug in told.get("members", []):
            member = Organisation.objects.get(slug=slug)
            join_consortium(actor=platform, consortium=organisation, member=member, starts_on=world()["started_on"])
    return organisation


def load_units(platform: User, organisation: Organisation, told: list[dict[str, Any]]) -> dict[str, Unit]:
    """The units by their code; one that is part of another comes after it."""
    units: dict[str, Unit] = {}
    for unit in told:
        fields = {name: value for name, value in unit.items() if name != "parent"}
        parent = units.get(unit.get("parent", ""))
        units[unit["code"]] = add_unit(actor=platform, organisation=organisation, parent=parent, **fields)
    return units


def load_people(
    platform: User, organisation: Organisation, told: list[dict[str, Any]], units: dict[str, Unit]
) -> dict[str, Person]:
    """The people by the name they sign in with, each employed, with an account and their roles."""
    people: dict[str, Person] = {}
    for one in told:
        email, unit = email_of(organisation.slug, one["login"]), units.get(one.get("unit", ""))
        employment = {
            "starts_on": world()["started_on"],
            "job_title": one["title"],
            "work_email": email,
            "unit": unit,
            "line_manager": people.get(one.get("manager", "")),
            "fte": one.get("fte", "1"),
        }
        person = add_person(
            actor=platform,
            organisation=organisation,
            name=one["name"],
            pronouns=one.get("pronouns", ""),
            employment=employment,
        )
        make_sign_in(email, person=person)
        for role in one["roles"]:
            of_unit = unit if role in ("unit_lead", "champion") else None
            give_role(
                actor=platform,
                organisation=organisation,
                person=person,
                role=role,
                unit=of_unit,
                starts_on=world()["started_on"],
            )
        people[one["login"]] = person
    return people


def load_newcomers(platform: User, organisation: Organisation, told: list[dict[str, Any]]) -> None:
    """Whom a later version of the demo added to an organisation that is there already."""
    known = set(User.objects.values_list("email", flat=True))
    with within(organisation, user=platform):
        units = {unit.code: unit for unit in Unit.objects.all()}
        load_people(
            platform,
            organisation,
            [one for one in told if email_of(organisation.slug, one["login"]) not in known],
            units,
        )


def load_groups(
    platform: User, organisation: Organisation, told: list[dict[str, Any]], people: dict[str, Person]
) -> list[Group]:
    """The groups with their chair and members."""
    groups = []
    for one in told:
        fields = {name: one[name] for name in ("code", "kind", "name", "purpose")}
        group = add_group(actor=platform, organisation=organisation, **fields)
        seats = {one["chair"]: MembershipRole.CHAIR} | dict.fromkeys(one["members"], MembershipRole.MEMBER)
        for login, role in seats.items():
            give_seat(actor=platform, group=group, person=people[login], role=role, starts_on=world()["started_on"])
        groups.append(group)
    return groups
