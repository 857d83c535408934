"""A story from its first word to the day on which it is taken back: an editor writes it, the person says what may be shown and reads it on a phone, the lead publishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.consents.models import Consent
from desaga.consents.tests.factories import page as consent_page
from desaga.organisations.states import Role
from desaga.stories import showing
from desaga.stories.models import Story
from desaga.stories.operations import publishing
from desaga.stories.tests.factories import anew, approved, make_story, published
from desaga.stories.tests.factories import page as story_page
from desaga.tenancy.context import within
from desaga.website.showing import OnSite
from desaga.website.tests.factories import make_site_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_story_is_agreed_approved_published_and_taken_back(
    open_page: Callable[..., Page],
    page: Page,
    sign_in: Any,
    check_page: Any,
    member: Any,
    organisation: Any,
    monkeypatch: Any,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(showing, "SHOWN_BY", [OnSite()])
    make_site_of(organisation)
    lead = member(Role.LEAD)
    story = make_story(organisation, actor=lead, advice="")
    sign_in(page, lead)
    page.goto(f"/o/northmoor/stories/{story.pk}/")
    check_page(page)
    page.get_by_role("link", name="The way there").click()
    page.get_by_label("My advice").fill("Ask to be shown.")
    page.reload()
    expect(page.get_by_label("My advice")).to_have_value("Ask to be shown.")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Ask whether they may be shown").click()
    check_page(page)
    page.get_by_role("button", name="Send the e-mail").click()

    with within(organisation):
        consent = Consent.objects.select_related("organisation").get()
    phone = open_page(**PHONE)
    phone.goto(consent_page(consent))
    check_page(phone)
    phone.get_by_label("Your name", exact=True).nth(0).check()
    phone.get_by_label("On our public site and on the national one").check()
    phone.get_by_role("button", name="Yes, to what I ticked").tap()
    expect(phone.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Send it to Ada Quill").click()
    phone.goto(story_page(story))
    expect(phone.get_by_text("Ask to be shown.")).to_be_visible()
    expect(phone.get_by_alt_text("Ada at the bench")).to_be_visible()
    check_page(phone)
    phone.get_by_role("button", name="Yes, show it like this").tap()
    expect(phone.get_by_text("said yes to these words and pictures")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Hand it in").click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Changing a word takes it down")).to_be_visible()

    reader = open_page()
    reader.set_default_timeout(30_000)  # Sizes of pictures are made when they are first asked for.
    reader.goto("/technicians/northmoor/stories/")
    reader.get_by_role("link", name="Meet Ada Quill").click()
    expect(reader.get_by_text("Ask to be shown.")).to_be_visible()
    check_page(reader)
    address = reader.url
    # She agreed to be named, and to nothing else that stands in a line of its own.
    expect(reader.locator("blockquote")).to_have_count(0)

    phone.goto(consent_page(consent, "kept"))
    expect(phone.get_by_role("link", name="Meet Ada Quill")).to_be_visible()
    check_page(phone)
    phone.get_by_role("button", name="Take it back, and take it all down").tap()
    expect(phone.get_by_role("heading", name="You have taken it back")).to_be_visible()
    # Whoever comes anew; who has read it keeps it for a minute.
    newcomer = open_page()
    assert newcomer.goto(address).status == 404
    newcomer.goto("/technicians/northmoor/stories/")
    expect(newcomer.get_by_role("link", name="Meet Ada Quill")).to_have_count(0)
    with within(organisation):
        assert Story.objects.get().state == "taken_down"


def test_a_story_is_said_in_welsh_and_each_page_leads_to_the_other(
    page: Page,
    sign_in: Any,
    check_page: Any,
    check_widths: Any,
    member: Any,
    organisation: Any,
    monkeypatch: Any,
    settings: Any,
    tmp_path: Any,
    live_server: Any,
) -> None:
    settings.MEDIA_ROOT, settings.SITE_ADDRESS = tmp_path, live_server.url
    monkeypatch.setattr(showing, "SHOWN_BY", [OnSite()])
    make_site_of(organisation)
    lead = member(Role.LEAD)
    story = published(organisation, actor=lead)
    sign_in(page, lead)
    page.goto(f"/o/northmoor/stories/{story.pk}/")
    page.get_by_role("button", name="Say it in Welsh").click()
    expect(page.get_by_role("heading", name="Dyma Ada Quill", level=1)).to_be_visible()
    expect(page.get_by_text("Say in Welsh what the picture shows: “Ada at the bench”.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Who it is").click()
    page.get_by_label("In one sentence").fill("Mae hi’n gwneud yr hyn nad oes gan unrhyw gatalog.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="The work").click()
    expect(page.get_by_text("I blow vessels for chemists.")).to_be_visible()
    check_page(page)
    page.get_by_label("What I do").fill("Rydw i’n chwythu llestri gwydr i gemegwyr.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change what is said of bench.png").click()
    page.get_by_label("What it shows").fill("Ada wrth y fainc")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Send it to Ada Quill")).to_be_visible()

    with within(organisation, user=lead):
        welsh = Story.objects.select_related("organisation").get(language="cy")
    welsh = approved(welsh, actor=lead)
    with within(organisation, user=lead):
        publishing.hand_in(actor=lead, story=welsh)
        publishing.publish(actor=lead, story=welsh)
    page.set_default_timeout(30_000)  # Sizes of pictures are made when they are first asked for.
    page.goto(anew(story).address)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", name="Beth rydw i’n ei wneud")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="What I do")).to_be_visible()
    page.goto("/technicians/northmoor/stories/")
    expect(page.get_by_role("link", name="Ada Quill")).to_have_count(1)
