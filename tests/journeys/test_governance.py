"""Before the steering group meets: an officer fills a gap among the champions, looks at what is new in the terms, and enters an order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.governance.money import year_of
from desaga.governance.tests.factories import make_line, make_terms
from desaga.organisations.models import Group, Person
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(organisation: Any) -> Any:
    UnitFactory(organisation=organisation, name="Faculty of Fire")
    make_line(organisation, year=year_of(timezone.localdate(), 8), name="Showcase", allotted=Decimal("100"))
    with within(organisation):
        found = Group.objects.get()
    make_terms(found)
    make_terms(found, text="# Purpose\nTo review the plan every quarter.", note="Every quarter")
    return found


def test_an_officer_prepares_the_steering_group(
    phone: Page, sign_in: Any, check_page: Any, member: Any, group: Any
) -> None:
    page = phone
    sign_in(page, member(Role.PROJECT_OFFICER))
    with within(group.organisation):
        person = Person.objects.order_by("pk")[0]
    page.goto(f"/o/{group.organisation.slug}/groups/")
    check_page(page)
    page.get_by_role("link", name=group.name).click()
    check_page(page)
    page.get_by_role("link", name="What is new in version 2").click()
    expect(page.get_by_text("Added: every quarter")).to_be_visible()
    check_page(page)

    page.goto(f"/o/{group.organisation.slug}/champions/")
    check_page(page)
    page.get_by_role("link", name="Name one for Faculty of Fire").click()
    page.get_by_label("Person").select_option(label=person.name)
    check_page(page)
    page.get_by_role("button", name="Name the champion").click()
    expect(page.get_by_text("1 of 2 units with technical workforce has their own champion")).to_be_visible()

    page.get_by_role("link", name="Budget").click()
    check_page(page)
    page.get_by_role("link", name="Showcase").click()
    page.get_by_role("link", name="Add an entry").click()
    page.get_by_label("Committed").check()
    page.get_by_label("Amount, in pounds").fill("£120.50")
    page.get_by_label("What for").fill("Stands")
    check_page(page)
    page.get_by_role("button", name="Add the entry").click()
    expect(page.get_by_text("by £20.50")).to_be_visible()
    check_page(page)
