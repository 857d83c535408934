"""The lists of data protection ask the database as often for three as for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..collecting import parts_without_account
from ..models import DataExport, Objection, PersonKey, RetentionRun
from ..operations import objections
from ..operations.accesses import record_access
from ..states import About

COSTS = {"list_accesses": 14, "list_objections": 14, "show_retention": 14}
OWN_COST = 23


@pytest.fixture
def add(organisation, member):
    """One more of each: a look, an objection of somebody else, a run of retention."""

    def make(steward):
        person = member(Role.TECHNICIAN).person
        with within(organisation, user=steward):
            record_access(actor=member(Role.EQUALITY_DATA_STEWARD), page="Borderline people", rows=3, why="deciding")
            told = {"actor": steward, "organisation": organisation, "about": About.OTHER, "words": "The photograph"}
            objection = objections.object_to(**told, person=person)
            objections.accept(actor=steward, objection=objection, answer="It is gone.")
            now = timezone.now()
            RetentionRun.objects.create(
                organisation=organisation, key="ended_links", at=now, days=90, before=now, counts={"invitations": 2}
            )

    return make


@pytest.mark.parametrize("name", COSTS)
def test_a_list_costs_the_same_at_one_and_at_three(organisation, member, client_of, add, query_count, name):
    steward = member(Role.HR_DATA_STEWARD)
    client, url = client_of(steward), reverse(f"privacy:{name}", args=[organisation.slug])
    for number in (1, 2):
        for _ in range(number):
            add(steward)
        client.get(url)
        with query_count(COSTS[name]):
            page = client.get(url)
    if "page_obj" in page.context:
        assert page.context["page_obj"].paginator.count == 3


def test_ones_own_data_cost_the_same_at_one_and_at_three(organisation, member, client_of, query_count):
    user, steward, key = member(Role.TECHNICIAN), member(Role.HR_DATA_STEWARD), uuid4()
    client, url = client_of(user), reverse("privacy:show_own_data")
    with within(organisation, user=steward):
        PersonKey.objects.create(organisation=organisation, person=user.person, key=key, linked_at=timezone.now())
    for number in (1, 2):
        for _ in range(number):
            with within(organisation, user=steward):
                record_access(actor=steward, page="Borderline people", rows=1, why="deciding", keys=[key])
            with within(organisation, user=user):
                told = {"actor": user, "organisation": organisation, "about": About.OTHER, "words": "The photograph"}
                objections.object_to(**told, person=user.person)
            with within(user=user):
                now = timezone.now()
                DataExport.objects.create(person=user.person, asked_at=now, expires_at=now + timedelta(days=7))
        client.get(url)
        with query_count(OWN_COST):
            page = client.get(url)
    (told,) = page.context["organisations"]
    assert [len(one) for one in (told["objections"], told["accesses"], page.context["exports"])] == [3, 3, 3]
    with within(organisation):
        assert Objection.objects.count() == 3


def test_what_happens_after_midnight_in_summer_is_told_under_the_new_day(organisation, member):
    """Half past eleven in UTC is half past midnight of the next day, where the person is."""
    steward, user, key = member(Role.HR_DATA_STEWARD), member(Role.TECHNICIAN), uuid4()
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)), within(organisation, user=steward):
        PersonKey.objects.create(organisation=organisation, person=user.person, key=key, linked_at=timezone.now())
        told = {"actor": steward, "organisation": organisation, "about": About.OTHER, "words": "The photograph"}
        assert str(objections.object_to(**told, person=user.person)) == "Objection of 02 July 2026"
        parts = {one["what"]: one["rows"] for one in parts_without_account(organisation, key, equality=True)}
    assert [row["made"] for row in parts["What you objected to"]] == ["2026-07-02"]
