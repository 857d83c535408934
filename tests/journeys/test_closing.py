"""The end of a plan: an officer says by keys and by ticks what became of it, the lead closes it, and the next plan begins from it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count", starts="2024", ends="2026", state="active")
    make_action(made, code="A1", title="Teach glass blowing", status="in_progress")
    make_action(made, code="A2", title="Open the workshop", status="complete")
    make_action(made, code="A3", title="Show the workshop at fairs", status="complete")
    make_action(made, code="A4", title="Say what failed", status="complete")
    return made


def test_a_plan_is_closed_and_the_next_begins(
    page: Page, sign_in: Any, check_page: Any, member: Any, plan: Any
) -> None:
    sign_in(page, member(Role.LEAD))
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="What became of it").click()
    expect(page.get_by_text("0 of 4")).to_be_visible()
    check_page(page)

    # By keys: what is proposed for the first is accepted.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 4")).to_be_visible()
    # By ticks: two become one.
    for title in ("A2 Open the workshop", "A3 Show the workshop at fairs"):
        page.get_by_role("checkbox", name=f"Tick {title}").check()
    bench = page.get_by_role("region", name="For ticked actions")
    bench.get_by_label("How far it came").select_option("Done")
    bench.get_by_label("What became of it").select_option("Merged")
    bench.get_by_role("button", name="Save for the ticked").click()
    expect(page.get_by_text("Saved for 2 actions.")).to_be_visible()

    # The gate says what is left; stopped wants a reason, and what was typed stays.
    page.get_by_role("button", name="Close the plan").click()
    expect(page.get_by_text("1 action is still to be said something of")).to_be_visible()
    last = page.get_by_role("article").filter(has_text="Say what failed")
    last.get_by_label("How far it came").select_option("Done")
    last.get_by_label("What became of it").select_option("Stopped")
    last.get_by_role("button", name="Save for A4").click()
    expect(page.get_by_text("Say why it was stopped")).to_be_visible()
    check_page(page)
    last.get_by_label("Why").fill("Everybody knows by now")
    last.get_by_role("button", name="Save for A4").click()
    expect(page.get_by_text("Of every action both is said.")).to_be_visible()
    page.get_by_role("button", name="Close the plan").click()
    expect(page.get_by_text("The plan is closed; its actions stay as they are.")).to_be_visible()
    check_page(page)

    page.get_by_role("link", name="Draft the next plan").click()
    expect(page.get_by_label("From")).to_have_value("January 2027")
    check_page(page)
    page.get_by_label("Title").fill("Technicians count again")
    page.get_by_role("button", name="Draft the next plan").click()
    page.get_by_role("link", name="Open the workshop; Show the workshop at fairs").click()
    expect(page.get_by_role("heading", name="Where it comes from")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="A2 Open the workshop").click()
    expect(page.get_by_text("Done · Merged")).to_be_visible()

    # The new plan is opened, put to work, and the first word of it is said.
    page.get_by_role("link", name="Plans", exact=True).first.click()
    page.get_by_role("link", name="Technicians count again").click()
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Put the plan to work").click()
    expect(page.get_by_text("The plan is at work.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Teach glass blowing").first.click()
    page.get_by_role("link", name="Give an update").click()
    check_page(page)
    page.get_by_label("For the period").fill("Spring 2027")
    page.get_by_label("Where it is").select_option("In progress")
    page.get_by_label("What happened").fill("The first course is full.")
    page.get_by_role("button", name="Add the update").click()
    expect(page.get_by_text("The first course is full.").first).to_be_visible()
    check_page(page)
    page.goto(f"{plan.get_absolute_url()}trajectories/")
    expect(page.get_by_role("heading", name="3 of 4 actions live on")).to_be_visible()
    check_page(page)
