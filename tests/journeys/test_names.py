"""Names: an officer says once who TSM is, pastes addresses, leaves, comes back, commits; the next document knows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role, UnitKind
from desaga.organisations.tests.factories import PartyFactory, UnitFactory
from tools.no_skips import seeds_folder

SEED = seeds_folder() / "leeds-action-plan-2024-2027.txt"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.seeds,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SEED.is_file(), reason="the seeds are not here"),
]


def bring_in(page: Page, organisation: Any, work: Callable[[], None], name: str, content: bytes) -> None:
    page.goto(f"/o/{organisation.slug}/imports/new/")
    page.get_by_label("The file that you have").set_input_files(
        files=[{"name": name, "mimeType": "text/plain", "buffer": content}]
    )
    page.get_by_role("button", name="Read the plan").click()
    work()
    expect(page.get_by_role("article").first).to_be_visible()


def test_an_officer_says_once_who_is_meant(
    open_page: Callable[..., Page], sign_in: Any, check_widths: Any, member: Any, organisation: Any, work: Any,
) -> None:  # fmt: skip
    for name, has in (("Faculty of Fire", True), ("Faculty of Air", True), ("Faculty of Words", False)):
        UnitFactory(organisation=organisation, name=name, kind=UnitKind.FACULTY, has_technical_workforce=has)
    PartyFactory(organisation=organisation, name="People and culture", code="PEOPLE")
    page = open_page()
    sign_in(page, member(Role.PROJECT_OFFICER))
    content = SEED.read_bytes()
    bring_in(page, organisation, work, "plan.txt", content)

    page.get_by_role("navigation", name="Steps to the plan").get_by_role("link", name="Names").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who is meant?")
    check_widths(page)

    page.get_by_role("row").filter(has=page.get_by_text("FOD", exact=True)).get_by_role(
        "link", name="Somebody new for FOD"
    ).click()
    check_widths(page)
    page.get_by_label("Kind").select_option("role")
    page.get_by_label("One for each").select_option("faculty")
    page.get_by_label("Only where there is a technical workforce").check()
    page.get_by_role("button", name="Add them, and say that it is they").click()
    expect(page.get_by_text("One for each faculty with technical workforce", exact=True)).to_be_visible()

    page.get_by_label("P&C", exact=True).fill("PEOPLE")
    page.get_by_role("button", name="Save the names").click()
    expect(page.get_by_text("1 name is settled.")).to_be_visible()
    check_widths(page)

    page.get_by_role("link", name="Paste or load contact addresses").click()
    check_widths(page)
    page.get_by_label("Paste names and addresses").fill(
        "FOD, ann@north.example; bo@north.example\nNobody, no@north.example"
    )
    page.get_by_role("button", name="Show what was understood").click()
    expect(page.get_by_text("“Nobody” is neither a name here nor a party.")).to_be_visible()
    check_widths(page)
    page.get_by_role("button", name="Save 2 addresses").click()
    expect(page.get_by_label("Paste names and addresses")).to_have_value("Nobody, no@north.example")

    # Half-way is kept: another day goes on with what was said.
    page.goto(f"/o/{organisation.slug}/imports/")
    page.get_by_role("link", name="plan.txt").first.click()
    page.get_by_role("navigation", name="Steps to the plan").get_by_role("link", name="Names").click()
    expect(page.get_by_label("P&C", exact=True)).to_have_value("People and culture (PEOPLE)")
    page.get_by_role("link", name="Go on to the commit").click()
    page.get_by_role("button", name="Commit").first.click()
    expect(page.get_by_text("The plan is made.")).to_be_visible()
    page.get_by_role("navigation", name="Parts of the plan").get_by_role("link", name="Parties").click()
    page.get_by_role("link", name="People and culture").click()
    check_widths(page)

    # The next year's document knows.
    bring_in(page, organisation, work, "next.txt", content.replace(b"2024", b"2025"))
    page.get_by_role("navigation", name="Steps to the plan").get_by_role("link", name="Names").click()
    expect(page.get_by_label("P&C", exact=True)).to_have_value("People and culture (PEOPLE)")
    expect(page.get_by_text("for plan.txt").first).to_be_visible()
