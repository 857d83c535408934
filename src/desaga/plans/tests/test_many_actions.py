"""What a plan's pages cost does not grow with the plan: the same queries at ten actions and at a thousand (`bench/workspace.py` times five thousand)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action
from ..queries.coverage import frameworks_for
from .factories import PlanFactory, many_actions

FEW, MANY = 10, 1_000


@pytest.fixture
def reader(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.READER))


def plan_of(organisation: Any, number: int) -> Any:
    plan = PlanFactory(organisation=organisation, title=f"Plan of {number}")
    many_actions(plan, number)
    return plan


def address(plan: Any, name: str) -> str:
    with within(plan.organisation):
        ids = [plan.pk]
        if name == "show_action":
            ids.append(Action.objects.filter(plan=plan).order_by("order")[5].pk)
    return reverse(f"plans:{name}", args=[plan.organisation.slug, *ids])


def framework_pages(plan: Any) -> list[str]:
    """The coverage of a plan by each framework that it can be held against, and its matrix."""
    with within(plan.organisation):
        names = [one.name for one in frameworks_for(plan)]
    url = address(plan, "show_plan_coverage")
    assert len(names) > 3
    return [url, *(f"{url}?{urlencode({'framework': name})}" for name in names)]


#: Each page with what it costs in queries, whatever the plan's size.
PAGES = {
    "show_plan": 21,
    "show_action": 27,
    "show_plan_overview": 27,
    "show_plan_timeline": 20,
    "show_plan_parties": 15,
    "show_plan_usual": 14,
    "show_plan_units": 19,
}


def test_the_plans_pages_cost_as_much_for_ten_actions_as_for_a_thousand(reader: Any, organisation: Any) -> None:
    few, many = [plan_of(organisation, number) for number in (FEW, MANY)]
    reader.get(address(few, "show_plan"))
    costs = {}
    for name in PAGES:
        costs[name] = [queries_of(reader, address(plan, name)) for plan in (few, many)]
    for at, urls in enumerate(zip(framework_pages(few), framework_pages(many), strict=True)):
        costs[f"coverage {at}"] = [queries_of(reader, url) for url in urls]
    for query in (
        "sort=-code",
        "sort=who&columns=who",
        "sort=answers&columns=answers&columns=theme",
        "party=TSM&sort=-doubts",
    ):
        costs[query] = [queries_of(reader, f"{address(plan, 'show_plan')}?{query}") for plan in (few, many)]
    assert {name: cost for name, cost in costs.items() if cost[0] != cost[1]} == {}
    assert {name: costs[name][0] for name in PAGES} == PAGES


def queries_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
