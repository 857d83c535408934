"""Again: an officer takes the plan out, two cells are changed in the file by a colleague, and just those two come back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(
        made, code="A1", title="Nominate for awards", owners=["TSM"], status="in_progress", comments="Two so far"
    )
    make_action(made, code="A2", title="Write role descriptors", owners=["HR"], theme="Careers")
    make_action(made, code="A3", title="Open the workshops to schools", owners=["TSM"])
    return made


def edit(path: Path) -> None:
    """What a colleague does to the file in a program of theirs."""
    book = openpyxl.load_workbook(path)
    page = book["Actions"]
    column = {cell.value: cell.column for cell in page[1]}
    row = {cell.value: cell.row for cell in page["A"]}
    page.cell(row=row["A1"], column=column["Status"], value="Delayed")
    page.cell(row=row["A2"], column=column["How we will know"], value="12 descriptors are published")
    book.save(path)


def test_two_cells_are_changed_in_the_file_and_just_those_come_back(
    open_page: Callable[..., Page], sign_in: Any, check_widths: Any, member: Any, work: Any, plan: Any, tmp_path: Path
) -> None:  # fmt: skip
    page = open_page(accept_downloads=True)
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(plan.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("navigation", name="Take this out").get_by_role("link", name="Excel", exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    edit(path)

    page.get_by_role("link", name="Source and history").click()
    page.get_by_role("link", name="Bring changes back").click()
    expect(page.get_by_label("Is it a new plan, or a newer state of one?")).to_have_value(str(plan.pk))
    check_widths(page)
    page.get_by_label("The file that you have").set_input_files(path)
    page.get_by_role("button", name="Read the plan").click()
    expect(page.get_by_text("Waiting for the reader")).to_be_visible()
    work()

    expect(page.get_by_role("heading", level=1, name="What this file changes")).to_be_visible()
    expect(page.get_by_text("2 fields of 2 actions")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(2)
    check_widths(page)
    page.keyboard.press("j")
    expect(page.get_by_role("article").first).to_be_focused()
    page.get_by_role("button", name="Take over what is ticked").click()

    expect(page.get_by_text("Taken over: 2 changes in 2 actions")).to_be_visible()
    page.get_by_role("link", name="Nominate for awards").click()
    expect(page.get_by_text(re.compile(r"^Before [\w ]+ 20\d\d$"))).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Source and history").click()
    page.get_by_role("link", name="Versions that were kept").click()
    check_widths(page)
    page.get_by_role("link", name=re.compile("^Before .* was brought back")).click()
    expect(page.get_by_text("2 changed, 0 new, 0 gone, 1 the same.")).to_be_visible()
    check_widths(page)
