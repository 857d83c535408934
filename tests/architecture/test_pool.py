"""A connection that goes back to the pool takes nothing of its tenant along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from desaga.organisations.states import Role
from desaga.tenancy.context import NOBODY, current_standing, within

ONE_CONNECTION = {"min_size": 1, "max_size": 1, "timeout": 10}


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[None]:
    """The default connection through a real pool of one."""
    connection.close()
    connection.settings_dict["OPTIONS"]["pool"] = ONE_CONNECTION
    yield
    connection.close()
    connection.close_pool()
    del connection.settings_dict["OPTIONS"]["pool"]


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def to_the_pool_and_back() -> None:
    connection.close()
    connection.ensure_connection()


def test_a_setting_of_the_session_would_leak(pooled):
    first = backend()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.organisation_id', '41', false)")
    to_the_pool_and_back()
    assert (backend(), current_standing().organisation_id) == (first, 41)
    with connection.cursor() as cursor:
        cursor.execute("reset app.organisation_id")


def test_a_tenant_does_not_leak_to_whoever_comes_next(pooled, organisation):
    first = backend()
    with within(organisation):
        assert current_standing().organisation_id == organisation.pk
    to_the_pool_and_back()
    assert (backend(), current_standing()) == (first, NOBODY)


def test_a_request_does_not_leak_into_the_next(pooled, organisation, other_organisation, member, client_of):
    first = backend()
    here = client_of(member(Role.LEAD))
    there = client_of(member(Role.LEAD, organisation=other_organisation))
    to_the_pool_and_back()
    assert b"Faculty of Northmoor" in here.get(f"/o/{organisation.slug}/units/").content
    to_the_pool_and_back()
    answer = there.get(f"/o/{other_organisation.slug}/units/").content
    assert (b"Faculty of Southmere" in answer, b"Northmoor" in answer) == (True, False)
    to_the_pool_and_back()
    assert (backend(), current_standing()) == (first, NOBODY)


def test_a_request_that_fails_leaks_nothing_either(pooled, organisation, member, client_of, monkeypatch):
    from desaga.organisations.views.units import ListUnitsView

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(ListUnitsView, "get_context_data", fail)
    client = client_of(member(Role.LEAD))
    client.raise_request_exception = False
    assert client.get(f"/o/{organisation.slug}/units/").status_code == 500
    to_the_pool_and_back()
    assert current_standing() == NOBODY
