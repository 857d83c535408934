"""The panel: a manager shares out the reading, a reader declares and scores on a phone, and the manager reads what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.models import Assignment
from desaga.placements.tests.factories import make_application, make_scheme, received
from desaga.placements.tests.panels import make_member
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_declare_and_score(
    page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any, open_page: Callable[..., Page]
) -> None:
    manager = member(Role.SCHEME_MANAGER)
    scheme = make_scheme(organisation, actor=manager)
    application = received(make_application(scheme))
    reader, _ = make_member(scheme, actor=manager)

    sign_in(page, manager)
    page.goto(scheme.get_absolute_url())
    page.get_by_role("link", name="Applications").click()
    check_page(page)
    page.get_by_role("link", name="Cryogenics at another facility").click()
    check_page(page)
    page.get_by_role("button", name="It can: to the panel").click()
    page.goto(f"{scheme.get_absolute_url()}panel/")
    check_page(page)
    page.get_by_role("link", name=application.round.name, exact=True).click()
    page.get_by_role("link", name="Share out the reading").click()
    page.get_by_label("Else, readers for each application").fill("1")
    page.get_by_role("button", name="Propose").click()
    check_page(page)
    page.get_by_role("button", name="Give out 1 reading").click()

    phone = open_page(**PHONE)
    sign_in(phone, reader)
    phone.goto(f"{scheme.get_absolute_url()}reading/")
    check_page(phone)
    phone.get_by_role("link", name="Cryogenics at another facility").click()
    expect(phone.get_by_text("To learn how helium is recovered.")).to_have_count(0)
    check_page(phone)
    phone.get_by_label("Nothing: I can read it").check()
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("To learn how helium is recovered.")).to_be_visible()
    phone.get_by_role("button", name="Send your scores").click()
    expect(phone.get_by_text("There is a problem")).to_be_visible()
    check_page(phone)
    for group in phone.get_by_role("group").all():
        group.get_by_label("2: ").check()
        group.get_by_role("textbox").fill("Clear and costed.")
    phone.get_by_role("button", name="Send your scores").click()
    expect(phone.get_by_role("heading", name="Done 1")).to_be_visible()
    check_page(phone)

    page.reload()
    expect(page.get_by_role("cell", name="67", exact=True)).to_be_visible()
    check_page(page)
    with within(organisation):
        assert Assignment.objects.get().sent_at is not None
