"""The first plan: a project support officer brings in the file that their institution really has, and sees who carries what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import DEMO_DOCUMENTS
from tools.no_skips import seeds_folder

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SEED = seeds_folder() / "leeds-action-plan-2024-2027.txt"
TRUTH = Path(__file__).resolve().parents[2] / "src" / "desaga" / "plans" / "tests" / "truth" / "leeds.json"
needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the seeds are not here")


@pytest.fixture
def officer(member: Callable[..., Any]) -> Any:
    return member(Role.PROJECT_OFFICER)


def codes_that_tsms_carry() -> list[str]:
    """From the truth that was made by hand from the document."""
    actions = json.loads(TRUTH.read_text(encoding="utf-8"))["actions"]
    # Where the truth leaves a reading open, no way of reading it names TSMs.
    sure = [action for action in actions if isinstance(action["owners"], list)]
    return [action["code"] for action in sure if any(owner["code"] == "TSM" for owner in action["owners"])]


def hand_in(page: Page, organisation: Any, path: Path) -> None:
    page.goto(f"/o/{organisation.slug}/plans/")
    page.get_by_role("link", name="Bring a plan in").click()
    page.get_by_label("The file that you have").set_input_files(path)
    page.get_by_role("button", name="Read the plan").click()
    expect(page.get_by_text("Waiting for the reader")).to_be_visible()


def commit(page: Page, check_page: Callable[[Page], None]) -> None:
    page.get_by_role("link", name=re.compile("^Commit 39 actions")).click()
    expect(page.get_by_role("heading", level=1, name="Make the plan")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Commit 39 actions").click()
    expect(page.get_by_text("The plan is made.")).to_be_visible()


def find_what_tsms_carry(page: Page) -> list[str]:
    page.get_by_label("Party", exact=True).select_option("TSM")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text(re.compile("^What TSM"))).to_be_visible()
    return page.locator("table tbody td.dsg-code").all_inner_texts()


@needs_seed
def test_an_officer_brings_the_plan_in_and_finds_everything_that_tsms_carry(
    open_page: Any, sign_in: Any, check_widths: Any, organisation: Any, officer: Any, work: Any
) -> None:
    page = open_page()
    sign_in(page, officer)
    page.goto(f"/o/{organisation.slug}/plans/")
    expect(page.get_by_text("No plan yet.")).to_be_visible()
    check_widths(page)
    page.goto(f"/o/{organisation.slug}/imports/new/")
    check_widths(page)
    hand_in(page, organisation, SEED)
    check_widths(page)

    work()

    # The page looks again by itself and goes on to the review.
    expect(page.get_by_role("link", name=re.compile("^Commit 39 actions"))).to_be_visible()
    expect(page.get_by_text("6 business as usual", exact=True)).to_be_visible()
    check_widths(page)
    page.get_by_label("Doubts").select_option(label="Two actions in one row (1)")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("SR-2a")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1, name="Correct a row")).to_be_visible()
    check_widths(page)
    page.get_by_label("Comments").fill("Looked at: two actions stand in this row.")
    page.get_by_role("button", name="Save and keep").click()
    expect(page.get_by_role("article")).to_contain_text("Corrected")
    commit(page, check_widths)

    expect(page.get_by_role("heading", level=1)).to_contain_text("39 actions")
    check_widths(page)
    assert sorted(find_what_tsms_carry(page)) == sorted(codes_that_tsms_carry())
    check_widths(page)
    page.locator("table tbody td.dsg-wide a").first.click()
    expect(page.get_by_role("heading", name="In the document")).to_be_visible()
    check_widths(page)
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    for tab in ("Overview", "Timeline", "Coverage", "Glossary and frameworks", "Source and history"):
        page.get_by_role("navigation", name="Parts of the plan").get_by_role("link", name=tab).click()
        check_widths(page)


@needs_seed
def test_the_same_without_script(open_page: Any, sign_in: Any, organisation: Any, officer: Any, work: Any) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, officer)
    hand_in(page, organisation, SEED)

    work()

    page.get_by_role("link", name="Look again now").click()
    page.get_by_label("Doubts").select_option("any")
    page.get_by_role("button", name="Filter").click()
    doubtful = page.get_by_role("article").first
    doubtful.get_by_role("button", name=re.compile("^Keep")).click()
    expect(page.get_by_role("article").first).to_contain_text("Kept")
    commit(page, lambda page: None)
    assert sorted(find_what_tsms_carry(page)) == sorted(codes_that_tsms_carry())


def test_rows_are_kept_and_dropped_by_keyboard(
    page: Page, sign_in: Any, organisation: Any, officer: Any, work: Any
) -> None:
    sign_in(page, officer)
    hand_in(page, organisation, DEMO_DOCUMENTS / "wexcombe-action-plan-2025-2027.xlsx")
    work()
    expect(page.get_by_role("article").first).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("article").first).to_contain_text("Kept")
    expect(page.get_by_role("article").nth(1)).to_be_focused()
    page.get_by_role("article").nth(1).get_by_role("button", name=re.compile("^Drop")).click()
    expect(page.get_by_text("1 dropped")).to_be_visible()
    page.get_by_role("article").nth(1).get_by_role("button", name=re.compile("^Take back")).click()
    expect(page.get_by_text("1 dropped")).to_have_count(0)


def test_a_file_that_cannot_be_read_says_how_to_mend_it(
    page: Page, sign_in: Any, check_page: Any, organisation: Any, officer: Any, work: Any, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing after it")
    sign_in(page, officer)
    hand_in(page, organisation, path)

    work()

    expect(page.get_by_text("This document could not be read")).to_be_visible()
    expect(page.get_by_text("Nothing was written to any plan.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Choose another file")).to_be_visible()
    check_page(page)
