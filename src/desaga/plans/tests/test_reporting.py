"""Status and RAG as the one colour that the Commitment's forms ask for."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.documents.out import FORMATS
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..exports import take_out, views
from ..models import Plan, ReportingRule
from ..operations import imports
from ..operations.reporting import change_reporting_rule
from ..queries.newer import comparison_of
from ..queries.reporting import reported_of, reporting_rule
from ..reporting import RAGS, STATUSES, by_default, changes_of, rule_from
from ..states import Reported
from .factories import PlanFactory, make_action

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("status", "rag", "shown"),
    [
        ("complete", "", "completed"),
        ("complete", "red", "completed"),
        ("in_progress", "green", "ongoing"),
        ("in_progress", "amber", "ongoing"),
        ("in_progress", "red", "delayed"),
        ("delayed", "green", "delayed"),
        ("stopped", "", "delayed"),
        ("paused", "amber", "ongoing"),
        ("not_started", "", "ongoing"),
        ("", "green", "ongoing"),
        ("", "blue", "completed"),
        ("", "red", "delayed"),
        ("", "", "not_said"),
    ],
)
def test_the_default_rule(status, rag, shown):
    assert by_default(status, rag) == shown


@given(st.dictionaries(st.tuples(st.sampled_from(STATUSES), st.sampled_from(RAGS)), st.sampled_from(list(Reported))))
def test_what_is_kept_is_what_is_said_otherwise(said):
    rule = rule_from({}) | said
    assert rule_from(changes_of(rule)) == rule
    assert all(by_default(*key.split("-")) != value for key, value in changes_of(rule).items())


def test_the_rule_is_the_organisations_own_and_holds_for_what_was_said_before(organisation, other_organisation):
    plan = PlanFactory(organisation=organisation)
    make_action(plan, status="paused", rag="amber")
    make_action(plan, status="complete")
    make_action(plan, status="complete", business_as_usual=True)
    with within(organisation):
        rule = {**reporting_rule(), ("paused", "amber"): "delayed"}
        change_reporting_rule(actor=None, organisation=organisation, rule=rule)
        assert [(one.value, number) for one, number in reported_of(plan) if number] == [
            ("completed", 1),
            ("delayed", 1),
        ]
        assert ReportingRule.objects.get().changed == {"paused-amber": "delayed"}
    with within(other_organisation):
        assert reporting_rule()["paused", "amber"] == "ongoing"


def test_the_page_changes_the_rule_and_the_action_shows_it(organisation, member, client_of):
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan, status="paused", rag="amber")
    browser = client_of(member(Role.PROJECT_OFFICER))
    form = browser.get("/o/northmoor/plans/reporting/").context["form"]
    data = {field.html_name: field.value() for _, fields in form.rows() for field in fields}
    browser.post("/o/northmoor/plans/reporting/", {**data, "paused-amber": "delayed"})

    page = browser.get(f"/o/northmoor/plans/{plan.pk}/actions/{action.pk}/").content.decode()
    assert "Delayed or failed" in page
    assert browser.post("/o/northmoor/plans/reporting/", {**data, "paused-amber": "purple"}).context["form"].errors


# ---- Beside the actions: in the plan's table and in files


@pytest.fixture
def plan(organisation):
    """Three actions, and a rule by which what is paused and amber is delayed."""
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Name the roles", status="paused", rag="amber")
    make_action(plan, code="A2", title="Count the grades", status="complete")
    make_action(plan, code="A3", title="Ask the mentors", status="", rag="")
    with within(organisation):
        rule = {**reporting_rule(), ("paused", "amber"): "delayed"}
        change_reporting_rule(actor=None, organisation=organisation, rule=rule)
        yield plan


def test_the_plans_table_shows_and_sorts_by_what_stands_on_the_form(plan: Plan, member, client_of):
    page = client_of(member(Role.READER)).get(f"/o/northmoor/plans/{plan.pk}/?columns=reported&sort=-reported")
    rows = [row for group in page.context["groups"] for row in group["rows"]]
    assert [head["label"] for head in page.context["columns"]] == ["Code", "Action", "On the Commitment’s form"]
    assert [(row.code, row.told["reported"]) for row in rows] == [
        ("A1", "Delayed or failed"),
        ("A2", "Completed"),
        ("A3", ""),
    ]


def cells_of_file(plan: Plan, ending: str, *, public: bool = False, **wanted: object) -> list[list[str]]:
    file = take_out(plan, views()["actions"], FORMATS[ending], wanted, public=public, today=TODAY)
    if ending == "csv":
        return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    if ending == "xlsx":
        return [
            [cell or "" for cell in row]
            for row in openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0].values
        ]
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(file.content)).tables[0].rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx"])
def test_a_file_shows_it_beside_status_and_rag(plan: Plan, ending: str):
    for wanted in ({}, {"columns": ["status", "reported"]}):
        head, *rows = cells_of_file(plan, ending, **wanted)
        at = head.index("On the Commitment’s form")
        assert [row[at] for row in rows] == ["Delayed or failed", "Completed", ""]
    assert "On the Commitment’s form" not in cells_of_file(plan, ending, columns=["status"])[0]
    assert "On the Commitment’s form" not in cells_of_file(plan, ending, public=True)[0]


def test_what_is_written_under_it_is_not_read_back(plan: Plan, organisation):
    head, *rows = cells_of_file(plan, "csv")
    rows[0][head.index("On the Commitment’s form")] = "Completed"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    document = imports.hand_in(
        actor=None, organisation=organisation, name="plan.csv", content=out.getvalue().encode(), in_background=False
    ).document
    imports.read_now(actor=None, document=document)
    document.refresh_from_db()
    found = comparison_of(document)
    assert (found.changed, found.added, found.gone, found.same) == ([], [], [], 3)
