"""Units' plans: whose they are, under which they stand, what they answer, who may change them, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from desaga.audit.queries import entries_about
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory, member_of
from desaga.tenancy.context import within

from ..models import Answer, Plan
from ..operations.actions import PlanIsClosed
from ..operations.units import (
    AnswersElsewhere,
    HasNoUnit,
    HasUnitPlans,
    IsAnswering,
    StandsElsewhere,
    answer_action,
    place_plan,
    start_unit_plan,
    take_answer_back,
)
from ..queries.units import actions_to_answer, answered_count, unit_plans, with_answers
from ..tables.units import tables_of_units
from .factories import PlanFactory, close_plan, make_action, many_actions


@pytest.fixture
def faculty(organisation: Any) -> Any:
    return UnitFactory(organisation=organisation, name="Faculty of Fire", code="FIRE")


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, title="Technicians count", starts="2026", ends="2028")
    for code in ("A1", "A2", "A3"):
        make_action(plan, code=code, title=f"Do {code}")
    make_action(plan, code="A4", business_as_usual=True)
    return plan


@pytest.fixture
def unit_plan(plan: Plan, faculty: Any) -> Plan:
    with within(plan.organisation):
        below = start_unit_plan(actor=None, under=plan, unit=faculty)
    for code in ("F1", "F2"):
        make_action(below, code=code, title=f"Ours {code}", status="in_progress")
    return below


def action(plan: Plan, code: str) -> Any:
    return plan.actions.select_related("plan", "organisation").get(code=code)


def say(plan: Plan, *pairs: tuple[str, str]) -> None:
    """That the first action of each pair, of the unit's plan, answers the second."""
    with within(plan.organisation):
        for ours, theirs in pairs:
            answer_action(actor=None, action=action(plan, ours), answered=action(plan.under, theirs))


def test_a_units_plan_is_called_and_dated_by_the_plan_above(plan: Plan, unit_plan: Plan) -> None:
    with within(plan.organisation):
        listed = unit_plans(plan).get()

    assert (unit_plan.title, unit_plan.starts, unit_plan.ends) == ("Faculty of Fire: Technicians count", "2026", "2028")
    assert (listed.pk, listed.action_count, listed.answer_count) == (unit_plan.pk, 2, 0)


def test_what_answers_what_and_where_the_gaps_are(plan: Plan, unit_plan: Plan) -> None:
    say(unit_plan, ("F1", "A1"), ("F2", "A1"), ("F2", "A3"))
    with within(plan.organisation):
        rows = {
            row.action.code: [one.code for one in row.by_plan.get(unit_plan.pk, ())]
            for row in with_answers(actions_to_answer(plan))
        }
        gaps = [one.code for one in actions_to_answer(plan, only_gaps=True)]
        tables = tables_of_units(plan, {})

        assert answered_count(plan) == 2
        assert unit_plans(plan).get().answer_count == 2
    assert rows == {"A1": ["F1", "F2"], "A2": [], "A3": ["F2"]}
    assert gaps == ["A2"]
    assert tables[0].rows[0][0] == "Faculty of Fire"
    assert [row[2] for row in tables[1].rows] == ["F1\nF2", "", "F2"]


def test_said_twice_is_said_once_and_can_be_taken_back(plan: Plan, unit_plan: Plan) -> None:
    say(unit_plan, ("F1", "A1"), ("F1", "A1"))
    with within(plan.organisation):
        answer = Answer.objects.get()
        ours = answer.action
        take_answer_back(actor=None, answer=answer)

        assert Answer.objects.count() == 0
        assert list(entries_about(ours).values_list("verb", flat=True))[:2] == [
            "took back what it answers",
            "said what it answers",
        ]


def test_an_action_answers_only_the_plan_above(plan: Plan, unit_plan: Plan, other_organisation: Any) -> None:
    elsewhere, theirs = PlanFactory(organisation=plan.organisation), PlanFactory(organisation=other_organisation)
    strangers = [make_action(elsewhere), make_action(theirs), make_action(unit_plan, code="F3")]
    with within(plan.organisation):
        for stranger in strangers:
            with pytest.raises(AnswersElsewhere):
                answer_action(actor=None, action=action(unit_plan, "F1"), answered=stranger)
        with pytest.raises(AnswersElsewhere):
            answer_action(actor=None, action=action(plan, "A1"), answered=action(unit_plan, "F1"))
        for stranger in strangers:
            fields = {"plan": unit_plan, "action": action(unit_plan, "F1"), "answered": stranger}
            with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
                Answer.objects.create(organisation=plan.organisation, **fields)

        assert Answer.objects.count() == 0


