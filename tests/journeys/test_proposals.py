"""What may actions answer? A lead goes through a plan with keys and by hand, on a phone without script, and looks who else did this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_lead_says_what_actions_answer(
    page: Page,
    open_page: Callable[..., Page],
    sign_in: Any,
    check_page: Any,
    member: Any,
    organisation: Any,
    other_organisation: Any,
) -> None:
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(plan, code="A1", title="Start a mentoring scheme and pay fees for professional registration")
    make_action(plan, code="A2", title="Take two apprentices every year")
    theirs = PlanFactory(organisation=other_organisation, title="Their plan", published_at=timezone.now())
    make_action(theirs, title="A mentoring scheme for professional registration", status="complete")

    sign_in(page, member(Role.LEAD))
    page.goto(f"{plan.get_absolute_url()}coverage/")
    page.get_by_role("link", name="What may actions answer?").click()
    expect(page.get_by_text("0 of 2")).to_be_visible()
    check_page(page)

    # By keys: the first is accepted, the next is not this one, and that is undone.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("Answered 2")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("It is open again.")).to_be_visible()

    # On the action's page the same part comes when it is asked for.
    page.get_by_role("link", name="Take two apprentices").click()
    page.get_by_role("link", name="See what is proposed from its words").click()
    page.get_by_role("button", name="Accept R7 for A2").click()
    expect(page.get_by_role("link", name="R7")).to_be_visible()
    expect(page.get_by_text("Answered 1")).to_be_visible()
    check_page(page)

    page.get_by_role("link", name="Action before").click()
    page.get_by_role("link", name="Who else did this").click()
    expect(page.get_by_text("1 is complete")).to_be_visible()
    check_page(page)

    state = page.context.storage_state()
    bare = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False, storage_state=state)
    bare.goto(f"{plan.get_absolute_url()}may-answer/")
    bare.get_by_role("checkbox", name="Tick Theme 1 for A2").check()
    bare.get_by_role("region", name="For ticked rows, and undo").get_by_role("button", name="Accept").click()
    expect(bare.get_by_text("Study theme: Apprenticeships")).to_be_visible()
    bare.get_by_role("button", name="Undo my last answer").click()
    expect(bare.get_by_role("button", name="Accept Theme 1 for A2")).to_be_visible()
