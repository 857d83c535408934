"""The pack for schools and the catalogue: made by the worker, opened from a folder, without whoever did not agree, gone when somebody takes it back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.tests.factories import given_consent
from desaga.consents.uses import uses_of
from desaga.documents.tests.pdf_checks import failures_of
from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.tenancy.context import within

from ..models import Download, SchoolPack
from ..packing.making import make
from ..reach import reach_everything
from .exhibitions import make_exhibit, make_exhibition, make_film
from .factories import make_site
from .test_exhibition import room_of

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
