"""The API as a program meets it: over a socket, with nothing but Python's own client."""

from __future__ import annotations

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.cache import cache

from desaga.keys import operations
from desaga.keys.tests.factories import make_key
from desaga.organisations.tests.factories import peopled_organisation
from desaga.plans.models import Action
from desaga.plans.tests.factories import PlanFactory
from desaga.tenancy.context import within

ACTIONS = 250


def ask(address, words, **headers):
    """Status, headers and what was answered; an error is an answer too."""
    request = Request(address, headers={"Authorization": f"Bearer {words}", **headers})
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or "null")
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers, json.loads(answer.read() or "null")


@pytest.fixture
def served(live_server):
    cache.clear()
    organisation = peopled_organisation("Northmoor University", "northmoor")
    plan = PlanFactory(organisation=organisation)
    with within(organisation):
        rows = [
            Action(organisation=organisation, plan=plan, order=n, title=f"Action {n}", reading_id=f"a{n}")
            for n in range(ACTIONS)
        ]
        Action.objects.bulk_create(rows)
    key, words = make_key(organisation)
    return f"{live_server.url}/api/v1", plan, key, words


def test_a_program_reads_a_plan_page_by_page_and_then_only_asks_whether_it_changed(served):
    here, plan, key, words = served
    address, read = f"{here}/plans/{plan.pk}/actions?limit=100", []
    pages = 0
    while address:
        status, _, page = ask(address, words)
        assert (status, page["total"]) == (200, ACTIONS)
        read += [item["action"]["id"] for item in page["items"]]
        address, pages = page["next"], pages + 1
    assert (pages, read) == (3, [f"a{n}" for n in range(ACTIONS)])

    whole = f"{here}/plans/{plan.pk}/interchange"
    status, headers, answer = ask(whole, words)
    assert (status, len(answer["actions"])) == (200, ACTIONS)
    status, again, nothing = ask(whole, words, **{"If-None-Match": headers["ETag"]})
    assert (status, nothing, again["ETag"]) == (304, None, headers["ETag"])

    with within(plan.organisation):
        Action.objects.filter(reading_id="a7").update(title="Another title")
        key.refresh_from_db()
    assert key.last_used_at is not None
    assert ask(whole, words, **{"If-None-Match": headers["ETag"]})[0] == 200

    with within(plan.organisation):
        operations.revoke_key(actor=None, key=key)
    status, headers, problem = ask(whole, words)
    assert (status, headers.get_content_type(), problem["status"]) == (401, "application/problem+json", 401)
