"""A story in Welsh on the site: it and the English one lead to each other, and a list has each person once."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from desaga.consents.operations.answering import withdraw_consent
from desaga.stories.tests.factories import anew, published
from desaga.stories.tests.test_welsh import shown_in_welsh
from desaga.tenancy.context import within
from desaga.ui.languages import WELSH

from .. import careers, queries
from ..cards import Letters, font_of
from ..operations.stories import ShownFilm, ShownPicture, take_down
from ..reach import reach_everything
from .factories import make_site
from .test_stories import drawn, put_up, told

pytestmark = pytest.mark.django_db
PAGE_ASKS = 27
LIST = "/technicians/ashlar/stories/"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nDyma sut mae chwythu gwydr.\n"


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def welsh(home: Any, number: int = 11, says: int | None = 1, **fields: Any) -> Any:
    sections = [("Beth rydw i’n ei wneud", "Rydw i’n chwythu gwydr.")]
    plain = {
        "title": f"Dyma Ada {number}",
        "summary": "Mae hi’n chwythu gwydr.",
        "job": "Chwythwr gwydr",
        "sections": sections,
    }
    return told(home, number, language=WELSH, says=says, **(plain | fields))  # fmt: skip


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return str(answer.text)


def people_on(page: str) -> list[str]:
    return re.findall(r'cards__title"><a href="[^"]*">([^<]*)<', page)


def test_each_of_the_two_leads_to_the_other(ashlar):
    english, cymraeg = put_up(ashlar, told(ashlar, 1), welsh(ashlar))
    first, second = read(english), read(cymraeg)
    assert ('<html lang="en-GB">' in first, '<html lang="cy">' in second) == (True, True)
    assert [re.findall(r'<meta property="og:locale" content="(\w+)">', one) for one in (first, second)] == [
        ["en_GB"],
        ["cy_GB"],
    ]
    alternates = [re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="[^"]*?(/technicians[^"]*)">', one) for one in (first, second)]  # fmt: skip
    assert alternates == [[("en-GB", english), ("cy", cymraeg)]] * 2
    assert f'{cymraeg}" lang="cy" hreflang="cy" rel="alternate">Cymraeg</a>' in first
    assert f'{english}" lang="en-GB" hreflang="en-GB" rel="alternate">English</a>' in second


def test_what_stands_beside_it_is_in_welsh_and_what_stays_english_says_so(ashlar):
    fields = {
        "fields": ["Chemistry", "Physics"],
        "pillars": ["Recognition"],
        "registration": "RSciTech",
        "place": "Bangor",
    }
    _, cymraeg, _ = put_up(ashlar, told(ashlar, 1), welsh(ashlar, **fields), told(ashlar, 2))  # fmt: skip
    page = read(cymraeg)
    for words in (
        '<dt>Y ffordd i mewn</dt><dd lang="en-GB">Apprenticeship</dd>',
        "<dt>Cofrestriad proffesiynol</dt><dd>RSciTech</dd>",
        "<dt>Lle</dt><dd>Bangor</dd>",
        '<dt>Meysydd</dt><dd lang="en-GB">Chemistry, Physics</dd>',
        '<dt>Yn dangos</dt><dd lang="en-GB">Recognition</dd>',
        'aria-label="Ffeithiau"',
        "Dyma un arall</h2>",
        '<div class="dsg-cards__words" lang="en-GB">',
    ):
        assert words in page
    languages = [one.get("inLanguage") for one in map(json.loads, re.findall(r'ld\+json">(.*?)</script>', page, re.S))]
    assert [one for one in languages if one] == ["cy"]
    # She is not met again beside herself.
    assert people_on(page) == ["Meet Ada 2"]


def test_captions_of_a_film_are_in_the_language_of_the_story(ashlar):
    film = ShownFilm(
        name="a.mp4", kind="video/mp4", data=b"film", captions=CAPTIONS, title="Gwydr", shows="Gwydr poeth."
    )
    (cymraeg,) = put_up(ashlar, welsh(ashlar, says=None, film=film))
    page = read(cymraeg)
    assert 'srclang="cy" label="Cymraeg"' in page
    assert ("Beth sydd i’w weld yn y ffilm" in page, "Beth sy’n cael ei ddweud yn y ffilm" in page) == (True, True)
    (english,) = put_up(ashlar, told(ashlar, 2, film=film))
    assert 'srclang="en" label="English"' in read(english)


def test_a_list_has_one_person_once(ashlar):
    national = make_site("Campaign", "campaign", is_national=True)
    put_up(ashlar, told(ashlar, 1), welsh(ashlar), welsh(ashlar, 12, says=None, fields=["Physics"]), told(ashlar, 3))
    there = ["Meet Ada 3", "Dyma Ada 12", "Meet Ada 1"]
    for place in (LIST, "/technicians/ashlar/", "/technicians/stories/"):
        assert people_on(read(place)) == there, place
    page = read(LIST)
    assert page.count('<div class="dsg-cards__words" lang="cy">') == 1
    assert "3 stories" in page
    with reach_everything():
        assert [one.title for one in careers.stories_for(national, ways=["apprenticeship"])] == there


def test_beside_an_english_one_she_is_not_met_in_welsh(ashlar):
    english, _, _ = put_up(ashlar, told(ashlar, 1), welsh(ashlar), told(ashlar, 2))
    assert people_on(read(english)) == ["Meet Ada 2"]


@pytest.mark.parametrize("why", ["taken down", "ended"])
def test_a_welsh_one_whose_english_one_is_not_shown_is_listed_and_leads_nowhere(ashlar, why):
    today = timezone.localdate()
    _, cymraeg = put_up(ashlar, told(ashlar, 1, shown_until=today if why == "ended" else None), welsh(ashlar))
    if why == "taken down":
        with within(ashlar.belongs_to, user=ashlar.lead):
            take_down(1)
    assert people_on(read(LIST)) == ["Dyma Ada 11"]
    assert 'rel="alternate"' not in read(cymraeg)


def test_an_english_one_leads_to_no_welsh_one_that_ended(ashlar):
    english, _ = put_up(ashlar, told(ashlar, 1), welsh(ashlar, shown_until=timezone.localdate()))
    assert "Cymraeg" not in read(english)


def test_search_engines_are_told_of_both(ashlar):
    english, cymraeg = put_up(
        ashlar, told(ashlar, 1), welsh(ashlar, shown_until=timezone.localdate() + timedelta(days=1))
    )
    sitemap = Client().get("/sitemap-pages.xml").text
    assert (f"{english}<" in sitemap, f"{cymraeg}<" in sitemap) == (True, True)


def test_from_the_workspace_to_the_page_and_both_gone_with_the_consent(ashlar):
    story = published(ashlar.belongs_to, actor=ashlar.lead)
    cymraeg = shown_in_welsh(story, ashlar.lead)
    page = read(cymraeg.address)
    assert cymraeg.address == f"{LIST}dyma-ada-quill/"
    for words in ("Beth rydw i’n ei wneud", "Rydw i’n chwythu gwydr.", 'alt="Ada wrth y fainc"', "English</a>"):
        assert words in page
    with within(ashlar.belongs_to):
        withdraw_consent(consent=anew(story).consent)
    assert [Client().get(one.address).status_code for one in (story, cymraeg)] == [404, 404]
    assert people_on(read(LIST)) == []


def test_it_has_a_card(ashlar):
    (cymraeg,) = put_up(ashlar, welsh(ashlar, title="Dyma Siôn Gŵyn", says=None))
    card = Client().get(f"{cymraeg}card/")
    assert (card.status_code, card.headers["Content-Type"]) == (200, "image/jpeg")


def test_letters_of_welsh_are_drawn_from_the_file_that_has_them():
    plain, further = (font_of(f"serif-{name}.woff2", 20, 600) for name in ("latin", "latin-ext"))
    runs = Letters(plain, further).runs("Siôn Gŵyn")
    assert runs == [(plain, "Siôn G"), (further, "ŵ"), (plain, "yn")]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_and_a_page_ask_as_often_for_one_as_for_three(ashlar, django_assert_num_queries, number):
    picture = [ShownPicture(name="a.jpg", data=drawn())]
    addresses = put_up(
        ashlar,
        *(told(ashlar, one, pictures=picture) for one in range(1, number + 1)),
        *(welsh(ashlar, 10 + one, says=one, pictures=picture) for one in range(1, number + 1)),
    )
    client = Client()
    for address, queries_asked in ((LIST, 26), (addresses[0], PAGE_ASKS), (addresses[-1], PAGE_ASKS)):
        client.get(address)
        with django_assert_num_queries(queries_asked):
            client.get(address)


def test_what_is_listed_starts_from_what_is_shown(ashlar):
    put_up(ashlar, told(ashlar, 1, shown_until=timezone.localdate()))
    from ..models import StoryPage

    with reach_everything():
        assert (StoryPage.objects.count(), queries.listed(StoryPage.objects.all()).count()) == (1, 0)


def test_a_newsletter_can_carry_it(ashlar):
    from ..offering import OnSite

    story = published(ashlar.belongs_to, actor=ashlar.lead, where=["site", "newsletter"])
    cymraeg = shown_in_welsh(story, ashlar.lead)
    with within(ashlar.belongs_to, user=ashlar.lead):
        pieces = OnSite().pieces(ashlar.belongs_to, [f"story:{cymraeg.pk}"])
        offered = OnSite().offered(ashlar.belongs_to)
    assert [one.title for one in pieces] == ["Dyma Ada Quill"]
    assert sorted(one.title for one in offered) == ["Dyma Ada Quill", "Meet Ada Quill"]
