"""A plan at a glance: the numbers, the lists, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Plan
from ..queries.overview import doubts_by_kind, due_next, standing_of, words_to_resolve
from ..tables.overview import tables_of_overview
from .factories import PlanFactory, make_action

TODAY = date(2026, 11, 28)


def ending(day: str | None) -> dict[str, Any]:
    return {"text": "", "start": None, "end": day, "precision": "day" if day else "none", "continuous": False}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", timeframe=ending("2026-01-31"), owners=["Labs"])
    make_action(plan, code="A2", timeframe=ending("2026-12-31"), owners=["Labs", "HR"], theme="Careers")
    make_action(plan, code="A3", timeframe=ending("2026-01-31"), status="complete")
    make_action(plan, code="A4")
    make_action(plan, code="A5", timeframe=ending("2026-01-31"), business_as_usual=True)
    return plan


def test_the_numbers_leave_business_as_usual_out(plan: Plan) -> None:
    with within(plan.organisation):
        found = standing_of(plan, TODAY)
        due = [action.code for action in due_next(plan, TODAY)]

    assert (found.actions, found.complete, found.late, found.soon, found.undated, found.usual) == (4, 1, 1, 1, 1, 1)
    assert found.sentence == "1 of 4 actions are complete, 1 is late, and 1 more is due within three months."
    assert due == ["A1", "A2"]


def test_who_is_only_words_is_listed_by_weight(plan: Plan) -> None:
    with within(plan.organisation):
        assert words_to_resolve(plan) == [("Labs", 2), ("HR", 1)]
        assert doubts_by_kind(plan) == []


def test_the_tables_that_leave_say_the_same(plan: Plan) -> None:
    with within(plan.organisation):
        standing, due, quarters, covered, doubts = tables_of_overview(plan, {})

    assert [(row[0], row[-1]) for row in standing.rows] == [("Without a theme", 3), ("Careers", 1)]
    assert [row[0] for row in due.rows][:1] == ["A1"]
    assert [row for row in quarters.rows if row[1]] == [("Jan to Mar 2026", 2), ("Oct to Dec 2026", 1)]
    assert {row[2] for row in covered.rows} == {0}
    assert doubts.rows == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_action_and_for_three(
    organisation: Any, member: Any, client_of: Any, django_assert_num_queries: Any, number: int
) -> None:
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        late = (timezone.localdate() - timedelta(days=1)).isoformat()
        make_action(plan, code=f"A{n}", timeframe=ending(late), owners=[f"T{n}"])
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_overview", args=[organisation.slug, plan.pk])
    client.get(page)

    with django_assert_num_queries(27):
        client.get(page)


def test_an_empty_plan_says_so(organisation: Any, member: Any, client_of: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    page = reverse("plans:show_plan_overview", args=[organisation.slug, plan.pk])

    assert "The plan has no actions yet." in client_of(member(Role.READER)).get(page).content.decode()
