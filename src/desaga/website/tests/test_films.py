"""A film on a story's page: with its captions, in parts, gone with the story."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from desaga.tenancy.context import within

from ..films import answer_of
from ..models import StoryPage
from ..operations.stories import ShownFilm, ShownPicture, take_down
from ..reach import reach_everything
from ..structured import ORGANISATION
from .test_stories import ashlar, drawn, put_up, told

__all__ = ["ashlar"]
FILM = ShownFilm(name="ada-quill.mp4", kind="video/mp4", data=bytes(range(100)), captions="WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", title="At work")  # fmt: skip


@pytest.mark.django_db
def test_a_film_is_shown_with_its_captions_and_goes_with_the_story(ashlar, django_capture_on_commit_callbacks):
    (address,) = put_up(ashlar, told(ashlar, film=FILM))
    page = Client().get(address)
    assert f'src="{address}film/"' in page.text
    assert '<track kind="captions"' in page.text
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    film, captions = Client().get(f"{address}film/"), Client().get(f"{address}captions/")
    assert (film.content, film.headers["Content-Type"], film.headers["Cache-Control"]) == (
        FILM.data,
        "video/mp4",
        "public, max-age=60",
    )
    assert (captions.text, captions.headers["Content-Type"]) == (FILM.captions, "text/vtt; charset=utf-8")
    with reach_everything():
        name = StoryPage.objects.get().film.name
    assert "quill" not in name
    assert Client().get(f"/technicians/pictures/{name}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to, user=ashlar.lead):
        take_down(1)
    assert Client().get(f"{address}film/").status_code == 404
    assert not storages["pictures"].exists(name)


@pytest.mark.django_db
def test_what_is_said_and_seen_in_a_film_is_read_below_it_and_a_picture_stands_before_it(ashlar):
    film = ShownFilm(
        name="f.mp4",
        kind="video/mp4",
        data=b"f",
        captions=FILM.captions,
        title="At work",
        shows="Ada turns a tube in the flame.",
    )
    pictures = [
        ShownPicture(name="a.jpg", data=drawn("red"), words="Ada"),
        ShownPicture(name="b.jpg", data=drawn("blue"), words="The flame", is_poster=True),
    ]
    (address,) = put_up(ashlar, told(ashlar, pictures=pictures, film=film))
    page = Client().get(address).text
    said = re.findall(r"<h2 id=\"(seen|said)-title\">.*?</h2>\s*<p>(.*?)</p>", page)
    assert said == [("seen", "Ada turns a tube in the flame."), ("said", "Hello")]
    assert "00:01.000" not in page
    poster = re.search(r'<video[^>]* poster="([^"]+)"', page).group(1)
    seen = Image.open(io.BytesIO(Client().get(poster).content)).convert("RGB").getpixel((10, 10))
    assert seen[2] > 200 > 60 > seen[0]
    with within(ashlar.belongs_to, user=ashlar.lead):
        take_down(1)
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_a_story_without_a_film_has_none(ashlar):
    (address,) = put_up(ashlar, told(ashlar))
    assert "<video" not in Client().get(address).text
    assert Client().get(f"{address}film/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content", "told_range"),
    [
        ("", 200, bytes(range(100)), None),
        ("bytes=0-9", 206, bytes(range(10)), "bytes 0-9/100"),
        ("bytes=90-", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=95-500", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=9-5", 416, b"", "bytes */100"),
        ("bytes=-", 200, bytes(range(100)), None),
        ("bytes=0-1,5-6", 200, bytes(range(100)), None),
        ("pages=1-2", 200, bytes(range(100)), None),
    ],
)
def test_a_part_of_a_film_is_what_was_asked(asked, status, content, told_range):
    answer = answer_of(ContentFile(FILM.data, name="a.mp4"), "video/mp4", asked)
    assert (answer.status_code, answer.content, answer.headers.get("Content-Range")) == (status, content, told_range)


@pytest.mark.django_db
def test_a_story_tells_programs_of_itself_and_its_card_has_the_portrait(ashlar):
    (address,) = put_up(
        ashlar,
        told(ashlar, name="Ada", pictures=[ShownPicture(name="a.jpg", data=drawn("red"), words="Ada")], film=FILM),
    )
    page = Client().get(address).text
    blocks = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]
    article = next(one for one in blocks if one["@type"] == "Article")
    assert article["about"] == {
        "@type": "Person",
        "name": "Ada",
        "jobTitle": "Glassblower",
        "worksFor": {"@type": ORGANISATION, "name": "Ashlar"},
    }
    assert article["video"]["contentUrl"].endswith(f"{address}film/")
    with Image.open(io.BytesIO(Client().get(f"{address}card/").content)) as image:
        red, green, blue = image.convert("RGB").getpixel((1000, 300))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


@pytest.mark.django_db
def test_who_did_not_let_their_name_out_is_not_named_to_programs(ashlar):
    (address,) = put_up(ashlar, told(ashlar, name="", employer=""))
    assert '"Person"' not in Client().get(address).text
