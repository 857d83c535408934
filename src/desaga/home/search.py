"""How a workspace is searched: each kind starts from its slice's own visibility query."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from desaga.evidence import queries as evidence
from desaga.organisations import queries as organisations
from desaga.organisations.queries import matching
from desaga.organisations.rules import membership_in
from desaga.plans import queries as plans
from desaga.ui.finding import Found, Kind


def find_plans(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    rows = matching(plans.plans(), words, "title")[:most]
    return [
        Found(title=plan.title, url=reverse("plans:show_plan", args=[organisation.slug, plan.pk]), about=plan.period)
        for plan in rows
    ]


def find_actions(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    return [
        Found(
            title=" ".join(filter(None, [action.code, action.short_title])),
            url=reverse("plans:show_action", args=[organisation.slug, action.plan_id, action.pk]),
            about=action.plan.title,
        )
        for action in plans.search_actions(words)[:most]
    ]


def find_evidence(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    """What stands, as far as the one who asks may see it."""
    rows = evidence.narrowed(evidence.evidence_for(user, organisation), {"q": words})[:most]
    return [Found(title=piece.title, url=piece.get_absolute_url(), about=piece.state_words) for piece in rows]


def find_people(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    """The people whom the one who asks may look up."""
    membership = membership_in(user, organisation)
    if membership is None:
        return []
    people = matching(organisations.people_listed_for(membership), words, "name")[:most]
    return [
        Found(
            title=person.name,
            url=reverse("organisations:show_person", args=[organisation.slug, person.pk]),
            about=", ".join(filter(None, [person.job_title, person.unit_name])),
        )
        for person in people
    ]


def find_units(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    url = reverse("organisations:list_units", args=[organisation.slug])
    rows = matching(organisations.open_units(), words, "name", "code")[:most]
    return [Found(title=unit.name, url=url, about=unit.get_kind_display()) for unit in rows]


def find_groups(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    rows = matching(organisations.open_groups(), words, "name", "code")[:most]
    return [
        Found(
            title=group.name,
            url=reverse("governance:show_group", args=[organisation.slug, group.pk]),
            about=group.get_kind_display(),
        )
        for group in rows
    ]


def find_parties(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    url = reverse("organisations:list_parties", args=[organisation.slug])
    rows = organisations.parties_listed(words=words)[:most]
    return [
        Found(title=party.name, url=f"{url}?{urlencode({'q': party.name})}", about=party.get_kind_display())
        for party in rows
    ]


def find_terms(words: str, user: Any, organisation: Any, most: int) -> list[Found]:
    url = reverse("organisations:list_terms", args=[organisation.slug])
    rows = organisations.glossary(words=words)[:most]
    return [Found(title=term.code, url=f"{url}?{urlencode({'q': term.code})}", about=term.meaning) for term in rows]


KINDS = (
    Kind(label="Plans", search=find_plans, order=10),
    Kind(label="Actions", search=find_actions, order=20),
    Kind(label="Evidence", search=find_evidence, order=25),
    Kind(label="People", search=find_people, order=30),
    Kind(label="Units", search=find_units, order=40),
    Kind(label="Groups", search=find_groups, order=50),
    Kind(label="Parties", search=find_parties, order=60),
    Kind(label="Abbreviations", search=find_terms, order=70),
)
