"""Every kind of page of a site, as whoever has little gets it: nothing from elsewhere, no cookie, few bytes, at 400 %, without a jump."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response

from desaga.charters.tests.factories import entered, make_charter
from desaga.tenancy.context import within
from desaga.website.models import (
    CharterPage,
    ChartersPage,
    DirectoryPage,
    FinderPage,
    NewsIndexPage,
    NewsletterPage,
    QuestionsPage,
    RegistrationPage,
    RepresentativesPage,
    RoutesPage,
    TeachersPage,
)
from desaga.website.models.pages import HomePage, SitePage
from desaga.website.operations.stories import ShownPicture, ShownStory, show_story
from desaga.website.tests.exhibitions import drawn, make_exhibition
from desaga.website.tests.factories import make_page, make_site
from desaga.website.tests.test_news import event, news, shelve

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SITE = "/technicians/ashlar/"
STORY = f"{SITE}stories/meet-ada/"
#: What each page of a site leads to.
BESIDE = ("/privacy/", "/cookies/", "/accessibility/")
#: In bytes over the wire, without photographs (issue: a page of a story is for a telephone).
MOST = 150_000
#: 400 % zoom on a window of 1280.
ZOOMED = {"width": 320, "height": 256}
#: What has moved by itself, as browsers reckon it; below 0.1 is good (web.dev/articles/cls).
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
SHELVES = (ChartersPage, DirectoryPage, FinderPage, NewsIndexPage, NewsletterPage, QuestionsPage, RegistrationPage, RoutesPage, TeachersPage)  # fmt: skip


@pytest.fixture
def ashlar(live_server: Any, settings: Any, tmp_path: Path) -> Any:
    """A site with a page of each kind."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = live_server.url
    home = make_site("Ashlar", "ashlar", is_national=False)
    make_page(home, "About us")
    shelves = {
        kind: shelve(home, home, kind(title=kind.__name__, slug=kind.__name__.lower(), summary="What stands here."))
        for kind in SHELVES
    }
    charter = make_charter(home.belongs_to, actor=home.lead)
    entered(charter, "Birch College")
    under = shelves[ChartersPage]
    shelve(home, under, CharterPage(title="A charter", slug="charter", summary="Five aims.", charter=charter.pk))
    shelve(home, under, RepresentativesPage(title="Representatives", slug="representatives", summary="What they do."))
    # `news` and `event` look for the one page of news.
    news(home, 1)
    event(home, "Open day", 3)
    make_exhibition(home)
    told = {
        "title": "Meet Ada", "job": "Glassblower", "summary": "Makes what cannot be bought.", "employer": "Ashlar", "place": "Ashdown", "quote": "Heat tells you.",
        "route_in": "Apprenticeship", "fields": ["Chemistry"], "sections": [("What I do", "I blow glass. " * 60)] * 5, "published_at": timezone.now(),
    }  # fmt: skip
    pictures = [ShownPicture(name=f"{n}.jpg", data=drawn(), words=f"Ada at work, {n}") for n in range(3)]
    with within(home.belongs_to, user=home.lead):
        show_story(ShownStory(story=1, version=1, organisation=home.belongs_to, pictures=pictures, **told))
    return home


def addresses_of(home: Any) -> list[str]:
    """Every page that is open, and what the last test says is missing: a kind that no page is of."""
    pages = list(home.get_descendants(inclusive=True).live().specific())
    seen = {type(page) for page in pages}
    assert {kind.__name__ for kind in kinds(SitePage)} - {kind.__name__ for kind in seen} == {"NationalHomePage"}
    return [page.get_url() for page in pages]


def kinds(parent: Any) -> Iterator[Any]:
    for kind in parent.__subclasses__():
        yield from kinds(kind)
        if not kind._meta.abstract and kind is not HomePage:
            yield kind


def test_every_kind_of_page_comes_from_here_alone_without_a_cookie_and_stays_where_it_is(
    open_page: Callable[..., Page], check_page: Any, ashlar: Any, live_server: Any
) -> None:
    page = open_page()
    page.set_default_timeout(60_000)  # Sizes of pictures are made when they are first asked for.
    asked: list[str] = []
    moved: dict[str, float] = {}
    page.on("request", lambda request: asked.append(request.url))
    for address in [*addresses_of(ashlar), f"{SITE}accessibility/", *BESIDE]:
        assert page.goto(address).status == 200, address
        check_page(page)
        if (shift := page.evaluate(SHIFTED)) >= 0.1:
            moved[address] = shift
    assert moved == {}
    here = urlsplit(live_server.url).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {here}
    assert page.context.cookies() == []


def test_every_kind_of_page_is_whole_at_four_hundred_per_cent(open_page: Callable[..., Page], ashlar: Any) -> None:
    page = open_page(viewport=ZOOMED)
    page.set_default_timeout(60_000)
    for address in addresses_of(ashlar):
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} px wider than the window"


def test_a_story_is_light(open_page: Callable[..., Page], ashlar: Any) -> None:
    page = open_page()
    page.set_default_timeout(60_000)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(STORY, wait_until="networkidle")
    weights = {
        answer.url: weight(answer)
        for answer in answers
        if not answer.headers.get("content-type", "").startswith("image/")
    }
    assert 0 < sum(weights.values()) <= MOST, weights


def weight(answer: Response) -> int:
    """What it takes over the wire: servers compress words, fonts are compressed."""
    body = answer.body()
    return len(body if answer.url.endswith(".woff2") else gzip.compress(body))
