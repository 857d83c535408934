"""The directory of hosts begins with a list: a fault is said with its row, the mended list shows what it would do, and only then it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.operations.hosts import add_place
from desaga.placements.tests.factories import make_scheme
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LIST = "Name,Country,ROR\nUniversity of Hostwick,UK,024mrxd33\nFjord Institute,{country},\n"


def test_a_list_of_hosts_is_mended_looked_at_and_loaded(
    page: Page, sign_in: Any, check_widths: Callable[[Page], None], member: Any, organisation: Any
) -> None:
    manager = member(Role.SCHEME_MANAGER)
    make_scheme(organisation, actor=manager)
    with within(organisation, user=manager):
        add_place(actor=manager, organisation=organisation, name="University of Hostwick", country="United Kingdom")
    sign_in(page, manager)
    page.goto(f"/o/{organisation.slug}/schemes/directory/")
    page.get_by_role("link", name="Load a list").click()
    check_widths(page)

    page.get_by_label("Or paste the cells").fill(LIST.format(country="Norwegen"))
    page.get_by_role("button", name="Show what was understood").click()
    expect(page.get_by_text("1 of 2 rows have errors. Nothing has been changed.")).to_be_visible()
    expect(page.get_by_role("row", name="Fjord Institute").get_by_text("is no country that is known")).to_be_visible()
    check_widths(page)

    content = LIST.format(country="Norway").encode()
    page.get_by_label("Spreadsheet").set_input_files({"name": "hosts.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Show what was understood").click()
    expect(page.get_by_text("1 to be added, 1 to get a ROR number, 0 there already")).to_be_visible()
    check_widths(page)
    page.get_by_role("button", name="Load 2 rows").click()
    expect(page.get_by_text("1 added, 1 with a ROR number now")).to_be_visible()
    expect(page.get_by_role("cell", name="Fjord Institute", exact=True)).to_be_visible()
    check_widths(page)