def test_a_closed_units_plan_answers_nothing_more(plan: Plan, unit_plan: Plan) -> None:
    say(unit_plan, ("F1", "A1"))
    with within(plan.organisation):
        close_plan(unit_plan)
        with pytest.raises(PlanIsClosed):
            answer_action(actor=None, action=action(unit_plan, "F2"), answered=action(plan, "A1"))
        with pytest.raises(PlanIsClosed):
            take_answer_back(actor=None, answer=Answer.objects.get())


def test_plans_stand_two_deep_and_never_in_a_ring(plan: Plan, unit_plan: Plan, faculty: Any) -> None:
    other = PlanFactory(organisation=plan.organisation)
    with within(plan.organisation):
        refusals = [
            (StandsElsewhere, other, faculty, unit_plan),
            (StandsElsewhere, other, faculty, other),
            (HasNoUnit, other, None, plan),
            (HasUnitPlans, plan, faculty, other),
        ]
        for refusal, moved, unit, under in refusals:
            with pytest.raises(refusal):
                place_plan(actor=None, plan=moved, unit=unit, under=under)
        placed = place_plan(actor=None, plan=other, unit=faculty, under=plan)

        assert placed.under_id == plan.pk
        assert entries_about(other).filter(verb="placed").count() == 1


def test_a_plan_that_answers_stays_where_it_stands(plan: Plan, unit_plan: Plan, faculty: Any) -> None:
    other, school = PlanFactory(organisation=plan.organisation), UnitFactory(organisation=plan.organisation)
    say(unit_plan, ("F1", "A1"))
    with within(plan.organisation):
        for under in (other, None):
            with pytest.raises(IsAnswering):
                place_plan(actor=None, plan=unit_plan, unit=faculty, under=under)
        assert place_plan(actor=None, plan=unit_plan, unit=school, under=plan).unit == school


@pytest.mark.parametrize("what", ["unit", "under", "under a unit's", "under itself"])
def test_the_database_refuses_what_stands_wrong(
    plan: Plan, unit_plan: Plan, faculty: Any, other_organisation: Any, what: str
) -> None:
    theirs = PlanFactory(organisation=other_organisation)
    their_unit = UnitFactory(organisation=other_organisation)
    other = PlanFactory(organisation=plan.organisation)
    fields = {
        "unit": {"unit": their_unit},
        "under": {"unit": faculty, "under": theirs},
        "under a unit's": {"unit": faculty, "under": unit_plan},
        "under itself": {"unit": faculty, "under": other},
    }[what]
    with within(plan.organisation), pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=other.pk).update(**fields)


def test_answers_are_the_organisations_alone(plan: Plan, unit_plan: Plan, other_organisation: Any) -> None:
    say(unit_plan, ("F1", "A1"))
    seen = []
    for reader in (plan.organisation, other_organisation):
        with within(reader), connection.cursor() as cursor:
            cursor.execute("select count(*) from plans_answer")
            seen.append(cursor.fetchone()[0])

    assert seen == [1, 0]


# ---- Who may


@pytest.mark.parametrize(
    ("role", "of", "own", "institution"),
    [
        (Role.LEAD, None, 200, 200),
        (Role.PROJECT_OFFICER, None, 200, 200),
        (Role.UNIT_LEAD, "faculty", 200, 403),
        (Role.UNIT_LEAD, "another", 403, 403),
        (Role.UNIT_LEAD, None, 403, 403),
        (Role.CHAMPION, "faculty", 403, 403),
        (Role.READER, None, 403, 403),
    ],
)
def test_a_unit_lead_changes_the_plan_of_that_very_unit(
    plan: Plan, unit_plan: Plan, faculty: Any, client_of: Any, role: str, of: str | None, own: int, institution: int
) -> None:
    unit = {"faculty": faculty, "another": UnitFactory(organisation=plan.organisation), None: None}[of]
    client = client_of(member_of(plan.organisation, role, unit=unit))
    with within(plan.organisation):
        ours, theirs = action(unit_plan, "F1"), action(plan, "A1")
    slug = plan.organisation.slug
    for name, ids in (("edit_plan", []), ("add_action", []), ("edit_action", [1]), ("add_answer", [1])):
        for which, one, expected in ((unit_plan, ours, own), (plan, theirs, institution)):
            address = reverse(f"plans:{name}", args=[slug, which.pk, *([one.pk] if ids else [])])
            assert client.get(address).status_code == expected, (name, which.title)


