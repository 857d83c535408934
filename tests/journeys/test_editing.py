"""An editor writes a page in the editing pages, sees beside it how it will look, and hands it in; the lead publishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.website.models import EventPage, NewsIndexPage, StandardPage
from desaga.website.reach import reach_everything
from desaga.website.tests.factories import make_page, make_site
from desaga.website.tests.test_news import event, shelve

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HERE = "/technicians/ashlar/our-workshops/"


@pytest.fixture
def ashlar(live_server: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT, settings.SITE_ADDRESS = tmp_path, live_server.url
    return make_site("Ashlar", "ashlar")


def test_an_editor_sees_a_page_as_it_will_look_and_hands_it_in(
    open_page: Callable[..., Page], page: Page, sign_in: Any, check_page: Any, ashlar: Any
) -> None:
    held = make_page(ashlar, "Our workshops")
    sign_in(page, ashlar.editor)
    page.goto(f"/editing/pages/{held.pk}/edit/")
    check_page(page)
    page.get_by_role("textbox", name="Title*").fill("Our glass workshop")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1, name="Our glass workshop")).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to the publishers").click()
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    with reach_everything():
        assert StandardPage.objects.get(pk=held.pk).title == "Our workshops"

    lead = open_page()
    sign_in(lead, ashlar.lead)
    lead.goto(f"/editing/pages/{held.pk}/edit/")
    lead.get_by_role("button", name="More actions").click()
    lead.get_by_role("button", name="Approve and Publish", exact=True).click()
    expect(lead.get_by_text("has been updated")).to_be_visible()
    reader = open_page()
    reader.goto(HERE)
    expect(reader.get_by_role("heading", level=1, name="Our glass workshop")).to_be_visible()


def test_a_day_is_chosen_with_the_browsers_own_calendar(page: Page, sign_in: Any, ashlar: Any) -> None:
    shelve(ashlar, ashlar, NewsIndexPage(title="News", slug="news", summary="What is new."))
    held = event(ashlar, "Open day", 3)
    sign_in(page, ashlar.editor)
    page.goto(f"/editing/pages/{held.pk}/edit/")
    begins = page.get_by_role("textbox", name="Begins")
    expect(begins).to_have_attribute("type", "datetime-local")
    begins.fill("2027-07-03T10:30")
    page.get_by_role("textbox", name="Ends").fill("2027-07-03T16:00")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Page 'Open day' has been")).to_be_visible()
    with reach_everything():
        draft = EventPage.objects.get(pk=held.pk).get_latest_revision_as_object()
    assert f"{timezone.localtime(draft.starts_at):%Y-%m-%d %H:%M}" == "2027-07-03 10:30"
