"""An institution's own values: an officer brings them in, puts them in use, and maps the next edition onto them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VALUES = "Collaboration – We work together\nCompassion – We are caring\nIntegrity – We are open and honest"
NEXT = "Collaboration – We work together\nKindness – We are caring and kind\nWonder – We ask how things work"


def test_an_officer_brings_values_in_and_maps_the_next_edition(
    open_page: Callable[..., Page],
    sign_in: Any,
    check_widths: Any,
    member: Any,
    organisation: Any,
) -> None:
    page = open_page()
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(f"/o/{organisation.slug}/frameworks/")
    check_widths(page)

    page.get_by_role("link", name="Add a framework").click()
    page.get_by_label("Or paste them").fill(VALUES)
    page.get_by_role("button", name="Go on to its principles").click()
    expect(page.get_by_text("What was read is kept: 3 principles.")).to_be_visible()
    check_widths(page)
    page.get_by_role("textbox", name="Name").fill("Our values")
    page.get_by_role("button", name="Go on to its principles").click()
    expect(page.get_by_text("3 principles read.")).to_be_visible()
    check_widths(page)
    page.get_by_role("textbox", name="Title of row 3").fill("We are open, honest and fair")
    page.get_by_role("spinbutton", name="Place of row 3").fill("1")
    page.get_by_role("button", name="Save the principles").click()
    expect(page.get_by_text("This is a draft")).to_be_visible()
    expect(page.get_by_role("rowheader").first).to_have_text("Integrity")
    check_widths(page)
    page.get_by_role("link", name="Put it in use").click()
    check_widths(page)
    page.get_by_role("button", name="Put it in use").click()
    expect(page.get_by_text("Our values is in use.")).to_be_visible()

    page.get_by_role("link", name="New edition").click()
    check_widths(page)
    page.get_by_role("textbox", name="Name").fill("Our values 2027")
    page.get_by_label("Or paste them").fill(NEXT)
    page.get_by_role("button", name="Go on to its principles").click()
    page.get_by_role("button", name="Save, and map it").click()
    expect(page.get_by_role("heading", name="From Our values to Our values 2027")).to_be_visible()
    check_widths(page)
    expect(page.get_by_label("How it goes on from Collaboration")).to_have_value("same")
    page.get_by_label("How it goes on from Compassion").select_option("widened")
    page.get_by_label("Becomes of Compassion, 1").select_option("Kindness")
    page.get_by_role("button", name="Save the mapping").click()
    expect(page.get_by_text("1 principle is still to look at")).to_be_visible()
    check_widths(page)
    page.get_by_label("How it goes on from Integrity").select_option("dropped")
    page.get_by_label("Note on Integrity").fill("Part of the staff code now")
    page.get_by_role("button", name="Save the mapping").click()
    expect(page.get_by_text("The mapping is whole.")).to_be_visible()
    page.get_by_role("link", name="Put it in use").click()
    expect(page.get_by_text("Our values becomes replaced")).to_be_visible()
    check_widths(page)
    page.get_by_role("button", name="Put it in use").click()
    expect(page.get_by_text("Part of the staff code now")).to_be_visible()
    check_widths(page)
    page.goto(f"/o/{organisation.slug}/frameworks/")
    expect(page.get_by_text("Replaced")).to_be_visible()
    check_widths(page)
