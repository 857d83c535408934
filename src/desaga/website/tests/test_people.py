"""People outside stories and exhibitions: in the pictures and quotations of pages, in downloads. They agreed to it, and it is gone when they do not any more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.operations.asking import renew_consent
from desaga.consents.tests.factories import give_consent, given_consent, in_days
from desaga.consents.uses import uses_of
from desaga.newsletters import offering
from desaga.newsletters.tests.factories import make_issue, send, subscriber
from desaga.tenancy.context import within

from ..models import Download, EventPage, NewsPage, Picture, RoomPage, RoutesPage, StandardPage
from ..operations.sites import collection_of
from ..reach import reach_everything
from .exhibitions import make_exhibit, make_exhibition, shown
from .factories import make_site
from .test_news import ashlar as ashlar
from .test_news import event, news, shelve

pytestmark = pytest.mark.django_db
FRONT = "/technicians/ashlar/"


def pictured(home: Any) -> list[dict[str, Any]]:
    with within(home.belongs_to, user=home.lead), reach_everything():
        return [{"type": "picture", "value": {"picture": shown(home, "Ada", "Ada at her bench")}}]


def quoted() -> list[dict[str, Any]]:
    return [
        {"type": "text", "value": "<p>What we do.</p>"},
        {"type": "quote", "value": {"words": "Glass forgives nothing.", "who": "Ada Quill"}},
    ]


def agreed(home: Any, **given: Any) -> Any:
    return given_consent(home.belongs_to, actor=home.lead, **given)


def make_news(home: Any, **people: Any) -> NewsPage:
    return news(home, 1, picture=pictured(home), body=quoted(), **people)


def make_event(home: Any, **people: Any) -> EventPage:
    return event(home, "Open day", 3, picture=pictured(home), body=quoted(), **people)


def make_page(home: Any, **people: Any) -> StandardPage:
    page = StandardPage(title="About us", slug="about-us", summary="Us.", body=[*pictured(home), *quoted()], **people)
    return shelve(home, home, page)


def make_front(home: Any, **people: Any) -> Any:
    with within(home.belongs_to, user=home.lead), reach_everything():
        home.picture, home.body = pictured(home), quoted()
        for name, value in people.items():
            setattr(home, name, value)
        home.save_revision(user=home.editor).publish()
    return home


def make_routes(home: Any, **people: Any) -> RoutesPage:
    page = RoutesPage(title="Routes in", slug="routes", summary="How.", body=[*pictured(home), *quoted()], **people)
    return shelve(home, home, page)


def make_exhibition_front(home: Any, **people: Any) -> Any:
    page = make_exhibition(home, rooms=0)
    return shown_with(home, page, **people)


def make_room(home: Any, **people: Any) -> Any:
    with reach_everything():
        room = RoomPage.objects.child_of(make_exhibition(home, rooms=1, things=0, scene=False)).get()
    return shown_with(home, room, **people)


def shown_with(home: Any, page: Any, **fields: Any) -> Any:
    told = {"picture": pictured(home), "body": quoted()} | fields
    with within(home.belongs_to, user=home.lead), reach_everything():
        for name, value in told.items():
            setattr(page, name, value)
        page.save_revision(user=home.editor).publish()
    return page


Make = Callable[..., Any]
PAGES = [make_news, make_event, make_page]
#: There is more to these than whom they show: they stay, without their pictures and quotations.
STAY = [make_front, make_routes, make_exhibition_front, make_room]
THEIR_KINDS = ["Organisation's front page", "Routes in", "Exhibition", "Exhibition"]


def kinds(home: Any, consent: Any) -> list[tuple[str, bool]]:
    with within(home.belongs_to):
        return [(use.kind, use.may_be_taken_down) for use in uses_of(consent)]


@pytest.mark.parametrize(("make", "kind"), list(zip(PAGES, ("News", "Event", "Page"), strict=True)))
def test_a_page_with_somebody_is_gone_with_its_pictures_when_they_take_it_back(
    ashlar, django_capture_on_commit_callbacks, make: Make, kind: str
):
    consent = agreed(ashlar)
    address = make(ashlar, people="agreed", consents=[consent.pk]).get_url()
    page = Client().get(address).content.decode()
    picture = re.search(r"/technicians/pictures/[^\" ]*", page)[0]
    assert ("Glass forgives nothing." in page, Client().get(picture).status_code) == (True, 200)
    assert kinds(ashlar, consent) == [(kind, True)]
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    assert (Client().get(address).status_code, Client().get(picture).status_code) == (404, 404)
    assert kinds(ashlar, consent) == []


@pytest.mark.parametrize(("make", "kind"), list(zip(STAY, THEIR_KINDS, strict=True)))
def test_a_page_with_more_to_it_stays_without_whoever_takes_it_back(
    ashlar, django_capture_on_commit_callbacks, make: Make, kind: str
):
    """A whole site stands behind a front page; its pictures and quotations go."""
    consent = agreed(ashlar)
    address = make(ashlar, people="agreed", consents=[consent.pk]).get_url()
    page = Client().get(address).content.decode()
    picture = re.search(r"/technicians/pictures/[^\" ]*", page)[0]
    assert kinds(ashlar, consent) == [(kind, True)]
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    after = Client().get(address).content.decode()
    assert ("Ada" in page, "Ada" in after, "What we do." in after) == (True, False, True)
    assert (Client().get(picture).status_code, kinds(ashlar, consent)) == (404, [])


@pytest.mark.parametrize("make", [*PAGES, *STAY])
def test_on_the_day_a_consent_ends_nobody_is_seen_even_before_the_night(ashlar, make: Make):
    page = make(ashlar, people="agreed", consents=[agreed(ashlar).pk])
    with reach_everything():
        type(page).objects.filter(pk=page.pk).update(shown_until=timezone.localdate())
    answer = Client().get(page.get_url())
    assert (answer.status_code, "Ada" in answer.content.decode()) == (200 if make in STAY else 404, False)
    assert "Open day" not in Client().get(f"{FRONT}news/").content.decode()


@pytest.mark.parametrize("make", [*PAGES, *STAY])
@pytest.mark.parametrize("given", [{"where": ["print"]}, {"what": ["name"]}], ids=["not for the site", "a name alone"])
def test_nobody_is_shown_on_a_consent_that_does_not_cover_it(ashlar, make: Make, given: dict[str, Any]):
    page = make(ashlar, people="agreed", consents=[agreed(ashlar, **given).pk])
    answer = Client().get(page.get_url())
    assert (answer.status_code, "Ada" in answer.content.decode()) == (200 if make in STAY else 404, False)


def test_a_renewal_that_covers_it_no_more_takes_the_pictures_away_too(ashlar, django_capture_on_commit_callbacks):
    consent = agreed(ashlar)
    address = make_news(ashlar, people="agreed", consents=[consent.pk]).get_url()
    picture = re.search(r"/technicians/pictures/[^\" ]*", Client().get(address).content.decode())[0]
    with within(ashlar.belongs_to, user=ashlar.lead):
        new = renew_consent(actor=ashlar.lead, consent=consent, until=in_days(700))
    with django_capture_on_commit_callbacks(execute=True):
        give_consent(new, ["name"])
    assert (Client().get(address).status_code, Client().get(picture).status_code) == (404, 404)


def test_an_editor_says_who_can_be_seen_and_chooses_among_their_own_consents(ashlar, client):
    brock = make_site("Brock", "brock")
    ours, theirs = agreed(ashlar), given_consent(brock.belongs_to, actor=brock.lead, email="bo@reed.example")
    page = make_news(ashlar)
    client.force_login(ashlar.editor)
    words = {"title": "News 1", "slug": "news-1", "summary": "A.", "dated": "2026-03-01", "people": "agreed", "picture": streamfield([]),
             "body": streamfield([]), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}  # fmt: skip
    for chosen, is_taken in (([], False), ([theirs.pk], False), ([ours.pk], True)):
        sent = client.post(f"/editing/pages/{page.pk}/edit/", nested_form_data(words) | {"consents": chosen})
        assert (sent.status_code == 302) == is_taken, chosen


# ---- One picture on several pages


def test_a_picture_is_gone_from_every_page_that_shows_it_and_each_is_listed(ashlar, django_capture_on_commit_callbacks):
    """Some do not name the consent: they were made before, or nobody thought of it."""
    consent = agreed(ashlar)
    first = make_news(ashlar, people="agreed", consents=[consent.pk])
    with reach_everything():
        same = list(first.picture.raw_data)
    page, front = make_page(ashlar), make_front(ashlar, picture=same)
    shown_with(ashlar, page, body=[*same, *quoted()])
    exhibition = shown_with(ashlar, make_exhibition(ashlar, rooms=1, things=0, scene=False), picture=same)
    with reach_everything():
        thing = shown_with(
            ashlar, make_exhibit(ashlar, exhibition.get_children().get().specific, "Glass"), picture=same, body=[]
        )
        elsewhere = shown_with(ashlar, make_routes(ashlar), body=[*pictured(ashlar), *quoted()])
        number = same[0]["value"]["picture"]["image"]
    addresses = [one.get_url() for one in (first, page, thing, front, exhibition, elsewhere)]
    assert sorted(kinds(ashlar, consent)) == [
        ("Exhibition", True), ("Exhibition", True), ("News", True), ("Organisation's front page", True), ("Page", True),
    ]  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True), within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    answers = [Client().get(one) for one in addresses]
    assert [one.status_code for one in answers] == [404, 404, 404, 200, 200, 200]
    assert ["Ada at her bench" in one.content.decode() for one in answers] == [False] * 5 + [True]
    with reach_everything():
        assert list(Picture.objects.get(pk=number).renditions.all()) == []
    assert kinds(ashlar, consent) == []


# ---- Downloads


def make_download(home: Any, **fields: Any) -> Download:
    with within(home.belongs_to, user=home.lead), reach_everything():
        file = ContentFile(b"%PDF-1.7", name="lesson.pdf")
        return Download.objects.create(title="Lesson", file=file, collection=collection_of(home.belongs_to), **fields)


def test_a_download_is_given_out_no_more_when_somebody_in_it_takes_it_back(ashlar):
    consent = agreed(ashlar)
    file = make_download(ashlar, consents=[consent.pk])
    make_page(ashlar)
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        page = StandardPage.objects.get()
        page.body = [{"type": "download", "value": {"file": file.pk, "words": ""}}]
        page.save_revision().publish()
    assert b"".join(Client().get(file.url)) == b"%PDF-1.7"
    assert kinds(ashlar, consent) == [("Download", True), ("Download", False)]
    with within(ashlar.belongs_to):
        withdraw_consent(consent=consent)
    assert Client().get(file.url).status_code == 404
    assert file.url not in Client().get(f"{FRONT}about-us/").content.decode()
    assert kinds(ashlar, consent) == [("Download", False)]


@pytest.mark.parametrize(("where", "status"), [(["site"], 200), (["print"], 404)])
def test_a_download_follows_a_renewal_as_far_as_that_goes(ashlar, where, status):
    consent = agreed(ashlar)
    file = make_download(ashlar, consents=[consent.pk])
    with within(ashlar.belongs_to, user=ashlar.lead):
        new = renew_consent(actor=ashlar.lead, consent=consent, until=in_days(700))
    give_consent(new, where=where)
    with reach_everything():
        kept = Download.objects.get()
    assert (kept.consents, kept.shown_until) == (
        [new.pk],
        new.until + timedelta(days=1) if status == 200 else timezone.localdate(),
    )
    answer = Client().get(file.url)
    given = b"".join(answer) if answer.streaming else b""
    assert (answer.status_code, given) == (status, b"%PDF-1.7" if status == 200 else b"")


def test_an_editor_chooses_consents_for_a_download_among_their_own(ashlar, client):
    brock = make_site("Brock", "brock")
    ours, theirs = agreed(ashlar), given_consent(brock.belongs_to, actor=brock.lead, email="bo@reed.example")
    file = make_download(ashlar)
    client.force_login(ashlar.editor)
    assert "bo@reed.example" not in client.get(f"/editing/documents/edit/{file.pk}/").content.decode()
    for chosen, is_taken in (([theirs.pk], False), ([ours.pk], True)):
        sent = client.post(f"/editing/documents/edit/{file.pk}/", {"title": "Lesson", "consents": chosen})
        assert (sent.status_code == 302) == is_taken, chosen
    with reach_everything():
        kept = Download.objects.get()
    assert (kept.consents, kept.shown_until) == ([ours.pk], ours.until + timedelta(days=1))


# ---- Newsletters


@pytest.mark.parametrize("where", [["site"], ["site", "newsletter"]], ids=["the site alone", "newsletters too"])
def test_a_picture_goes_out_by_mail_where_whoever_is_in_it_agreed_to_that(ashlar, where):
    consent = agreed(ashlar, where=where)
    page = make_news(ashlar, people="agreed", consents=[consent.pk])
    is_pictured = "newsletter" in where
    subscriber(ashlar.belongs_to)
    issue = make_issue(ashlar.belongs_to, actor=ashlar.lead, keys=[f"news:{page.pk}"])
    send(issue, actor=ashlar.lead)
    with within(ashlar.belongs_to, user=ashlar.lead):
        piece = offering.pieces(ashlar.belongs_to, [f"news:{page.pk}"])[f"news:{page.pk}"]
        assert (bool(piece.picture_url), piece.consent) == (is_pictured, consent.pk if is_pictured else None)
        assert [bool(one.picture) for one in issue.pieces.all()] == [is_pictured]
    assert [kind for kind, _ in kinds(ashlar, consent)] == (
        ["News", "Newsletter’s archive", "Newsletter"] if is_pictured else ["News"]
    )