def test_a_unit_lead_gives_the_plan_to_no_other_unit(plan: Plan, unit_plan: Plan, faculty: Any, client_of: Any) -> None:
    client = client_of(member_of(plan.organisation, Role.UNIT_LEAD, unit=faculty))
    for name, of in (("place_plan", unit_plan), ("start_unit_plan", plan), ("start_unit_plan", unit_plan)):
        assert client.post(reverse(f"plans:{name}", args=[plan.organisation.slug, of.pk])).status_code == 403


def test_a_unit_lead_puts_no_action_of_another_plan_into_ones_own(
    plan: Plan, unit_plan: Plan, faculty: Any, client_of: Any
) -> None:
    """The address names one's own plan, and an action of the institution's."""
    client = client_of(member_of(plan.organisation, Role.UNIT_LEAD, unit=faculty))
    with within(plan.organisation):
        theirs = action(plan, "A1")
    for name in ("edit_action", "move_to_usual", "add_answer"):
        address = reverse(f"plans:{name}", args=[plan.organisation.slug, unit_plan.pk, theirs.pk])
        assert client.post(address, {"title": "Mine"}).status_code == 404


# ---- Pages


def test_a_lead_starts_a_units_plan_and_says_what_it_answers(
    plan: Plan, faculty: Any, member: Any, client_of: Any
) -> None:
    client, slug = client_of(member(Role.LEAD)), plan.organisation.slug
    units = reverse("plans:show_plan_units", args=[slug, plan.pk])

    assert "No unit has a plan under this one yet." in client.get(units).content.decode()
    started = client.post(reverse("plans:start_unit_plan", args=[slug, plan.pk]), {"unit": faculty.pk}, follow=True)
    assert "Start" not in started.content.decode().split("<h1")[1][:200]
    with within(plan.organisation):
        below, theirs = Plan.objects.get(under=plan), action(plan, "A1")
    ours = make_action(below, code="F1", title='Ask "why" <b>first</b>')
    form = reverse("plans:add_answer", args=[slug, below.pk, ours.pk])
    said = client.post(form, {"answered": theirs.pk, "note": "For the workshops"}, follow=True).content.decode()
    table = client.get(units).content.decode()
    answered = client.get(theirs.get_absolute_url()).content.decode()
    from_below = client.get(reverse("plans:show_plan_units", args=[slug, below.pk])).content.decode()

    assert "For the workshops" in said
    assert "1 of 3 actions is answered by at least one unit." in table
    assert "Answered by units" in answered
    assert "Ask &quot;why&quot; &lt;b&gt;first&lt;/b&gt;" in answered
    assert "1 of 3 actions is answered by Faculty of Fire." in from_below


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_unit_and_for_three(
    plan: Plan, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    for n in range(number):
        unit = UnitFactory(organisation=plan.organisation)
        with within(plan.organisation):
            below = start_unit_plan(actor=None, under=plan, unit=unit)
        make_action(below, code="F1")
        say(below, ("F1", f"A{n + 1}"))
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_units", args=[plan.organisation.slug, plan.pk])
    client.get(page)

    with query_count(19):
        client.get(page)


@pytest.mark.parametrize("number", [10, 1_000])
def test_ten_actions_and_a_thousand_cost_as_many_queries(
    organisation: Any, faculty: Any, member: Any, client_of: Any, query_count: Any, number: int
) -> None:
    big = PlanFactory(organisation=organisation)
    many_actions(big, number)
    with within(organisation):
        start_unit_plan(actor=None, under=big, unit=faculty)
    client = client_of(member(Role.READER))
    page = reverse("plans:show_plan_units", args=[organisation.slug, big.pk])
    client.get(page)

    with query_count(19):
        client.get(page)
