"""Business as usual: moving an action to and fro, the page, and what may not be done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, Plan, UsualCheck, late_on
from ..operations.actions import PlanIsClosed, edit_action
from ..operations.closing import Saying, say_outcomes
from ..operations.plans import change_plan_state
from ..operations.usual import AlreadyUsual, NotUsual, NotUsualYet, confirm_usual, move_from_usual, move_to_usual
from ..queries import narrowed, plan_counts, plans_listed
from ..queries.overview import standing_of
from ..queries.parties import loads_of
from ..queries.usual import actions_as_usual, checks_of_usual, usual_due
from ..rechecking import a_year_after, a_year_before
from ..tables.usual import tables_of_usual
from .factories import PlanFactory, action_data, close_plan, make_action

TODAY = date(2026, 11, 28)


@pytest.fixture
def plan(organisation: Any) -> Plan:
    return PlanFactory(organisation=organisation, title="Technicians count")


def now_of(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_an_action_moves_to_business_as_usual_and_back(plan: Plan) -> None:
    action = make_action(plan, code="A1")
    with within(plan.organisation):
        moved = move_to_usual(
            actor=None, action=action, since=date(2026, 9, 1), reason="Part of every induction", today=TODAY
        )
        told = (moved.business_as_usual, moved.usual_since, moved.usual_reason)
        move_from_usual(actor=None, action=action, reason="Nobody does it any more")
        back = now_of(action)
        entries = list(entries_about(action).values_list("verb", "note"))

    assert told == (True, date(2026, 9, 1), "Part of every induction")
    assert (back.business_as_usual, back.usual_since, back.usual_reason) == (False, None, "")
    assert entries[:2] == [
        ("moved back into the plan", "Nobody does it any more"),
        ("moved to business as usual", ""),
    ]


def test_the_same_form_sent_twice_is_written_once(plan: Plan) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        move_to_usual(actor=None, action=action, since=TODAY, reason="Done", today=TODAY)
        with pytest.raises(AlreadyUsual):
            move_to_usual(actor=None, action=action, since=TODAY, reason="Done", today=TODAY)
        move_from_usual(actor=None, action=action, reason="Again")
        with pytest.raises(NotUsual):
            move_from_usual(actor=None, action=action, reason="Again")

        assert entries_about(action).filter(verb__startswith="moved").count() == 2


def test_a_day_to_come_and_a_closed_plan_are_refused(plan: Plan) -> None:
    action, usual = make_action(plan), make_action(plan, business_as_usual=True)
    with within(plan.organisation):
        with pytest.raises(NotUsualYet):
            move_to_usual(actor=None, action=action, since=TODAY + timedelta(days=1), reason="Soon", today=TODAY)
        close_plan(plan)
        with pytest.raises(PlanIsClosed):
            move_to_usual(actor=None, action=action, since=TODAY, reason="Done", today=TODAY)
        with pytest.raises(PlanIsClosed):
            move_from_usual(actor=None, action=usual, reason="Again")

        assert (now_of(action).business_as_usual, now_of(usual).business_as_usual) == (False, True)


@pytest.mark.parametrize(
    ("was", "becomes", "since"),
    [(False, True, "today"), (True, True, "kept"), (True, False, None), (False, False, None)],
)
def test_the_box_on_the_form_of_the_action_keeps_since_and_why(
    plan: Plan, was: bool, becomes: bool, since: str | None
) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        if was:
            move_to_usual(actor=None, action=action, since=date(2025, 1, 1), reason="Long since")
        edit_action(actor=None, action=action, data=action_data(business_as_usual=becomes))
        found = now_of(action)

    assert found.usual_since == {"today": timezone.localdate(), "kept": date(2025, 1, 1), None: None}[since]
    assert found.usual_reason == ("Long since" if since == "kept" else "")


def test_the_list_and_its_table_put_the_latest_first_and_the_undated_last(plan: Plan) -> None:
    with within(plan.organisation):
        for code, since in (("A1", date(2025, 1, 1)), ("A2", date(2026, 1, 1))):
            move_to_usual(actor=None, action=make_action(plan, code=code, owners=["TSM"]), since=since, reason="=1+1")
    make_action(plan, code="A3", business_as_usual=True)
    make_action(plan, code="A4")
    with within(plan.organisation):
        codes = [action.code for action in actions_as_usual(plan)]
        (table,) = tables_of_usual(plan, {})

    assert codes == ["A2", "A1", "A3"]
    assert table.rows[0] == ["A2", "Write role descriptors", "", "TSM", "1 January 2026", "=1+1", "1 January 2027"]
    assert [row[4] for row in table.rows] == ["1 January 2026", "1 January 2025", ""]


def test_a_lead_moves_an_action_on_its_page(organisation: Any, plan: Plan, member: Any, client_of: Any) -> None:
    action = make_action(plan, code="A1", title='Say "thank you" <b>twice</b>')
    client = client_of(member(Role.LEAD))
    form = reverse("plans:move_to_usual", args=[organisation.slug, plan.pk, action.pk])

    assert (
        "Fill this in."
        in client.post(form, {"since_day": "1", "since_month": "9", "since_year": "2026"}).content.decode()
    )
    words = {"since_day": "1", "since_month": "9", "since_year": "2024", "reason": "Part of every induction"}
    answer = client.post(form, words, follow=True).content.decode()
    listed = client.get(reverse("plans:show_plan_usual", args=[organisation.slug, plan.pk])).content.decode()

    assert "The action is business as usual now." in answer
    assert "Since 1 September 2024" in answer
    assert "Say &quot;thank you&quot; &lt;b&gt;twice&lt;/b&gt;" in listed
    assert "Part of every induction" in listed


def test_another_organisations_action_is_not_found(
    plan: Plan, other_organisation: Any, member: Any, client_of: Any
) -> None:
    action = make_action(plan)
    stranger = client_of(member(Role.LEAD, organisation=other_organisation))
    for name in ("move_to_usual", "move_from_usual"):
        form = reverse(f"plans:{name}", args=[other_organisation.slug, plan.pk, action.pk])
        assert stranger.post(form, {"reason": "Mine now"}).status_code == 404

    with within(plan.organisation):
        assert now_of(action).business_as_usual is False


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_action_and_for_three(
    organisation: Any, plan: Plan, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    for n in range(number):
        make_action(plan, code=f"A{n}", owners=[f"T{n}"], theme=f"Theme {n}", business_as_usual=True)
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_usual", args=[organisation.slug, plan.pk])
    client.get(page)

    with query_count(16):
        client.get(page)


def test_a_plan_without_any_says_what_to_do(organisation: Any, plan: Plan, member: Any, client_of: Any) -> None:
    page = reverse("plans:show_plan_usual", args=[organisation.slug, plan.pk])
    assert "Nothing is business as usual yet." in client_of(member(Role.READER)).get(page).content.decode()


def test_business_as_usual_is_late_nowhere(plan: Plan, member: Any, client_of: Any) -> None:
    past = {"text": "", "start": None, "end": "2020-01-31", "precision": "day", "continuous": False}
    late, usual = (
        make_action(plan, code=code, title=code, timeframe=past, business_as_usual=code == "U1", owners=["TSM"])
        for code in ("A1", "U1")
    )
    make_action(plan, code="A2", timeframe=past, status="complete")
    client, slug = client_of(member(Role.READER)), plan.organisation.slug
    with within(plan.organisation):
        change_plan_state(actor=None, plan=plan, transition="activate")
        every = Action.objects.filter(plan=plan)
        told = {
            "late_on": every.filter(late_on(TODAY)),
            "is_late_on": [one for one in every if one.is_late_on(TODAY)],
            "the filter": narrowed(every, {"due": "overdue"}, TODAY),
        }
        assert {name: [one.code for one in rows] for name, rows in told.items()} == {name: ["A1"] for name in told}
        assert standing_of(plan, TODAY).late == 1
        assert [one.overdue for one in loads_of(plan, TODAY)] == [1]
        assert plans_listed().get(pk=plan.pk).overdue_count == plan_counts()["overdue"] == 1
    for name in ("show_plan", "show_plan_timeline"):
        shown = client.get(reverse(f"plans:{name}", args=[slug, plan.pk])).content.decode()
        assert shown.count("</svg>Overdue<") == 1, name
    for action, is_late in ((late, True), (usual, False)):
        assert ("</svg>Overdue<" in client.get(action.get_absolute_url()).content.decode()) is is_late


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2026, 11, 28), date(2027, 11, 28), date(2025, 11, 28)),
        (date(2028, 2, 29), date(2029, 2, 28), date(2027, 2, 28)),
    ],
)
def test_a_year_is_a_year(day: date, after: date, before: date) -> None:
    assert (a_year_after(day), a_year_before(day)) == (after, before)


def test_what_is_usual_for_a_year_is_due_until_it_is_confirmed_and_the_history_stays(plan: Plan) -> None:
    old, young, unsaid = (make_action(plan, code=code) for code in ("A1", "A2", "A3"))
    with within(plan.organisation):
        move_to_usual(actor=None, action=old, since=date(2025, 11, 28), reason="Done", today=TODAY)
        move_to_usual(actor=None, action=young, since=date(2025, 11, 29), reason="Done", today=TODAY)
        Action.objects.filter(pk=unsaid.pk).update(business_as_usual=True)
        Plan.objects.update(started_at=timezone.make_aware(datetime(2025, 1, 1, 12)))
        assert [action.code for action in usual_due(TODAY)] == ["A3", "A1"]

        close_plan(plan)
        for note in ("Asked in three units", "Asked in three units"):
            confirm_usual(actor=None, action=old, note=note, today=TODAY)
        assert [action.code for action in usual_due(TODAY)] == ["A3"]
        assert [action.code for action in usual_due(date(2027, 11, 28))] == ["A3", "A2", "A1"]
        assert [(check.on, check.note) for check in checks_of_usual(old)] == [(TODAY, "Asked in three units")]
        with pytest.raises(NotUsual):
            confirm_usual(actor=None, action=make_action(PlanFactory(organisation=plan.organisation)), today=TODAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            UsualCheck.objects.update(note="Never seen")


def test_it_is_confirmed_from_the_list_of_those_due_by_one_press(plan: Plan, member: Any, client_of: Any) -> None:
    browser = client_of(member(Role.PROJECT_OFFICER))
    action = make_action(plan, title="Show people around")
    with within(plan.organisation):
        move_to_usual(actor=None, action=action, since=timezone.localdate() - timedelta(days=400), reason="Done")
    due = f"/o/{plan.organisation.slug}/plans/usual/due/"
    assert "Show people around" in browser.get(due).content.decode()
    pressed = browser.post(f"{action.get_absolute_url()}still-usual/", {"from": "due", "note": "Seen"}, follow=True)
    assert pressed.redirect_chain[-1][0] == due
    assert "Nothing is due" in pressed.content.decode()
    assert "Seen" in browser.get(action.get_absolute_url()).content.decode()


def test_what_is_said_to_be_usual_at_the_end_is_so_when_the_plan_is_closed(plan: Plan) -> None:
    action = make_action(plan)
    with within(plan.organisation):
        change_plan_state(actor=None, plan=plan, transition="activate")
        saying = Saying(completion="done", fate="business_as_usual", reason="Every induction has it")
        say_outcomes(actor=None, plan=plan, pks=[action.pk], saying=saying)
        assert not now_of(action).business_as_usual
        change_plan_state(actor=None, plan=plan, transition="close")
        told = now_of(action)
        assert (told.business_as_usual, told.usual_since) == (True, timezone.localdate())
        assert told.usual_reason == "Every induction has it"
