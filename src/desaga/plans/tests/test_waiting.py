"""What waits for what: said by hand, recognised in words, never in a ring, kept on every way out and back, drawn, and told where dates cannot hold."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

import jsonschema
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within

from ..interchange import action_as_data
from ..models import Action, Dependency, Plan
from ..operations import imports
from ..operations.actions import edit_action
from ..operations.newer import go_back, keep_version
from ..operations.units import IsWaiting, place_plan, start_unit_plan
from ..operations.waiting import IsRecognised, WaitsElsewhere, WouldWaitForItself, take_wait_back, wait_for
from ..publishing import public_action
from ..queries.actions import actions_whole
from ..queries.timeline import actions_in_time, links_of
from ..queries.waiting import actions_to_wait_for, leads_to, waits_in
from ..roundtrip.columns import BY_KEY, cell_of, changed
from ..timing import conflicts_of, timeline_of
from .factories import PlanFactory, action_data, make_action, stage

SCHEMA = json.loads(resources.files("desaga.plans.reading").joinpath("schema.json").read_text(encoding="utf-8"))


def when(start: str | None, end: str | None) -> dict[str, Any]:
    return {"text": "", "start": start, "end": end, "precision": "month", "continuous": False}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    for code in ("A1", "A2", "A3"):
        make_action(made, code=code, title=f"Title of {code}")
    return made


@pytest.fixture
def unit_plan(plan: Plan) -> Plan:
    unit = UnitFactory(organisation=plan.organisation, name="Faculty of Fire", code="FIRE")
    with within(plan.organisation):
        made = start_unit_plan(actor=None, under=plan, unit=unit)
    make_action(made, code="F1", title="Ours")
    return made


def of(plan: Plan, code: str) -> Action:
    return Action.objects.select_related("plan", "organisation").get(plan=plan, code=code)


def whole(plan: Plan, code: str) -> Action:
    return actions_whole(plan).get(code=code)


def links(plan: Plan) -> list[tuple[str, str, bool]]:
    """Who waits for whom in a plan, by codes, and whether it was recognised."""
    rows = Dependency.objects.filter(plan=plan, on__isnull=False).order_by("action__code", "on__code")
    return list(rows.values_list("action__code", "on__code", "is_recognised"))


# ---- By hand


def test_an_action_waits_for_another_once_and_no_longer(plan: Plan) -> None:
    with within(plan.organisation):
        first = wait_for(actor=None, action=of(plan, "A2"), on=of(plan, "A1"))
        again = wait_for(actor=None, action=of(plan, "A2"), on=of(plan, "A1"))
        said = links(plan)
        take_wait_back(actor=None, dependency=first)
        assert (again, said, links(plan)) == (first, [("A2", "A1", False)], [])


def test_rings_and_other_plans_are_refused_in_words(plan: Plan, unit_plan: Plan) -> None:
    elsewhere = make_action(PlanFactory(organisation=plan.organisation), code="X")
    with within(plan.organisation):
        wait_for(actor=None, action=of(plan, "A2"), on=of(plan, "A1"))
        wait_for(actor=None, action=of(plan, "A3"), on=of(plan, "A2"))
        wait_for(actor=None, action=of(unit_plan, "F1"), on=of(plan, "A3"))
        for action, on in (("A1", "A1"), ("A1", "A2"), ("A1", "A3")):
            with pytest.raises(WouldWaitForItself, match="waits for this one already"):
                wait_for(actor=None, action=of(plan, action), on=of(plan, on))
        for on in (elsewhere, of(unit_plan, "F1")):
            with pytest.raises(WaitsElsewhere):
                wait_for(actor=None, action=of(plan, "A1"), on=on)


def test_the_database_refuses_rings_and_other_plans_too(plan: Plan, other_organisation: Any) -> None:
    theirs = make_action(PlanFactory(organisation=other_organisation), code="T")
    elsewhere = make_action(PlanFactory(organisation=plan.organisation), code="X")
    with within(plan.organisation):
        wait_for(actor=None, action=of(plan, "A2"), on=of(plan, "A1"))
        wait_for(actor=None, action=of(plan, "A3"), on=of(plan, "A2"))
        a1 = of(plan, "A1")
        for on in (a1.pk, of(plan, "A3").pk, elsewhere.pk, theirs.pk):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    'INSERT INTO plans_dependency (organisation_id, plan_id, action_id, "order", text, on_id, is_recognised)'
                    " VALUES (%s, %s, %s, 0, 'x', %s, false)",
                    [plan.organisation_id, plan.pk, a1.pk, on],
                )
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE plans_dependency SET on_id = %s WHERE action_id = %s", [of(plan, "A3").pk, of(plan, "A2").pk]
            )


@given(pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_nothing_waits_for_itself(organisation: Any, pairs: list[tuple[int, int]]) -> None:
    made = PlanFactory(organisation=organisation)
    actions = [make_action(made, code=f"Z{n}") for n in range(5)]
    with within(organisation):
        for first, second in pairs:
            try:
                wait_for(actor=None, action=actions[first], on=actions[second])
            except WouldWaitForItself:
                graph = waits_in(made)
                assert leads_to(graph, actions[second].pk, actions[first].pk)
        graph = waits_in(made)
        assert not any(leads_to(graph, on, action) for action, ons in graph.items() for on in ons)


def test_a_units_plan_stays_where_it_stands_while_its_actions_wait_for_the_plan_above(
    plan: Plan, unit_plan: Plan
) -> None:
    with within(plan.organisation):
        waits = wait_for(actor=None, action=of(unit_plan, "F1"), on=of(plan, "A1"))
        with pytest.raises(IsWaiting):
            place_plan(actor=None, plan=unit_plan, unit=unit_plan.unit, under=None)
        take_wait_back(actor=None, dependency=waits)
        assert place_plan(actor=None, plan=unit_plan, unit=unit_plan.unit, under=None).under is None


def test_a_plan_that_waits_only_in_words_can_be_placed(plan: Plan) -> None:
    make_action(plan, code="A4", depends_on=[{"text": "Money"}])
    unit, above = UnitFactory(organisation=plan.organisation), PlanFactory(organisation=plan.organisation)
    with within(plan.organisation):
        assert place_plan(actor=None, plan=plan, unit=unit, under=above).under == above
        assert place_plan(actor=None, plan=plan, unit=unit, under=None).under is None


# ---- In words


def test_codes_in_words_are_linked_when_read_and_marked(organisation: Any) -> None:
    document = stage(
        organisation,
        action_data(code="A1", depends_on=[{"text": "Follows on from A2 and A3."}, {"text": "Money"}]),
        action_data(code="A2"),
        action_data(code="A3", depends_on=[{"text": "A1"}]),
    )
    with within(organisation):
        made = imports.commit_import(actor=None, document=document)
        told = {one.code: action_as_data(one)["depends_on"] for one in actions_whole(made)}
        assert links(made) == [("A1", "A2", True), ("A1", "A3", True)]
        with pytest.raises(IsRecognised):
            take_wait_back(actor=None, dependency=Dependency.objects.filter(on__code="A2").get())
    # What the document said is what leaves; the ring that A3 would close keeps its words.
    assert told == {"A1": [{"text": "Follows on from A2 and A3."}, {"text": "Money"}], "A2": [], "A3": [{"text": "A1"}]}


def test_words_are_linked_when_the_code_comes_later_and_freed_when_it_goes(plan: Plan) -> None:
    make_action(plan, code="A4", depends_on=[{"text": "Once B9 is done"}])
    with within(plan.organisation):
        before = links(plan)
        late = of(plan, "A3")
        edit_action(actor=None, action=late, data={**action_as_data(whole(plan, "A3")), "code": "B9"})
        between = links(plan)
        edit_action(actor=None, action=late, data={**action_as_data(whole(plan, "B9")), "code": "A3"})
        assert (before, between, links(plan)) == ([], [("A4", "B9", True)], [])


# ---- Out and back


def test_a_link_survives_the_form_the_sheet_and_a_version(plan: Plan, unit_plan: Plan) -> None:
    with within(plan.organisation):
        wait_for(actor=None, action=of(plan, "A2"), on=of(plan, "A1"))
        wait_for(actor=None, action=of(unit_plan, "F1"), on=of(plan, "A1"))
        version = keep_version(actor=None, plan=plan, name="Then")
        for made, code in ((plan, "A2"), (unit_plan, "F1")):
            data = action_as_data(whole(made, code))
            jsonschema.validate(data["depends_on"][0], {"$ref": "#/$defs/dependency", "$defs": SCHEMA["$defs"]})
            edit_action(actor=None, action=of(made, code), data={**data, "title": "Another"})
            assert action_as_data(whole(made, code))["depends_on"] == data["depends_on"]
        data = action_as_data(whole(plan, "A2"))
        cell = cell_of(BY_KEY["depends_on"], data)
        sheet = {**data, **changed(data, {"depends_on": f"{cell}\nMoney"})}
        edit_action(actor=None, action=of(plan, "A2"), data=sheet)
        assert (cell, links(plan)) == ("A1 Title of A1", [("A2", "A1", False)])
        edit_action(actor=None, action=of(plan, "A2"), data={**data, "depends_on": []})
        assert links(plan) == []
        go_back(actor=None, version=version)
        assert links(plan) == [("A2", "A1", False)]
        assert links(unit_plan) == [("F1", "A1", False)]


def test_the_public_does_not_read_what_of_the_plan_above_is_waited_for(plan: Plan, unit_plan: Plan) -> None:
    with within(plan.organisation):
        wait_for(actor=None, action=of(unit_plan, "F1"), on=of(plan, "A1"))
        waiting = whole(unit_plan, "F1")
        assert action_as_data(waiting)["depends_on"][0]["on"]["above"] is True
        assert public_action(waiting)["depends_on"] == []


# ---- Along time


PERIODS = [
    ((None, "2026-03"), ("2026-02", "2026-06"), True),
    ((None, "2026-03"), ("2026-03", None), False),
    ((None, "2026"), ("2026-01", None), False),
    ((None, "2026-03"), (None, "2026-01"), True),
    ((None, "2026-03"), ("2026-04", None), False),
    (("2026-03", None), ("2026-01", None), False),
]


@pytest.mark.parametrize(("first", "second", "cannot"), PERIODS)
def test_dates_are_in_conflict_only_where_they_surely_cannot_hold(
    organisation: Any, first: Any, second: Any, cannot: bool
) -> None:
    made = PlanFactory(organisation=organisation)
    on = make_action(made, code="A1", timeframe=when(*first))
    action = make_action(made, code="A2", timeframe=when(*second))
    with within(organisation):
        wait_for(actor=None, action=action, on=on)
        rows = list(actions_in_time(made))
        told = [one.sentence for one in conflicts_of(links_of(made))]
        drawn = timeline_of(made, rows, rows, date(2026, 1, 1)).picture
    assert (bool(told), 'stroke-dasharray="5 3"' in str(drawn)) == (cannot, cannot)
    if cannot:
        assert told[0].startswith("A2 (")
        assert "waits for A1 (March 2026), which ends later" in told[0]


# ---- Pages


def address(action: Action, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[action.organisation.slug, action.plan_id, action.pk, *ids])


def test_it_is_said_shown_on_both_and_taken_back_from_the_page(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    with within(plan.organisation):
        first, second = of(plan, "A1"), of(plan, "A2")

    found = client.get(address(second, "add_wait"), {"q": "Title of A1"})
    client.post(address(second, "add_wait"), {"on": first.pk})
    there, back = (client.get(address(one, "show_action")).content.decode() for one in (second, first))
    with within(plan.organisation):
        waits = Dependency.objects.get()
    client.post(address(second, "take_wait_back", waits.pk))

    assert [one.code for one in found.context["form"].found] == ["A1"]
    assert "What it waits for" in there
    assert "A1 Title of A1</a>" in there
    assert "What waits for it" in back
    assert "A2 Title of A2</a>" in back
    with within(plan.organisation):
        assert links(plan) == []


def test_what_would_close_a_ring_is_not_offered_and_refused_if_sent(plan: Plan, member: Any, client_of: Any) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    with within(plan.organisation):
        first, second = of(plan, "A1"), of(plan, "A2")
        wait_for(actor=None, action=second, on=first)
        assert [one.code for one in actions_to_wait_for(first, "")] == ["A3"]
    sent = client.post(address(first, "add_wait"), {"on": second.pk})
    assert sent.status_code == 200
    with within(plan.organisation):
        assert links(plan) == [("A2", "A1", False)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_few_and_many_links(
    plan: Plan, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    client = client_of(member(Role.READER))
    with within(plan.organisation):
        first = of(plan, "A1")
    for n in range(number):
        action = make_action(plan, code=f"W{n}")
        with within(plan.organisation):
            wait_for(actor=None, action=action, on=first)
            wait_for(actor=None, action=of(plan, "A1"), on=make_action(plan, code=f"V{n}"))
    client.get(address(first, "show_action"))
    with query_count(28):
        client.get(address(first, "show_action"))
