"""A plan along time: drawn no more exactly than it was said, and the same as a list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Dependency, Plan
from ..operations.waiting import wait_for
from ..queries.timeline import actions_in_time
from ..tables.timeline import tables_of_timeline
from ..timing import by_quarter, is_drawn, timeline_of, undertaking_of
from .factories import PlanFactory, make_action

TODAY = date(2026, 11, 28)


def when(
    start: str | None, end: str | None, precision: str = "month", text: str = "", *, continuous: bool = False
) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "precision": precision, "continuous": continuous}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, starts="2026", ends="2027")
    make_action(plan, code="A1", timeframe=when(None, "2026-03-31", "day"), theme="Careers")
    make_action(
        plan,
        code="A2",
        timeframe=when("2026-09", "2026-12", "term", "Autumn 2026"),
        theme="Careers",
        depends_on=[{"text": "To follow A1."}],
    )
    make_action(
        plan,
        code="A3",
        timeframe=when(None, None, "none", "Ongoing", continuous=True),
        milestones=[{"label": "Scoping", "start": None, "end": "2026-05"}],
    )
    make_action(plan, code="A4", title="<script>alert(1)</script>")
    return plan


def actions(plan: Plan) -> list[Any]:
    return list(actions_in_time(plan).order_by("order"))


def test_a_term_is_vague_a_day_is_a_day_and_a_month_is_its_whole_length(plan: Plan) -> None:
    with within(plan.organisation):
        day, term, going, undated = actions(plan)
        drawn = [undertaking_of(one) for one in (day, term, going)]

    assert (drawn[0].begins, drawn[0].ends and drawn[0].ends.first, drawn[0].ends and drawn[0].ends.last) == (
        None,
        date(2026, 3, 31),
        date(2026, 3, 31),
    )
    assert (drawn[1].is_vague, drawn[1].begins and drawn[1].begins.last) == (True, date(2026, 9, 30))
    assert drawn[2].goes_on
    assert [(s.first, s.last) for s in drawn[2].stages] == [(date(2026, 5, 1), date(2026, 5, 31))]
    assert not is_drawn(undated)


def test_what_is_linked_is_drawn_and_words_alone_are_not(plan: Plan) -> None:
    with within(plan.organisation):
        first, second, *_ = actions(plan)
        linked = [undertaking_of(one).waits_for for one in (first, second)]
        # Somebody's words still name the code, and the link is gone: the picture follows the link.
        Dependency.objects.update(on=None)
        freed = [undertaking_of(one).waits_for for one in actions(plan)[:2]]

    assert (linked, freed) == ([[], [first.pk]], [[], []])


def test_the_list_says_the_same_by_quarter(plan: Plan) -> None:
    with within(plan.organisation):
        told = [(name, [one.code for one in rows]) for name, rows in by_quarter(actions(plan))]
        (table,) = tables_of_timeline(plan, {})

    assert told == [
        ("January to March 2026", ["A1"]),
        ("October to December 2026", ["A2"]),
        ("Goes on all the time", ["A3"]),
        ("No date", ["A4"]),
    ]
    assert [row[0] for row in table.rows] == [name for name, _ in told]


def test_the_title_says_what_lies_behind(plan: Plan) -> None:
    with within(plan.organisation):
        assert timeline_of(plan, actions(plan), actions(plan), TODAY).title == "1 of 3 lie behind us and are not done"


def test_a_page_of_a_long_plan_says_what_is_so_of_the_plan_and_which_part_it_shows(
    plan: Plan, member: Any, client_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("desaga.plans.views.timeline.ROWS_A_PICTURE", 2)
    make_action(plan, code="A5", timeframe=when(None, "2026-03-31", "day"), theme="Careers")
    with within(plan.organisation):
        wait_for(actor=None, action=plan.actions.get(code="A5"), on=plan.actions.get(code="A2"))
    client, page = (
        client_of(member(Role.READER)),
        reverse("plans:show_plan_timeline", args=[plan.organisation.slug, plan.pk]),
    )
    with time_machine.travel(TODAY):
        first, last = (client.get(page, {"page": number}) for number in ("1", "3"))

    for answer in (first, last):
        assert answer.context["timeline"].title == "2 of 4 lie behind us and are not done"
        assert answer.context["undated"] == 1
        assert [one.action.code for one in answer.context["conflicts"]] == ["A5"]
    assert ", actions 1 to 2 of 5, " in first.context["timeline"].counted
    assert "Here: action 5 of 5, as in the picture." in last.content.decode()
    told = [(name, in_all, [row["action"].code for row in rows]) for name, in_all, rows in first.context["quarters"]]
    assert [(name, in_all, len(codes)) for name, in_all, codes in told][:1] == [("January to March 2026", 2, 1)]


def test_the_page_says_what_is_waited_for_as_the_file_does(plan: Plan, member: Any, client_of: Any) -> None:
    page = reverse("plans:show_plan_timeline", args=[plan.organisation.slug, plan.pk])
    shown = client_of(member(Role.READER)).get(page).content.decode()
    with within(plan.organisation):
        (table,) = tables_of_timeline(plan, {})

    assert [row[6] for row in table.rows] == ["", "To follow A1.", "", ""]
    assert ">To follow A1.</td>" in shown


def test_nothing_dated_is_not_drawn(organisation: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan)
    with within(organisation):
        assert timeline_of(plan, actions(plan), actions(plan), TODAY).picture is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_action_and_for_three(
    organisation: Any, member: Any, client_of: Any, django_assert_num_queries: Any, number: int
) -> None:
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        make_action(
            plan, code=f"A{n}", timeframe=when(None, "2026-03"), depends_on=[{"text": "A0"}], theme=f"Theme {n}"
        )
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_timeline", args=[organisation.slug, plan.pk])
    client.get(page)

    with django_assert_num_queries(20):
        client.get(page)


def test_the_page_draws_words_as_words_and_names_what_is_not_drawn(plan: Plan, member: Any, client_of: Any) -> None:
    shown = (
        client_of(member(Role.READER))
        .get(reverse("plans:show_plan_timeline", args=[plan.organisation.slug, plan.pk]))
        .content.decode()
    )

    assert "Not drawn: 1 action without a date" in shown
    assert "<script>alert" not in shown
    assert "url(#dsg-hatch-0072b2)" in shown
