"""The directory: who listed themselves, what they ticked, how they are found and written to, and how they leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.consents.tests.factories import letters
from desaga.organisations.models import Employment, RoleAssignment
from desaga.organisations.states import Role
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within

from .. import operations, queries
from ..fields import FIELDS, in_list, ticked
from ..models import Listing
from .factories import SHOWN, list_them

pytestmark = pytest.mark.django_db
MINE = "/o/northmoor/directory/mine/"


@pytest.fixture(autouse=True)
def nothing_counted():
    """How often somebody asked is kept in the cache."""
    cache.clear()


@pytest.fixture
def technician(member):
    return member(Role.TECHNICIAN)


def today():
    return timezone.localdate()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TIG welding\nBrazing", ["TIG welding", "Brazing"]),
        (" tig  welding ,TIG Welding;Brazing\n\n", ["tig welding", "Brazing"]),
        ("", []),
        (", ;\n", []),
        ("x" * 200, ["x" * 80]),
        ("\n".join(str(one) for one in range(40)), [str(one) for one in range(30)]),
    ],
)
def test_a_list_is_read_from_lines(text, found):
    assert in_list(text) == found


@pytest.mark.parametrize("hidden", list(FIELDS))
def test_what_is_not_ticked_is_not_kept(hidden):
    left = ticked(SHOWN | {f"show_{name}": name != hidden for name in FIELDS})
    assert [name for name in FIELDS if not left[name]] == [hidden]


def test_one_lists_oneself_field_by_field_and_leaves_with_one_press(organisation, technician, client_of):
    client = client_of(technician)
    form = client.get(f"{MINE}edit/")
    assert form.text.count("checked") == 0
    sent = {"name": "Ada Quill", "show_name": "on", "job": "Glassblower", "skills": "Glassblowing\nVacuum sealing", "show_skills": "on",
            "equipment": "Glass lathe", "is_adult": "on", "may_be_written_to": "on"}  # fmt: skip
    assert client.post(f"{MINE}edit/", sent).status_code == 302
    with within(organisation):
        one = Listing.objects.get()
    assert (one.name, one.job, one.skills, one.equipment) == ("Ada Quill", "", ["Glassblowing", "Vacuum sealing"], [])
    assert one.shown_until == today() + timedelta(days=365)
    assert "Glassblowing, Vacuum sealing" in client.get(MINE).text
    assert client.get(f"{MINE}edit/").text.count(" checked") == 3
    assert client.post(f"{MINE}take-out/").status_code == 302
    with within(organisation):
        assert Listing.objects.count() == 0
        assert not Entry.objects.filter(thing_kind="directory.listing", changes__icontains="Quill").exists()
        verbs = list(Entry.objects.filter(thing_kind="directory.listing").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["listed themselves in", "took themselves out of"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"name": "Ada", "show_name": "on"}, "18 or older"),
        ({"skills": "Glass", "show_skills": "on", "is_adult": "on"}, "Show at least your name or your job"),
        ({"name": "Ada", "is_adult": "on"}, "Show at least your name or your job"),
    ],
)
def test_nobody_is_listed_without_saying_who_and_of_age(organisation, technician, client_of, sent, says):
    assert says in client_of(technician).post(f"{MINE}edit/", sent).text
    with within(organisation):
        assert Listing.objects.count() == 0


def test_everybody_reads_what_was_ticked_until_its_last_day_and_the_database_shows_no_more(
    organisation, other_organisation, technician
):
    one = list_them(organisation, actor=technician, hides=("employer",))
    with within(other_organisation):
        assert [(row.name, row.employer) for row in Listing._base_manager.all()] == [("Ada Quill", "")]
        assert Listing._base_manager.filter(pk=one.pk).update(name="Other") == 0
        assert Listing.objects.count() == 0
    with within(organisation):
        Listing.objects.update(shown_until=today() - timedelta(days=1))
    with within(other_organisation):
        assert Listing._base_manager.count() == 0
    assert list(queries.listed(None, today())) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ada", "Bo", "Cy"]),
        ({"q": "welding"}, ["Bo"]),
        ({"q": "welds"}, ["Bo"]),
        ({"q": "glassblowing OR welding"}, ["Ada", "Bo"]),
        ({"q": "-glass welding"}, ["Bo"]),
        ({"q": "'); drop"}, []),
        ({"skills": "TIG welding"}, ["Bo"]),
        ({"equipment": "Glass lathe"}, ["Ada", "Cy"]),
        ({"equipment": "Glass lathe", "place": "leeds"}, ["Cy"]),
        ({"q": "lathe", "skills": "TIG welding"}, []),
        ({"employer": "Elsewhere"}, ["Cy"]),
    ],
)
def test_people_are_found_by_words_skill_equipment_place_and_employer(organisation, member, asked, found):
    told = {
        "Ada": {"skills": ["Glassblowing"]},
        "Bo": {"skills": ["TIG welding"], "equipment": ["Mill"], "offers": "", "job": "Engineer"},
        "Cy": {"skills": ["Lasers"], "place": "Leeds", "employer": "Elsewhere", "job": "Optician"},
    }
    for name, fields in told.items():
        list_them(organisation, actor=member(Role.TECHNICIAN), name=name, **fields)
    rows = queries.found(queries.listed(None, today()), asked)
    assert sorted(one.name for one in rows) == found


def test_whoever_has_left_or_whose_year_is_over_is_deleted(organisation, member):
    stays, leaves, ends = (member(Role.TECHNICIAN) for _ in range(3))
    for user in (stays, leaves, ends):
        list_them(organisation, actor=user)
    with within(organisation):
        RoleAssignment.objects.filter(person=leaves.person).delete()
        Employment.objects.filter(person=leaves.person).delete()
        Listing.objects.filter(person=ends.person).update(shown_until=today() - timedelta(days=3))
        told = CLASSES["ended_listings"].delete(organisation, timezone.now() - timedelta(days=1), False)
        assert [one.person_id for one in Listing.objects.all()] == [stays.person_id]
    assert told == {"entries whose year is over": 1, "entries of people who have left": 1}


def write(listing, **fields):
    sent = {"name": "Max", "email": "max@school.example", "words": "Would you come to our school?"} | fields
    return Client().post(f"/directory/northmoor/{listing.pk}/write/", sent)


def test_a_message_is_passed_on_and_gives_no_address_away(organisation, technician):
    listing = list_them(organisation, actor=technician)
    page = Client().get(f"/directory/northmoor/{listing.pk}/write/").text
    answer = write(listing)
    assert technician.email not in page + answer.text
    (mail,) = letters(technician.email)
    assert (mail.reply_to, "Would you come to our school?" in mail.text) == ("max@school.example", True)
    assert letters("max@school.example") == []
    with within(organisation):
        assert not Entry.objects.filter(changes__icontains="school").exists()


def test_nobody_is_flooded_and_programs_are_thanked(organisation, technician):
    listing = list_them(organisation, actor=technician)
    assert write(listing, nickname="x").status_code == 200
    answers = [write(listing).status_code for _ in range(12)]
    assert (answers.count(200), answers.count(429), len(letters(technician.email))) == (9, 3, 9)


@pytest.mark.parametrize("fields", [{"email": "nobody"}, {"name": ""}, {"words": ""}, {"words": "x" * 3001}])
def test_a_message_needs_a_name_an_address_and_words(organisation, technician, fields):
    assert write(list_them(organisation, actor=technician), **fields).status_code == 422
    assert letters(technician.email) == []


def test_who_does_not_want_messages_gets_none(organisation, technician):
    assert write(list_them(organisation, actor=technician, writes=False)).status_code == 404


def test_whoever_keeps_the_directory_takes_one_out_and_others_do_not(
    organisation, other_organisation, technician, member, client_of
):
    listing = list_them(organisation, actor=technician)
    out = f"/o/northmoor/directory/{listing.pk}/take-out/"
    colleague, stranger = (
        client_of(member(Role.TECHNICIAN)),
        client_of(member(Role.LEAD, organisation=other_organisation)),
    )
    assert (colleague.post(out).status_code, stranger.post(out).status_code) == (403, 404)
    assert stranger.post(out.replace("northmoor", other_organisation.slug)).status_code == 404
    assert client_of(member(Role.EDITOR)).post(out).status_code == 302
    with within(organisation):
        assert Listing.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(organisation, member, client_of, query_count, number):
    client = client_of(member(Role.LEAD))
    for _ in range(number):
        list_them(organisation, actor=member(Role.TECHNICIAN))
    client.get("/o/northmoor/directory/")
    with query_count(14):
        client.get("/o/northmoor/directory/")


def test_what_is_shown_is_in_the_persons_export(organisation, technician):
    from ..private import own_told

    list_them(organisation, actor=technician)
    with within(organisation):
        (row,) = own_told(technician.person, technician, organisation)
    assert row["Your skills"] == "Glassblowing, Vacuum sealing"


def test_an_account_without_a_person_is_refused(organisation, technician):
    technician.person = None
    with within(organisation), pytest.raises(operations.NotAPerson):
        operations.list_oneself(actor=technician, organisation=organisation, told={}, may_be_written_to=False)
