"""An officer counts by hand what Desaga does not know, and the measure of an action fills itself from it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def say(page: Page, value: str, day: str, month: str, year: str) -> None:
    """Say where a series stood on a day."""
    page.get_by_role("link", name="Say where it stands").first.click()
    page.get_by_label("It stands at").fill(value)
    for part, number in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_role("button", name="Add the reading").click()


def test_a_measure_fills_itself_from_what_is_counted_by_hand(
    page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any
) -> None:
    action = make_action(PlanFactory(organisation=organisation), code="A1", title="Write", success="4 case studies.")
    sign_in(page, member(Role.PROJECT_OFFICER))

    page.goto("/o/northmoor/plans/")
    page.get_by_role("link", name="Indicators", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Count something by hand").first.click()
    page.get_by_label("Name").fill("Case studies")
    page.get_by_label("What is counted").fill("Stories of technicians on our site.")
    check_page(page)
    page.get_by_role("button", name="Count it").click()
    say(page, "1", "2", "3", "2026")
    say(page, "3", "4", "6", "2026")
    expect(page.get_by_role("img", name="Case studies: 3").first).to_be_visible()
    check_page(page)

    page.goto(action.get_absolute_url())
    expect(page.get_by_text("You count this already: Case studies")).to_be_visible()
    page.get_by_role("button", name="Count this from there").click()
    expect(page.get_by_text("3 on 4 June 2026, 66 % of the way")).to_be_visible()
    expect(page.get_by_role("img", name="1 on 2 Mar 2026, 3 on 4 Jun 2026")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Read it from").click()
    expect(page.get_by_label("Its readings come from")).to_be_visible()
    check_page(page)
