"""A person's dates, as a calendar program fetches and reads them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from desaga.governance.tests.factories import make_terms
from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.organisations.tests.factories import GroupFactory
from desaga.plans.operations.actions import edit_action
from desaga.plans.operations.measures import add_measure, end_measure
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.operations.usual import confirm_usual, move_to_usual
from desaga.plans.tests.factories import PlanFactory, action_data, make_action
from desaga.tenancy.context import within

from ..models import CalendarLink
from .factories import sent_round


@pytest.fixture
def user(organisation, member):
    user = member(Role.TECHNICIAN, email="bo@northmoor.example")
    with within(organisation):
        Party.objects.create(organisation=organisation, kind=PartyKind.PERSON, name="Bo", code="BO", person=user.person)
    return user


@pytest.fixture
def plan(organisation, user):
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    when = {"start": None, "end": "2026-12-18", "precision": "day", "text": "18/12/26", "continuous": False}
    term = {"start": "2026-09", "end": "2026-11", "precision": "term", "text": "Autumn 2026", "continuous": False}
    make_action(plan, code="A1", title="Print the leaflet, twice; once", owners=["BO"], timeframe=when)
    make_action(plan, code="A2", title="Ask the faculties", owners=["BO"], timeframe=term)
    make_action(plan, code="A3", title="CANARY of another", owners=["HR"], timeframe=when)
    make_action(plan, code="A4", title="Done already", owners=["BO"], timeframe=when, status="complete")
    with within(organisation):
        change_plan_state(actor=None, plan=plan, transition="activate")
    return plan


@pytest.fixture
def address(user, client_of):
    page = client_of(user).post("/account/calendar/")
    address = page.context["address"]
    return address[address.index("/calendar/") :]


def entries(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(event.decoded("dtstart"), str(event["summary"])) for event in events]


def test_a_calendar_program_reads_what_is_due_and_no_more_exactly_than_it_was_said(client, plan, address):
    assert entries(client, address) == [
        (date(2026, 11, 30), "By the end of Autumn 2026: A2 Ask the faculties"),
        (date(2026, 12, 18), "Due: A1 Print the leaflet, twice; once"),
    ]


def test_a_round_that_asks_stands_there_until_it_is_answered(client, plan, address):
    round_ = sent_round(plan, due_on=date(2026, 12, 10))

    assert (round_.due_on, "Say how it goes: 2 actions") in entries(client, address)


def test_fetching_writes_nothing(client, plan, address):
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert [query["sql"] for query in seen if query["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_a_new_link_ends_the_former_and_a_link_can_be_ended(client, client_of, user, plan, address):
    browser = client_of(user)
    newer = browser.post("/account/calendar/").context["address"]
    assert [client.get(one[one.index("/calendar/") :]).status_code for one in (address, newer)] == [404, 200]
    browser.post("/account/calendar/", {"end": "yes"})
    assert client.get(newer[newer.index("/calendar/") :]).status_code == 404


def test_the_address_is_shown_once_and_its_hash_alone_is_kept(user, client_of, address):
    key = address.partition("key=")[2]
    assert key not in client_of(user).get("/account/calendar/").content.decode()
    with within(person=user.person, user=user):
        assert key not in CalendarLink.objects.get().key_hash


def test_whoever_may_not_sign_in_any_more_has_no_calendar(client, user, plan, address):
    user.is_active = False
    user.save()
    assert client.get(address).status_code == 404


def uids(client, address):
    events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    return {str(event["summary"]): str(event["uid"]) for event in events}


STAGES = [
    {"label": "Pilot", "start": None, "end": "2026-12-11"},
    {"label": "All of it", "start": None, "end": "2027-03"},
    {"label": "Some day", "start": None, "end": None},
]


def test_stages_and_measures_of_what_one_carries_stand_there_and_stay_the_same_entries(
    client, organisation, plan, address
):
    mine = make_action(plan, code="A5", title="Map careers", owners=["BO"], milestones=STAGES)
    anothers = make_action(plan, code="A6", title="CANARY", owners=["HR"], milestones=STAGES)
    with within(organisation):
        add_measure(actor=None, action=mine, what="careers mapped", target=4, due="2027-06")
        add_measure(actor=None, action=mine, what="some day", target=4)
        end_measure(actor=None, measure=add_measure(actor=None, action=mine, what="ended", target=1, due="2027"))
        add_measure(actor=None, action=anothers, what="canaries", target=4, due="2027-06")
    found = entries(client, address)
    before = uids(client, address)
    assert [one for one in found if not one[1].startswith(("Due:", "By the end of Autumn"))] == [
        (date(2026, 12, 11), "Stage due: Pilot"),
        (date(2027, 3, 31), "By the end of March 2027: All of it"),
        (date(2027, 6, 30), "To be reached: At least 4 careers mapped, by June 2027"),
    ]
    assert len(set(before.values())) == len(found)
    with within(organisation):
        same = action_data(code="A5", title="Map all careers", owners=["BO"], milestones=STAGES)
        edit_action(actor=None, action=mine, data=same)
    assert uids(client, address) == before


def address_of(user, client_of):
    address = client_of(user).post("/account/calendar/").context["address"]
    return address[address.index("/calendar/") :]


def kept(organisation, plan, number=1):
    """Business as usual, and groups with terms that are to be reviewed."""
    for n in range(number):
        usual = make_action(plan, code=f"U{n}", title=f"Show people around {n}")
        with within(organisation):
            move_to_usual(actor=None, action=usual, since=date(2026, 2, 1), reason="Done", today=date(2026, 2, 1))
            group = GroupFactory(organisation=organisation, name=f"Kept group {n}")
            make_terms(group, agreed_on=date(2026, 1, 1), review_on=date(2027, 1, 1))
    return usual


def test_what_is_kept_is_looked_at_again_by_those_who_keep_it(client, client_of, organisation, plan, member, address):
    usual = kept(organisation, plan, 2)
    lead = address_of(member(Role.LEAD), client_of)
    terms, again = "Review the terms of reference of Kept group 0", "Look again whether still business as usual:"
    # Entries of one day stand in the order of their ids as text.
    assert sorted(entries(client, lead)) == [
        (date(2027, 1, 1), terms), (date(2027, 1, 1), f"{terms[:-1]}1"), (date(2027, 2, 1), f"{again} 2 actions"),
    ]  # fmt: skip
    assert not [words for _, words in entries(client, address) if words.startswith(("Review", "Look"))]
    before = uids(client, lead)
    with within(organisation):
        confirm_usual(actor=None, action=usual, today=date(2026, 11, 1))
    assert entries(client, lead)[2:] == [
        (date(2027, 2, 1), f"{again} 1 action"),
        (date(2027, 11, 1), f"{again} 1 action"),
    ]
    assert uids(client, lead)[terms] == before[terms]


@pytest.mark.parametrize("number", [1, 3])
def test_a_calendar_costs_the_same_however_much_stands_in_it(
    client, client_of, organisation, plan, member, query_count, number
):
    kept(organisation, plan, number)
    user = member(Role.LEAD)
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.PERSON, name="Lea", code="LEA", person=user.person
        )
    for n in range(number):
        action = make_action(plan, title=f"Map {n}", owners=["LEA"], milestones=STAGES)
        with within(organisation):
            add_measure(actor=None, action=action, what="careers", target=4, due="2027-06")
    address = address_of(user, client_of)
    with query_count(37):
        assert len(entries(client, address)) == 4 * number + 1
