from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.tenancy.context import within
from tools.no_skips import seeds_folder

from .. import queries
from ..forms import ActionForm
from ..interchange import action_as_data
from ..lines import alignment_line, alignment_of
from ..models import Action, Doubt, Plan
from ..operations import actions, imports, plans
from ..operations.actions import PlanIsClosed
from ..queries.finding import natural
from ..sources import read_with_rows
from ..states import PlanState
from .factories import DEMO_DOCUMENTS, PlanFactory, action_data, close_plan, make_action, stage

TODAY = date(2026, 11, 22)


def when(end: str | None = None, *, continuous: bool = False) -> dict[str, Any]:
    return {"text": "", "start": None, "end": end, "precision": "month" if end else "none", "continuous": continuous}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    talent = {"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}
    make_action(plan, code="1", owners=["TSM"], timeframe=when("2025-03"), theme="Careers")
    make_action(plan, code="2", owners=["tsm", "HR"], timeframe=when("2025-03"), status="complete", alignments=[talent])
    make_action(plan, code="3", owners=["HR"], timeframe=when("2026-12"), status="in_progress", theme="Careers")
    make_action(plan, code="4", timeframe=when("2027-12"), title="Ask Ørsted for 50% of the cost")
    make_action(plan, code="5", timeframe=when(continuous=True), alignments=[{**talent, "code": "R5"}])
    make_action(
        plan,
        code="6",
        business_as_usual=True,
        owners=[{"text": "TSM", "code": None, "kind": "text", "role": "support"}],
    )
    return plan


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({}, "123456"),
        ({"party": "TSM"}, "126"),
        ({"party": "nobody"}, ""),
        ({"principle": "TALENT · R4"}, "2"),
        ({"status": "complete"}, "2"),
        ({"status": "none"}, "1456"),
        ({"due": "overdue"}, "1"),
        ({"due": "soon"}, "3"),
        ({"due": "later"}, "4"),
        ({"due": "ongoing"}, "5"),
        ({"due": "undated"}, "6"),
        ({"q": "ørsted 50%"}, "4"),
        ({"q": "careers"}, "13"),
        ({"party": "HR", "status": "in_progress"}, "3"),
    ],
)
def test_filters_find_what_they_say(plan: Plan, wanted: dict[str, str], codes: str) -> None:
    with within(plan.organisation):
        found = queries.narrowed(Action.objects.filter(plan=plan), wanted, TODAY).order_by("order")

        assert "".join(action.code for action in found) == codes


def test_parties_and_principles_are_offered_once_in_the_order_people_count(plan: Plan) -> None:
    with within(plan.organisation):
        assert [value for value, _ in queries.parties_of(plan)] == ["HR", "TSM"]
        assert [(name, [v for v, _ in rows]) for name, rows in queries.principles_of(plan)] == [
            ("TALENT", ["TALENT · R4", "TALENT · R5"])
        ]


def test_quarters_are_counted_without_a_gap(plan: Plan) -> None:
    with within(plan.organisation):
        quarters = queries.counts_by_quarter(Action.objects.filter(plan=plan))

    assert quarters[0] == ("Jan to Mar 2025", 2)
    assert quarters[-1] == ("Oct to Dec 2027", 1)
    assert len(quarters) == 12


def test_the_list_counts_what_each_plan_holds(plan: Plan) -> None:
    with within(plan.organisation):
        listed = queries.plans_listed().get()

    assert (listed.action_count, listed.usual_count, listed.complete_count, listed.doubt_count) == (5, 1, 1, 0)


def test_what_is_anothers_is_not_counted_found_or_offered(plan: Plan, other_organisation: Any) -> None:
    theirs = PlanFactory(organisation=other_organisation)
    make_action(theirs, title="Theirs", owners=["TSM"])
    with within(other_organisation):
        assert [a.title for a in queries.search_actions("")] == ["Theirs"]
        assert queries.plans_listed().count() == 1
        assert queries.parties_of(plan) == []


def test_editing_an_action_writes_what_changed_and_only_that(plan: Plan) -> None:
    with within(plan.organisation):
        action = queries.actions_whole(plan).get(code="1")
        data = action_as_data(action)
        actions.edit_action(actor=None, action=action, data=data)
        assert not Entry.objects.filter(verb="changed", thing_kind="plans.action").exists()

        actions.edit_action(actor=None, action=action, data={**data, "how": "By asking", "theme": "Recognition"})

        assert sorted(Entry.objects.get(verb="changed", thing_kind="plans.action").changes) == ["how", "theme"]
        assert action_as_data(queries.actions_whole(plan).get(code="1")) == {
            **data,
            "how": "By asking",
            "theme": "Recognition",
        }


def test_a_closed_plan_is_not_changed(plan: Plan) -> None:
    with within(plan.organisation):
        close_plan(plan)
        action = queries.actions_whole(plan).first()
        assert action is not None
        with pytest.raises(PlanIsClosed):
            actions.add_action(actor=None, plan=plan, data=action_data())
        with pytest.raises(PlanIsClosed):
            actions.edit_action(actor=None, action=action, data=action_as_data(action))
        with pytest.raises(PlanIsClosed):
            plans.edit_plan(actor=None, plan=plan, title="Another", starts="", ends="")

        assert plans.change_plan_state(actor=None, plan=plan, transition="reopen").state == PlanState.ACTIVE


