"""Routes in, the finder, registration, teachers, questions: what everybody reads, and what is kept of it (nothing)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desaga.careers.kinds import NATIONS, WAYS
from desaga.careers.operations.reference import publish_entry
from desaga.careers.shipped import shipped
from desaga.careers.tests.factories import changed_entry, open_doors, published
from desaga.stories.queries import SHIPPED_FIELDS
from desaga.stories.states import Route
from desaga.tenancy.context import within

from ..models import FinderPage, QuestionsPage, RegistrationPage, RoutesPage, TeachersPage
from ..operations.stories import ShownStory, show_story
from ..reach import reach_everything
from .factories import make_site

pytestmark = pytest.mark.django_db

KINDS = {"routes": RoutesPage, "finder": FinderPage, "registration": RegistrationPage, "teachers": TeachersPage, "questions": QuestionsPage}  # fmt: skip


def with_careers(home: Any) -> Any:
    with within(home.belongs_to, user=home.lead), reach_everything():
        for slug, kind in KINDS.items():
            page = kind(title=slug.capitalize(), slug=slug, summary=f"About {slug}.", show_in_menus=True)
            home.add_child(instance=page)
            page.save_revision().publish()
    return home


@pytest.fixture
def national(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return with_careers(make_site("Campaign", "campaign", is_national=True))


def tell(home: Any, number: int, **fields: Any) -> str:
    told = {"title": f"Meet number {number}", "summary": "A story.", "job": "Glassblower"} | fields
    with within(home.belongs_to):
        return show_story(
            ShownStory(story=number, version=1, organisation=home.belongs_to, published_at=timezone.now(), **told)
        )


def read(address: str) -> str:
    answer = Client().get(f"/technicians/{address}")
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_ways_are_named_as_stories_name_them():
    assert {key: str(label) for key, label in Route.choices} == WAYS


def test_fields_are_those_of_stories():
    assert sorted(content["story_field"] for (kind, _), content in shipped().items() if kind == "field") == sorted(SHIPPED_FIELDS)  # fmt: skip


def test_every_route_has_a_page_with_what_a_reader_needs(national):
    listed = read("routes/")
    for (kind, key), content in shipped().items():
        if kind != "route":
            continue
        assert f'href="/technicians/routes/{key}/"' in listed
        page = read(f"routes/{key}/")
        for heading in (
            "What it is",
            "How long it takes",
            "What it needs",
            "Where it leads",
            "Who to ask",
            "Where this comes from",
        ):
            assert heading in page
        assert all(NATIONS[nation] in page for nation in content["nations"])
        assert page.count("read on") == len(content["sources"])
    assert Client().get("/technicians/routes/not-a-route/").status_code == 404


def test_a_nation_is_shown_alone(national):
    page = read("routes/?nation=wales")
    assert ("apprenticeship-wales/" in page, "t-level/" in page, "noindex" in page) == (True, False, True)


def test_a_routes_page_has_its_people_its_questions_and_its_own_address(national):
    tell(national, 1, title="Meet Ada", route_in="T Level")
    tell(national, 2, title="Meet Ben", route_in="Degree")
    open_doors(national.belongs_to, actor=national.lead)
    published(national.belongs_to, actor=national.lead, words="Is the placement long?", about="t-level")
    published(national.belongs_to, actor=national.lead, words="Another thing?", about="degree")
    page = read("routes/t-level/")
    assert ("Meet Ada" in page, "Meet Ben" in page) == (True, False)
    assert ("Is the placement long?" in page, "Another thing?" in page) == (True, False)
    assert "<title>T Level" in page
    assert re.search(r'rel="canonical" href="[^"]+/technicians/routes/t-level/"', page)
    assert "/careers/campaign/ask/?about=t-level" in page
    # Programs are told where it stands, to its own name.
    assert re.search(r'"position": 3, "name": "T Level[^"]*", "item": "[^"]+/technicians/routes/t-level/"', page)


def test_doors_that_are_closed_are_not_there(national):
    assert "/careers/campaign/" not in read("routes/")
    open_doors(national.belongs_to, actor=national.lead, takes_interest=False)
    page = read("routes/")
    doors = [reverse(f"careers:{door}", args=["campaign"]) for door in ("ask_question", "begin_interest")]
    assert [door in page for door in doors] == [True, False]
    assert "https://jobs.ours.example/" in page


def test_a_story_leads_to_the_routes_by_which_its_person_came_and_to_notes(national):
    address = tell(national, 1, route_in="T Level", fields=["Physical sciences"])
    page = Client().get(address).content.decode()
    assert 'href="/technicians/routes/t-level/"' in page
    assert 'href="/technicians/teachers/four-ways-to-one-bench/"' in page
    assert 'href="/technicians/teachers/the-exact-and-the-nearly/"' in page


def test_the_finder_answers_with_fields_routes_and_people_and_says_why(national):
    tell(national, 1, title="Meet Ada", route_in="Apprenticeship", fields=["Workshops and making"])
    page = read("finder/?likes=making&nation=england&learns=earning")
    assert "Because you like making things with your hands." in page
    assert "You can do this in England and learn in a job, with a wage." in page
    assert page.count("Meet Ada") == 3


def test_the_finder_keeps_nothing(national):
    answer = Client().get("/technicians/finder/?likes=making")
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert not answer.cookies
    assert "noindex" in answer.content.decode()
    assert Client().get("/technicians/finder/").headers["Cache-Control"] == "public, max-age=60"


def test_the_finder_asks_again_where_nothing_was_said(national):
    assert "Tick or choose something" in read("finder/?nation=")
    assert Client().get("/technicians/finder/?nation=<script>&likes=none").status_code == 200


def test_registration_says_who_awards_what_for_all_disciplines(national):
    listed = read("registration/")
    for family in ("Science", "Engineering and computing", "Teaching and supporting learning", "Outside science"):
        assert family in listed
    tell(national, 1, title="Meet Ada", registration="RSciTech")
    page = read("registration/rscitech/")
    for told in ("Science Council", "Who can help", "£28", "(2025)", "Meet Ada", "read on"):
        assert told in page
    assert "Meet Ada" not in read("registration/rsci/")
    tell(national, 2, title="Meet Ben", registration="EngTech, FHEA")
    assert "Meet Ben" in read("registration/fellowships/")


def test_nothing_that_is_marked_unverified_is_shown(national):
    pages = read("registration/") + "".join(read(f"registration/{key}/") for kind, key in shipped() if kind == "title")
    for word in ("MIScT", "HEaTED", "level 3", "Level 3", "level 5", "master"):
        assert word not in pages
    routes = read("routes/") + "".join(read(f"routes/{key}/") for kind, key in shipped() if kind == "route")
    # Numbers and levels of standards are from memory, and what commercial pages alone say of the levy.
    for word in ("ST0", "12 months", "co-invest", "25%", "25 %", "5%", "level 7", "MIScT"):
        assert word not in routes


def test_teachers_find_notes_by_age_benchmark_route_and_field(national):
    titles = {key: content["name"] for (kind, key), content in shipped().items() if kind == "note"}
    for query, keys in (
        ("", set(titles)),
        ("?benchmark=6", {"a-week-at-work"}),
        ("?stage=11-14", {"who-stands-behind", "the-exact-and-the-nearly"}),
        ("?route=t-level", {"who-stands-behind", "four-ways-to-one-bench"}),
        ("?field=physical-sciences", {"the-exact-and-the-nearly"}),
    ):
        page = read(f"teachers/{query}")
        assert {key for key in titles if f"/teachers/{key}/" in page} == keys
    assert page.count("Key Stage") >= 2
    assert "updated 8 May 2025" in page
    assert "Benchmark" in read("teachers/a-week-at-work/")


def test_questions_are_listed_and_found(national):
    open_doors(national.belongs_to, actor=national.lead)
    published(national.belongs_to, actor=national.lead, words="Is it cold?")
    published(national.belongs_to, actor=national.lead, words="Is it loud?")
    assert read("questions/").count("schema.org/Question") == 2
    assert read("questions/?q=cold").count("schema.org/Question") == 1


def test_what_the_keepers_publish_counts_on_every_site(national):
    ashlar = with_careers(make_site("Ashlar", "ashlar"))
    version = changed_entry(national.belongs_to, actor=national.lead, how_long="As long as ever.")
    assert "As long as ever." not in read("ashlar/routes/t-level/")
    with within(national.belongs_to, user=national.lead):
        publish_entry(actor=national.lead, version=version)
    assert "As long as ever." in read("ashlar/routes/t-level/")
    with within(ashlar.belongs_to, user=ashlar.lead):
        own = changed_entry(ashlar.belongs_to, actor=ashlar.lead, how_long="For ever.")
        publish_entry(actor=ashlar.lead, version=own)
    assert "For ever." not in read("ashlar/routes/t-level/")


def test_an_organisations_site_shows_its_own_people_and_answers(national):
    ashlar = with_careers(make_site("Ashlar", "ashlar"))
    tell(ashlar, 1, title="Meet Ada", route_in="T Level")
    tell(national, 2, title="Meet Ben", route_in="T Level")
    for home, words in ((ashlar, "Ours?"), (national, "Theirs?")):
        open_doors(home.belongs_to, actor=home.lead)
        published(home.belongs_to, actor=home.lead, words=words)
    page = read("ashlar/routes/t-level/") + read("ashlar/questions/")
    assert ("Meet Ada" in page, "Meet Ben" in page, "Ours?" in page, "Theirs?" in page) == (True, False, True, False)
    page = read("routes/t-level/") + read("questions/")
    assert ("Meet Ada" in page, "Meet Ben" in page, "Ours?" in page, "Theirs?" in page) == (True, True, True, True)


def test_stories_are_found_by_what_there_is(national):
    tell(national, 1, route_in="T Level", place="Leeds", employer="Ashlar", fields=["Physical sciences"])
    page = read("stories/")
    for name, value in (
        ("route", "T Level"),
        ("place", "Leeds"),
        ("employer", "Ashlar"),
        ("field", "Physical sciences"),
    ):
        assert re.search(rf'<select name="{name}"', page)
        assert f'<option value="{value}">' in page
        assert "Meet number 1" in read(f"stories/?{name}={value}")
    assert "Meet number 1" in read("stories/?place=Nowhere"), "what there is not is not asked for"


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("routes/t-level/", 26), ("finder/?likes=making&learns=college", 25), ("questions/", 24)]
)
def test_pages_ask_as_often_for_one_as_for_three(national, django_assert_num_queries, number, address, queries):
    open_doors(national.belongs_to, actor=national.lead)
    for one in range(1, number + 1):
        tell(national, one, route_in="T Level", fields=["Workshops and making"])
        published(national.belongs_to, actor=national.lead, words="Long?", about="t-level")
    read(address)
    with django_assert_num_queries(queries):
        read(address)
