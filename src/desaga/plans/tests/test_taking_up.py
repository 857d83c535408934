"""The way back from business as usual of a closed plan: into the plan at work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.organisations.states import PartyKind, Role
from desaga.organisations.tests.factories import PartyFactory, UnitFactory
from desaga.tenancy.context import within

from ..models import Action, ActionOwner, Lineage, Measure, Plan
from ..operations.measures import add_measure
from ..operations.plans import change_plan_state
from ..operations.takingup import NoPlanAtWork, PlanGoesOn, TakenAlready, take_up_again
from ..operations.usual import NotUsual, move_to_usual
from ..queries.usual import plans_taking_in, usual_due
from ..tables.usual import tables_of_usual
from .factories import PlanFactory, close_plan, make_action

TODAY = timezone.localdate


@pytest.fixture
def old(organisation: Any) -> Plan:
    return PlanFactory(organisation=organisation, title="Technicians count", starts="2022")


@pytest.fixture
def usual(organisation: Any, old: Plan) -> Action:
    """Long business as usual, in a plan that is closed."""
    when = {"text": "", "start": "2022", "end": "2023", "precision": "year", "continuous": False}
    pillar = {"framework": "Technician Commitment", "code": "Visibility", "text": "Visibility", "basis": "cell"}
    action = make_action(
        old, code="A1", title="Show people around", theme="Culture", owners=["The managers"], alignments=[pillar], timeframe=when
    )  # fmt: skip
    with within(organisation):
        party = PartyFactory(organisation=organisation, kind=PartyKind.GROUP, name="Technical managers", code="TMG")
        ActionOwner.objects.filter(action=action).update(party=party)
        add_measure(actor=None, action=action, what="tours", target=4, due="2023")
        move_to_usual(actor=None, action=action, since=TODAY() - timedelta(days=800), reason="Every induction has it")
        close_plan(old)
    return action


def at_work(organisation: Any, **fields: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, **fields)
    with within(organisation):
        return change_plan_state(actor=None, plan=plan, transition="activate")


def test_it_is_copied_as_drafting_does_linked_and_looked_at_no_more(organisation: Any, usual: Action) -> None:
    into = at_work(organisation, title="Technicians count on", starts="2026")
    make_action(into, code="a1", title="Something else")
    with within(organisation):
        assert list(usual_due(TODAY())) == [usual]
        new = take_up_again(actor=None, action=usual)
        found = Action.objects.get(pk=new.pk)
        link = Lineage.objects.get(earlier=usual)

        assert (found.plan, found.code, found.title, found.theme.title) == (into, "", "Show people around", "Culture")
        assert (found.business_as_usual, found.status, found.ends, found.order) == (False, "", "", 1)
        assert [(one.text, one.party.code) for one in found.owners.all()] == [("The managers", "TMG")]
        assert [one.code for one in found.alignments.all()] == ["Visibility"]
        assert [(one.what, one.target, one.due) for one in Measure.objects.filter(action=found)] == [("tours", 4, "")]
        assert (link.later, link.later_plan, link.fate, link.way) == (found, into, "continued", "said")
        assert list(usual_due(TODAY())) == []
        assert Action.objects.get(pk=usual.pk).business_as_usual
        assert [row[6] for row in tables_of_usual(usual.plan, {})[0].rows] == [""]
        assert entries_about(usual).values_list("verb", "note").first() == (
            "took up again from business as usual", "Technicians count on: Show people around",
        )  # fmt: skip
        with pytest.raises(TakenAlready):
            take_up_again(actor=None, action=usual)


def test_without_a_plan_at_work_it_is_refused_with_a_sentence(organisation: Any, old: Plan, usual: Action) -> None:
    PlanFactory(organisation=organisation, title="A draft")
    with within(organisation):
        unit = UnitFactory(organisation=organisation)
    of_a_unit = at_work(organisation, title="Of a faculty", unit=unit)
    begun, other = make_action(of_a_unit, business_as_usual=True), make_action(of_a_unit)
    with within(organisation):
        with pytest.raises(NoPlanAtWork, match="No plan is at work that could take it in"):
            take_up_again(actor=None, action=usual)
        with pytest.raises(PlanGoesOn):
            take_up_again(actor=None, action=begun)
        close_plan(of_a_unit)
        with pytest.raises(NotUsual):
            take_up_again(actor=None, action=other)
        assert not Lineage.objects.exists()


def test_a_successor_goes_before_the_newest(organisation: Any, old: Plan, usual: Action) -> None:
    newest = at_work(organisation, title="Newest", starts="2027")
    successor = at_work(organisation, title="Successor", starts="2026")
    with within(organisation):
        assert plans_taking_in([old]) == {old.pk: newest}
        before = make_action(old_again := PlanFactory(organisation=organisation))
        assert plans_taking_in([old_again]) == {old_again.pk: newest}
        Lineage.objects.create(
            organisation=organisation, earlier_plan=old_again, earlier=before, later_plan=successor,
            later=make_action(successor), fate="related", way="said",
        )  # fmt: skip
        assert plans_taking_in([old, old_again]) == {old.pk: newest, old_again.pk: successor}


def test_one_press_on_the_list_of_those_due_and_on_the_action(
    organisation: Any, usual: Action, member: Any, client_of: Any
) -> None:
    browser, due = client_of(member(Role.PROJECT_OFFICER)), "/o/northmoor/plans/usual/due/"
    assert "Take it into" not in browser.get(due).content.decode()
    at_work(organisation, title="Technicians count on")
    here = usual.get_absolute_url()
    for page in (due, here):
        assert "Take it into Technicians count on" in browser.get(page).content.decode()
        assert "Take it into" not in client_of(member(Role.READER)).get(page).content.decode()

    pressed = browser.post(f"{here}take-up/", {"from": "due"}, follow=True)
    assert pressed.redirect_chain[-1][0] == due
    assert "It is part of Technicians count on now." in pressed.content.decode()
    assert "Nothing is due" in pressed.content.decode()
    shown = browser.get(here).content.decode()
    assert "Take it into" not in shown
    assert "Say that it is still so" not in shown
    assert "went on in a later plan" in browser.get(f"/o/northmoor/plans/{usual.plan_id}/usual/").content.decode()
