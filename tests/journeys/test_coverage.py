"""Coverage: a lead asks which TALENT recommendations no action answers, and reads it first."""

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
    for n in range(1, 17):
        if n not in (5, 13):
            talent = {"framework": "TALENT", "code": f"R{n}", "text": f"R{n}", "basis": "theme" if n == 4 else "cell"}
            month = {
                "text": "",
                "start": None,
                "end": f"2026-{(n % 12) + 1:02}",
                "precision": "month",
                "continuous": False,
            }
            make_action(made, code=f"A{n}", title=f"Answer recommendation {n}", alignments=[talent], timeframe=month)
    return made


def test_a_lead_reads_which_recommendations_no_action_answers(
    open_page: Callable[..., Page], sign_in: Any, check_widths: Any, member: Any, plan: Any
) -> None:
    page = open_page()
    sign_in(page, member(Role.LEAD))
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Overview", exact=True).last.click()
    check_widths(page)
    page.get_by_role("link", name="TALENT").click()

    expect(page.get_by_text("2 of 16 are answered by no action: R5")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="No action")).to_have_count(2)
    expect(page.get_by_role("img", name="inherited from the theme").first).to_be_visible()
    check_widths(page)
    # The matrix can be pushed aside by keyboard, and a principle's action is one press away.
    page.get_by_role("region", name="Matrix").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("link", name="A16", exact=True).first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Answer recommendation 16")
    page.go_back()
    page.get_by_role("link", name="Timeline", exact=True).click()
    check_widths(page)
