"""Who is new, gone or changed in a file, and the log of who was taken for whom: listed, found, paged, and written down as looked at."""

from __future__ import annotations

from datetime import date

import pytest

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import Access
from desaga.privacy.operations import objections
from desaga.privacy.states import About
from desaga.tenancy.context import within

from ..models import Limits, Match, Snapshot
from ..moved import post_words, shown_moved
from ..operations import deciding, loading
from ..operations.moving import open_moved
from .factories import ROWS, checked, csv_of, loaded, worked

pytestmark = pytest.mark.django_db
NEW = ("1004", "Eyre", "Di", "05/05/1990", "Workshop Technician", "5", "Workshops", "0.5", "01/09/2025", "")
PROMOTED = (*ROWS[1][:5], "7", *ROWS[1][6:])
LIST_COST, LOG_COST = 22, 23


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation, client):
    user = member_of(organisation, Role.HR_DATA_STEWARD)
    client.force_login(user)
    with within(organisation, user=user):
        Limits.objects.create(organisation=organisation, largest_change=900)
    return user


@pytest.fixture
def extract(organisation, steward):
    """Birch is gone, Cole has another grade, Dale stays as they were, Eyre is new."""
    loaded(organisation, actor=steward)
    return checked(organisation, csv_of([PROMOTED, ROWS[2], NEW]), actor=steward, as_at=date(2026, 7, 31))


def at(extract, rest="people/"):
    return f"/o/{extract.organisation.slug}/workforce/extracts/{extract.pk}/{rest}"


def names(page):
    return [(one.movement, one.name) for one in page.context["page_obj"]]


def test_those_who_are_new_gone_or_changed_are_listed_by_name_with_their_posts(client, organisation, extract):
    assert at(extract) in client.get(at(extract, "check/")).content.decode()
    page = client.get(at(extract))
    assert names(page) == [("changed", "Bo Cole"), ("gone", "Ann Birch"), ("new", "Di Eyre")]
    text = page.content.decode()
    assert "Changed: Grade" in text
    assert "Imaging Specialist, grade 6, Imaging Facility, FTE 0.6" in text
    assert "Dale" not in text
    assert {one["label"]: one["count"] for one in page.context["who_tabs"]} == {"All": 3, "New": 1, "Gone": 1, "Changed": 1}  # fmt: skip
    assert names(client.get(at(extract), {"who": "gone"})) == [("gone", "Ann Birch")]
    with within(organisation):
        seen = Access.objects.latest("pk")
    assert (seen.page, seen.rows, len(seen.keys)) == ("New, gone and changed people of an extract", 1, 1)


@pytest.mark.parametrize(("words", "found"), [("eyre", ["Di Eyre"]), ("1002", ["Bo Cole"]), ("nobody", [])])
def test_somebody_is_found_by_words_that_stand_in_no_address(client, extract, words, found):
    page = client.post(at(extract), {"words": words})
    assert [name for _, name in names(page)] == found
    assert page.status_code == 200


def test_the_list_goes_with_the_file_and_is_the_stewards_alone(client, organisation, steward, extract):
    client.force_login(member_of(organisation, Role.LEAD))
    assert client.get(at(extract)).status_code == 403
    client.force_login(steward)
    with within(organisation, user=steward):
        assert len(open_moved(extract)) == 3
        loading.ask_load(actor=steward, extract=extract, in_background=False)
    worked(extract, steward)
    assert client.get(at(extract)).status_code == 302
    with within(organisation, user=steward):
        assert open_moved(extract) == []


def test_both_lists_cost_the_same_at_one_and_at_three(client, organisation, steward, query_count):
    def renumbered(row, month):
        return (f"{row[0]}{month}", *row[1:])

    loaded(organisation, actor=steward)
    for month, number in ((7, 1), (10, 3)):
        rows = [renumbered(row, month) for row in ROWS[:number]]
        extract = checked(organisation, csv_of(rows), actor=steward, as_at=date(2026, month, 31))
        client.get(at(extract))
        with query_count(LIST_COST):
            client.get(at(extract))
        with within(organisation, user=steward):
            deciding.settle_rest(actor=steward, extract=extract, is_same=True)
            loading.ask_load(actor=steward, extract=extract, in_background=False)
        worked(extract, steward)
        with within(organisation):
            snapshot = Snapshot.objects.get(extract=extract)
        log = f"/o/{organisation.slug}/workforce/snapshots/{snapshot.pk}/who-is-whom/"
        with query_count(LOG_COST):
            page = client.get(log)
        assert len(page.context["matches"]) == number


def test_the_log_is_read_after_loading_and_says_how_long_it_is_kept(client, organisation, steward):
    loaded(organisation, actor=steward)
    snapshot = loaded_as_same(organisation, steward, csv_of([("2001", *ROWS[0][1:]), *ROWS[1:]]))
    here = f"/o/{organisation.slug}/workforce/snapshots/{snapshot.pk}/"
    page = client.get(here).content.decode()
    assert f"{here}who-is-whom/" in page
    assert (
        "3 years, counted from the day that the extract shows, as with the rows of its people; then deleted at night"
        in page
    )
    text = client.get(f"{here}who-is-whom/").content.decode()
    for words in ("1001, Ann Birch, 02/03/1980", "2001, Ann Birch", "The same person", steward.get_full_name()):
        assert words in text
    with within(organisation):
        seen, key = Access.objects.latest("pk"), Match.objects.get().known_key
    assert (seen.page, seen.keys) == ("Who was taken for whom in a snapshot", [key])
    with within(organisation, user=steward):
        told = {"actor": steward, "organisation": organisation}
        objection = objections.object_to(**told, about=About.WORKFORCE, number="2001")
        objections.accept(actor=steward, objection=objection)
    text = client.get(f"{here}who-is-whom/").content.decode()
    assert ("Birch" in text, "Deleted, since the person objected" in text) == (False, True)


def loaded_as_same(organisation, steward, content):
    extract = checked(organisation, content, actor=steward, as_at=date(2026, 7, 31))
    with within(organisation, user=steward):
        deciding.settle_rest(actor=steward, extract=extract, is_same=True)
        loading.ask_load(actor=steward, extract=extract, in_background=False)
    worked(extract, steward)
    with within(organisation, user=steward):
        return Snapshot.objects.get(extract=extract)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (("Technician", "5", "Physics", "0.6000"), "Technician, grade 5, Physics, FTE 0.6"),
        (("Technician", "", "", "1.0000"), "Technician, FTE 1"),
        (("", "", "", "None"), ""),
        (None, ""),
    ],
)
def test_a_post_in_words(post, words):
    assert post_words(post) == words


def test_new_has_those_who_were_here_before_in_it():
    key = "00" * 16
    lines = [[kind, key, "1", kind.title(), None, None] for kind in ("back", "changed", "gone", "new")]
    assert [one.name for one in shown_moved(lines, "new")] == ["Back", "New"]
    assert [one.name for one in shown_moved(lines, "back")] == ["Back"]
    assert len(shown_moved(lines, "")) == 4
