"""Words and columns: an officer maps them once; the next document is understood without a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.test_words import SHEET

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OURS = SHEET.replace("Responsible", "Whose hat").replace("Ref,", "Nummer,")


def bring_in(page: Page, organisation: Any, work: Callable[[], None], name: str, text: str) -> None:
    page.goto(f"/o/{organisation.slug}/imports/new/")
    page.get_by_label("The file that you have").set_input_files(
        files=[{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]
    )
    page.get_by_role("button", name="Read the plan").click()
    work()
    expect(page.get_by_role("article").first).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desk", "phone"])
def test_an_officer_says_what_words_and_columns_stand_for(
    open_page: Callable[..., Page], sign_in: Any, check_page: Any, member: Any, organisation: Any, work: Any,
    size: tuple[int, int],
) -> None:  # fmt: skip
    page = open_page(viewport={"width": size[0], "height": size[1]})
    sign_in(page, member(Role.PROJECT_OFFICER))
    bring_in(page, organisation, work, "plan.csv", OURS)
    way = page.get_by_role("navigation", name="Steps to the plan")
    expect(way.get_by_role("link", name="Words")).to_contain_text("5 words left")

    page.get_by_role("link", name="Say what each column is").click()
    check_page(page)
    page.get_by_label("Whose hat").select_option(label="Who carries it")
    page.get_by_role("button", name="Read again with these").click()
    work()
    expect(page.get_by_role("article").first).to_contain_text("Estates")

    way.get_by_role("link", name="Words").click()
    check_page(page)
    page.get_by_label("Making us seen").fill("Technician Commitment: Visibility")
    page.get_by_label("Simmering").select_option("In progress")
    page.get_by_label("From (Phase 1)").fill("January 2026")
    page.get_by_label("Until (Phase 1)").fill("soon")
    page.get_by_role("button", name="Read again with these").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Making us seen")).to_have_value("Technician Commitment: Visibility")
    check_page(page)
    page.get_by_label("Until (Phase 1)").fill("December 2026")
    page.get_by_label("From (Phase 2)").fill("2027")
    page.get_by_label("Until (Phase 2)").fill("2027")
    page.get_by_role("button", name="Read again with these").click()
    work()
    expect(page.get_by_role("article").first).to_contain_text("January 2026 to December 2026")
    expect(way.get_by_role("link", name="Words")).to_contain_text("no words left")
    expect(page.get_by_text("Read with 5 remembered choices")).to_be_visible()

    # The next document in the same words needs nothing said.
    bring_in(
        page, organisation, work, "next.csv", OURS + "A5,Hold an open day for technicians,HR,Phase 2,Simmering,R4\n"
    )
    expect(way.get_by_role("link", name="Words")).to_contain_text("no words left")
    expect(page.get_by_text("Read with 5 remembered choices")).to_be_visible()
    way.get_by_role("link", name="Words").click()
    expect(page.get_by_text("for plan.csv").first).to_be_visible()
    check_page(page)
    page.goto(f"/o/{organisation.slug}/imports/remembered/")
    check_page(page)
    page.get_by_role("button", name="Forget Simmering").click()
    expect(page.get_by_text("“Simmering” is forgotten.")).to_be_visible()
