"""What the site offers to its newsletter, and the archive that shows what was sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from desaga.consents.operations.answering import withdraw_consent
from desaga.directory.tests.factories import list_them
from desaga.newsletters import offering
from desaga.newsletters.tests.factories import make_issue, send, subscriber
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of
from desaga.stories import showing
from desaga.stories.tests.factories import published
from desaga.tenancy.context import within

from ..models import DirectoryPage, Download, NewsletterPage, StoryPage
from ..reach import reach_everything
from ..showing import OnSite
from .factories import make_site
from .test_news import ashlar as ashlar
from .test_news import event, news, shelve

pytestmark = pytest.mark.django_db
PAGE = "/technicians/ashlar/newsletter/"


@pytest.fixture(autouse=True)
def on_site(monkeypatch: Any) -> None:
    monkeypatch.setattr(showing, "SHOWN_BY", [OnSite()])


def offered(home):
    with within(home.belongs_to, user=home.lead):
        return [(one.kind, one.title) for one in offering.offered(home.belongs_to)]


def test_news_events_and_stories_for_newsletters_are_offered(ashlar):
    news(ashlar, 1)
    event(ashlar, "Open day", 3)
    event(ashlar, "Long ago", -3)
    published(ashlar.belongs_to, actor=ashlar.lead, where=["site", "newsletter"], name="Ada Quill")
    published(ashlar.belongs_to, actor=ashlar.lead, where=["site"], name="Bo Not", email="bo@lund.example")
    assert offered(ashlar) == [("Story", "Meet Ada Quill"), ("News", "News 1"), ("Event", "Open day")]


def test_another_site_offers_nothing_of_it(ashlar):
    brock = make_site("Brock", "brock")
    news(ashlar, 1)
    with within(brock.belongs_to, user=brock.lead):
        assert offering.offered(brock.belongs_to) == []
        assert offering.pieces(brock.belongs_to, ["news:1", "story:1", "event:1", "news:x", "nonsense"]) == {}


def test_an_issue_is_read_on_the_site_as_it_was_sent_and_loses_who_takes_it_back(ashlar):
    home, organisation = ashlar, ashlar.belongs_to
    shelve(home, home, NewsletterPage(title="Newsletter", slug="newsletter", summary="What was sent."))
    story = published(organisation, actor=home.lead, where=["site", "newsletter"], name="Ada Quill")
    page = news(home, 1)
    subscriber(organisation)
    send(make_issue(organisation, actor=home.lead, keys=[f"news:{page.pk}", f"story:{story.pk}"]), actor=home.lead)
    with reach_everything():
        page.title = "Another title"
        page.save_revision().publish()
    listed, issue = Client().get(PAGE), Client().get(f"{PAGE}1/")
    assert (listed.headers["Cache-Control"], issue.headers["Cache-Control"]) == (
        "public, max-age=60",
        "public, max-age=60",
    )
    assert "Summer" in listed.text
    assert ["News 1" in issue.text, "Another title" in issue.text, "Meet Ada Quill" in issue.text] == [
        True,
        False,
        True,
    ]
    picture = issue.text[issue.text.index("/newsletters/ashlar/pictures/") :].split('"')[0]
    assert Client().get(picture).headers["Content-Type"] == "image/jpeg"
    with within(organisation):
        withdraw_consent(consent=story.consent)
    after = Client().get(f"{PAGE}1/").text
    assert ["Ada Quill" in after, "A piece stood here" in after, "News 1" in after] == [False, True, True]
    assert Client().get(picture).status_code == 404
    with reach_everything():
        assert not StoryPage.objects.exists()
    assert Client().get(f"{PAGE}2/").status_code == 404


def test_the_address_of_the_archive_stands_in_the_mail(ashlar):
    assert offering.archive(ashlar.belongs_to) == ""
    shelve(ashlar, ashlar, NewsletterPage(title="Newsletter", slug="newsletter", summary="What was sent."))
    assert offering.archive(ashlar.belongs_to).endswith(PAGE)


@pytest.mark.parametrize("number", [1, 3])
def test_an_issue_asks_as_often_for_three_pieces_as_for_one(ashlar, django_assert_num_queries, number):
    shelve(ashlar, ashlar, NewsletterPage(title="Newsletter", slug="newsletter", summary="What was sent."))
    keys = [f"news:{news(ashlar, one).pk}" for one in range(1, number + 1)]
    subscriber(ashlar.belongs_to)
    send(make_issue(ashlar.belongs_to, actor=ashlar.lead, keys=keys), actor=ashlar.lead)
    client = Client()
    client.get(f"{PAGE}1/")
    with django_assert_num_queries(19):
        client.get(f"{PAGE}1/")


def test_the_editor_sees_how_often_a_file_was_taken_and_no_cookie_is_set(ashlar, client_of):
    from django.core.files.base import ContentFile
    from wagtail.models import Collection

    with reach_everything():
        collection = Collection.objects.get(name__contains="Ashlar")
        file = Download.objects.create(
            title="Lesson", file=ContentFile(b"%PDF-1.7", name="lesson.pdf"), collection=collection
        )
        # A film is shown by its page, and taken by nobody.
        Download.objects.create(title="Flame", file=ContentFile(b"", name="flame.webm"), collection=collection)
    for _ in range(2):
        answer = Client().get(file.url)
        assert (answer.status_code, dict(answer.cookies), b"".join(answer)) == (200, {}, b"%PDF-1.7")
    client = client_of(ashlar.editor)
    shown = client.get("/o/ashlar/website/downloads/").text
    assert ("Lesson" in shown, ">2<" in shown, "Flame" in shown) == (True, True, False)
    assert client_of(make_site("Brock", "brock").editor).get("/o/brock/website/downloads/").text.count("Lesson") == 0


def test_the_directory_is_shown_on_its_site_and_on_the_national_one(ashlar):
    national = make_site("Campaign", "campaign", is_national=True)
    brock = make_site("Brock", "brock")
    for home in (ashlar, national):
        shelve(home, home, DirectoryPage(title="Directory", slug="directory", summary="Find a technician."))
    list_them(ashlar.belongs_to, actor=ashlar.lead, name="Ada Quill", hides=("employer",))
    list_them(brock.belongs_to, actor=brock.lead, name="Bo Lund", skills=["TIG welding"])
    own, all_of_them = Client().get("/technicians/ashlar/directory/"), Client().get("/technicians/directory/")
    assert ["Ada Quill" in own.text, "Bo Lund" in own.text] == [True, False]
    assert ["Ada Quill" in all_of_them.text, "Bo Lund" in all_of_them.text] == [True, True]
    assert "Northmoor University" not in own.text
    assert (own.headers["Cache-Control"], dict(own.cookies)) == ("public, max-age=60", {})
    welders = Client().get("/technicians/directory/?q=welding&skills=TIG+welding").text
    assert ["Ada Quill" in welders, "Bo Lund" in welders, "noindex" in welders] == [False, True, True]


@pytest.mark.parametrize("number", [1, 3])
def test_the_directory_asks_as_often_for_three_as_for_one(ashlar, django_assert_num_queries, number):
    shelve(ashlar, ashlar, DirectoryPage(title="Directory", slug="directory", summary="Find a technician."))
    for _ in range(number):
        list_them(ashlar.belongs_to, actor=member_of(ashlar.belongs_to, Role.TECHNICIAN))
    client = Client()
    client.get("/technicians/ashlar/directory/")
    with django_assert_num_queries(24):
        client.get("/technicians/ashlar/directory/")
