from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.operations import elevations as operations
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UserFactory, member_of
from desaga.tenancy.context import within


@pytest.fixture
def administrator(db):
    return UserFactory(is_platform_administrator=True)


def answer(client, organisation):
    return client.get(f"/o/{organisation.slug}/settings/edit/").status_code


def test_an_administrator_is_nobody_until_elevated(administrator, organisation, client_of):
    assert answer(client_of(administrator), organisation) == 404


def test_an_elevation_opens_one_organisation(administrator, organisation, other_organisation, client_of):
    operations.start_elevation(actor=administrator, organisation=organisation, reason="They asked for help.")
    client = client_of(administrator)
    assert (answer(client, organisation), answer(client, other_organisation)) == (200, 404)


def test_an_elevation_ends_by_itself(administrator, organisation, client_of):
    before = timezone.now() - timedelta(hours=2)
    operations.start_elevation(actor=administrator, organisation=organisation, reason="Help", hours=1, now=before)
    assert answer(client_of(administrator), organisation) == 404


def test_an_elevation_can_be_given_up(administrator, organisation, client_of):
    elevation = operations.start_elevation(actor=administrator, organisation=organisation, reason="Help")
    operations.end_elevation(actor=administrator, elevation=elevation)
    assert answer(client_of(administrator), organisation) == 404


def test_each_use_is_audited_for_the_organisation_to_read(administrator, organisation, client_of):
    operations.start_elevation(actor=administrator, organisation=organisation, reason="They asked for help.")
    client_of(administrator).get(f"/o/{organisation.slug}/units/")
    with within(organisation):
        entries = [(entry.verb, entry.elevated, entry.note) for entry in Entry.objects.order_by("id")]
    assert entries == [
        ("stepped into", True, "They asked for help."),
        ("visited", True, f"GET /o/{organisation.slug}/units/"),
    ]


def test_what_is_written_under_an_elevation_says_so(administrator, organisation, client_of):
    operations.start_elevation(actor=administrator, organisation=organisation, reason="They asked for help.")
    client_of(administrator).post(f"/o/{organisation.slug}/units/add/", {"name": "Glass workshop", "kind": "other"})
    with within(organisation):
        assert Entry.objects.get(verb="added").elevated


def test_elevation_is_for_administrators(organisation):
    with pytest.raises(operations.NotAPlatformAdministrator):
        operations.start_elevation(actor=member_of(organisation, Role.LEAD), organisation=organisation, reason="Me")


def test_elevation_needs_a_reason_and_an_end(administrator, organisation):
    with pytest.raises(operations.ElevationWithoutReason):
        operations.start_elevation(actor=administrator, organisation=organisation, reason=" ")
    with pytest.raises(operations.ElevationTooLong):
        operations.start_elevation(actor=administrator, organisation=organisation, reason="Long", hours=9)


def test_somebody_who_stops_running_the_platform_loses_the_elevation(administrator, organisation, client_of):
    operations.start_elevation(actor=administrator, organisation=organisation, reason="Help")
    administrator.is_platform_administrator = False
    administrator.save()
    assert answer(client_of(administrator), organisation) == 404
