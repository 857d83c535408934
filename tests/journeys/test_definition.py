"""A steward settles borderline people: a group at once, one by the keys, and takes one back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.models import ClassifiedRow
from desaga.workforce.tests.factories import ROWS, adopted, csv_of, loaded

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MANY = [(f"11{n:02}", f"Birch{n}", "Ann", "02/03/1980", *ROWS[0][4:]) for n in range(4)]


def test_a_steward_settles_borderline_people(
    page: Page, sign_in: Any, check_widths: Any, work: Any, member: Any, organisation: Any
) -> None:
    steward = member(Role.HR_DATA_STEWARD)
    adopted(organisation, actor=steward)
    snapshot = loaded(organisation, csv_of([*MANY, ROWS[1], ROWS[2]]), actor=steward)
    # A new snapshot is worked out by the version in force without being asked.
    work()
    sign_in(page, steward)
    page.goto(snapshot.get_absolute_url())
    page.get_by_role("link", name="Who is technical staff in it").click()
    expect(page.get_by_text("5 not decided about yet")).to_be_visible()
    expect(page.get_by_text("version 1 of our definition")).to_be_visible()
    check_widths(page)

    page.get_by_role("link", name="5 not decided about yet").click()
    check_widths(page)
    page.get_by_role("button", name=re.compile("^Technical staff.*4 Workshop Technician")).click()
    expect(page.get_by_text("4 answered: technical staff.")).to_be_visible()

    page.get_by_role("link", name="One at a time").click()
    expect(page.get_by_text("1 left")).to_be_visible()
    check_widths(page)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_text("Nobody is left to decide about.")).to_be_visible()
    page.get_by_role("button", name="Take back what you said last").click()
    expect(page.get_by_text("1 taken back.")).to_be_visible()
    expect(page.get_by_role("link", name="Imaging Specialist")).to_be_visible()
    with within(organisation, user=steward):
        assert ClassifiedRow.objects.filter(technical=True).count() == 4
