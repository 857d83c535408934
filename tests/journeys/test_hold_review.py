"""A review: the officer freezes the plan, a member comments on a phone, the meeting is held, the minutes stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.reviews.models import Decision, Task
from desaga.reviews.tests.factories import held_review, make_review
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    for code in ("A1", "A2"):
        make_action(made, code=code, title=f"Title of {code}", status="in_progress", rag="green")
    held_review(made, on=date(2026, 3, 2))
    return made


def test_a_review_is_prepared_held_and_minuted(
    page: Page, sign_in: Any, check_page: Any, member: Any, plan: Any, open_page: Callable[..., Page]
) -> None:
    officer = member(Role.PROJECT_OFFICER)
    with within(plan.organisation, user=officer):
        account = Account(rag="red", text="It stands still.", reason="Nobody to write it", recovery="A colleague helps")
        action = plan.actions.get(code="A1")
        give_update(actor=officer, action=action, account=account, period="Spring", given_by="Ann")
    review = make_review(plan, actor=officer)
    sign_in(page, officer)
    page.goto(review.get_absolute_url())
    check_page(page)
    page.get_by_role("link", name="Freeze the plan").click()
    page.get_by_role("button", name="Freeze the plan").click()
    expect(page.get_by_role("heading", name="Red 1")).to_be_visible()
    expect(page.get_by_text("Nobody to write it")).to_be_visible()
    check_page(page)

    phone = open_page(**PHONE)
    sign_in(phone, member(Role.READER))
    phone.goto(review.get_absolute_url())
    phone.get_by_role("link", name="Comment on A1").first.click()
    phone.get_by_label("Your comment").fill("Shall we stop it?")
    phone.get_by_label("The group is to decide this").check()
    check_page(phone)
    phone.get_by_role("button", name="Comment").click()
    expect(phone.get_by_role("heading", name="Decisions wanted 1")).to_be_visible()
    check_page(phone)

    page.reload()
    page.get_by_role("link", name="Hold the meeting").click()
    page.get_by_role("link", name="First point of the agenda").click()
    expect(page.get_by_text("Shall we stop it?")).to_be_visible()
    page.get_by_label("What was decided").fill("It goes on until summer.")
    page.get_by_role("button", name="Write the decision down").click()
    page.get_by_label("What is to be done").fill("Find a writer")
    page.get_by_role("button", name="Give the task").click()
    expect(page.get_by_text("Say who does it: choose a person, or write a name.").first).to_be_visible()
    check_page(page)
    page.get_by_label("Or by").fill("The officer")
    page.get_by_role("button", name="Give the task").click()
    check_page(page)
    page.get_by_role("button", name="Discussed, next point").click()
    page.get_by_role("link", name="End the meeting").click()
    page.get_by_label("Present").fill("Ann Reed\nTom Blake")
    check_page(page)
    page.get_by_role("button", name="End the meeting").click()
    expect(page.get_by_text("It goes on until summer.")).to_be_visible()
    check_page(page)

    page.get_by_role("link", name="A1").first.click()
    expect(page.get_by_role("heading", name="From meetings")).to_be_visible()
    check_page(page)
    with within(plan.organisation):
        assert [one.text for one in Decision.objects.all()] == ["It goes on until summer."]
        assert [(one.text, one.who) for one in Task.objects.all()] == [("Find a writer", "The officer")]
