"""A charter from an organisation's first pledge to its first report; and a member who lets a representative help, and ends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.charters.tests.factories import make_charter
from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.union_learning.models import Support
from desaga.union_learning.tests.factories import key_sent, make_representative, make_union
from desaga.website.models import CharterPage, ChartersPage, RepresentativesPage
from desaga.website.reach import reach_everything
from desaga.website.tests.factories import make_site

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    home = make_site("Forum", "forum", is_national=True)
    charter = make_charter(home.belongs_to, actor=home.lead)
    with within(home.belongs_to, user=home.lead), reach_everything():
        shelf = ChartersPage(title="Charters", slug="charters", summary="Who promised what.", show_in_menus=True)
        home.add_child(instance=shelf)
        shelf.save_revision().publish()
        pages = [
            CharterPage(title=charter.name, slug="commitment", summary=charter.summary, charter=charter.pk),
            RepresentativesPage(title="Learning representatives", slug="representatives", summary="What they do."),
        ]
        for page in pages:
            shelf.add_child(instance=page)
            page.save_revision().publish()
    return home


def test_an_employer_signs_is_confirmed_shown_and_reports(
    open_page: Callable[..., Page], page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any, site: Any
) -> None:
    sign_in(page, member(Role.LEAD))
    page.goto("/o/northmoor/charters/")
    check_page(page)
    page.get_by_role("button", name="Write your pledges for Technician Commitment").click()
    page.get_by_label("Technicians can be identified").fill("A page for each technician who wants one.")
    page.get_by_label("Who signs").fill("Vera Lund, Principal")
    page.get_by_label("Nation").select_option("Wales")
    check_page(page)
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_text("The public does not see it.")).to_be_visible()
    check_page(page)

    keeper = open_page()
    sign_in(keeper, site.lead)
    keeper.goto("/my-work/")
    keeper.get_by_role("link", name="signature of charters").first.click()
    check_page(keeper)
    keeper.get_by_role("link", name="Northmoor University").click()
    keeper.get_by_role("button", name="Confirm it").click()
    expect(keeper.get_by_text("Everybody can read it.")).to_be_visible()
    keeper.get_by_role("link", name="Say where it stands").click()
    keeper.get_by_label("Cohort").select_option("Cohort 4, November 2018")
    keeper.get_by_label("Stage").select_option("Stage 2")
    check_page(keeper)
    keeper.get_by_role("button", name="Save").click()

    page.reload()
    page.get_by_role("button", name="Write the report").click()
    page.get_by_label("Done").fill("Forty pages are there.")
    page.get_by_label("What shows it").fill("The list")
    page.get_by_label("Where it can be read").fill("https://northmoor.example/technicians")
    check_page(page)
    page.get_by_role("button", name="Save the draft").click()

    reader = open_page(**PHONE)
    reader.goto("/technicians/charters/")
    check_page(reader)
    reader.get_by_role("link", name="Technician Commitment").click()
    reader.get_by_text("Find by name, kind, nation or stage").click()
    reader.get_by_label("Nation").select_option("Wales")
    reader.get_by_role("button", name="Find signatories").click()
    check_page(reader)
    reader.get_by_role("link", name="Northmoor University").click()
    expect(reader.get_by_text("A page for each technician who wants one.")).to_be_visible()
    expect(reader.get_by_text("Forty pages are there.")).to_have_count(0)
    page.get_by_role("button", name="Publish the report").click()
    reader.reload()
    expect(reader.get_by_text("Forty pages are there.")).to_be_visible()
    check_page(reader)
    reader.goto("/technicians/charters/representatives/")
    check_page(reader)


def test_a_member_agrees_is_helped_and_ends_it(
    open_page: Callable[..., Page], page: Page, sign_in: Any, check_page: Any, db: None
) -> None:
    union = make_union()
    representative = make_representative(union)
    sign_in(page, representative)
    page.goto("/o/guild/members/")
    check_page(page)
    page.get_by_role("main").get_by_role("link", name="Ask a member").first.click()
    page.get_by_label("Their name").fill("Quillon Vetch")
    page.get_by_label("Their private e-mail").fill("quillon@private.example")
    check_page(page)
    page.get_by_role("button", name="Send the e-mail").click()
    check_page(page)

    phone = open_page(**PHONE)
    phone.goto(f"/your-steps/?key={key_sent()}")
    check_page(phone)
    phone.get_by_role("button", name="Yes, support me").tap()
    expect(phone.get_by_text("There is a problem")).to_be_visible()
    check_page(phone)
    phone.get_by_label("The registration that I work towards").check()
    phone.get_by_label("My steps").check()
    phone.get_by_label("I agree to be supported here").check()
    phone.get_by_role("button", name="Yes, support me").tap()
    phone.get_by_label("A step").fill("Find a proposer")
    phone.get_by_label("A note").fill("For me alone")
    phone.get_by_role("button", name="Write it down").tap()
    phone.get_by_role("textbox", name="The registration that I work towards").fill("EngTech")
    phone.get_by_role("button", name="Save").tap()
    check_page(phone)

    page.get_by_role("link", name="Members I support").first.click()
    page.get_by_role("link", name="Quillon Vetch").click()
    expect(page.get_by_text("Find a proposer")).to_be_visible()
    expect(page.get_by_text("Works towards: EngTech")).to_be_visible()
    expect(page.get_by_text("For me alone")).to_have_count(0)
    page.get_by_label("A note to them").fill("Bring the drawings.")
    page.get_by_role("button", name="Write it down").click()
    check_page(page)

    phone.reload()
    expect(phone.get_by_text("Bring the drawings.")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Done.*Find a proposer")).tap()
    check_page(phone)
    phone.get_by_role("button", name="End it and delete everything").tap()
    expect(phone.get_by_role("heading", name="It is gone")).to_be_visible()
    check_page(phone)
    page.goto("/o/guild/members/")
    expect(page.get_by_text("Quillon Vetch")).to_have_count(0)
    with within(union, user=representative):
        assert not Support.objects.exists()
