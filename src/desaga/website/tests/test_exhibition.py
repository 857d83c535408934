"""An exhibition as everybody walks through it, and what keeps people in it safe."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.tests.factories import given_consent
from desaga.consents.uses import uses_of
from desaga.tenancy.context import within

from ..exhibiting import kinds_in
from ..films import spoken
from ..models import ExhibitPage, Picture, RoomPage, ScenePage
from ..reach import reach_everything
from .exhibitions import CAPTIONS, make_exhibit, make_exhibition, make_film, make_scene
from .factories import make_site

pytestmark = pytest.mark.django_db
HERE = "/technicians/ashlar/exhibition/"


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def room_of(exhibition: Any, number: int = 1) -> RoomPage:
    with reach_everything():
        return RoomPage.objects.child_of(exhibition).order_by("path")[number - 1]


def test_the_front_has_a_plan_of_the_rooms_with_what_is_in_them(ashlar):
    make_exhibition(ashlar)
    page = read(HERE)
    assert [name for name in ("Hall 1", "Hall 2") if name in page] == ["Hall 1", "Hall 2"]
    assert "A photograph and a 360-degree scene" in page


def test_a_room_shows_its_things_in_the_order_that_the_editor_gave(ashlar):
    exhibition = make_exhibition(ashlar, things=2)
    page = read(f"{HERE}hall-1/")
    assert re.findall(r"cards__title\"><a href=\"[^\"]*\">([^<]*)<", page) == [
        "Picture 1 1",
        "Picture 1 2",
        "The workshop",
    ]
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        scene, first = ScenePage.objects.get(), ExhibitPage.objects.get(title="Picture 1 1")
        scene.move(first, pos="left")
    page = read(f"{HERE}hall-1/")
    assert re.findall(r"cards__title\"><a href=\"[^\"]*\">([^<]*)<", page) == [
        "The workshop",
        "Picture 1 1",
        "Picture 1 2",
    ]
    assert exhibition.title in page


def test_one_goes_on_from_thing_to_thing_and_into_the_next_room(ashlar):
    make_exhibition(ashlar, things=2, scene=False)
    first, second = read(f"{HERE}hall-1/picture-1-1/"), read(f"{HERE}hall-1/picture-1-2/")
    assert ('rel="prev"' in first, f'rel="next" href="{HERE}hall-1/picture-1-2/"' in first) == (False, True)
    assert (f'rel="prev" href="{HERE}hall-1/picture-1-1/"' in second, f'rel="next" href="{HERE}hall-2/"' in second) == (
        True,
        True,
    )


def test_every_place_of_a_scene_is_a_point_of_the_list(ashlar):
    make_exhibition(ashlar)
    page = read(f"{HERE}hall-1/the-workshop/")
    spots = re.findall(r'<li class="dsg-spots__one" id="spot-(\d)".*?</li>', page, re.S)
    assert spots == ["1", "2"]
    for words in (
        "Lathe 1",
        "It turns 1.",
        "Lathe 2",
        "It turns 2.",
        f'href="{HERE}hall-1/picture-1-1/"',
        "A workshop all around",
    ):
        assert words in page


def test_the_viewer_is_named_on_scenes_alone_and_by_nobody_else(ashlar):
    make_exhibition(ashlar)
    scene, room = read(f"{HERE}hall-1/the-workshop/"), read(f"{HERE}hall-1/")
    assert ("viewer.js" in scene, "scene.js" in scene, "viewer.js" in room, "scene.js" in room) == (
        True,
        True,
        False,
        False,
    )


def test_a_place_leads_nowhere_once_its_page_is_down(ashlar):
    make_exhibition(ashlar)
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        ExhibitPage.objects.get(title="Picture 1 1").unpublish()
    assert f"{HERE}hall-1/picture-1-1/" not in read(f"{HERE}hall-1/the-workshop/")


def test_a_film_has_captions_and_what_is_said_in_it_as_text(ashlar):
    make_film(ashlar, room_of(make_exhibition(ashlar, scene=False)))
    page = read(f"{HERE}hall-1/the-flame/")
    assert ("<track" in page, "The flame must be blue." in page, "Listen to it." in page) == (True, True, True)
    assert re.search(r"What one sees in the film</h2>\s*<p>A flame turns blue.</p>", page)
    addresses = re.findall(r'(/technicians/films/[^"]*)"', page)
    film = Client().get(addresses[0], headers={"range": "bytes=0-9"})
    assert (film.status_code, len(film.content), film.headers["Content-Range"][:11]) == (206, 10, "bytes 0-9/4")
    captions = Client().get(next(one for one in addresses if one.endswith(".vtt")))
    assert (captions.content, captions.headers["Content-Type"]) == (CAPTIONS, "text/vtt")
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        document = ExhibitPage.objects.get(kind="film").film[0].value["film"]
        ExhibitPage.objects.get(kind="film").unpublish()
    assert (Client().get(addresses[0]).status_code, Client().get(document.url).status_code) == (404, 404)


def test_a_film_is_not_published_without_captions(ashlar):
    from ..exhibits import FilmBlock

    make_film(ashlar, room_of(make_exhibition(ashlar, scene=False)))
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        film = ExhibitPage.objects.get(kind="film").film[0].value["film"]
        block = FilmBlock()
        with pytest.raises(StructBlockValidationError) as refused:
            block.clean(block.to_python({"film": film.pk, "captions": film.pk}))
    assert list(refused.value.block_errors) == ["captions"]


def test_a_scene_is_a_whole_sphere_or_is_refused(ashlar):
    from ..exhibits import PanoramaBlock

    make_exhibition(ashlar)
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        block = PanoramaBlock()
        flat = ExhibitPage.objects.first().picture[0].value["picture"]
        with pytest.raises(StructBlockValidationError) as refused:
            block.clean(block.to_python({"picture": {"image": flat.pk, "alt_text": "Flat", "decorative": False}}))
    assert "twice as wide as high" in str(refused.value.block_errors["picture"])


# ---- People


def portrait(home: Any, exhibition: Any, consent: Any, title: str = "Ada at the bench") -> ExhibitPage:
    return make_exhibit(home, room_of(exhibition), title, people="agreed", consents=[consent.pk])


def test_who_is_shown_is_gone_from_everywhere_when_they_take_it_back(ashlar, django_capture_on_commit_callbacks):
    exhibition = make_exhibition(ashlar)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead)
    page = portrait(ashlar, exhibition, consent)
    address = f"{HERE}hall-1/ada-at-the-bench/"
    shown = read(address)
    picture = re.search(r"/technicians/pictures/[^\" ]*", shown)[0]
    assert Client().get(picture).status_code == 200
    assert "Ada at the bench" in read(f"{HERE}hall-1/")
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        assert [(use.kind, use.title) for use in uses_of(consent)] == [("Exhibition", "Ada at the bench")]
        withdraw_consent(consent=consent)
    assert (Client().get(address).status_code, Client().get(picture).status_code) == (404, 404)
    assert "Ada at the bench" not in read(f"{HERE}hall-1/")
    assert page.shown_until is not None


def test_a_picture_that_was_taken_down_does_not_come_back_where_it_was(
    ashlar, client, django_capture_on_commit_callbacks
):
    """Editors look at it again, and sizes are made of it; none under an address that somebody could know."""
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead)
    portrait(ashlar, make_exhibition(ashlar), consent)
    shown = re.findall(r"/technicians/pictures/images/[^\" ]*", read(f"{HERE}hall-1/ada-at-the-bench/"))
    stem = shown[0].split("/")[-1].split(".")[0]
    with reach_everything():
        former = Picture.objects.get(title="Ada at the bench").file
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    client.force_login(ashlar.editor)
    looked_at = client.get("/editing/images/").content.decode()
    with reach_everything():
        kept = Picture.objects.get(title="Ada at the bench")
        sizes = [one.file.name for one in kept.renditions.all()]
    assert "Ada at the bench" in looked_at
    assert [len(sizes), any(stem in name for name in sizes), stem in kept.file.name] == [1, False, False]
    assert (former.storage.exists(former.name), kept.file.storage.exists(kept.file.name)) == (False, True)
    guessed = [*shown, f"/technicians/pictures/images/{stem}.max-165x165.jpg"]
    assert {Client().get(one).status_code for one in guessed} == {404}


@pytest.mark.parametrize(
    "given", [{"where": ["print"]}, {"what": ["name"]}], ids=["not for the site", "no pictures of them"]
)
def test_nobody_is_shown_on_a_consent_that_does_not_cover_it(ashlar, given):
    exhibition = make_exhibition(ashlar)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, **given)
    portrait(ashlar, exhibition, consent)
    assert Client().get(f"{HERE}hall-1/ada-at-the-bench/").status_code == 404


def test_anothers_consent_covers_nobody_of_ours(ashlar):
    brock = make_site("Brock", "brock")
    consent = given_consent(brock.belongs_to, actor=brock.lead)
    portrait(ashlar, make_exhibition(ashlar), consent)
    assert Client().get(f"{HERE}hall-1/ada-at-the-bench/").status_code == 404


def test_people_without_any_consent_are_not_published(ashlar):
    make_exhibit(ashlar, room_of(make_exhibition(ashlar)), "Somebody", people="agreed", consents=[])
    assert Client().get(f"{HERE}hall-1/somebody/").status_code == 404


def test_an_editor_chooses_among_the_consents_of_their_own_organisation(ashlar, client):
    brock = make_site("Brock", "brock")
    given_consent(ashlar.belongs_to, actor=ashlar.lead, name="Ada Quill")
    given_consent(brock.belongs_to, actor=brock.lead, name="Bo Reed", email="bo@reed.example")
    room = room_of(make_exhibition(ashlar))
    client.force_login(ashlar.editor)
    form = client.get(f"/editing/pages/add/website/exhibitpage/{room.pk}/").content.decode()
    assert ("Ada Quill" in form, "Bo Reed" in form) == (True, False)


# ---- How it is kept small


@pytest.mark.parametrize("number", [1, 3])
def test_a_room_asks_as_often_for_one_thing_as_for_three(ashlar, django_assert_num_queries, number):
    make_exhibition(ashlar, things=number, scene=False)
    client = Client()
    client.get(f"{HERE}hall-1/")
    with django_assert_num_queries(24):
        client.get(f"{HERE}hall-1/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_asks_as_often_for_one_room_as_for_three(ashlar, django_assert_num_queries, number):
    make_exhibition(ashlar, rooms=number, scene=False)
    client = Client()
    client.get(HERE)
    with django_assert_num_queries(24):
        client.get(HERE)


@pytest.mark.parametrize("number", [1, 3])
def test_a_scene_asks_as_often_for_one_place_as_for_three(ashlar, django_assert_num_queries, number):
    make_scene(ashlar, room_of(make_exhibition(ashlar, scene=False)), spots=number)
    client = Client()
    client.get(f"{HERE}hall-1/the-workshop/")
    with django_assert_num_queries(26):
        client.get(f"{HERE}hall-1/the-workshop/")


def test_what_is_in_a_room_is_said_in_words():
    class Thing:
        def __init__(self, kind_words: str) -> None:
            self.kind_words = kind_words

    things = [Thing(kind) for kind in ("Photograph", "Film", "Photograph", "Object")]
    assert kinds_in(things) == "Photographs, a film and an object"
    assert kinds_in([]) == ""


def test_what_captions_say_is_read_without_times_and_marks():
    assert spoken(CAPTIONS.decode()) == ["The flame must be blue.", "Listen to it."]


# ---- The editor


def scene_form(room: Any, **fields: Any) -> dict[str, Any]:
    """What an editor fills in for a scene with one place, which leads to the first thing of the room."""
    with reach_everything():
        sphere = ScenePage.objects.get().panorama[0].value["picture"]
        first = room.get_children().first()
    place = {
        "name": "The press", "words": rich_text("<p>It presses.</p>"), "yaw": fields.pop("yaw", "12.5"), "pitch": fields.pop("pitch", "-4"),
        "picture": {"image": "", "alt_text": "", "decorative": ""}, "leads_to": streamfield([("page", first.pk)]),
    }  # fmt: skip
    told = {
        "title": "The press room", "slug": "the-press-room", "summary": "Stand by the press.", "people": "nobody", "start_yaw": "0", "start_pitch": "0",
        "panorama": streamfield([("panorama", {"picture": {"image": sphere.pk, "alt_text": "A press room all around", "decorative": ""}})]),
        "hotspots": streamfield([("hotspot", place)]), "body": streamfield([]), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    return nested_form_data({**told, **fields})


def test_an_editor_places_what_one_can_press_and_a_lead_publishes_it(ashlar, client):
    room = room_of(make_exhibition(ashlar))
    client.force_login(ashlar.lead)
    made = client.post(f"/editing/pages/add/website/scenepage/{room.pk}/", scene_form(room) | {"action-publish": "1"})
    assert made.status_code == 302, made.context["form"].errors
    page = read(f"{HERE}hall-1/the-press-room/")
    for words in ('data-yaw="12.5"', 'data-pitch="-4.0"', "It presses.", f'href="{HERE}hall-1/picture-1-1/"'):
        assert words in page


@pytest.mark.parametrize("wrong", [{"yaw": "190"}, {"pitch": "-91"}, {"start_yaw": "400"}])
def test_a_place_that_is_not_on_the_sphere_is_refused(ashlar, client, wrong):
    room = room_of(make_exhibition(ashlar))
    client.force_login(ashlar.lead)
    made = client.post(f"/editing/pages/add/website/scenepage/{room.pk}/", scene_form(room, **wrong))
    assert (made.status_code, bool(made.context["form"].errors)) == (200, True)


def test_the_preview_says_the_numbers_of_what_one_looks_at(ashlar, client):
    make_exhibition(ashlar)
    client.force_login(ashlar.editor)
    with reach_everything():
        scene = ScenePage.objects.get()
    preview = client.get(f"/editing/pages/{scene.pk}/view_draft/").content.decode()
    assert "data-scene-at" in preview
    assert "data-scene-at" not in read(f"{HERE}hall-1/the-workshop/")


def test_a_picture_without_a_caption_says_who_made_it_and_no_more(ashlar):
    make_exhibition(ashlar, scene=False)
    assert re.findall(r"<figcaption>(.*?)</figcaption>", read(f"{HERE}hall-1/picture-1-1/")) == [
        ' <span class="dsg-quiet">Drawn for a test</span>'
    ]
