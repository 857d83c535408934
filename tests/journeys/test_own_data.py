"""A technician takes all that is held about them and objects; the steward answers, and both see who looked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.models import EqualityRow
from desaga.workforce.tests.factories import HEADS, ROWS, classified, csv_of, loaded

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEXES = ("Female", "Male", "Other")


def test_a_person_takes_their_data_objects_and_sees_who_looked(
    page: Page, phone: Page, sign_in: Any, check_page: Any, work: Any, member: Any, organisation: Any
) -> None:
    steward = member(Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    rows = [(*row, sex) for row, sex in zip(ROWS, SEXES, strict=True)]
    classified(loaded(organisation, csv_of(rows, (*HEADS, "Sex")), actor=steward), actor=steward)

    # On the telephone: the person objects to the use of what they said of themselves.
    technician = member(Role.TECHNICIAN)
    sign_in(phone, technician)
    phone.goto("/account/data/")
    phone.get_by_role("link", name="Object to something").click()
    check_page(phone)
    phone.get_by_label("My equality data in figures").check()
    phone.get_by_role("button", name="Object").click()
    expect(phone.get_by_text("Your objection is written down")).to_be_visible()

    # The steward finds it in their work, says whose rows they are, and accepts.
    sign_in(page, steward)
    page.goto("/my-work/")
    page.get_by_role("link", name="a person who objects to what is done with their data").click()
    page.get_by_label("Staff number").fill("1002")
    page.get_by_role("button", name="These are their rows").click()
    check_page(page)
    page.get_by_role("button", name="Accept and delete").click()
    expect(page.get_by_text("It is accepted. Deleted: 1 people’s equality data.")).to_be_visible()
    with within(organisation):
        assert EqualityRow.objects.count() == 2

    # Whoever looks at somebody's row is in the log.
    page.goto("/my-work/")
    page.get_by_role("link", name="borderline people in the snapshot of 31 July 2025").click()
    expect(page.get_by_text("Imaging Specialist").first).to_be_visible()
    page.goto(f"/o/{organisation.slug}/privacy/accesses/")
    expect(page.get_by_role("cell", name="Borderline people").first).to_be_visible()
    check_page(page)

    # The person has everything put together, and reads it and who looked.
    phone.get_by_role("button", name="Put my data together").click()
    expect(phone.get_by_text("it is being put together")).to_be_visible()
    work()
    phone.reload()
    expect(phone.get_by_text("To say who is technical staff")).to_be_visible()
    check_page(phone)
    phone.get_by_role("link", name="to read").click()
    expect(phone.get_by_text("Bo Cole")).to_be_visible()
    check_page(phone)
