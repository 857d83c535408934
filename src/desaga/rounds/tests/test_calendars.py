"""A person's dates, as a calendar program fetches and reads them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.tests.factories import PlanFactory, make_action
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
