"""A steward maps and loads an extract as dirty as real ones, and sees each fault before anything is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.models import Snapshot
from desaga.workforce.synthetic.making import as_csv, extracts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def dirty_file(folder: Path) -> Path:
    [(_, layout, rows)] = extracts(seed=5, people=80, years=1, last_day=date(2025, 7, 31), dirty=True)
    path = folder / "staff.csv"
    path.write_bytes(as_csv(layout.heads, rows, title="Staff in post", total=True))
    return path


def test_a_steward_maps_and_loads_a_dirty_extract(
    page: Page,
    sign_in: Any,
    check_page: Any,
    check_widths: Any,
    work: Any,
    member: Any,
    organisation: Any,
    tmp_path: Path,
) -> None:
    sign_in(page, member(Role.HR_DATA_STEWARD))
    page.goto(f"/o/{organisation.slug}/workforce/")
    page.get_by_role("link", name="Load an extract").first.click()
    page.get_by_label("The file from your HR system").set_input_files(dirty_file(tmp_path))
    for part, text in (("Day", "31"), ("Month", "7"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_label("All staff").check()
    check_page(page)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    work()

    # The page went on by itself once the file was read.
    expect(page.get_by_role("heading", name="What each column is")).to_be_visible()
    expect(page.get_by_label("Post Reference", exact=True)).to_have_value("contract_number")
    # What people said of themselves is not the steward's.
    expect(page.get_by_label("Ethnic Origin", exact=True)).to_have_value("")
    check_widths(page)
    page.get_by_role("button", name="Save and go on to codes").click()

    page.get_by_label("FTC-R", exact=True).select_option("2")
    check_page(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    work()

    expect(page.get_by_text("It can be loaded")).to_be_visible()
    page.get_by_role("region", name="Faults by kind").get_by_role("link").first.click()
    expect(page.get_by_role("region", name="Faults", exact=True)).to_be_visible()
    check_widths(page)
    page.get_by_role("button", name="Make the snapshot of").click()
    work()
    expect(page.get_by_text("It became the snapshot of")).to_be_visible()
    check_page(page)
    with within(organisation):
        assert Snapshot.objects.get().counts["present"] > 70
