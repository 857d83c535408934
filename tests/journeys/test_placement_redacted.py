"""Reading without names: staff put a copy without names in a file's place, the reader reads that copy alone; and when their term is over, nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.models import SchemeVersion
from desaga.placements.operations import eligibility, members
from desaga.placements.tests.factories import make_application, make_scheme, received, with_file
from desaga.placements.tests.panels import declared, given, make_member
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def read_by(page: Page, name: str) -> str:
    """What is in the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_a_copy_without_names_is_read_until_the_term_is_over(
    page: Page, sign_in: Any, check_page: Any, member: Any, organisation: Any, open_page: Callable[..., Page]
) -> None:
    manager = member(Role.SCHEME_MANAGER)
    scheme = make_scheme(organisation, actor=manager)
    reader, seat = make_member(scheme, actor=manager)
    application = received(with_file(make_application(scheme, title="Glass work")))
    with within(organisation, user=manager):
        eligibility.find_eligible(actor=manager, application=application)
        version = application.version
        SchemeVersion.objects.filter(pk=version.pk).update(data=version.data | {"names_hidden": True})
    given(application, seat, actor=manager)
    declared(application, reader)
    scheme_at, reading = scheme.get_absolute_url(), f"{scheme.get_absolute_url()}reading/{application.reference}/"

    # The reader, while there is no copy: no file, no name.
    phone = open_page(**PHONE)
    sign_in(phone, reader)
    phone.goto(reading)
    expect(phone.get_by_role("heading", name="Glass work")).to_be_visible()
    expect(phone.get_by_text("Names are hidden")).to_be_visible()
    for secret in ("invitation.pdf", "Ines Field"):
        expect(phone.get_by_text(secret)).to_have_count(0)
    check_page(phone)

    # Staff put one in its place.
    sign_in(page, manager)
    page.goto(f"{scheme_at}applications/{application.reference}/")
    page.get_by_role("link", name="Copies of files without names").click()
    expect(page.get_by_text("no copy: the panel reads nothing of it")).to_be_visible()
    check_page(page)
    page.get_by_label("The copy without names").set_input_files(
        {"name": "black.txt", "mimeType": "text/plain", "buffer": b"The invitation, without names."}
    )
    page.get_by_role("button", name="Put it in its place").click()
    expect(page.get_by_text("While names are hidden the panel reads this copy.")).to_be_visible()
    expect(page.get_by_role("link", name="black.txt")).to_be_visible()
    check_page(page)

    # The reader reads the copy, and nothing else of the file.
    phone.reload()
    expect(phone.get_by_text("black.txt, a copy without names")).to_be_visible()
    expect(phone.get_by_text("invitation.pdf")).to_have_count(0)
    assert read_by(phone, "black.txt") == "The invitation, without names."
    copy_at = phone.get_by_role("link", name="black.txt").get_attribute("href")
    check_page(phone)

    # Names are shown to the round: now it is the file itself.
    with within(organisation, user=manager):
        members.show_names(actor=manager, round_=application.round, shown=True)
    phone.reload()
    expect(phone.get_by_role("link", name="invitation.pdf")).to_be_visible()
    assert "invented" in read_by(phone, "invitation.pdf")

    # Their term ends: they read none of it any more, under no address.
    yesterday = timezone.localdate() - timedelta(days=1)
    page.goto(f"{scheme_at}panel/{seat.pk}/")
    until = page.get_by_role("group", name="Until")
    for label, number in (("Day", yesterday.day), ("Month", yesterday.month), ("Year", yesterday.year)):
        until.get_by_label(label).fill(str(number))
    check_page(page)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", name="Not now 1")).to_be_visible()
    expect(page.get_by_role("link", name="Begin a new term of Rita Reader")).to_be_visible()
    check_page(page)
    answer = phone.goto(reading)
    assert answer is not None
    assert answer.status == 404
    check_page(phone)
    assert copy_at is not None
    assert phone.request.get(copy_at).status == 404
    phone.goto(f"{scheme_at}reading/")
    expect(phone.get_by_text("Glass work")).to_have_count(0)
    check_page(phone)
