"""A site is founded, published and read; the national one has the addresses without a name."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from desaga.tenancy.context import within

from ..models import Download
from ..operations.sites import collection_of
from ..reach import reach_everything
from .exhibitions import make_exhibition
from .factories import make_page, make_site
from .test_people import make_download

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashlar(db):
    return make_site("Ashlar", "ashlar")


def test_a_site_is_read_by_anybody(ashlar):
    page = Client().get("/technicians/ashlar/")
    assert page.status_code == 200
    assert '<h1 class="dsg-display">Technicians at Ashlar</h1>' in page.content.decode()


def test_no_cookie_is_set_and_a_page_is_kept_for_a_minute_at_most(ashlar):
    page = Client().get("/technicians/ashlar/")
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert not page.cookies


def test_what_is_public_is_one_copy_for_all_whoever_is_signed_in(ashlar, settings, tmp_path):
    """Caches between us and readers keep it for everybody: nothing in it follows from a cookie, and it sets none."""
    settings.MEDIA_ROOT = tmp_path
    make_exhibition(ashlar)
    with within(ashlar.belongs_to, user=ashlar.lead):
        pack_url = make_download(ashlar).url
    signed_in = Client()
    signed_in.force_login(ashlar.lead)
    front = Client().get("/technicians/ashlar/exhibition/hall-1/picture-1-1/").content.decode()
    picture = re.search(r"/technicians/pictures/[^\" ]*", front)[0]
    addresses = [
        "",
        "card/",
        "accessibility/",
        "stories/",
        "exhibition/",
        "exhibition/hall-1/",
        "exhibition/hall-1/the-workshop/",
    ]
    for address in [
        *(f"/technicians/ashlar/{one}" for one in addresses),
        picture,
        "/technicians/look/ashlar.css",
        pack_url,
    ]:
        for client in (Client(), signed_in):
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            assert (answer.status_code, answer.headers.get("Vary", ""), dict(answer.cookies)) == (200, "", {}), address
            assert "public" in answer.headers["Cache-Control"], address
            assert b"csrfmiddlewaretoken" not in body, address
    # What is not public still varies by who asks.
    assert "Cookie" in signed_in.get("/o/ashlar/website/").headers["Vary"]


def test_a_download_is_counted_and_nobody_followed(ashlar, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        file = Download.objects.create(
            title="Pack", file=ContentFile(b"a,b", name="pack.csv"), collection=collection_of(ashlar.belongs_to)
        )
    for _ in range(2):
        answer = Client().get(file.url)
        assert (b"".join(answer), answer.cookies) == (b"a,b", {})
        # Whoever keeps it asks each time: it is counted, and gone at once when it is taken down.
        assert answer.headers["Cache-Control"] == "no-cache, public"
    with reach_everything():
        assert Download.objects.get().taken == 2


def test_the_workspace_says_where_the_site_is(ashlar, client):
    client.force_login(ashlar.lead)
    assert f"{settings.SITE_ADDRESS}/technicians/ashlar/" in client.get("/o/ashlar/website/").content.decode()


def test_a_draft_is_not_there(ashlar):
    make_page(ashlar, "Secret plan", live=False)
    make_page(ashlar, "Open day")
    assert Client().get("/technicians/ashlar/open-day/").status_code == 200
    assert Client().get("/technicians/ashlar/secret-plan/").status_code == 404


def test_the_national_site_has_the_addresses_without_a_name(ashlar):
    national = make_site("Campaign", "campaign", is_national=True)
    make_page(national, "About us")
    assert "Technicians at Campaign" in Client().get("/technicians/").content.decode()
    assert Client().get("/technicians/about-us/").status_code == 200
    assert Client().get("/technicians/ashlar/").status_code == 200
    assert Client().get("/technicians/campaign/").status_code == 404
