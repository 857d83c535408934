"""What a plan's pages cost does not grow with the plan: the same queries at ten actions and at five thousand."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action
from .factories import PlanFactory, many_actions

FEW, MANY = 10, 5_000


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


def test_the_plans_pages_cost_as_much_for_ten_actions_as_for_five_thousand(
    reader: Any, organisation: Any, query_count: Any
) -> None:
    plans = [plan_of(organisation, number) for number in (FEW, MANY)]
    reader.get(address(plans[0], "show_plan"))
    for name, queries in (("show_plan", 25), ("show_action", 26)):
        for url in [address(plan, name) for plan in plans]:
            with query_count(queries):
                assert reader.get(url).status_code == 200
