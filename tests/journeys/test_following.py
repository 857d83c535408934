"""A new edition: a lead lets a plan follow it, looks through what is only suggested with keys and by hand, and reads coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.tests.test_following import NEW, OLD, aligned, make_editions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(organisation: Any) -> Any:
    make_editions(organisation)
    made = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(made, code="A1", title="Teach glass blowing", alignments=[aligned("Care"), aligned("Craft")])
    make_action(made, code="A2", title="Open the workshop", alignments=[aligned("Courage"), aligned("Charm")])
    make_action(made, code="A3", title="Say what failed", alignments=[aligned("Candour"), aligned("Calm")])
    return made


def test_a_lead_lets_a_plan_follow_a_new_edition(
    page: Page, sign_in: Any, check_page: Any, member: Any, plan: Any
) -> None:
    sign_in(page, member(Role.LEAD))
    page.goto(f"{plan.get_absolute_url()}coverage/")
    page.get_by_label("Held against").select_option(OLD)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No longer asked: Charm")).to_be_visible()
    check_page(page)

    page.get_by_role("button", name=f"Follow {NEW}").click()
    expect(page.get_by_text("0 of 4")).to_be_visible()
    expect(page.get_by_text("Craft was split into Craft-1 and Craft-2").first).to_be_visible()
    check_page(page)

    # By keys: the first is accepted, the second refused; the refusal is undone.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 4")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("2 of 4")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("It waits again.")).to_be_visible()
    expect(page.get_by_text("1 of 4")).to_be_visible()

    # Two are ticked and answered together, the last is said to be something else.
    for name in ("Craft-1", "Craft-2"):
        page.get_by_role("checkbox", name=f"Tick A1 Teach glass blowing for {name}").check()
    page.get_by_role("region", name="For ticked rows, and undo").get_by_role("button", name="Accept").click()
    expect(page.get_by_text("2 suggestions are answered.")).to_be_visible()
    page.get_by_label("Or it answers").select_option("Hope: What Hope means")
    page.get_by_role("button", name="Choose for A3").click()
    expect(page.get_by_text("Everything is looked at")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="What was answered", exact=True).click()
    expect(page.get_by_text("Answers Hope instead")).to_be_visible()
    check_page(page)

    page.goto(f"{plan.get_absolute_url()}coverage/?framework={NEW}")
    expect(page.get_by_text("1 of 6 is answered by no action: Trust")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Compare its 2 editions").click()
    expect(page.get_by_role("row").filter(has_text="Charm")).to_contain_text("No longer asked")
    check_page(page)


def test_plans_follow_and_answers_are_given_without_script_on_a_phone(
    open_page: Callable[..., Page], sign_in: Any, check_page: Any, member: Any, plan: Any, organisation: Any
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/plans/")
    page.get_by_role("link", name="New editions of frameworks").click()
    check_page(page)
    page.get_by_role("button", name="Let the ticked plans follow").click()
    page.get_by_role("link", name="Technicians count").click()
    check_page(page)
    state = page.context.storage_state()

    bare = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False, storage_state=state)
    bare.goto(page.url)
    bare.get_by_role("button", name="Refuse that A2 answers Courage").click()
    expect(bare.get_by_text("1 of 4")).to_be_visible()
    bare.get_by_role("checkbox", name="Tick A1 Teach glass blowing for Craft-2").check()
    bare.get_by_role("region", name="For ticked rows, and undo").get_by_role("button", name="Accept").click()
    expect(bare.get_by_text("2 of 4")).to_be_visible()
    bare.get_by_role("button", name="Undo my last answer").click()
    expect(bare.get_by_text("1 of 4")).to_be_visible()
