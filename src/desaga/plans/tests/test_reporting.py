"""Status and RAG as the one colour that the Commitment's forms ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ReportingRule
from ..operations.reporting import change_reporting_rule
from ..queries.reporting import reported_of, reporting_rule
from ..reporting import RAGS, STATUSES, by_default, changes_of, rule_from
from ..states import Reported
from .factories import PlanFactory, make_action


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
