"""A photograph from an e-mail: an owner gives it on a phone, an officer finds it in their work, looks, and accepts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.evidence.tests.factories import photograph
from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.rounds.tests.factories import letters, link_in, sent_round
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def link(organisation: Any) -> str:
    with within(organisation):
        address = ["how@northmoor.example"]
        Party.objects.create(
            organisation=organisation, kind=PartyKind.ROLE, name="Head of workshops", code="HOW", contacts=address
        )
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(plan, code="A1", title="Put up a board of names", owners=["HOW"])
    sent_round(plan)
    return link_in(letters("how@northmoor.example")[0])


def test_a_photograph_from_an_e_mail_is_looked_at_and_accepted(
    page: Page, sign_in: Any, check_page: Any, member: Any, link: str, open_page: Callable[..., Page]
) -> None:
    phone = open_page(**PHONE)
    phone.goto(link)
    phone.get_by_label("Your name").fill("Bo Reed")
    phone.get_by_label("Where it is").select_option("Complete")
    phone.get_by_text("Give a file or a link as evidence").click()
    check_page(phone)
    phone.get_by_label("A file that shows it").set_input_files(
        {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Evidence that you gave here")).to_be_visible()
    check_page(phone)

    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto("/my-work/")
    page.get_by_role("link", name="Look at 1 piece of evidence").click()
    check_page(page)
    page.get_by_role("link", name="board", exact=True).click()
    check_page(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch the file").click()
    assert b"GPS" not in fetched.value.path().read_bytes()
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("It is accepted.")).to_be_visible()
    page.get_by_role("link", name="A1 Put up a board of names").click()
    page.get_by_role("link", name="Give evidence").click()
    check_page(page)
