"""Who carries what: an officer says who is meant, moves an action to business as usual and back, and looks at the units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.plans.operations.units import answer_action, start_unit_plan
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    managers = {"text": "Faculty managers", "code": None, "kind": "text", "role": "lead"}
    above = make_action(made, code="A1", title="Hold an open day", owners=["TSM", managers])
    make_action(made, code="A2", title="Publish profiles", owners=[managers])
    unit = UnitFactory(organisation=organisation, name="Faculty of Fire", code="FIRE")
    with within(organisation):
        below = start_unit_plan(actor=None, under=made, unit=unit)
    ours = make_action(below, code="F1", title="Show the furnaces", status="in_progress")
    with within(organisation):
        answer_action(actor=None, action=ours, answered=above)
    return made


def test_an_officer_says_who_it_is_and_moves_an_action_to_and_fro(
    open_page: Callable[..., Page], sign_in: Any, check_widths: Any, member: Any, plan: Any
) -> None:
    page = open_page()
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(plan.get_absolute_url())
    tabs = page.get_by_role("navigation", name="Parts of the plan")

    tabs.get_by_role("link", name="Parties").click()
    expect(page.get_by_text("1 of 2 whom the plan names is only words so far")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="Say who this is").click()
    check_widths(page)
    page.get_by_label("Kind").select_option("role")
    page.get_by_label("One for each").select_option("faculty")
    page.get_by_role("button", name="Add them, and say that it is they").click()
    expect(page.get_by_text("means Faculty managers from now on")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Faculty of Fire")).to_be_visible()
    check_widths(page)

    page.get_by_role("link", name="Publish profiles").click()
    page.get_by_role("link", name="Move to business as usual").click()
    check_widths(page)
    page.get_by_label("Why").fill("Every newcomer gets a page now")
    page.get_by_role("button", name="Move it to business as usual").click()
    expect(page.get_by_text("The action is business as usual now.")).to_be_visible()
    page.goto(f"{plan.get_absolute_url()}usual/")
    expect(page.get_by_text("Every newcomer gets a page now")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="Move back").click()
    page.get_by_label("Why it needs work again").fill("The pages are out of date")
    page.get_by_role("button", name="Move it back into the plan").click()
    expect(page.get_by_text("The pages are out of date")).to_be_visible()

    page.goto(f"{plan.get_absolute_url()}units/")
    expect(page.get_by_text("1 of 2 actions is answered by at least one unit.")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="F1", exact=True).click()
    expect(page.get_by_role("link", name="A1 Hold an open day")).to_be_visible()
    check_widths(page)
