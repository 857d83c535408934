"""Several plans at once: their list, and the actions of all that are at work."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within

from ..listing import Row, owner_links, write_lines
from ..models import Action, Plan
from ..operations.plans import change_plan_state
from ..operations.units import start_unit_plan
from ..queries.everywhere import actions_at_work, plans_grouped
from ..states import TableColumn
from .factories import PlanFactory, make_action, many_actions


def ending(days: int) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    return {"text": "", "start": None, "end": day, "precision": "day", "continuous": False}


def at_work(organisation: Any, title: str, **fields: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, title=title, **fields)
    with within(organisation):
        return change_plan_state(actor=None, plan=plan, transition="activate")


@pytest.fixture
def plans(organisation: Any) -> tuple[Plan, Plan]:
    """Two plans at work, each with an action late and one to come, one as usual, and a third that is a draft."""
    both = at_work(organisation, "Careers", starts="2026"), at_work(organisation, "Skills", starts="2025")
    for plan in both:
        make_action(plan, code=f"{plan.title[0]}2", title="Later", timeframe=ending(300), owners=["HR"])
        make_action(plan, code=f"{plan.title[0]}1", title="Late", timeframe=ending(-3), owners=["TSM"])
        make_action(plan, code=f"{plan.title[0]}3", business_as_usual=True)
    make_action(PlanFactory(organisation=organisation, title="Only a draft"), code="D1")
    return both


def codes(page: Any) -> list[str]:
    return [row.code for group in page.context["groups"] for row in group["rows"]]


def test_units_plans_stand_after_the_institutions(organisation: Any) -> None:
    units = [UnitFactory(organisation=organisation, name=name) for name in ("Faculty of Water", "Faculty of Air")]
    new, old = (
        PlanFactory(organisation=organisation, title=t, starts=s) for t, s in (("New", "2026"), ("Old", "2020"))
    )
    with within(organisation):
        for unit in units:
            start_unit_plan(actor=None, under=new, unit=unit, starts="2010")
        change_plan_state(actor=None, plan=old, transition="activate")

        assert [plan.title for plan in plans_grouped()] == [
            "New",
            "Faculty of Air: New",
            "Faculty of Water: New",
            "Old",
        ]
        assert [plan.title for plan in plans_grouped("active")] == ["Old"]
        assert list(plans_grouped("closed")) == []


def test_only_what_is_at_work_counts(plans: Any, organisation: Any) -> None:
    with within(organisation):
        assert sorted(actions_at_work().values_list("code", flat=True)) == ["C1", "C2", "S1", "S2"]


def test_a_reader_sees_plan_by_plan_what_is_due_first_and_narrows_it(
    plans: Any, organisation: Any, member: Any, client_of: Any
) -> None:
    client, page = client_of(member(Role.READER)), reverse("plans:list_actions", args=[organisation.slug])

    assert codes(client.get(page)) == ["C1", "C2", "S1", "S2"]
    for query, expected in (
        ("due=overdue", ["C1", "S1"]),
        (f"plan={plans[1].pk}", ["S1", "S2"]),
        ("party=HR", ["C2", "S2"]),
        ("q=later", ["C2", "S2"]),
        ("sort=code", ["C1", "C2", "S1", "S2"]),
        ("plan=999999999", ["C1", "C2", "S1", "S2"]),
        ("due=whenever&sort=%27%3B", ["C1", "C2", "S1", "S2"]),
        ("party=nobody", []),
    ):
        assert codes(client.get(f"{page}?{query}")) == expected, query


def test_another_organisations_plan_is_neither_shown_nor_chosen(
    plans: Any, organisation: Any, other_organisation: Any, member: Any, client_of: Any
) -> None:
    theirs = at_work(other_organisation, "Theirs")
    make_action(theirs, code="T1")
    client, page = client_of(member(Role.LEAD)), reverse("plans:list_actions", args=[organisation.slug])

    for query in ("", f"?plan={theirs.pk}"):
        answer = client.get(f"{page}{query}")
        assert "T1" not in codes(answer)
        assert "Theirs" not in answer.content.decode()


def test_it_leaves_as_a_file_and_no_cell_is_a_formula(
    plans: Any, organisation: Any, member: Any, client_of: Any
) -> None:
    make_action(plans[0], code="=1+1", title="=HYPERLINK(1)", timeframe=ending(-9))
    client = client_of(member(Role.READER))
    address = reverse("plans:take_out_actions", args=[organisation.slug, "csv"])
    text = client.get(f"{address}?due=overdue").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))

    assert "attachment" in client.get(address)["Content-Disposition"]
    assert [row[0] for row in rows if row and row[0] in ("Careers", "Skills")] == ["Careers", "Careers", "Skills"]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert client.get(reverse("plans:take_out_actions", args=[organisation.slug, "exe"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_plan_and_for_three(
    organisation: Any, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    for n in range(number):
        plan = at_work(organisation, f"Plan {n}")
        with within(organisation):
            start_unit_plan(actor=None, under=plan, unit=UnitFactory(organisation=organisation))
        make_action(plan, owners=["TSM"], theme="Careers", timeframe=ending(3))
    client = client_of(member(Role.READER))
    for name, queries in (("list_plans", 14), ("list_actions", 17)):
        page = reverse(f"plans:{name}", args=[organisation.slug])
        client.get(page)
        with query_count(queries):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize("number", [10, 1_000])
def test_ten_actions_and_a_thousand_cost_as_many_queries(
    organisation: Any, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    many_actions(at_work(organisation, "Big"), number)
    client, page = client_of(member(Role.READER)), reverse("plans:list_actions", args=[organisation.slug])
    client.get(page)

    with query_count(17):
        assert len(codes(client.get(page))) == min(number, 100)


def test_nothing_at_work_says_what_to_do(organisation: Any, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.READER))
    page = client.get(reverse("plans:list_actions", args=[organisation.slug])).content.decode()
    closed = client.get(reverse("plans:list_plans", args=[organisation.slug]) + "?state=closed").content.decode()

    assert "No plan is at work yet." in page
    assert "No plan is in this state." in closed


def test_words_that_look_like_the_html_of_a_cell_are_still_words() -> None:
    link = owner_links((("TSM", "Managers"),))
    action = Action(pk=1)
    rows = [
        Row(action, "A1", "/a/", "Title", {TableColumn.WHO: link}),
        Row(action, "A1", "/a/", "Title", {TableColumn.WHO: str(link) + ""}),
    ]
    write_lines(rows, [TableColumn.WHO])
    assert link in rows[0].line
    assert "<a class" not in rows[1].line
    assert "&lt;a class" in rows[1].line
