"""Every address of the API: without a key, with a key that opens nothing of it, and with another organisation's ids."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from desaga.config.api import description
from desaga.keys.states import Scope
from desaga.keys.tests.factories import Program, make_key
from desaga.plans.models import Action, Plan
from desaga.tenancy.context import within

#: Addresses that name a row of an organisation; the others name what belongs to nobody.
OF_TENANTS = {"/plans/{id}", "/plans/{id}/interchange", "/plans/{id}/actions", "/actions/{id}"}
SCOPES = {"organisations": {Scope.ORGANISATIONS}, "frameworks": {Scope.FRAMEWORKS}, "key": set(Scope)}
OF_PLANS = {Scope.PLANS, Scope.PLANS_PUBLIC}


def paths():
    return [path.removeprefix("/api/v1") for path in description()["paths"]]


def things_of(organisation):
    with within(organisation):
        return {"plan": Plan.objects.first().pk, "action": Action.objects.first().pk}


def address(path, organisation):
    things = things_of(organisation)
    named = {
        "id": things["action" if path.startswith("/actions") else "plan"],
        "slug": organisation.slug,
        "key": "talent",
    }
    return path.format(**named).lstrip("/")


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def test_the_walk_knows_what_is_a_tenants():
    assert {path for path in paths() if "{id}" in path} == OF_TENANTS


def test_without_a_key_nothing_is_open_to_anybody(world, clients):
    urls = [f"/api/v1/{address(path, world.here)}" for path in paths()]
    answers = {(visitor, url): client.get(url).status_code for visitor, client in clients.items() for url in urls}
    assert set(answers.values()) == {401}
    assert Client().get(urls[0]).status_code == 401


def test_each_address_opens_to_its_scopes_and_to_no_other(world):
    for scope in Scope:
        program = Program(make_key(world.here, scope)[1])
        for path in paths():
            needed = SCOPES.get(path.split("/")[1], OF_PLANS)
            status = program.get(address(path, world.here)).status_code
            assert status == (200 if scope in needed else 403), (scope, path)


def test_what_is_another_organisations_is_missing(world):
    program = Program(make_key(world.here)[1])
    assert {program.get(address(path, world.here)).status_code for path in OF_TENANTS} == {200}
    assert {program.get(address(path, world.there)).status_code for path in OF_TENANTS} == {404}


def test_no_path_tells_of_placements():
    """Whoever adds one adds it to `placements/tests/test_side_doors.py` too."""
    words = ("placement", "scheme", "application", "award", "panel", "claim")
    assert [path for path in paths() if any(word in path for word in words)] == []
    assert "/plans" in paths()
