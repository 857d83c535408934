"""What to mend in a plan: each check as a table, and the page that says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..checking import Check, Looked, findings, is_vague
from ..operations.measures import add_measure, end_measure
from ..operations.plans import change_plan_state
from ..queries.checks import checks_of
from .factories import PlanFactory, make_action

TODAY = date(2026, 11, 28)
ROUNDS = [TODAY - timedelta(days=days) for days in (20, 110, 200)]
WELL = {
    "pk": 1, "label": "A1", "is_named": True, "is_measured": True, "has_target": True, "success": "Four case studies.", "first_day": date(2026, 1, 1),
    "last_day": date(2027, 7, 31), "goes_on": False, "is_settled": False, "said_at": TODAY - timedelta(days=20),
}  # fmt: skip


def found(*actions, since=date(2026, 1, 1), pillars=()):
    looked = [Looked(**{**WELL, **one}) for one in actions]
    return [one.check for one in findings(looked, at_work_since=since, empty_pillars=pillars, today=TODAY)]


@pytest.mark.parametrize(
    ("action", "checks"),
    [
        ({}, []),
        ({"is_named": False}, [Check.NOBODY]),
        ({"success": " "}, []),
        ({"success": " ", "is_measured": False}, [Check.NO_MEASURE]),
        ({"success": "Better awareness."}, []),
        ({"success": "Better awareness.", "is_measured": False}, [Check.VAGUE_MEASURE]),
        ({"is_measured": False}, [Check.ONLY_WORDS]),
        ({"has_target": False}, [Check.VAGUE_MEASURE]),
        ({"success": " ", "has_target": False}, [Check.VAGUE_MEASURE]),
        ({"last_day": None}, [Check.NO_DATE]),
        ({"last_day": None, "goes_on": True}, []),
        ({"first_day": date(2028, 1, 1), "last_day": date(2027, 1, 1)}, [Check.DUE_BEFORE_START]),
        ({"said_at": None}, [Check.SILENT]),
        ({"said_at": TODAY - timedelta(days=184)}, [Check.SILENT]),
        ({"said_at": TODAY - timedelta(days=183)}, []),
        ({"said_at": TODAY - timedelta(days=300), "asked_on": ROUNDS[:1]}, []),
        ({"said_at": None, "asked_on": ROUNDS}, [Check.SILENT]),
        ({"said_at": ROUNDS[1] - timedelta(days=1), "asked_on": ROUNDS}, [Check.SILENT]),
        ({"said_at": ROUNDS[1], "asked_on": ROUNDS}, []),
        ({"said_at": ROUNDS[0], "asked_on": ROUNDS}, []),
        ({"said_at": None, "first_day": date(2027, 1, 1)}, []),
        (
            {
                "is_named": False,
                "is_measured": False,
                "success": "",
                "last_day": None,
                "said_at": None,
                "is_settled": True,
            },
            [],
        ),
    ],
)
def test_each_check_finds_what_it_looks_for_and_nothing_else(action, checks):
    assert found(action) == checks


def test_a_plan_that_is_young_or_not_at_work_has_nobody_silent():
    assert found({"said_at": None}, since=TODAY - timedelta(days=100)) == []
    assert found({"said_at": None}, since=None) == []


@pytest.mark.parametrize(("dates", "is_found"), [(4, True), (2, False)])
def test_most_in_one_month_is_said_once_for_the_plan(dates, is_found):
    months = [date(2027, 7, 31)] * dates + [date(2027, month, 1) for month in (1, 2, 3)]
    assert (Check.ALL_AT_THE_END in found(*({"last_day": day} for day in months))) is is_found


def test_empty_pillars_are_named():
    [finding] = findings([], at_work_since=None, empty_pillars=["Visibility", "Recognition"], today=TODAY)
    assert (finding.check, finding.words) == (Check.EMPTY_PILLAR, "No action answers Visibility and Recognition.")


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ([], []),
        ([{}], [(Check.NO_PILLAR, "Its one action names no pillar.")]),
        ([{}, {}], [(Check.NO_PILLAR, "None of the 2 actions names a pillar.")]),
    ],
)
def test_a_plan_that_names_no_pillar_is_told_so_once(actions, said):
    looked = [Looked(**WELL) for _ in actions]
    pillars = ["Visibility", "Recognition", "Career Development", "Sustainability"]
    found = findings(looked, at_work_since=None, empty_pillars=pillars, names_pillars=False, today=TODAY)
    assert [(one.check, one.words) for one in found] == said


def test_only_suggested_pillars_are_named_by_no_action(organisation, member, client_of):
    plan = PlanFactory(organisation=organisation)
    pillar = {"framework": "Technician Commitment", "code": "Visibility", "text": "Visibility", "basis": "suggested"}
    make_action(plan, code="A1", alignments=[pillar])
    page = client_of(member(Role.LEAD)).get(f"/o/northmoor/plans/{plan.pk}/checks/").content.decode()
    assert page.count("No action says which pillar it serves") == 1
    assert "No action answers" not in page


@pytest.mark.parametrize(
    ("success", "vague"),
    [
        ("Improved culture and greater awareness.", True),
        ("Technicians feel valued.", True),
        ("80 % response", False),
        ("A policy is adopted.", False),
        ("Reviewed annually", False),
        ("Every faculty has a champion.", False),
    ],
)
def test_what_can_be_counted_dated_or_shown_is_not_vague(success, vague):
    assert is_vague(success) is vague


def test_the_page_names_each_action_and_leads_to_where_it_is_mended(organisation, member, client_of):
    plan = PlanFactory(organisation=organisation)
    pillar = {"framework": "Technician Commitment", "code": "Visibility", "text": "Visibility", "basis": "cell"}
    action = make_action(plan, code="A1", title="Raise the profile", success="Better known.", alignments=[pillar])
    with within(organisation):
        change_plan_state(actor=None, plan=plan, transition="activate")
    page = client_of(member(Role.LEAD)).get(f"/o/northmoor/plans/{plan.pk}/checks/").content.decode()

    for words in ("Nobody carries it", "How one will know is vague", "It has no date"):
        assert words in page
    assert "No action answers Recognition, Career Development and Sustainability." in page
    assert f"/o/northmoor/plans/{plan.pk}/actions/{action.pk}/edit/" in page


def test_a_measure_without_a_target_is_vague_until_one_of_its_measures_has_one(organisation):
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan, success="Four case studies.")
    with within(organisation):
        add_measure(actor=None, action=action, what="case studies", target=None)
        before = [one.check for one in checks_of(plan, TODAY)]
        ended = add_measure(actor=None, action=action, what="case studies", target=4)
        both = [one.check for one in checks_of(plan, TODAY)]
        end_measure(actor=None, measure=ended)
        after = [one.check for one in checks_of(plan, TODAY)]

    assert [Check.VAGUE_MEASURE in one for one in (before, both, after)] == [True, False, True]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions(organisation, member, client_of, query_count, number):
    plan = PlanFactory(organisation=organisation)
    for n in range(number):
        make_action(plan, code=f"A{n}", title="Raise the profile")
    browser = client_of(member(Role.LEAD))
    with query_count(24):
        browser.get(f"/o/northmoor/plans/{plan.pk}/checks/")
