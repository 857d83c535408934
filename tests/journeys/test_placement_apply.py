"""Somebody without an account applies at a phone's width: by a link, part by part, over a lost link and in two windows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from desaga.organisations.states import Role
from desaga.placements.answering import parts
from desaga.placements.models import Application
from desaga.placements.operations import applications
from desaga.placements.operations.hosts import add_place
from desaga.placements.tests.factories import answers_for, make_scheme, with_role
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def to_page(page: Page, address: str) -> None:
    page.goto(re.sub(r"^https?://[^/]+", "", address))


def write_the_rest(application: Application) -> None:
    """What is not told in the story, as if typed."""
    with within(application.organisation):
        answers = {key: raw for key, raw in answers_for().items() if key not in ("title", "costs")}
        applications.save_answers(actor=None, application=application, answers=answers)
        for part in parts(application.definition):
            if part.key not in ("placement", "money"):
                applications.say_done(actor=None, application=application, part=part.key, done=True)


def test_apply_at_a_phones_width(phone, check_page, organisation):
    scheme = make_scheme(organisation, actor=with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme"))
    page = phone
    # The first page of all makes addresses and templates, which takes its time where much else runs.
    page.set_default_timeout(30_000)
    page.goto(f"/placements/{organisation.slug}/{scheme.slug}/apply/")
    check_page(page)
    page.get_by_role("link", name="Make an account and begin").click()
    page.get_by_label("E-mail").fill("ines@elsewhere.example")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    to_page(page, re.search(r"(http\S+key=\S+)", mail.outbox[-1].body)[1])
    check_page(page)
    page.get_by_label("Your name").fill("Ines Field")
    page.get_by_label("Choose a password").fill("three words and more")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("button", name="Begin").click()
    check_page(page)
    with within(organisation):
        application = Application.objects.select_related("organisation", "scheme", "version").get()
        add_place(actor=None, organisation=organisation, name="Hostwick Laboratory", country="Norway")
    write_the_rest(application)

    page.get_by_role("link", name="The placement").click()
    title, saved = page.get_by_label("A title for it"), page.locator("[data-dsg-saved]")
    title.fill("Cryogenics at another facility")
    expect(saved).to_contain_text("Saved")
    page.context.set_offline(True)
    title.fill("Cryogenics at another laboratory")
    expect(saved).to_contain_text("There is no connection")
    page.context.set_offline(False)
    expect(saved).to_contain_text("Saved")
    check_page(page)
    find_the_host(page)
    the_other_window(page, title, saved)
    page.get_by_label("Yes", exact=True).last.check()
    page.get_by_role("button", name="Save and go on").click()

    page.get_by_role("link", name="What it costs").click()
    page.get_by_label("Kind").select_option(label="Travel")
    page.get_by_label("Pounds").fill("120.50")
    page.get_by_role("button", name="Add another cost").click()
    expect(page.get_by_label("Kind")).to_have_count(2)
    check_page(page)
    page.get_by_label("Yes", exact=True).last.check()
    page.get_by_role("button", name="Save and go on").click()

    page.get_by_role("link", name="Check your answers and send").click()
    check_page(page)
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text(application.reference).first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="See your application").click()
    expect(page.get_by_text("With those you named")).to_be_visible()
    check_page(page)


def find_the_host(page: Page) -> None:
    """The directory answers while one types; a press fills in name and country."""
    page.get_by_label("Name", exact=True).fill("hostw lab")
    page.get_by_role("button", name="Hostwick Laboratory, Norway").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Hostwick Laboratory")
    expect(page.get_by_label("Country", exact=True)).to_have_value("Norway")
    page.get_by_label("Name", exact=True).fill("University of Hostwick")
    page.get_by_label("Country", exact=True).select_option("United Kingdom")
    expect(page.locator("[data-dsg-saved]")).to_contain_text("Saved")


def the_other_window(page: Page, title: Any, saved: Any) -> None:
    """What was changed elsewhere is not written over unseen: it is shown, and whoever types decides."""
    other = page.context.new_page()
    other.goto(re.sub(r"^https?://[^/]+", "", page.url))
    other.get_by_label("A title for it").fill("Written in another window")
    expect(other.locator("[data-dsg-saved]")).to_contain_text("Saved")
    other.close()
    title.fill("Written here")
    expect(page.get_by_text("Written in another window")).to_be_visible()
    title.fill("Written here, and so it stays")
    expect(saved).to_contain_text("Saved")
