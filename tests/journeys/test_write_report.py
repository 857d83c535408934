"""A report: the officer writes from the draft, the lead sends it, and the head signs on a phone without an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.reports.models import FrozenReport
from desaga.reports.tests.factories import make_report
from desaga.rounds.tests.factories import letters
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_report_is_written_sent_and_signed_off(
    page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any, open_page: Callable[..., Page]
) -> None:
    lead = member(Role.LEAD)
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(plan, code="A1", title="Show who does what", theme="Visibility")
    with within(organisation, user=lead):
        account = Account(status="in_progress", rag="green", text="Forty names stand in the directory.")
        give_update(actor=lead, action=plan.actions.get(), account=account, period="Spring", given_by="Ann")
    report = make_report(plan, actor=lead)

    sign_in(page, lead)
    page.goto(report.get_absolute_url())
    check_page(page)
    page.get_by_role("link", name="Progress by theme").click()
    expect(page.get_by_role("link", name=re.compile("^A1, "))).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Write this section").click()
    page.get_by_label("Text").fill("Forty people can be found by name.")
    expect(page.get_by_text("You have 893 words remaining")).to_be_visible()
    page.get_by_label("This section is finished").check()
    check_page(page)
    page.get_by_role("button", name="Save the section").click()
    expect(page.get_by_text("7 of 900 words")).to_be_visible()

    page.goto(report.get_absolute_url())
    page.get_by_role("link", name="Send for sign-off").click()
    page.get_by_role("link", name="Say who it is").click()
    page.get_by_label("Name").fill("Vera Head")
    page.get_by_label("Title").fill("Vice-Chancellor")
    page.get_by_label("E-mail").fill("head@example.org")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    page.goto(report.get_absolute_url())
    page.get_by_role("link", name="Send for sign-off").click()
    expect(page.get_by_text("Vera Head, Vice-Chancellor, is asked to sign.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Vera Head was asked")).to_be_visible()

    link = re.search(r"/sign-off/\S+key=[\w-]+", letters("head@example.org")[-1].text)
    assert link
    phone = open_page(**PHONE)
    phone.goto(link[0])
    expect(phone.get_by_text("Forty people can be found by name.")).to_be_visible()
    check_page(phone)
    phone.get_by_label("Your name").fill("Vera Head")
    phone.get_by_role("button", name="Sign the report off").click()
    expect(phone.get_by_role("heading", name="Thank you: the report is signed off")).to_be_visible()
    check_page(phone)

    page.reload()
    expect(page.get_by_text("Signed off by Vera Head").first).to_be_visible()
    check_page(page)
    with within(organisation):
        assert FrozenReport.objects.get().signed_by == "Vera Head"
