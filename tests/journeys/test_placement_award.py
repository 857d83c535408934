"""An award at phone width: accepted, signed by three, claimed, paid, reported, and told of on the scheme's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.models import Award
from desaga.placements.tests.awarding import applicant_of, link_to, offered
from desaga.placements.tests.factories import make_scheme, with_role
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_accept_sign_claim_report(page: Page, phone: Page, sign_in: Any, check_page: Any, organisation: Any) -> None:
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    award = offered(make_scheme(organisation, actor=manager, contact="fund@northmoor.example"), actor=manager)
    sign_in(phone, applicant_of(award))
    here = award.application.get_absolute_url()
    phone.goto(here)
    check_page(phone)
    phone.get_by_role("link", name="Accept the award").click()
    check_page(phone)
    phone.get_by_role("button", name="Accept the award").click()
    expect(phone.get_by_role("heading", name="Agreement")).to_be_visible()
    check_page(phone)

    for number, email in enumerate(
        (award.application.email, "mona.manager@farfield.example", "hugo.host@hostwick.example")
    ):
        page.goto(link_to(email, "sign/"))
        if number == 0:
            check_page(page)
        page.get_by_label("I have read the agreement").check()
        page.get_by_role("button", name="Sign the agreement").click()
        expect(page.get_by_role("heading", name="Thank you: you have signed")).to_be_visible()
    check_page(page)

    phone.goto(here)
    phone.get_by_role("button", name="Claim what it cost").click()
    phone.get_by_label("Kind of cost").select_option("Travel")
    phone.get_by_label("What it was").fill("Train to Hostwick")
    today = timezone.localdate()
    for label, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        phone.get_by_label(label, exact=True).fill(str(value))
    phone.get_by_label("In pounds").fill("120.50")
    phone.get_by_label("If there is no receipt").fill("The machine gave none")
    check_page(phone)
    phone.get_by_role("button", name="Add this cost").click()
    phone.get_by_role("button", name="Send the claim of £120.50").click()
    expect(phone.get_by_text("To be checked")).to_be_visible()
    check_page(phone)

    sign_in(page, manager)
    page.goto("/my-work/")
    page.get_by_role("link", name="Check claim").click()
    check_page(page)
    page.get_by_role("button", name="Approve all of it").click()
    page.get_by_label("Reference").fill("BACS 17")
    page.get_by_role("button", name="It is paid").click()
    expect(page.get_by_text("reference BACS 17")).to_be_visible()

    days = {"starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=2)}
    with within(organisation):
        Award.objects.filter(pk=award.pk).update(**days)
    phone.goto("/my-work/")
    phone.goto(f"{here}report/")
    for label in ("What did you do?", "What did you learn?", "What have you changed"):
        phone.get_by_label(label).fill("We found the leak in an hour.")
    check_page(phone)
    phone.get_by_role("button", name="Send the report").click()
    expect(phone.get_by_role("heading", name="May the scheme’s page tell of your placement?")).to_be_visible()
    check_page(phone)
    phone.get_by_label("In a sentence").fill("We find leaks in an hour now.")
    phone.get_by_label("Without my name").check()
    phone.get_by_role("button", name="I agree to this").click()
    expect(phone.get_by_text("it is read now")).to_be_visible()

    page.goto("/my-work/")
    page.get_by_role("link", name="Read the report of Ines Field").click()
    check_page(page)
    page.get_by_role("button", name="Accept the report").click()
    page.get_by_role("button", name="Finish the placement").click()
    expect(page.get_by_text("The placement is finished.")).to_be_visible()
    check_page(page)

    page.get_by_role("link", name="For the public").click()
    page.get_by_role("link", name="Past awards that may be told of").click()
    page.get_by_role("button", name="Put it on the page").click()
    page.get_by_role("link", name="For the public").click()
    page.get_by_role("button", name="Begin").first.click()
    expect(page.get_by_role("heading", name="How figures were protected")).to_be_visible()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="As Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    phone.goto(f"/placements/{organisation.slug}/{award.application.scheme.slug}/")
    expect(phone.get_by_text("We find leaks in an hour now.")).to_be_visible()
    check_page(phone)