def test_a_doubt_of_a_closed_plan_stays(organisation: Any) -> None:
    notice = {"field": "title", "kind": "torn_end", "message": "The text breaks off."}
    document = stage(organisation, action_data(notices=[notice]))
    with within(organisation):
        plan = imports.commit_import(actor=None, document=document)
        close_plan(plan)
        doubt = Doubt.objects.get(plan=plan)
        with pytest.raises(PlanIsClosed):
            actions.settle_doubt(actor=None, doubt=doubt)


def test_what_is_published_in_this_transaction_is_read_with_its_parts(plan: Plan, other_organisation: Any) -> None:
    with within(plan.organisation):
        Plan.objects.filter(pk=plan.pk).update(published_at=timezone.now())
    with within(other_organisation):
        assert Plan.visible.filter(pk=plan.pk).exists()
        assert Action.visible.filter(plan=plan).count() == 6


# ---- The form of an action


PATHS = [*sorted(seeds_folder().glob("*action-plan*.txt")), *sorted(DEMO_DOCUMENTS.glob("*plan*.*x"))]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_form_sent_back_untouched_changes_nothing(path: Path) -> None:
    plan = read_with_rows({"path": str(path)})["plan"]
    themes = [(theme["code"] or theme["title"], theme["title"]) for theme in plan["themes"]]
    for data in plan["actions"]:
        form = ActionForm(themes=themes, data_now=data)
        sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
        # A browser sends line breaks as CR LF.
        sent = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in sent.items()}

        back = ActionForm(sent, themes=themes, data_now=data)

        assert back.is_valid(), back.errors
        assert back.as_data() == data


def form_of(**typed: Any) -> ActionForm:
    return ActionForm({"title": "Do it", **typed}, themes=[("Careers", "Careers")])


def test_what_is_typed_becomes_an_action() -> None:
    form = form_of(
        owners="TSM\nHR (helps)\nTCSG (oversees)",
        alignments="TALENT: R4\nInclusivity",
        milestones="Scoping | | Dec 2026\nSurvey",
        new_theme="Recognition",
        starts="2026",
        ends="March 2027",
    )

    assert form.is_valid(), form.errors
    data = form.as_data()
    assert [(o["text"], o["role"]) for o in data["owners"]] == [
        ("TSM", "lead"),
        ("HR", "support"),
        ("TCSG", "oversight"),
    ]
    assert [(a["framework"], a["code"]) for a in data["alignments"]] == [("TALENT", "R4"), (None, "Inclusivity")]
    assert data["milestones"] == [
        {"label": "Scoping", "start": None, "end": "2026-12"},
        {"label": "Survey", "start": None, "end": None},
    ]
    assert data["theme"] == "Recognition"
    assert (data["timeframe"]["start"], data["timeframe"]["end"], data["timeframe"]["precision"]) == (
        "2026",
        "2027-03",
        "year",
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts": "2027", "ends": "2026"}, "ends"),
        ({"ends": "31 June 2018"}, "ends"),
        ({"milestones": "Scoping | soon"}, "milestones"),
        ({"rag": "purple"}, "rag"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(typed: dict[str, str], field: str) -> None:
    assert list(form_of(**typed).errors) == [field]


@pytest.mark.parametrize(
    ("line", "framework", "code", "basis"),
    [
        ("TALENT: R4", "TALENT", "R4", "cell"),
        ("TALENT: R4 (suggested)", "TALENT", "R4", "suggested"),
        ("Inclusivity", None, "Inclusivity", "cell"),
        ("Inclusivity (suggested)", None, "Inclusivity", "suggested"),
    ],
)
def test_a_line_says_what_is_only_suggested(line: str, framework: str | None, code: str, basis: str) -> None:
    data = alignment_of(line)

    assert data == {"framework": framework, "code": code, "text": code, "basis": basis}
    assert alignment_line(data) == line


def test_a_suggestion_keeps_its_reason_until_its_word_is_taken_away(organisation: Any) -> None:
    suggested = {"framework": "TALENT", "code": "R4", "text": "", "basis": "suggested", "reason": "R3 was split"}
    action = make_action(PlanFactory(organisation=organisation), alignments=[suggested])
    with within(organisation):
        data = action_as_data(queries.action(action.plan_id, action.pk))
        assert data["alignments"] == [suggested]
        held = actions.edit_action(actor=None, action=action, data={**data, "alignments": [alignment_of("TALENT: R4")]})

        assert list(held.alignments.values_list("code", "basis", "reason")) == [("R4", "cell", "")]


def test_codes_are_put_in_order_whatever_signs_they_hold() -> None:
    assert sorted(("R10", "R²", "R2"), key=natural) == ["R2", "R10", "R²"]
