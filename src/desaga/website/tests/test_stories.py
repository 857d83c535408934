"""The copy of a story: put up, found, no longer shown, taken down with all that was kept of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Revision

from desaga.tenancy.context import within

from ..models import Picture, StoryPage
from ..operations.stories import NoSite, ShownPicture, ShownStory, show_story, take_down
from ..reach import reach_everything
from .factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def drawn(colour: str = "teal") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(held, "JPEG")
    return held.getvalue()


def told(home: Any, number: int = 1, **fields: Any) -> ShownStory:
    return ShownStory(
        **{
            "story": number, "version": 1, "organisation": home.belongs_to, "title": f"Meet Ada {number}", "job": "Glassblower",
            "summary": "Makes what cannot be bought.", "published_at": timezone.now(), "employer": "Ashlar", "route_in": "Apprenticeship",
            "fields": ["Chemistry"], "sections": [("What I do", "I blow glass.")], **fields,
        }
    )  # fmt: skip


def put_up(home: Any, *stories: ShownStory) -> list[str]:
    with within(home.belongs_to, user=home.lead):
        return [show_story(one) for one in stories]


def test_a_story_is_read_by_anybody_at_its_own_address(ashlar):
    (address,) = put_up(ashlar, told(ashlar))
    page = Client().get(address).content.decode()
    assert address == "/technicians/ashlar/stories/meet-ada-1/"
    assert "I blow glass." in page
    assert "Apprenticeship" in page


def test_a_newer_version_stands_in_the_place_of_the_older(ashlar):
    first = put_up(ashlar, told(ashlar))
    second = put_up(ashlar, told(ashlar, version=2, sections=[("What I do", "I teach it.")]))
    assert first == second
    page = Client().get(second[0]).content.decode()
    assert ("I blow glass." in page, "I teach it." in page) == (False, True)


def test_two_of_one_name_have_addresses_of_their_own(ashlar):
    assert put_up(ashlar, told(ashlar, 1, title="Meet Ada"), told(ashlar, 2, title="Meet Ada")) == [
        "/technicians/ashlar/stories/meet-ada/",
        "/technicians/ashlar/stories/meet-ada-2/",
    ]


def test_without_a_site_nothing_is_shown(ashlar):
    from desaga.organisations.tests.factories import peopled_organisation

    other = peopled_organisation("Brock", "brock")
    story = told(ashlar)
    with within(other), pytest.raises(NoSite):
        show_story(ShownStory(**{**vars(story), "organisation": other}))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 2, 3]),
        ("?q=glass", [1, 3]),
        ("?q=glass+teach", []),
        ("?field=Physics", [2]),
        ("?route=Degree", [2]),
        ("?place=Leeds", [3]),
        ("?employer=Ashlar&route=Apprenticeship", [1, 3]),
        ("?field=Chemistry&place=Leeds", [3]),
        ("?nonsense=1", [1, 2, 3]),
    ],
)
def test_stories_are_found_by_words_field_route_place_and_employer(ashlar, asked, found):
    put_up(
        ashlar,
        told(ashlar, 1),
        told(ashlar, 2, job="Cryogenics specialist", fields=["Physics"], route_in="Degree"),
        told(ashlar, 3, place="Leeds"),
    )
    page = Client().get(f"/technicians/ashlar/stories/{asked}").content.decode()
    assert [number for number in (1, 2, 3) if f"Meet Ada {number}<" in page] == found


def test_the_national_list_has_the_stories_of_all(ashlar):
    national = make_site("Campaign", "campaign", is_national=True)
    brock = make_site("Brock", "brock")
    put_up(ashlar, told(ashlar, 1))
    put_up(brock, told(brock, 2))
    assert "Meet Ada 2" not in Client().get("/technicians/ashlar/stories/").content.decode()
    page = Client().get("/technicians/stories/").content.decode()
    assert ("Meet Ada 1" in page, "Meet Ada 2" in page, national.title in page) == (True, True, True)


def test_on_the_day_a_consent_ends_the_story_is_gone_everywhere(ashlar):
    today = timezone.localdate()
    ended, holding = put_up(
        ashlar, told(ashlar, 1, shown_until=today), told(ashlar, 2, shown_until=today + timedelta(days=1))
    )
    assert Client().get(ended).status_code == 404
    assert Client().get(holding).status_code == 200
    for place in ("/technicians/ashlar/", "/technicians/ashlar/stories/", holding):
        assert "Meet Ada 1" not in Client().get(place).content.decode()


def test_a_story_that_is_taken_down_leaves_nothing(ashlar):
    (address,) = put_up(
        ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn(), words="Ada at her bench")])
    )
    page = Client().get(address).content.decode()
    assert 'alt="Ada at her bench"' in page
    with reach_everything():
        files = [one.file.name for one in Picture.objects.get().renditions.all()]
        original = Picture.objects.get().file
    assert files
    with within(ashlar.belongs_to, user=ashlar.lead):
        take_down(1)
    assert Client().get(address).status_code == 404
    with reach_everything():
        kept = [
            StoryPage.objects.count(),
            Picture.objects.count(),
            Revision.objects.filter(object_str__contains="Ada").count(),
        ]
    assert kept == [0, 0, 0]
    assert [name for name in files if storages["pictures"].exists(name)] == []
    assert not original.storage.exists(original.name)


def test_every_picture_that_was_approved_is_shown_with_its_words(ashlar):
    shown = [ShownPicture(name="ada.jpg", data=drawn(), words="Ada"), ShownPicture(name="oven.jpg", data=drawn("red"), words="The oven", caption="At 900 degrees")]  # fmt: skip
    (address,) = put_up(ashlar, told(ashlar, pictures=shown))
    page = Client().get(address).content.decode()
    assert ('alt="Ada"' in page, 'alt="The oven"' in page, "At 900 degrees" in page) == (True, True, True)


def test_pictures_of_a_page_are_kept_by_whoever_stands_between_but_originals_are_not_given_out(ashlar):
    (address,) = put_up(ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn(), words="Ada")]))
    page = Client().get(address).content.decode()
    start = page.index("/technicians/pictures/images/")
    picture = Client().get(page[start : page.index('"', start)].split(" ")[0])
    assert picture.status_code == 200
    assert picture.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Client().get("/technicians/pictures/original_images/ada.jpg").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_as_often_for_one_story_as_for_three(ashlar, django_assert_num_queries, number):
    put_up(
        ashlar,
        *(told(ashlar, one, pictures=[ShownPicture(name="a.jpg", data=drawn())]) for one in range(1, number + 1)),
    )
    client = Client()
    client.get("/technicians/ashlar/stories/")
    with django_assert_num_queries(18):
        client.get("/technicians/ashlar/stories/")
