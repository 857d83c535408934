"""How a program comes to read a plan: the lead makes a key, the program reads with it, the lead takes it back."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def read(address, words):
    with urlopen(Request(address, headers={"Authorization": f"Bearer {words}"}), timeout=60) as answer:
        return json.loads(answer.read())


def test_a_lead_lets_a_program_read_and_then_no_more(
    page, open_page, sign_in, check_page, member, organisation, live_server
):
    make_action(PlanFactory(organisation=organisation, title="Action plan 2026"), title="Write role descriptors")
    plans = f"{live_server.url}/api/v1/plans"

    # The lead looks for keys under Organisation and finds none yet.
    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/settings/")
    page.get_by_role("link", name="Keys", exact=True).click()
    expect(page.get_by_text("No program reads anything of yours.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Make a key").first.click()
    check_page(page)

    # Both ways to read plans at once is one too many; what was typed stays.
    page.get_by_label("What is it for?").fill("Power BI of the planning office")
    page.get_by_label("Plans without people, comments and sources").check()
    page.get_by_label("Plans with everything in them").check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page)
    page.get_by_label("Plans without people, comments and sources").uncheck()
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The key is made")
    words = page.locator("#key").inner_text()
    check_page(page)

    # The program reads.
    assert [plan["title"] for plan in read(plans, words)["items"]] == ["Action plan 2026"]

    # The lead sees on the telephone that it was used, and takes the key back.
    page.get_by_role("link", name="I have copied the key").click()
    expect(page.get_by_role("cell", name="Power BI of the planning office").first).to_be_visible()
    assert page.get_by_text("Never", exact=True).count() == 0
    assert page.get_by_text(words[-30:]).count() == 0
    check_page(page)
    page.get_by_role("link", name="Take back").click()
    check_page(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The key is taken back: Power BI of the planning office.")).to_be_visible()
    check_page(page)
    with pytest.raises(HTTPError, match="401") as refused:
        read(plans, words)
    refused.value.close()

    # Whoever writes the program reads how, without signing in.
    guest = open_page()
    guest.goto("/api/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("What programs can read")
    check_page(guest)
