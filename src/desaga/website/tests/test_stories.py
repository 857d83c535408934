"""The copy of a story: put up, found, no longer shown, taken down with all that was kept of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Revision

from desaga.tenancy.context import within

from ..models import Picture, StoryPage
from ..operations.stories import NoSite, ShownFilm, ShownPicture, ShownStory, show_story, take_down
from ..reach import reach_everything
from .factories import make_page, make_site

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


def test_what_a_story_shows_of_technicians_work_stands_on_it_and_finds_it(ashlar):
    first, _ = put_up(
        ashlar, told(ashlar, pillars=["Recognition", "Visibility"]), told(ashlar, 2, pillars=["Sustainability"])
    )
    assert "<dt>Shows</dt><dd>Recognition, Visibility</dd>" in Client().get(first).text
    found = Client().get("/technicians/ashlar/stories/?shows=Recognition").text
    assert ("Meet Ada 1" in found, "Meet Ada 2" in found, "1 story" in found) == (True, False, True)
    assert '<option value="Sustainability">' in found


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


def test_a_story_that_is_shown_anew_is_the_same_page_so_that_what_leads_to_it_still_does(
    ashlar, django_capture_on_commit_callbacks
):
    """After a renewal, for one: its pictures and film are those of today, and the former ones are gone."""
    film = ShownFilm(name="a.mp4", kind="video/mp4", data=b"a", captions="WEBVTT\n", title="At work", shows="A flame.")
    pictures = [ShownPicture(name="ada.jpg", data=drawn(), words="Ada"), ShownPicture(name="b.jpg", data=drawn("red"), is_poster=True)]  # fmt: skip
    (address,) = put_up(ashlar, told(ashlar, pictures=pictures, film=film, name="Ada", quote="Glass forgives nothing."))
    with reach_everything():
        before = StoryPage.objects.get()
        lying = [before.film.name, *(one.file.name for one in Picture.objects.all())]
    door = {"type": "door", "value": {"page": before.pk, "label": "Our glassblower"}}
    make_page(ashlar, "About us", body=[door])
    Client().get(f"{address}card/")
    with django_capture_on_commit_callbacks(execute=True):
        again = put_up(
            ashlar, told(ashlar, version=2, pictures=[ShownPicture(name="c.jpg", data=drawn("blue"), words="A bench")])
        )
    with reach_everything():
        after = StoryPage.objects.get()
        words = (
            after.version,
            after.portrait_words,
            after.pictures,
            after.film.name,
            after.captions,
            after.film_poster,
            after.name,
            after.quote,
        )
        assert Picture.objects.count() == 1
    assert (again, after.pk, after.path) == ([address], before.pk, before.path)
    assert words == (2, "A bench", [], "", "", None, "", "")
    assert [name for name in lying if storages["pictures"].exists(name) or storages["default"].exists(name)] == []
    assert storages["pictures"].listdir(f"cards/{after.pk}")[1] == []
    page = Client().get(address)
    assert (page.status_code, 'alt="A bench"' in page.text, 'alt="Ada"' in page.text) == (200, True, False)
    assert f'href="{address}"' in Client().get("/technicians/ashlar/about-us/").text


def test_a_story_that_says_no_name_any_more_has_another_address_and_what_leads_to_it_follows(ashlar):
    """The former address says the name. Nothing leads from it to the new one."""
    (address,) = put_up(ashlar, told(ashlar, title="Meet Ada Quill"))
    with reach_everything():
        number = StoryPage.objects.get().pk
    make_page(ashlar, "About us", body=[{"type": "door", "value": {"page": number, "label": ""}}])
    (again,) = put_up(ashlar, told(ashlar, title="A glassblower"))
    assert again == "/technicians/ashlar/stories/a-glassblower/"
    assert (Client().get(address).status_code, Client().get(again).status_code) == (404, 200)
    page = Client().get("/technicians/ashlar/about-us/").text
    assert (f'href="{again}"' in page, "Quill" in page) == (True, False)
    with reach_everything():
        assert StoryPage.objects.get().pk == number


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


def test_beside_a_story_stand_people_of_its_own_site_and_beside_a_national_one_those_of_all(ashlar):
    """They agreed to their organisation's site and to the national one, to no other's pages."""
    national = make_site("Campaign", "campaign", is_national=True)
    brock = make_site("Brock", "brock")
    (ours, _), _, (of_campaign,) = (
        put_up(ashlar, told(ashlar, 1), told(ashlar, 2)),
        put_up(brock, told(brock, 3)),
        put_up(national, told(national, 4)),
    )
    beside = Client().get(ours).content.decode()
    assert ["Meet Ada 2" in beside, "Meet Ada 3" in beside, "Meet Ada 4" in beside] == [True, False, False]
    beside = Client().get(of_campaign).content.decode()
    assert ["Meet Ada 1" in beside, "Meet Ada 3" in beside] == [True, True]


def test_on_the_day_a_consent_ends_the_story_is_gone_everywhere(ashlar):
    today = timezone.localdate()
    ended, holding = put_up(
        ashlar, told(ashlar, 1, shown_until=today), told(ashlar, 2, shown_until=today + timedelta(days=1))
    )
    assert Client().get(ended).status_code == 404
    assert Client().get(holding).status_code == 200
    for place in ("/technicians/ashlar/", "/technicians/ashlar/stories/", holding):
        assert "Meet Ada 1" not in Client().get(place).content.decode()


def test_a_story_that_is_taken_down_leaves_nothing(ashlar, django_capture_on_commit_callbacks):
    (address,) = put_up(
        ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn(), words="Ada at her bench")])
    )
    page = Client().get(address).content.decode()
    assert 'alt="Ada at her bench"' in page
    with reach_everything():
        files = [one.file.name for one in Picture.objects.get().renditions.all()]
        original = Picture.objects.get().file
    assert files
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to, user=ashlar.lead):
        take_down(1)
        # What is undone has lost nothing: files go once it is certain.
        assert original.storage.exists(original.name)
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


def test_a_card_is_drawn_once_and_gone_with_the_page(ashlar, monkeypatch, django_capture_on_commit_callbacks):
    (address,) = put_up(ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn(), words="Ada")]))
    first = Client().get(f"{address}card/")
    times: list[Any] = []
    monkeypatch.setattr("desaga.website.kept_cards.drawn", lambda card: times.append(card) or b"")
    again = Client().get(f"{address}card/")
    assert (again.content == first.content, again.headers["Content-Type"], times) == (True, "image/jpeg", [])
    assert again.headers["Cache-Control"] == "public, max-age=60"
    known = Client().get(f"{address}card/", headers={"if-none-match": first.headers["ETag"]})
    assert (known.status_code, known.content, times) == (304, b"", [])
    # What changes it is drawn anew, in its place.
    with reach_everything():
        StoryPage.objects.update(job="Cutler")
        number = StoryPage.objects.get().pk
    assert Client().get(f"{address}card/").headers["ETag"] != first.headers["ETag"]
    kept = storages["pictures"].listdir(f"cards/{number}")[1]
    assert (len(times), len(kept)) == (1, 1)
    assert Client().get(f"/technicians/pictures/cards/{number}/{kept[0]}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to, user=ashlar.lead):
        take_down(1)
    assert storages["pictures"].listdir(f"cards/{number}")[1] == []


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
    assert picture.headers["Cache-Control"] == "public, max-age=60"
    again = Client().get(picture.request["PATH_INFO"], headers={"if-none-match": picture.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "public, max-age=60")
    with reach_everything():
        original = Picture.objects.get().file.name
    assert Client().get(f"/technicians/pictures/{original}").status_code == 404


def test_the_address_of_a_picture_says_no_name_that_nobody_let_out(ashlar):
    """Files are handed in under the names of who is in them."""
    handed_in = ShownPicture(name="Ada-Quill.jpg", data=drawn(), words="Somebody at a bench")
    (address,) = put_up(ashlar, told(ashlar, title="A glassblower", pictures=[handed_in]))
    page = Client().get(address).content.decode()
    assert ("/technicians/pictures/images/" in page, "quill" in page.lower()) == (True, False)
    with reach_everything():
        picture = Picture.objects.get()
    assert (picture.title, "quill" in picture.file.name.lower()) == ("Story 1, picture 1", False)


def test_no_editor_changes_a_picture_that_somebody_approved(ashlar):
    """A story is shown as the person approved it: its pictures too, their file and whose they are."""
    put_up(ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn(), words="Ada", credit="Bo Reed")]))
    with reach_everything():
        picture, page = Picture.objects.get(), StoryPage.objects.get()
    for user in (ashlar.editor, ashlar.lead):
        client = Client()
        client.force_login(user)
        assert picture.title not in client.get("/editing/images/").content.decode()
        assert picture.title not in client.get("/editing/images/chooser/results/").content.decode()
        for deed in ("", "delete/", "preview/width-100/", "generate_url/width-100/"):
            assert client.get(f"/editing/images/{picture.pk}/{deed}").status_code in (403, 404), deed
        swapped = {"title": "Swapped", "credit": "Nobody", "file": ContentFile(drawn("red"), name="other.jpg")}
        assert client.post(f"/editing/images/{picture.pk}/", swapped).status_code == 404
        client.post(f"/editing/bulk/website/picture/delete/?id={picture.pk}", {})
        # What stands around it is still looked at.
        assert client.get(f"/editing/pages/{page.pk}/view_draft/").status_code == 200
        assert client.get(f"/editing/pages/{ashlar.pk}/view_draft/").status_code == 200
    with reach_everything():
        kept = Picture.objects.get()
    assert (kept.credit, kept.file.name) == ("Bo Reed", picture.file.name)


def test_pictures_of_stories_that_were_shown_before_are_put_apart_too(ashlar):
    """What the migration does with those that lie among the editors' own."""
    from importlib import import_module

    from django.apps import apps

    from ..operations.files import keep_picture
    from ..operations.sites import stories_collection_of

    put_up(ashlar, told(ashlar, pictures=[ShownPicture(name="ada.jpg", data=drawn()), ShownPicture(name="oven.jpg", data=drawn("red"))]))  # fmt: skip
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        ours = keep_picture(ashlar.belongs_to, drawn("blue"), "door.jpg", title="The door")
        apart = stories_collection_of(ashlar.belongs_to)
        Picture.objects.update(collection=ours.collection)
        Picture.objects.filter(collection=ours.collection).exclude(pk=ours.pk).update(title="Ada-Quill.jpg")
    import_module("desaga.website.migrations.0008_keep_stories_pictures_apart").move_pictures(apps, None)
    with reach_everything():
        kept = set(Picture.objects.values_list("title", "collection"))
    assert kept == {
        ("The door", ours.collection_id),
        ("Story 1, picture 1", apart.pk),
        ("Story 1, picture 2", apart.pk),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_as_often_for_one_story_as_for_three(ashlar, django_assert_num_queries, number):
    put_up(
        ashlar,
        *(told(ashlar, one, pictures=[ShownPicture(name="a.jpg", data=drawn())]) for one in range(1, number + 1)),
    )
    client = Client()
    client.get("/technicians/ashlar/stories/")
    with django_assert_num_queries(26):
        client.get("/technicians/ashlar/stories/")
