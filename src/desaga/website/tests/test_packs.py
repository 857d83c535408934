"""The pack for schools and the catalogue: made by the worker, opened from a folder, without whoever did not agree, gone when somebody takes it back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.operations.asking import renew_consent
from desaga.consents.tests.factories import give_consent, given_consent, in_days
from desaga.consents.uses import uses_of
from desaga.documents.tests.pdf_checks import failures_of
from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.tenancy.context import within

from .. import queries
from ..models import Download, SchoolPack, StoryPage
from ..operations.sites import collection_of
from ..packing.making import is_behind, make
from ..reach import reach_everything
from .exhibitions import make_exhibit, make_exhibition, make_film, make_scene, shown
from .factories import make_site
from .test_exhibition import room_of
from .test_stories import put_up, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def made(home: Any, exhibition: Any) -> SchoolPack:
    make(organisation=home.belongs_to, actor=home.lead, exhibition_id=exhibition.pk, now=timezone.now())
    return kept(exhibition)


def kept(exhibition: Any) -> SchoolPack:
    with reach_everything():
        return SchoolPack.objects.select_related("pack", "catalogue").get(exhibition_id=exhibition.pk)


def status_of(file: Any) -> int:
    """What whoever asks for a file is answered, read to its end."""
    answer = Client().get(file.url)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def unpacked(pack: SchoolPack) -> dict[str, bytes]:
    with reach_everything(), pack.pack.file.open() as file, zipfile.ZipFile(io.BytesIO(file.read())) as held:
        return {name.removeprefix("exhibition/"): held.read(name) for name in held.namelist()}


def printed(pack: SchoolPack) -> bytes:
    with reach_everything(), pack.catalogue.file.open() as file:
        return bytes(file.read())


def test_a_pack_has_every_page_and_needs_nothing_outside_itself(ashlar):
    exhibition = make_exhibition(ashlar)
    make_film(ashlar, room_of(exhibition))
    files = unpacked(made(ashlar, exhibition))
    pages = sorted(name for name in files if name.endswith(".html"))
    assert pages == [
        "index.html", "room-1-1-picture-1-1.html", "room-1-2-the-workshop.html", "room-1-3-the-flame.html", "room-1-hall-1.html",
        "room-2-1-picture-2-1.html", "room-2-hall-2.html",
    ]  # fmt: skip
    for name in pages:
        text = files[name].decode()
        needed = re.findall(r'<(?:img|script|source|link|video|track)[^>]* (?:src|href|poster)="([^"]*)"', text)
        needed += re.findall(r'data-(?:viewer|viewer-style|panorama-script)="([^"]*)"', text)
        missing = [one for one in needed if one not in files and not one.startswith("data:")]
        assert missing == [], name
        if name != "index.html":
            assert re.findall(r'<img[^>]* src="pictures/[^"]*"', text) or "poster=" in text, name
        assert "csrf" not in text
    assert files["scenes/" + next(name for name in files if name.startswith("scenes/")).split("/")[1]].startswith(
        b'window.desagaPanorama = "data:image/jpeg;base64,'
    )
    style = b"".join(content for name, content in files.items() if name.endswith(".css")).decode()
    assert [one for one in re.findall(r"url\(([^)]*)\)", style) if not one.strip("\"'").startswith("data:")] == []


def test_links_lead_within_the_folder_or_say_that_they_need_the_internet(ashlar):
    exhibition = make_exhibition(ashlar)
    files = unpacked(made(ashlar, exhibition))
    links = re.findall(r"<a\b[^>]*>", files["index.html"].decode())
    inside = [re.search(r'href="([^"]*)"', one)[1] for one in links if "data-away" not in one and "#main" not in one]
    assert (set(inside) <= set(files), "room-1-hall-1.html" in inside) == (True, True)
    assert [one for one in links if "data-away" in one and "http" not in one] == []


def test_whoever_did_not_agree_to_schools_is_not_in_the_pack_and_to_print_not_in_the_catalogue(ashlar):
    exhibition = make_exhibition(ashlar)
    agreed = {
        "Everywhere": ["site", "schools", "print"],
        "No schools": ["site", "print"],
        "No print": ["site", "schools"],
        "Site alone": ["site"],
    }
    for number, (title, where) in enumerate(agreed.items()):
        consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, where=where, email=f"one{number}@quill.example")
        make_exhibit(ashlar, room_of(exhibition), title, people="agreed", consents=[consent.pk])
    pack = made(ashlar, exhibition)
    everything = b"".join(content for name, content in unpacked(pack).items() if name.endswith(".html")).decode()
    assert [title for title in agreed if title in everything] == ["Everywhere", "No print"]
    words = words_of_pdf(printed(pack))
    assert [title for title in agreed if title in words] == ["Everywhere", "No schools"]
    assert {(one["title"], one["where"]) for one in pack.left_out} == {
        ("No schools", "schools"), ("No print", "print"), ("Site alone", "schools"), ("Site alone", "print"),
    }  # fmt: skip
    assert "Site alone" in Client().get("/technicians/ashlar/exhibition/hall-1/").content.decode()


def test_the_catalogue_can_be_walked_by_a_screen_reader(ashlar):
    exhibition = make_exhibition(ashlar)
    content = printed(made(ashlar, exhibition))
    assert failures_of(content) == []
    words = words_of_pdf(content)
    assert [one for one in ("Room 1: Hall 1", "Lathe 1", "Picture 2 1") if one not in words] == []


def test_what_is_the_same_is_left_and_what_changed_is_made_anew(ashlar):
    exhibition = make_exhibition(ashlar)
    first = made(ashlar, exhibition)
    assert not make(organisation=ashlar.belongs_to, actor=None, exhibition_id=exhibition.pk, now=timezone.now())
    make_exhibit(ashlar, room_of(exhibition), "Newcomer")
    assert kept(exhibition).is_behind
    second = made(ashlar, exhibition)
    assert (first.fingerprint != second.fingerprint, first.pack_id == second.pack_id) == (True, True)
    assert "room-1-3-newcomer.html" in unpacked(second)


def test_the_public_page_offers_what_is_ready_and_counts_it(ashlar):
    exhibition = make_exhibition(ashlar)
    assert "School pack" not in Client().get("/technicians/ashlar/exhibition/").content.decode()
    pack = made(ashlar, exhibition)
    page = Client().get("/technicians/ashlar/exhibition/").content.decode()
    assert (pack.pack.url in page, pack.catalogue.url in page) == (True, True)
    answer = Client().get(pack.pack.url)
    assert (b"".join(answer)[:2], answer.cookies) == (b"PK", {})
    assert kept(exhibition).times_taken == 1


def test_taken_back_the_files_are_gone_at_once_and_those_taken_home_are_listed(
    ashlar, django_capture_on_commit_callbacks
):
    exhibition = make_exhibition(ashlar)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead)
    make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consent.pk])
    pack = made(ashlar, exhibition)
    b"".join(Client().get(pack.pack.url))
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        uses = [(use.kind, use.may_be_taken_down) for use in uses_of(consent)]
        # What can be had today can go, what somebody took cannot.
        assert uses == [("Catalogue", True), ("Exhibition", True), ("School pack", True), ("School pack", False)]
        withdraw_consent(consent=consent)
    assert (Client().get(pack.pack.url).status_code, Client().get(pack.catalogue.url).status_code) == (404, 404)
    assert not pack.pack.file.storage.exists(pack.pack.file.name)
    with within(ashlar.belongs_to):
        assert [(use.kind, use.may_be_taken_down) for use in uses_of(consent)] == [("School pack", False)]
    assert "room-1-3-ada.html" not in unpacked(made(ashlar, exhibition))


def test_a_page_that_names_nobody_leaves_the_pack_in_place_when_a_consent_of_none_of_its_ends(ashlar):
    exhibition = make_exhibition(ashlar)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, where=["site"])
    make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consent.pk])
    pack = made(ashlar, exhibition)
    with within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    assert kept(exhibition).pack_id == pack.pack_id


def test_an_exhibition_that_is_taken_down_has_no_pack(ashlar):
    exhibition = make_exhibition(ashlar)
    made(ashlar, exhibition)
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        exhibition.unpublish()
    made(ashlar, exhibition)
    with reach_everything():
        assert Download.objects.count() == 0


def test_the_workspace_says_how_far_it_is_and_what_is_left_out(ashlar, client):
    exhibition = make_exhibition(ashlar)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, where=["site"])
    make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consent.pk])
    client.force_login(ashlar.editor)
    assert "Waiting for the worker" in client.get("/o/ashlar/website/exhibition/").content.decode()
    made(ashlar, exhibition)
    page = client.get("/o/ashlar/website/exhibition/").content.decode()
    assert ("Ada, of the school pack" in page, "Ready" in page) == (True, True)
    assert client.post("/o/ashlar/website/exhibition/pack/").status_code == 302
    assert kept(exhibition).is_behind


# ---- Nobody outside it is named in it


def put_anew(home: Any, page: Any, **fields: Any) -> Any:
    with within(home.belongs_to, user=home.lead), reach_everything():
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=home.editor).publish()
    return page


def place(name: str, leads_to: Any = None, words: str = "") -> dict[str, Any]:
    doors = [{"type": "page", "value": leads_to.pk}] if leads_to else []
    told = {"name": name, "words": words, "yaw": 10.0, "pitch": -5.0, "picture": None, "leads_to": doors}
    return {"type": "hotspot", "value": told}


def link_to(page: Any, words: str) -> dict[str, Any]:
    return {"type": "text", "value": f'<p>Read <a linktype="page" id="{page.pk}">{words}</a> there.</p>'}


def door_to(page: Any, label: str = "") -> dict[str, Any]:
    return {"type": "door", "value": {"page": page.pk, "label": label}}


def led_to_people(home: Any) -> Any:
    """An exhibition whose pages lead to a story, to a thing that is not for schools or print, and to a file with somebody in it."""
    exhibition = make_exhibition(home, scene=False)
    put_up(home, told(home, title="Meet Joss Whitlock", name="Joss Whitlock"))
    consent = given_consent(home.belongs_to, actor=home.lead, where=["site"])
    room = room_of(exhibition)
    hidden = make_exhibit(home, room, "Ivo Marsh at work", people="agreed", consents=[consent.pk])
    with within(home.belongs_to, user=home.lead), reach_everything():
        story = StoryPage.objects.get()
        file = Download.objects.create(
            title="Lesson of Una Frey", file=ContentFile(b"%PDF-1.7", name="una-frey.pdf"), collection=collection_of(home.belongs_to),
            consents=[consent.pk],
        )  # fmt: skip
    scene = make_scene(home, room)
    places = [
        place("The cryostat", story),
        place("The bench", hidden),
        place("The door", room, link_to(story, "Joss Whitlock")["value"]),
    ]
    put_anew(home, scene, hotspots=places)
    body = [
        link_to(story, "Meet Joss Whitlock"), link_to(story, "what cold is"), link_to(hidden, "Ivo Marsh at work"), door_to(story),
        door_to(story, "The cold"), door_to(hidden), door_to(scene), {"type": "download", "value": {"file": file.pk, "words": "By Una Frey"}},
    ]  # fmt: skip
    with reach_everything():
        whole = f'<p>Or <a href="https://desaga.example{story.get_url()}">Joss Whitlock</a>.</p>'
        put_anew(home, make_exhibit(home, room, "The cold"), body=[*body, {"type": "text", "value": whole}])
        put_anew(home, room, body=body)
    return exhibition


NAMES = ("joss", "whitlock", "ivo", "marsh", "una", "frey")


def links_in(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as held:
        for page in held.pages:
            for one in page.get("/Annots", []):
                yield str(one.get("/A", {}).get("/URI", ""))


def test_nobody_who_is_not_in_the_pack_is_named_in_it(ashlar, settings):
    settings.SITE_ADDRESS = "https://desaga.example"
    pack = made(ashlar, led_to_people(ashlar))
    files = unpacked(pack)
    pages = {
        name: content.decode()
        for name, content in files.items()
        if not name.startswith(("parts/", "pictures/", "scenes/"))
    }
    read = " ".join([*pages, *pages.values(), *files]).lower()
    assert [name for name in NAMES if re.search(rf"\b{name}\b", read)] == []
    # What was said beside the name stays, and so do doors within the pack.
    text = pages["room-1-3-the-cold.html"]
    assert (
        "what cold is" in text,
        "room-1-2-the-workshop.html" in text,
        "The cryostat" in read or "the cryostat" in read,
    ) == (True,) * 3
    catalogue = printed(pack)
    words = " ".join([words_of_pdf(catalogue), *links_in(catalogue)]).lower()
    assert ([name for name in NAMES if re.search(rf"\b{name}\b", words)], "what cold is" in words) == ([], True)


def test_a_pack_that_was_made_otherwise_is_made_anew(ashlar, monkeypatch):
    exhibition = make_exhibition(ashlar, scene=False)
    first = made(ashlar, exhibition)
    monkeypatch.setattr("desaga.website.packing.gathering.MADE_AS", 99)
    assert made(ashlar, exhibition).fingerprint != first.fingerprint


# ---- Until when, and what is gone before the worker comes


def test_a_renewal_that_is_for_schools_no_more_takes_the_former_pack_away_at_once(ashlar):
    exhibition = make_exhibition(ashlar, scene=False)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead)
    make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consent.pk])
    pack = made(ashlar, exhibition)
    with within(ashlar.belongs_to, user=ashlar.lead):
        new = renew_consent(actor=ashlar.lead, consent=consent, until=in_days(700))
    give_consent(new, where=["site"])
    assert [status_of(one) for one in (pack.pack, pack.catalogue)] == [404, 404]
    again = unpacked(made(ashlar, exhibition))
    assert [name for name in again if "ada" in name] == []


def test_a_thing_that_rests_on_less_than_before_takes_the_former_pack_away_at_once(ashlar):
    exhibition = make_exhibition(ashlar, scene=False)
    consents = [given_consent(ashlar.belongs_to, actor=ashlar.lead, where=where, email=f"{where[-1]}@quill.example") for where in (["site", "schools", "print"], ["site", "schools"])]  # fmt: skip
    page = make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consents[0].pk])
    pack = made(ashlar, exhibition)
    put_anew(ashlar, page, consents=[consents[1].pk])
    assert status_of(pack.catalogue) == 404


def test_pack_and_catalogue_are_not_given_out_from_the_day_on_which_a_consent_in_them_ends(ashlar):
    exhibition = make_exhibition(ashlar, scene=False)
    soon, later = (
        given_consent(
            ashlar.belongs_to, actor=ashlar.lead, until=in_days(days), email=f"{days}@quill.example", where=where
        )
        for days, where in ((30, ["site", "schools"]), (300, ["site", "schools", "print"]))
    )
    make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[soon.pk])
    make_exhibit(ashlar, room_of(exhibition), "Bo", people="agreed", consents=[later.pk])
    pack = made(ashlar, exhibition)
    assert (pack.pack.shown_until, pack.catalogue.shown_until) == (in_days(31), in_days(301))
    with reach_everything():
        Download.objects.filter(pk=pack.pack_id).update(shown_until=timezone.localdate())
    page = Client().get("/technicians/ashlar/exhibition/").content.decode()
    assert (pack.pack.url in page, pack.catalogue.url in page) == (False, True)
    assert (status_of(pack.pack), status_of(pack.catalogue)) == (404, 200)
    with within(ashlar.belongs_to):
        assert [use.kind for use in uses_of(soon)] == ["Exhibition"]


# ---- People on the fronts of the exhibition and of its rooms


@pytest.mark.parametrize(
    ("where", "in_pack", "in_catalogue"),
    [(["site", "schools", "print"], True, True), (["site"], False, False)],
    ids=["everywhere", "site alone"],
)
def test_who_is_on_a_front_is_in_pack_and_catalogue_as_far_as_they_agreed(ashlar, where, in_pack, in_catalogue):
    exhibition = make_exhibition(ashlar, scene=False)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, where=where)
    for page in (exhibition, room_of(exhibition)):
        with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
            picture = [{"type": "picture", "value": {"picture": shown(ashlar, "Ada", "Ada at her bench")}}]
        put_anew(ashlar, page, picture=picture, people="agreed", consents=[consent.pk])
    pack = made(ashlar, exhibition)
    files = unpacked(pack)
    pages = [files[name].decode() for name in ("index.html", "room-1-hall-1.html")]
    assert ["Ada at her bench" in one for one in pages] == [in_pack, in_pack]
    assert (exhibition.pk in pack.shown, exhibition.pk in pack.printed) == (in_pack, in_catalogue)
    left = {(one["title"], one["where"]) for one in pack.left_out}
    assert left == (
        set() if in_pack else {("Made visible", "schools"), ("Made visible", "print"), ("Hall 1", "schools")}
    )
    assert status_of(pack.pack) == 200
    with within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
        # Somebody took the pack home: it is told of also when the fronts show nobody any more.
        assert [use.kind for use in uses_of(consent)] == (["School pack"] if in_pack else [])
    assert status_of(pack.pack) == (404 if in_pack else 200)


def test_a_picture_on_a_front_that_names_nobody_takes_the_pack_with_it(ashlar):
    """It is that of a thing which is not in the pack."""
    exhibition = make_exhibition(ashlar, scene=False)
    consent = given_consent(ashlar.belongs_to, actor=ashlar.lead, where=["site"])
    with reach_everything():
        thing = make_exhibit(ashlar, room_of(exhibition), "Ada", people="agreed", consents=[consent.pk])
        put_anew(ashlar, room_of(exhibition), picture=list(thing.picture.raw_data))
    pack = made(ashlar, exhibition)
    assert status_of(pack.pack) == 200
    with within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
        assert [use.kind for use in uses_of(consent)] == ["School pack"]
    assert status_of(pack.pack) == 404
    assert "What Ada shows" not in unpacked(made(ashlar, exhibition))["room-1-hall-1.html"].decode()


def test_a_pack_from_before_is_given_to_nobody_until_it_is_made_anew(ashlar):
    """What the migration does with those that may name people who are not in them."""
    exhibition = make_exhibition(ashlar, scene=False)
    pack = made(ashlar, exhibition)
    withhold = import_module("desaga.website.migrations.0012_withhold_former_packs").WITHHOLD
    with connection.cursor() as cursor:
        cursor.execute(withhold)
    assert (status_of(pack.pack), status_of(pack.catalogue)) == (404, 404)
    assert is_behind(ashlar.belongs_to, exhibition.pk)
    again = made(ashlar, exhibition)
    assert (status_of(again.pack), status_of(again.catalogue)) == (200, 200)


def test_the_night_makes_what_is_missing_and_leaves_the_rest(ashlar, monkeypatch):
    exhibition = make_exhibition(ashlar, scene=False)
    assert is_behind(ashlar.belongs_to, exhibition.pk)
    made(ashlar, exhibition)
    assert (queries.exhibitions_shown(), is_behind(ashlar.belongs_to, exhibition.pk)) == (
        [(ashlar.belongs_to, exhibition.pk)],
        False,
    )
    monkeypatch.setattr("desaga.website.packing.gathering.MADE_AS", 99)
    assert is_behind(ashlar.belongs_to, exhibition.pk)
