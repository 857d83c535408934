"""Late in the term: an officer keeps a view of what is late, changes those actions together, and takes it back; without script as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    for code, status in (("A1", "delayed"), ("A2", "delayed"), ("A10", "complete")):
        make_action(made, code=code, title=f"Title of {code}", status=status, owners=["TSM"], theme="Careers")
    return made


WAYS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "without script": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_an_officer_keeps_a_view_and_changes_its_actions_together(
    open_page: Callable[..., Page], sign_in: Any, check_page: Any, member: Any, plan: Any, way: str
) -> None:
    page = open_page(**WAYS[way])
    check = check_page if way != "without script" else lambda _: None
    sign_in(page, member(Role.PROJECT_OFFICER))

    page.goto(plan.get_absolute_url())
    filters = page.get_by_role("search", name="Actions")
    filters.get_by_label("Status").select_option("Delayed")
    filters.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("heading", name="2 of 3 actions")).to_be_visible()
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Theme").check()
    page.get_by_role("button", name="Show these columns").click()
    check(page)

    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("Late")
    page.get_by_label("Share it with the organisation").check()
    page.get_by_label("Open the page with it").check()
    check(page)
    page.get_by_role("button", name="Save the view").click()
    expect(page.get_by_text("The view “Late” is saved.")).to_be_visible()
    page.goto(plan.get_absolute_url())
    views = page.get_by_role("navigation", name="Saved views")
    expect(views.get_by_role("link", name="Late")).to_have_attribute("aria-current", "page")
    check(page)

    page.get_by_role("checkbox", name="Tick A1 Title of A1").check()
    page.get_by_role("button", name="Change the ticked").click()
    expect(page.get_by_role("heading", name="Change 1 action", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Change all 2 that fit").click()
    page.get_by_label("Status").select_option("In progress")
    page.get_by_label("What to say of it").fill("The post is filled.")
    check(page)
    page.get_by_role("button", name="Show what will change").click()
    expect(page.get_by_text("2 actions: status to In progress.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Change 2 actions").click()
    expect(page.get_by_text("Done. 2 actions: status to In progress.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("Undone. The actions are as they were before.")).to_be_visible()

    page.get_by_role("link", name="Back to the actions").click()
    expect(page.get_by_role("heading", name="2 of 3 actions")).to_be_visible()
    page.get_by_role("link", name="Change views").click()
    check(page)
    page.get_by_role("link", name="Remove Late").click()
    check(page)
    page.get_by_role("button", name="Remove it").click()
    page.goto(plan.get_absolute_url())
    expect(page.get_by_role("heading", name="3 actions")).to_be_visible()


def test_an_officer_says_what_an_action_waits_for(
    open_page: Callable[..., Page], sign_in: Any, check_page: Any, member: Any, plan: Any
) -> None:
    page = open_page(**WAYS["phone"])
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Title of A2").click()
    check_page(page)
    page.get_by_role("link", name="Say what it waits for").click()
    page.get_by_label("Words or code").fill("A1 ")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("radio", name="A1 Title of A1").check()
    check_page(page)
    page.get_by_role("button", name="Say that it waits for this").click()
    page.get_by_role("link", name="A1 Title of A1").click()
    expect(page.get_by_role("heading", name="What waits for it 1")).to_be_visible()
    check_page(page)
