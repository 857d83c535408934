"""Reading by a day: staff set it and see who is late and what lacks readers; a reader takes it along, finds a conflict later, and the agenda says who is out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.models import PanelMember, Round
from desaga.placements.operations import members
from desaga.placements.tests.factories import make_scheme
from desaga.placements.tests.meetings import begun
from desaga.placements.tests.panels import declared, eligible, given, make_member
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_from_the_day_of_scores_to_the_agenda(
    page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any, open_page: Callable[..., Page]
) -> None:
    manager = member(Role.SCHEME_MANAGER)
    scheme = make_scheme(organisation, actor=manager)
    chair, chair_seat = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    reader, seat = make_member(scheme, actor=manager)
    applications = [eligible(scheme, actor=manager, title=title) for title in ("Glass work", "Kiln work")]
    round_ = applications[0].round
    with within(organisation, user=manager):
        members.name_leaders(actor=manager, round_=round_, chair=chair.person, administrator=None)
    for one in applications:
        given(one, seat, actor=manager)
        declared(one, reader)
    declared(applications[0], chair)
    declared(applications[1], chair, kind="personal", words="A cousin")
    today = timezone.localdate()
    with within(organisation):
        Round.objects.filter(pk=round_.pk).update(
            cut_off_on=today - timedelta(days=9), score_by=today - timedelta(days=1)
        )
        PanelMember.objects.filter(pk=chair_seat.pk).update(unit="Engineering")

    sign_in(page, manager)
    page.goto(f"{scheme.get_absolute_url()}panel/rounds/{round_.pk}/")
    expect(page.get_by_text("The chair is out for some of this, and nobody stands in")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Readers", exact=True).click()
    expect(page.get_by_role("row", name="Rita Reader").get_by_text("Late")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Remind Rita Reader").click()
    expect(page.get_by_text("Rita Reader gets an e-mail.")).to_be_visible()
    page.get_by_role("link", name="Change the day").click()
    check_page(page)
    page.get_by_role("link", name="Cancel").click()

    phone = open_page(**PHONE)
    sign_in(phone, reader)
    phone.goto(f"{scheme.get_absolute_url()}reading/")
    phone.get_by_role("link", name="In parts, or with letters and files").click()
    check_page(phone)
    phone.goto(f"{scheme.get_absolute_url()}reading/")
    phone.get_by_role("link", name="What you declared").click()
    check_page(phone)
    item = phone.get_by_role("listitem").filter(has_text="Glass work")
    item.get_by_role("link", name="Something does after all").click()
    check_page(phone)
    phone.get_by_label("We are related, friends, or in dispute").check()
    phone.get_by_label("What it is, in a few words").fill("A neighbour")
    phone.get_by_role("button", name="Step back from it").click()
    expect(phone.get_by_role("link", name="Glass work")).to_have_count(0)
    expect(phone.get_by_role("link", name="Kiln work")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="Lack readers 2")).to_be_visible()
    expect(page.get_by_text("stepped back")).to_be_visible()
    check_page(page)

    begun(scheme, actor=manager)
    page.goto(f"{scheme.get_absolute_url()}panel/rounds/{round_.pk}/meeting/")
    expect(page.get_by_role("row", name="Glass work").get_by_role("cell", name="Rita Reader")).to_be_visible()
    expect(page.get_by_role("row", name="Kiln work").get_by_role("cell", name="Cora Chair")).to_be_visible()
    check_page(page)
    page.goto(f"{scheme.get_absolute_url()}panel/")
    check_page(page)
