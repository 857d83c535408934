"""A panel meets: the manager begins, a member declares and listens on a phone, outcomes are set against the money, every letter is looked at, all are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.models import Application, Round
from desaga.placements.tests.factories import make_round, make_scheme
from desaga.placements.tests.meetings import begun
from desaga.placements.tests.panels import declared, eligible, make_member
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def scheme(organisation: Any, member: Any) -> Any:
    manager = member(Role.SCHEME_MANAGER)
    made = make_scheme(organisation, actor=manager)
    make_round(made, actor=manager, meets_in=150)
    for title in ("Helium at another facility", "Glass that holds a vacuum"):
        eligible(made, actor=manager, title=title)
    return made


def test_a_panel_meets_and_tells(
    page: Page, sign_in: Any, check_page: Any, member: Any, scheme: Any, open_page: Callable[..., Page]
) -> None:
    manager = member(Role.SCHEME_MANAGER)
    reader, _ = make_member(scheme, actor=manager, name="Cy Conflict")
    round_ = begun(scheme, actor=manager)
    with within(scheme.organisation):
        glass = Application.objects.get(title__startswith="Glass")
        helium = Application.objects.get(title__startswith="Helium")
    declared(glass, reader, "personal", "We share a boat.")
    declared(helium, reader)

    phone = open_page(**PHONE)
    sign_in(phone, reader)
    phone.goto(f"/o/{scheme.organisation.slug}/schemes/{scheme.slug}/reading/")
    phone.get_by_role("link", name="Go to the meeting").click()
    expect(phone.get_by_role("link", name="Helium at another facility")).to_be_visible()
    expect(phone.get_by_text("Glass")).to_have_count(0)
    check_page(phone)

    sign_in(page, manager)
    page.goto(f"/o/{scheme.organisation.slug}/schemes/{scheme.slug}/panel/")
    page.get_by_role("link", name="Meeting").first.click()
    check_page(page)
    page.get_by_role("link", name="Glass that holds a vacuum").click()
    page.get_by_role("button", name="Call this item").click()
    expect(page.locator(".dsg-leave")).to_have_text("Cy Conflict")
    # The page of whoever is out looks by itself.
    expect(phone.get_by_text("An item that you do not hear is being heard now")).to_be_visible()
    page.get_by_role("link", name="Fund in part").click()
    page.get_by_label("Award, in pounds").fill("400")
    page.get_by_label("Conditions").fill("By train.")
    page.get_by_role("button", name="Keep it as pending").click()
    expect(page.get_by_text("Awards in mind: £400.00 of £20,000.00")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="It has been heard").click()
    page.get_by_role("link", name=round_.name).click()
    page.get_by_role("link", name="Helium at another facility").click()
    page.get_by_role("link", name="Decline", exact=True).click()
    page.get_by_role("button", name="Keep it as pending").click()
    expect(page.get_by_role("link", name="Fill this in.").or_(page.get_by_text("Choose")).first).to_be_visible()
    page.get_by_label("Aims are not clear").check()
    page.get_by_role("button", name="Keep it as pending").click()
    page.get_by_role("link", name=round_.name).click()
    page.get_by_role("link", name="Look at the letters").click()
    expect(page.get_by_text("The panel could not see clearly what you would learn.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Release 2 outcomes").click()
    expect(page.get_by_text("2 outcomes are told. The letters leave now.")).to_be_visible()
    check_page(page)
    # The member's page looks by itself once more, and leads them out.
    expect(phone.get_by_text("The meeting is over: the panel has told its outcomes.")).to_be_visible()
    with within(scheme.organisation):
        assert Round.objects.get(pk=round_.pk).state == "released"
        assert set(Application.objects.values_list("state", flat=True)) == {"offered", "declined"}
