"""A badly torn document is mended on one screen and committed: mostly by keys, then by hand, and by two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import action_data, stage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TORN = """\
Ref,Action,How,Lead,Timeframe,How we will know
A1,Nominate technicians for the national,Each faculty asks its technical,TSM,Mar 2027,Twelve
A2,"awards every year, with their line managers.",services managers every term.,HR,Mar 2027,"nominations a year, from every faculty."
A3,"Write a toolkit for line managers. Welcome every new starter in the same way.","A working group writes it. Faculties share what they do.",HR,Jul 2026,Toolkit in use
A5,Keep the list of first aiders up to date,Every term,TSM,Ongoing,List is right
A6,Page 2 of 3,Draft,,,
A7,Open the workshop to visitors,Two days a year,PSO,2027,Forty visitors
"""


@pytest.fixture
def officer(member: Callable[..., Any]) -> Any:
    return member(Role.PROJECT_OFFICER)


def bring_in(page: Page, organisation: Any, path: Path, work: Callable[[], None]) -> None:
    page.goto(f"/o/{organisation.slug}/imports/new/")
    page.get_by_label("The file that you have").set_input_files(path)
    page.get_by_role("button", name="Read the plan").click()
    expect(page.get_by_text("Waiting for the reader")).to_be_visible()
    work()
    expect(page.get_by_role("article").first).to_be_visible()


def row(page: Page, name: str) -> Any:
    return page.get_by_role("article", name=re.compile(f"^{re.escape(name)}"))


def press(page: Page, key: str) -> None:
    """A key that the page answers by coming again."""
    with page.expect_navigation():
        page.keyboard.press(key)


def check_both(page: Page, check_page: Callable[[Page], None]) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        check_page(page)


def test_a_badly_torn_document_is_mended_by_keys_and_committed(
    page: Page, sign_in: Any, check_page: Any, organisation: Any, officer: Any, work: Any, tmp_path: Path
) -> None:
    path = tmp_path / "torn.csv"
    path.write_text(TORN, encoding="utf-8")
    sign_in(page, officer)
    bring_in(page, organisation, path, work)
    expect(page.get_by_role("article")).to_have_count(6)

    # The first two rows are one, and the words run on as they were before a page tore them.
    page.keyboard.press("j")
    press(page, "m")
    joined = row(page, "A1")
    expect(joined).to_contain_text("Nominate technicians for the national awards every year, with their line managers.")
    expect(joined).to_contain_text("Each faculty asks its technical services managers every term.")
    expect(joined).not_to_contain_text("begins in the middle")
    expect(page.get_by_text("A1 now holds both rows.")).to_be_visible()

    # The third is two: the marks stand where each text has only one place for them, and the missing number is known.
    page.keyboard.press("j")
    press(page, "s")
    expect(page.get_by_role("heading", level=1, name="Split a row in two")).to_be_visible()
    check_both(page, check_page)
    expect(page.get_by_label("Code of the second")).to_have_value("A4")
    success = page.get_by_label("How we will know", exact=True)
    success.press("End")
    success.type(" Survey of starters")
    for _ in "Survey of starters":
        success.press("ArrowLeft")
    page.get_by_role("button", name="Split here at the cursor in How we will know").click()
    expect(success).to_have_value("Toolkit in use |||Survey of starters")
    page.get_by_role("button", name="Make two actions").click()
    expect(row(page, "A4")).to_contain_text("Welcome every new starter in the same way.")
    expect(row(page, "A4")).to_contain_text("Survey of starters")
    expect(row(page, "A4")).to_contain_text("HR")
    expect(row(page, "A3").locator(".dsg-compare__reading")).to_contain_text("Toolkit in use")
    expect(row(page, "A3").locator(".dsg-compare__reading")).not_to_contain_text("Welcome every new starter")

    # One is business as usual, one is a page number; the last press is undone and done again.
    for _ in range(2):
        page.keyboard.press("j")
    press(page, "b")
    expect(row(page, "A5")).to_contain_text("Business as usual")
    page.keyboard.press("j")
    press(page, "d")
    expect(page.get_by_text("1 dropped")).to_be_visible()
    press(page, "u")
    expect(page.get_by_text("Undone: dropped A6.")).to_be_visible()
    expect(page.get_by_text("1 dropped")).to_have_count(0)
    press(page, "d")
    expect(page.get_by_role("button", name="Undo: dropped A6")).to_be_visible()
    check_both(page, check_page)

    page.get_by_role("link", name=re.compile("^Commit 5 actions")).click()
    check_both(page, check_page)
    page.get_by_role("button", name="Commit 5 actions").click()
    expect(page.get_by_text("The plan is made.")).to_be_visible()
    check_page(page)
    expect(page.get_by_role("link", name="Welcome every new starter in the same way.")).to_be_visible()


def test_rows_are_ticked_and_joined_on_a_phone(
    phone: Page, sign_in: Any, check_page: Any, organisation: Any, officer: Any
) -> None:
    document = stage(organisation, *[action_data(id=f"r{n}", code=f"A{n}", title=f"Piece {n}") for n in range(1, 5)])
    sign_in(phone, officer)
    phone.goto(f"/o/{organisation.slug}/imports/{document.pk}/review/")

    expect(phone.get_by_role("button", name="Join", exact=True)).to_be_hidden()
    for name in ("A2 Piece 2", "A4 Piece 4"):
        phone.get_by_role("checkbox", name=f"Tick {name}").tap()
    expect(phone.get_by_text("2 rows ticked")).to_be_visible()
    check_page(phone)
    phone.get_by_role("button", name="Join", exact=True).tap()

    expect(phone.get_by_role("article")).to_have_count(3)
    expect(row(phone, "A2")).to_contain_text("Piece 4")
    phone.get_by_role("link", name="What was done").tap()
    check_page(phone)
    phone.get_by_role("button", name="Undo joined A2 and A4").tap()
    expect(phone.get_by_text("Undone: joined A2 and A4.")).to_be_visible()
    check_page(phone)


def test_it_can_be_split_and_undone_without_script(
    open_page: Any, sign_in: Any, organisation: Any, officer: Any
) -> None:
    document = stage(organisation, action_data(code="A1", title="Write a toolkit, welcome starters", owners=["HR"]))
    page = open_page(java_script_enabled=False)
    sign_in(page, officer)
    page.goto(f"/o/{organisation.slug}/imports/{document.pk}/review/")

    page.get_by_role("link", name=re.compile("^Split")).click()
    expect(page.get_by_role("button", name=re.compile("^Split here"))).to_be_hidden()
    page.get_by_label("What will be done", exact=True).fill("Write a toolkit ||| Welcome starters")
    page.get_by_role("button", name="Make two actions").click()
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("button", name="Undo: split A1").click()

    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("Write a toolkit, welcome starters")
    page.wait_for_load_state("networkidle")


def test_two_people_at_one_row_lose_nothing(
    open_page: Any, sign_in: Any, check_page: Any, organisation: Any, officer: Any, member: Any
) -> None:
    document = stage(organisation, action_data(code="A1", title="Write a toolkit", owners=["HR"]))
    lead, pages = member(Role.LEAD), []
    for user in (lead, officer):
        page = open_page()
        sign_in(page, user)
        page.goto(f"/o/{organisation.slug}/imports/{document.pk}/review/")
        page.get_by_role("link", name=re.compile("^Edit A1")).click()
        pages.append(page)
    hers, mine = pages
    hers.get_by_label("How it will be done").fill("A working group writes it.")
    hers.get_by_role("button", name="Save and keep").click()
    expect(hers.get_by_role("article")).to_contain_text("A working group writes it.")
    hers.wait_for_load_state("networkidle")

    mine.get_by_label("How it will be done").fill("The faculties write it.")
    mine.get_by_label("Comments").fill("Agreed in March.")
    mine.get_by_role("button", name="Save and keep").click()

    expect(mine.get_by_text(f"{lead.get_full_name()} changed the same lines")).to_be_visible()
    expect(mine.get_by_text("A working group writes it.")).to_be_visible()
    expect(mine.get_by_label("Comments")).to_have_value("Agreed in March.")
    check_both(mine, check_page)
    mine.get_by_label("How it will be done").fill("A working group of the faculties writes it.")
    mine.get_by_role("button", name="Save and keep").click()
    expect(mine.get_by_role("article")).to_contain_text("A working group of the faculties writes it.")
    expect(mine.get_by_role("article")).to_contain_text("Agreed in March.")
    check_page(mine)
