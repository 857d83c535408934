"""News, a newsletter and a directory, from the page that asks for an e-mail to the press that ends it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.newsletters.models import Subscription
from desaga.newsletters.tests.factories import link, subscriber
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of
from desaga.stories import showing
from desaga.stories.tests.factories import published
from desaga.tenancy.context import within
from desaga.website.models import DirectoryPage, NewsIndexPage, NewsletterPage
from desaga.website.showing import OnSite
from desaga.website.tests.factories import make_site
from desaga.website.tests.test_news import event, news, shelve

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IDA = "ida@example.org"
SITE = "/technicians/ashlar/"
#: In milliseconds: pictures are made in three formats when a page first asks.
PATIENCE = 60_000


@pytest.fixture
def ashlar(live_server: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> Any:
    """A site with news, a newsletter and a directory, in its menu."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = live_server.url
    monkeypatch.setattr(showing, "SHOWN_BY", [OnSite()])
    home = make_site("Ashlar", "ashlar")
    for kind, title in ((NewsIndexPage, "News"), (NewsletterPage, "Newsletter"), (DirectoryPage, "Directory")):
        shelve(home, home, kind(title=title, slug=title.lower(), summary=f"{title} of Ashlar.", show_in_menus=True))
    return home


def test_somebody_joins_and_leaves(phone: Page, check_page: Any, ashlar: Any) -> None:
    phone.set_default_timeout(PATIENCE)
    news(ashlar, 1)
    event(ashlar, "Open day", 3)
    phone.goto(SITE)
    check_page(phone)
    phone.get_by_role("link", name="News", exact=True).tap()
    expect(phone.get_by_role("heading", name="Coming up")).to_be_visible()
    check_page(phone)
    phone.get_by_role("link", name="Open day").tap()
    expect(phone.get_by_role("link", name="Put it into your calendar")).to_be_visible()
    check_page(phone)
    phone.goto(f"{SITE}news/?show=past")
    check_page(phone)
    phone.goto(f"{SITE}news/news-1/")
    check_page(phone)
    phone.get_by_role("link", name="Newsletter", exact=True).tap()
    check_page(phone)
    phone.get_by_role("link", name="Get it by e-mail").tap()
    check_page(phone)
    phone.get_by_role("textbox", name="E-mail").fill(IDA)
    phone.get_by_role("button", name="Send me the newsletter").tap()
    expect(phone.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    phone.goto(link(IDA, "confirm"))
    check_page(phone)
    phone.get_by_role("button", name="Yes, send it to me").tap()
    expect(phone.get_by_role("heading", name="The newsletter comes to you")).to_be_visible()

    from desaga.newsletters import keys

    with within(ashlar.belongs_to):
        address = keys.leave_url(ashlar.belongs_to, Subscription.objects.get().pk)
    phone.goto(address[address.index("/newsletters/") :])
    expect(phone.get_by_text(f"It goes to {IDA}")).to_be_visible()
    check_page(phone)
    phone.get_by_role("button", name="End it").tap()
    expect(phone.get_by_role("heading", name="No newsletter goes to you any more")).to_be_visible()
    with within(ashlar.belongs_to):
        assert Subscription.objects.count() == 0


def test_a_lead_composes_and_sends_and_makes_a_poster(
    page: Page, sign_in: Any, check_page: Any, work: Any, ashlar: Any
) -> None:
    news(ashlar, 1)
    subscriber(ashlar.belongs_to, IDA)
    story = published(ashlar.belongs_to, actor=ashlar.lead, where=["site", "newsletter", "print"])
    page.set_default_timeout(PATIENCE)
    sign_in(page, ashlar.lead)
    page.goto("/o/ashlar/newsletters/")
    check_page(page)
    page.get_by_role("link", name="Begin an issue").first.click()
    page.get_by_label("Title").fill("Glass and news")
    page.get_by_label("Introduction").fill("Dear all, spring is here.")
    page.get_by_role("button", name="Go on to choosing").click()
    check_page(page)
    page.get_by_label("News: News 1").check()
    page.get_by_label("Story: Meet Ada Quill").check()
    page.get_by_role("button", name="Put them in").click()
    page.get_by_role("button", name=re.compile("Down.*Meet Ada Quill")).click()
    check_page(page)
    page.get_by_role("link", name="See the e-mail").click()
    expect(page.get_by_role("heading", name="Glass and news")).to_be_visible()
    expect(page.get_by_role("link", name="End it with one press")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Send it").click()
    check_page(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It is being sent.")).to_be_visible()
    work()
    page.reload()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="In the archive").click()
    expect(page.get_by_role("link", name="Meet Ada Quill")).to_be_visible()
    check_page(page)

    page.goto(f"/o/ashlar/stories/{story.pk}/")
    page.get_by_role("link", name="Make a poster").click()
    check_page(page)
    page.get_by_label("Voice:", exact=False).check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the poster").click()
    assert taken.value.suggested_filename == "meet-ada-quill-voice-a3.pdf"
    page.goto("/o/ashlar/website/downloads/")
    check_page(page)
    page.goto(f"{SITE}stories/meet-ada-quill/")
    check_page(page)


def test_a_technician_lists_themselves_is_found_and_leaves(
    open_page: Any, page: Page, sign_in: Any, check_page: Any, ashlar: Any
) -> None:
    technician = member_of(ashlar.belongs_to, Role.TECHNICIAN)
    page.set_default_timeout(PATIENCE)
    sign_in(page, technician)
    page.goto("/o/ashlar/directory/mine/")
    check_page(page)
    page.get_by_role("link", name="List myself").click()
    check_page(page)
    page.get_by_role("textbox", name="Your name").fill("Ada Quill")
    page.get_by_label("Show your name").check()
    page.get_by_role("textbox", name="Your skills").fill("Glassblowing\nVacuum sealing")
    page.get_by_label("Show your skills").check()
    page.get_by_label("Let people write to me through a form").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Show what I ticked to everybody").click()
    expect(page.get_by_text("Glassblowing, Vacuum sealing")).to_be_visible()
    check_page(page)

    visitor = open_page()
    visitor.set_default_timeout(PATIENCE)
    visitor.goto(f"{SITE}directory/")
    check_page(visitor)
    visitor.get_by_label("Skill").select_option("Vacuum sealing")
    visitor.get_by_role("button", name="Find technicians").click()
    visitor.get_by_role("link", name="Write to Ada Quill").click()
    check_page(visitor)
    visitor.get_by_label("Your name").fill("Max")
    visitor.get_by_label("Your e-mail").fill("max@school.example")
    visitor.get_by_label("What you would like to ask").fill("Would you come to us?")
    visitor.get_by_role("button", name="Send it").click()
    expect(visitor.get_by_role("heading", name="It is on its way")).to_be_visible()
    assert technician.email not in visitor.content()

    page.get_by_role("button", name="Take me out now").click()
    expect(page.get_by_text("You are not in the directory")).to_be_visible()
    visitor.goto(f"{SITE}directory/")
    expect(visitor.get_by_text("Nobody is listed yet")).to_be_visible()
