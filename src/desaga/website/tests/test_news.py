"""News and events: what comes and what was, page by page; for feed readers and for calendars."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from lxml import etree

from desaga.tenancy.context import within

from ..calendars import in_words
from ..models import EventPage, NewsIndexPage, NewsPage
from ..reach import reach_everything
from .factories import make_site

pytestmark = pytest.mark.django_db
NEWS = "/technicians/ashlar/news/"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
LONDON = timezone.get_default_timezone()


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    home = make_site("Ashlar", "ashlar")
    shelve(home, home, NewsIndexPage(title="News", slug="news", summary="What is new."))
    return home


def shelve(home: Any, under: Any, page: Any) -> Any:
    with within(home.belongs_to, user=home.lead), reach_everything():
        under.add_child(instance=page)
        page.save_revision(user=home.editor).publish()
        page.refresh_from_db()
    return page


def shelf() -> NewsIndexPage:
    with reach_everything():
        return NewsIndexPage.objects.get()


def news(home: Any, number: int = 1, **fields: Any) -> NewsPage:
    told = {
        "title": f"News {number}",
        "slug": f"news-{number}",
        "summary": "A & B < C.",
        "dated": date(2026, 3, number),
    } | fields
    return shelve(home, shelf(), NewsPage(**told))


def event(home: Any, name: str, in_days: int, **fields: Any) -> EventPage:
    begins = timezone.now().replace(microsecond=0) + timedelta(days=in_days)
    told = {"title": name, "slug": name.lower().replace(" ", "-"), "summary": "Come and see.", "starts_at": begins,
            "ends_at": begins + timedelta(hours=2), "place": "The workshop, Ashlar Bay"} | fields  # fmt: skip
    return shelve(home, shelf(), EventPage(**told))


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    return answer.content.decode()


def test_news_and_what_comes_stand_on_the_page_and_on_the_front(ashlar):
    news(ashlar, 1)
    news(ashlar, 2)
    event(ashlar, "Open day", 3)
    event(ashlar, "Long ago", -30)
    page = read(NEWS)
    assert [name in page for name in ("News 1", "Open day", "Long ago")] == [True, True, False]
    assert page.index("News 2") < page.index("News 1")
    front = read("/technicians/ashlar/")
    assert [name in front for name in ("News 1", "Open day", "Long ago")] == [True, True, False]


def test_events_are_sorted_into_those_that_come_and_those_that_were(ashlar):
    for name, days in (("Later", 9), ("Sooner", 2), ("Just now", 0), ("Before", -2), ("Long before", -9)):
        event(ashlar, name, days)
    coming, past = read(f"{NEWS}?show=events"), read(f"{NEWS}?show=past")
    order = re.findall(r'<h3 class="dsg-news__title"><a [^>]*>([^<]+)', coming)
    assert order == ["Just now", "Sooner", "Later"]
    assert re.findall(r'<h3 class="dsg-news__title"><a [^>]*>([^<]+)', past) == ["Before", "Long before"]


def test_news_are_paged(ashlar):
    for number in range(1, 15):
        news(ashlar, number)
    first, second = read(NEWS), read(f"{NEWS}?page=2")
    assert (first.count("dsg-news__day"), second.count("dsg-news__day")) == (12, 2)
    assert "Page 1 of 2" in first


def test_an_event_that_is_over_says_so_and_is_joined_no_more(ashlar):
    event(ashlar, "Webinar", -2, place="", online_at="https://meet.example/1")
    event(ashlar, "Next webinar", 2, place="", online_at="https://meet.example/2")
    over, coming = read(f"{NEWS}webinar/"), read(f"{NEWS}next-webinar/")
    assert ("This has taken place" in over, "meet.example" in re.sub(r"<script.*?</script>", "", over)) == (True, False)
    assert ('href="https://meet.example/2"' in coming, "Online" in coming) == (True, True)


@pytest.mark.parametrize("hours", [0, -1])
def test_an_event_ends_after_it_begins(ashlar, hours):
    begins = timezone.now()
    page = EventPage(
        title="Wrong", slug="wrong", summary="x", starts_at=begins, ends_at=begins + timedelta(hours=hours)
    )
    with pytest.raises(ValidationError):
        page.clean()


def test_an_event_is_somewhere(ashlar):
    begins = timezone.now()
    page = EventPage(title="Where", slug="where", summary="x", starts_at=begins, ends_at=begins + timedelta(hours=1))
    with pytest.raises(ValidationError, match="Say where it is"):
        page.clean()
    page.online_at = "https://meet.example/1"
    page.clean()


def test_the_atom_feed_is_what_rfc_4287_asks(ashlar):
    news(ashlar, 1)
    event(ashlar, "Open day", 3)
    answer = Client().get(f"{NEWS}atom/")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for holder in (feed, *feed.findall(f"{ATOM}entry")):
        # 4.1.1 and 4.1.2: exactly one id, title and updated; an id is an IRI, a date is RFC 3339's.
        for name in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{name}")) == 1
        assert holder.findtext(f"{ATOM}id").startswith("http")
        assert RFC_3339.match(holder.findtext(f"{ATOM}updated"))
        links = [(one.get("rel", "alternate"), one.get("href")) for one in holder.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert ("self", f"{feed.findtext(f'{ATOM}id')}atom/") in [
        (one.get("rel"), one.get("href")) for one in feed.findall(f"{ATOM}link")
    ]
    # 4.1.1: an author of the feed, since its entries have none.
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ashlar"
    ids = [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]
    assert (len(ids), len(set(ids))) == (2, 2)
    summaries = {one.findtext(f"{ATOM}title"): one.findtext(f"{ATOM}summary") for one in feed.findall(f"{ATOM}entry")}
    assert summaries["News 1"] == "A & B < C."
    assert summaries["Open day"].endswith("The workshop, Ashlar Bay. Come and see.")


def test_the_rss_feed_is_what_rss_2_asks(ashlar):
    from email.utils import parsedate_to_datetime

    news(ashlar, 1)
    answer = Client().get(f"{NEWS}rss/")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    rss = etree.fromstring(answer.content)
    assert (rss.tag, rss.get("version"), len(rss.findall("channel"))) == ("rss", "2.0", 1)
    channel = rss.find("channel")
    assert [bool(channel.findtext(name)) for name in ("title", "link", "description", "lastBuildDate")] == [True] * 4
    (item,) = channel.findall("item")
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == date(2026, 3, 1)
    assert (item.find("guid").get("isPermaLink", "true"), item.findtext("guid")) == ("true", item.findtext("link"))
    assert channel.find(f"{ATOM}link").get("rel") == "self"


def test_a_calendar_program_reads_one_event_and_all(ashlar):
    one = event(ashlar, "Open day, with tea; and cake", 3, slug="open-day")
    event(ashlar, "Last month", -30)
    event(ashlar, "Years ago", -800)
    answer = Client().get(f"{NEWS}open-day/calendar/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="open-day.ics"'
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in answer.content
    # RFC 5546 asks for an organiser where there is a method: this is a feed, and none is invited.
    assert b"METHOD" not in answer.content
    (read_event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(read_event["SUMMARY"]) == "Open day, with tea; and cake"
    assert (read_event["DTSTART"].dt, read_event["DTEND"].dt) == (one.starts_at, one.ends_at)
    assert str(read_event["LOCATION"]) == "The workshop, Ashlar Bay"
    assert str(read_event["UID"]).startswith(f"event-{one.pk}@")
    calendar = Calendar.from_ical(Client().get(f"{NEWS}calendar/").content)
    assert [str(found["SUMMARY"])[:4] for found in calendar.walk("VEVENT")] == ["Last", "Open"]
    assert calendar.errors == []


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (
            datetime(2026, 7, 4, 10, tzinfo=LONDON),
            datetime(2026, 7, 4, 16, 30, tzinfo=LONDON),
            "4 July 2026, 10:00 to 16:30",
        ),
        (
            datetime(2026, 7, 4, 10, tzinfo=LONDON),
            datetime(2026, 7, 6, 9, tzinfo=LONDON),
            "4 July 2026, 10:00 to 6 July 2026, 09:00",
        ),
    ],
)
def test_when_it_is_in_words(begins, ends, words):
    assert in_words(begins, ends) == words


def test_pages_tell_programs_what_they_are_about(ashlar):
    event(ashlar, "Open day", 3)
    page = read(f"{NEWS}open-day/")
    told = [
        json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    ]
    assert [one["@type"] for one in told] == ["BreadcrumbList", "Event"]
    assert told[1]["location"] == [
        {"@type": "Place", "name": "The workshop, Ashlar Bay", "address": "The workshop, Ashlar Bay"}
    ]
    assert [step["name"] for step in told[0]["itemListElement"]] == ["Technicians at Ashlar", "News", "Open day"]


def test_nothing_in_a_title_ends_the_block_early(ashlar):
    news(ashlar, 1, title="</script><b>Bold</b> & co")
    page = read(f"{NEWS}news-1/")
    assert "<b>Bold" not in page
    told = [
        json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    ]
    assert told[-1]["headline"] == "</script><b>Bold</b> & co"


def test_a_page_has_a_card_of_its_own(ashlar):
    import io

    from PIL import Image

    news(ashlar, 1)
    page = read(f"{NEWS}news-1/")
    address = re.search(r'og:image" content="([^"]+)"', page).group(1)
    answer = Client().get(address[address.index("/technicians/") :])
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.size, answer.headers["Content-Type"]) == ((1200, 630), "image/jpeg")


def test_a_draft_is_in_no_list_no_feed_and_no_calendar(ashlar):
    page = event(ashlar, "Hidden day", 3)
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        page.unpublish()
    found = [
        read(address) for address in (NEWS, f"{NEWS}?show=events", f"{NEWS}atom/", f"{NEWS}rss/", f"{NEWS}calendar/")
    ]
    assert ["Hidden" in one for one in found] == [False] * 5
    assert Client().get(f"{NEWS}hidden-day/card/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(NEWS, 21), (f"{NEWS}atom/", 16)])
def test_it_is_asked_as_often_for_three_as_for_one(ashlar, django_assert_num_queries, number, address, queries):
    for one in range(1, number + 1):
        news(ashlar, one)
        event(ashlar, f"Day {one}", one)
    client = Client()
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_an_editor_writes_news_and_an_event_with_the_browsers_own_pickers(ashlar, client_of):
    client, index = client_of(ashlar.editor), shelf()
    blank = {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "body-count": "0",
        "picture-count": "0",
        "summary": "In short.",
    }
    for kind, told in (
        ("newspage", {"title": "Helium", "slug": "helium", "dated": "2026-03-01"}),
        ("eventpage", {"title": "Open day", "slug": "open-day", "starts_at": "2027-07-04T10:00", "ends_at": "2027-07-04T16:00", "place": "Here"}),
    ):  # fmt: skip
        address = f"/editing/pages/add/website/{kind}/{index.pk}/"
        assert "initDate" not in client.get(address).text
        made = client.post(address, blank | told)
        assert made.status_code == 302, made.context["form"].errors
    with reach_everything():
        assert EventPage.objects.get().when == "4 July 2027, 10:00 to 16:00"
        assert NewsPage.objects.get().dated == date(2026, 3, 1)
    wrong = client.post(f"/editing/pages/add/website/eventpage/{index.pk}/", blank | {"title": "x", "slug": "x", "starts_at": "2027-07-04T10:00", "ends_at": "2027-07-04T09:00"})  # fmt: skip
    assert "It ends after it begins" in wrong.text
