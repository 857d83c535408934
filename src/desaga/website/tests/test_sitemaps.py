"""What search engines are told: all that everybody may read, at its true address, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from desaga.placements.tests.factories import make_scheme
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.public.tests.factories import publish as publish_plan
from desaga.tenancy.context import within

from ..reach import reach_everything
from ..sitemaps import PagesSitemap
from .factories import make_page, make_site
from .test_stories import put_up, told

pytestmark = pytest.mark.django_db
LOCATION = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def home(db: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT, settings.SITE_ADDRESS = tmp_path, "https://desaga.example"
    return make_site("Ashlar", "ashlar")


def found(section: str, query: str = "") -> list[str]:
    answer = Client().get(f"/sitemap-{section}.xml{query}")
    assert (answer.status_code, answer.cookies, answer.headers["Cache-Control"]) == (200, {}, "public, max-age=60")
    return [one.text or "" for one in ElementTree.fromstring(answer.content).iterfind(LOCATION)]


def test_pages_that_may_be_seen_are_listed_and_each_opens(home: Any) -> None:
    make_page(home, "Our workshops")
    make_page(home, "Not yet", live=False)
    put_up(home, told(home, 1), told(home, 2, title="Meet Bo", shown_until=timezone.localdate() + timedelta(days=1)))

    addresses = found("pages")

    below = "https://desaga.example/technicians/ashlar/"
    assert {below, f"{below}our-workshops/"} < set(addresses)
    assert [one for one in addresses if "meet-" in one and Client().get(one.removeprefix("https://desaga.example")).status_code == 200] == [one for one in addresses if "meet-" in one]  # fmt: skip
    assert sum("meet-" in one for one in addresses) == 2
    assert not any("not-yet" in one for one in addresses)


def test_a_story_whose_consent_ended_today_and_a_site_that_closed_are_not(home: Any) -> None:
    put_up(home, told(home, 1, shown_until=timezone.localdate()))
    other = make_site("Southmere", "southmere-site")
    make_page(other, "Our workshops")
    with within(other.belongs_to, user=other.lead), reach_everything():
        type(other).objects.get(pk=other.pk).unpublish()

    addresses = found("pages")

    assert [one for one in addresses if "meet-ada" in one or "southmere-site" in one] == []
    assert "https://desaga.example/technicians/ashlar/" in addresses


def test_a_page_whose_people_agreed_until_yesterday_is_not_but_one_that_stays_is(home: Any) -> None:
    today = timezone.localdate()
    for number, until in enumerate((today, today + timedelta(days=1), None)):
        page = make_page(home, f"Workshop {number}")
        with reach_everything():
            type(page).objects.filter(pk=page.pk).update(shown_until=until)
    with reach_everything():
        type(home).objects.filter(pk=home.pk).update(shown_until=today)

    below = "https://desaga.example/technicians/ashlar/"
    assert [one.removeprefix(below) for one in found("pages") if one == below or "workshop" in one] == ["", "workshop-1/", "workshop-2/"]  # fmt: skip


def test_plans_and_schemes_that_are_open_are_listed(home: Any) -> None:
    plan = PlanFactory(organisation=home.belongs_to, title="Technicians count")
    make_action(plan, code="V1", title="Publish profiles", owners=["TSM"])
    copy = publish_plan(plan, words="What we undertake.")
    scheme = make_scheme(home.belongs_to, actor=home.lead)

    assert found("plans") == [f"https://desaga.example{copy.get_absolute_url()}"]
    assert found("schemes") == [f"https://desaga.example/placements/ashlar/{scheme.slug}/"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_sitemap_takes_as_many_questions_however_many_pages(home: Any, query_count: Any, number: int) -> None:
    for one in range(number):
        make_page(home, f"Workshop {one}")
    with query_count(8):
        found("pages")


def test_robots_are_told_where_to_look_and_where_nothing_is_for_them(home: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(PagesSitemap, "limit", 1)
    make_page(home, "Our workshops")

    answer = Client().get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert (answer.headers["Content-Type"], answer.cookies) == ("text/plain; charset=utf-8", {})
    assert {"User-agent: *", "Disallow: /o/", "Disallow: /account/"} <= set(lines)
    listed = [one.removeprefix("Sitemap: https://desaga.example") for one in lines if one.startswith("Sitemap: ")]
    assert {"/sitemap-pages.xml", "/sitemap-pages.xml?p=2", "/sitemap-plans.xml", "/sitemap-schemes.xml"} <= set(listed)
    assert all(Client().get(one).status_code == 200 for one in listed)


@pytest.mark.parametrize("address", ["/sitemap-people.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=odd"])
def test_a_sitemap_that_is_not_there_is_missing(home: Any, address: str) -> None:
    assert Client().get(address).status_code == 404
