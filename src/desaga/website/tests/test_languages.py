"""A page in Welsh stands under the page in English that says the same; each leads to the other, and is told to be in its language."""

from __future__ import annotations

import pytest
from django.test import Client

from desaga.ui.languages import ENGLISH, WELSH

from ..forms import wrong_language
from ..models import ChartersPage, ExhibitionPage, NewsIndexPage, RoomPage, StandardPage, StoriesPage, StoryPage
from ..reach import reach_everything
from .factories import make_page, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db):
    return make_page(make_site("Ashlar", "ashlar"), "About us")


def in_welsh(above, *, live=True):
    with reach_everything():
        page = StandardPage(title="Amdanom ni", slug="cymraeg", summary="Pwy ydym ni.", language=WELSH, live=live)
        above.add_child(instance=page)
    return page


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_in_welsh_and_the_one_above_it_lead_to_each_other(english):
    in_welsh(english)
    page, welsh = read("/technicians/ashlar/about-us/"), read("/technicians/ashlar/about-us/cymraeg/")
    assert '<html lang="en-GB">' in page
    assert '<html lang="cy">' in welsh
    assert 'lang="cy" hreflang="cy" rel="alternate">Cymraeg</a>' in page
    assert 'lang="en-GB" hreflang="en-GB" rel="alternate">English</a>' in welsh
    assert [one.count('<link rel="alternate" hreflang=') for one in (page, welsh)] == [2, 2]
    # What stands around it is in Welsh too; names of pages in English are said to be so.
    assert "Hygyrchedd" in welsh
    assert '<ol lang="en-GB">' in welsh
    assert "Amdanom ni" not in page


@pytest.mark.parametrize("kind", [StoriesPage, NewsIndexPage, ExhibitionPage, RoomPage, ChartersPage])
def test_what_has_pages_of_its_own_below_it_is_said_in_welsh_too(kind):
    assert "website.StandardPage" in kind.subpage_types


def test_the_page_of_stories_in_welsh_is_no_story(db):
    make_site("Ashlar", "ashlar")
    with reach_everything():
        stories = StoriesPage.objects.get()
    in_welsh(stories)
    page = read("/technicians/ashlar/stories/")
    assert ('rel="alternate">Cymraeg</a>' in page, "The first stories are being written." in page) == (True, True)
    assert '<html lang="cy">' in read("/technicians/ashlar/stories/cymraeg/")


@pytest.mark.parametrize("kind", [StoryPage])
def test_a_story_is_never_put_into_welsh_by_an_editor(kind):
    """Each word about a person is one that they approved: a story in Welsh is a story of its own."""
    assert kind.subpage_types == []


def test_a_draft_in_welsh_is_not_offered(english):
    in_welsh(english, live=False)
    assert "Cymraeg" not in read("/technicians/ashlar/about-us/")


@pytest.mark.parametrize(
    ("where", "language", "told"),
    [
        ("english", ENGLISH, ""),
        ("english", WELSH, "There is a Welsh version of this page: “Amdanom ni”."),
        ("welsh", ENGLISH, "Nothing stands below a page in Welsh. Put this one under the page in English."),
        ("welsh", WELSH, "Nothing stands below a page in Welsh. Put this one under the page in English."),
    ],
)
def test_where_a_page_can_stand_in_which_language(english, where, language, told):
    welsh = in_welsh(english)
    with reach_everything():
        parent = StandardPage.objects.get(pk={"english": english.pk, "welsh": welsh.pk}[where])
        assert wrong_language(language, StandardPage(), parent) == told


def test_the_site_has_its_accessibility_statement(english):
    page = read("/technicians/ashlar/accessibility/")
    assert "<h1" in page
    assert "Web Content Accessibility Guidelines (WCAG) version 2.2 at level AA" in page
    assert '/technicians/ashlar/accessibility/"' in read("/technicians/ashlar/about-us/")


def test_the_statement_names_where_films_fall_short_and_when_it_was_last_tested(english):
    page = read("/technicians/ashlar/accessibility/")
    told = (
        "no audio description (1.2.5)",
        "(1.2.3)",
        "last tested on",
        "by hand yet",
        "looked at pictures of each kind",
    )
    assert [one for one in told if one not in page] == []
