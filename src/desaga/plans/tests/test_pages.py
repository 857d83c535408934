"""Every page of the slice: who may see it, what it costs, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..operations import imports
from .factories import PlanFactory, action_data, make_action, stage


@pytest.fixture
def officer(member: Any) -> Any:
    return member(Role.PROJECT_OFFICER)


def get(client: Any, organisation: Any, name: str, *ids: int, **query: str) -> Any:
    return client.get(reverse(f"plans:{name}", args=[organisation.slug, *ids]), query)


def test_every_page_answers(organisation: Any, officer: Any, client_of: Any) -> None:
    notice = {"field": "timeframe", "kind": "excel_date", "message": "Was it July?"}
    document = stage(
        organisation,
        action_data(code="A1", owners=["TSM"], notices=[notice], theme="Careers"),
        action_data(code="A2", title="<script>alert(1)</script>", comments="=1+1", business_as_usual=True),
        themes=[{"code": None, "title": "Careers"}],
        glossary=[{"code": "TSM", "meaning": "Technical services manager", "person": None, "comment": None}],
        frameworks=[{"name": "Our values", "principles": [{"code": "Care", "text": "We care"}]}],
        unplaced=[{"source": {"sheet": None, "page": None, "row": 4}, "text": "Left over"}],
    )
    client = client_of(officer)
    with within(organisation):
        row = document.rows.first()
    for name, ids in (
        ("list_imports", ()), ("hand_in_document", ()), ("review_import", (document.pk,)), ("edit_row", (document.pk, row.pk)),
        ("commit_import", (document.pk,)), ("list_plans", ()), ("start_plan", ()),
    ):  # fmt: skip
        assert get(client, organisation, name, *ids).status_code == 200, name

    review = get(client, organisation, "review_import", document.pk).content.decode()

    assert "Was it July?" in review
    assert "&lt;script&gt;alert(1)" in review
    assert "<script>alert" not in review
    assert "Left over" in review
    assert (
        get(client, organisation, "review_import", document.pk, notice="excel_date").context["page_obj"].paginator.count
        == 1
    )
    with within(organisation):
        plan = imports.commit_import(actor=officer, document=document)
        action = plan.actions.first()
    for name, ids in (
        ("show_import", (document.pk,)), ("show_plan", (plan.pk,)), ("show_plan_pictures", (plan.pk,)),
        ("show_plan_glossary", (plan.pk,)), ("show_plan_history", (plan.pk,)), ("edit_plan", (plan.pk,)),
        ("add_action", (plan.pk,)), ("show_action", (plan.pk, action.pk)), ("edit_action", (plan.pk, action.pk)),
        ("list_imports", ()), ("list_plans", ()), ("download_document", (document.pk,)),
    ):  # fmt: skip
        assert get(client, organisation, name, *ids).status_code == 200, name
    assert get(client, organisation, "show_plan", plan.pk, party="tsm").context["page_obj"].paginator.count == 2 - 1
