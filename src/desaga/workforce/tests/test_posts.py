"""Posts that nobody holds are no people and no faults; they, and those of a recruitment system's file, may be taken into what figures count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory, member_of
from desaga.tenancy.context import within

from ..defining import STARTING, Condition, Looks, Outcome, Rule
from ..models import AdvertisedPosts, PersonRow
from ..operations import posts
from ..populating import population_of
from ..reading.check import Settings, check
from ..reading.posts import NoPosts, posts_of
from ..reading.table import read_table
from ..releasing.whom import whom_of
from ..synthetic.making import as_xlsx
from .factories import AS_AT, HEADS, ROWS, adopted, checked, csv_of, loaded

#: A technician's post, in two ways of saying that nobody holds it; a lecturer's; and a row that misses its number.
EMPTY = ("", "", "", "", "Workshop Technician", "5", "Workshops", "1", "", "")
VACANT = ("VACANT", "Vacant", "", "", "Workshop Technician", "5", "Workshops", "1", "", "")
LECTURER = ("", "TBC", "", "", "Lecturer", "8", "Physics", "1", "", "")
NAMED = ("", "Elm", "Eve", "", "Technician", "5", "Workshops", "1", "", "")
OVER = (*EMPTY[:9], "31/08/2024")
MORE = (*HEADS, "Applicants")
APPLIED = [(*row, "") for row in ROWS] + [(*EMPTY, "12"), (*VACANT, "3"), (*LECTURER, "7")]


TECHNICIANS = Rule((Condition(Looks.TITLE, ("technician",)),), Outcome.TECHNICIAN, "Their title says so.")
TITLED = replace(STARTING, rules=(TECHNICIANS,))


@pytest.fixture
def organisation():
    made = OrganisationFactory()
    with within(made):
        UnitFactory(organisation=made, name="Workshops", code="WSH")
    return made


def found_in(rows, heads=HEADS, columns=None):
    table = read_table(csv_of(rows, heads), "staff.csv")
    fields = ("staff_number", "surname", "forename", "birth_date", "job_title", "grade", "unit", "fte", "starts_on", "ends_on", "applicants")  # fmt: skip
    mapped = dict(enumerate(fields[: len(heads)])) if columns is None else columns
    return check(table, mapped, Settings(AS_AT, 2025, "person", 35, units={"workshops": 7}))


@pytest.mark.parametrize(
    ("row", "kind", "number"),
    [(EMPTY, "vacant_post", 1), (VACANT, "vacant_post", 1), (LECTURER, "vacant_post", 1), (OVER, "vacant_post", 0), (NAMED, "no_staff_number", 0)],
)  # fmt: skip
def test_a_post_that_nobody_holds_is_no_person_and_no_fault(row, kind, number):
    checked_ = found_in([*ROWS, row])
    said = {one.kind for one in checked_.faults if one.row == 5} - {"unknown_unit"}
    assert (len(checked_.people), said) == (3, {kind})
    assert (sum(one["posts"] for one in checked_.vacant), checked_.faulty) == (number, int(kind == "no_staff_number"))


def test_where_no_column_is_of_people_a_missing_number_stays_a_fault():
    without = {0: "staff_number", 4: "job_title", 6: "unit"}
    assert [one.kind for one in found_in([*ROWS, EMPTY], columns=without).faults if one.row == 5] == ["no_staff_number"]


def test_posts_alike_are_kept_together_with_their_applicants():
    kept = [(one["unit"], one["title"], one["posts"], one["applicants"]) for one in found_in(APPLIED, MORE).vacant]
    assert kept == [(7, "Workshop Technician", 2, 15), (None, "Lecturer", 1, 7)]
    unknown = [*APPLIED, (*EMPTY, "")]
    assert found_in(unknown, MORE).vacant[0]["applicants"] is None


@pytest.mark.django_db
def test_the_technical_ones_of_an_extract_are_taken_in_once_somebody_says_so(organisation, client):
    lead = member_of(organisation, Role.LEAD)
    extract = checked(organisation, csv_of(APPLIED, MORE))
    assert (extract.counts["vacant"], extract.counts["people"], extract.stops) == (3, 3, [])
    snapshot = loaded(organisation, csv_of(APPLIED, MORE))
    adopted(organisation, TITLED)
    with within(organisation):
        assert PersonRow.objects.count() == 3
        assert population_of(snapshot, whom_of(snapshot).classify).posts is None
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("workforce:show_statement", args=[organisation.slug])
    assert "stand vacant in the extract of 31 July 2025" in client.get(page).content.decode()
    vacant = client.get(page).context["vacant"]
    assert (vacant.posts, vacant.technical, vacant.elsewhere, vacant.undecided) == (3, 2, 0, 0)

    client.post(reverse("workforce:take_vacant_posts", args=[organisation.slug, snapshot.pk]))

    with within(organisation):
        assert list(AdvertisedPosts.objects.values_list("unit__name", "year", "posts", "applicants", "source")) == [
            ("Workshops", 2024, 2, 15, "extract")
        ]
        counted = population_of(snapshot, whom_of(snapshot).classify).posts
        assert sorted(post.applicants for post in counted) == [7, 8]
        with pytest.raises(posts.NoneToTake):
            posts.take_vacant_posts(actor=lead, snapshot=snapshot)
    assert "Vacant in an extract" in client.get(page).content.decode()


@pytest.mark.django_db
def test_what_a_definition_leaves_to_a_person_is_not_taken(organisation):
    snapshot = loaded(organisation, csv_of(APPLIED, MORE))
    adopted(organisation, replace(STARTING, rules=(), rest=Outcome.ASK), on=date(2025, 8, 1))
    with within(organisation), pytest.raises(posts.NoneToTake):
        posts.take_vacant_posts(actor=None, snapshot=snapshot)


UNITS = {"workshops": 1, "wsh": 1, "imaging facility": 2}


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (("Department", "Posts", "Applicants"), [("Workshops", "2", "30"), ("WSH", "1", "4")], {1: (3, 34)}),
        (("Vacancy ref", "Hiring department", "Applications"), [("A1", "Workshops", "9"), ("A2", "Imaging Facility", ""), ("A3", "Imaging Facility", "3")], {1: (1, 9), 2: (2, None)}),
        (("Department", "Posts", "Applicants"), [("Workshops", "0", ""), ("Imaging Facility", "0", ""), ("Imaging Facility", "1", "5")], {1: (0, 0), 2: (1, 5)}),
    ],
)  # fmt: skip
def test_a_file_of_posts_is_a_row_a_unit_or_a_row_a_post(heads, rows, expected):
    found = posts_of(read_table(csv_of(rows, heads), "posts.csv"), UNITS)
    assert {pk: (one.posts, one.applicants) for pk, one in found.items()} == expected


@pytest.mark.parametrize(
    ("heads", "row", "words"),
    [
        (("Department", "Posts"), ("Alchemy", "1"), "Row 2: no unit of yours is called “Alchemy”."),
        (("Department", "Posts"), ("Workshops", "two"), "Row 2: “two” is no whole number."),
        (("Place", "Posts"), ("Workshops", "2"), "No column is headed Unit or Department."),
        (("Department", "Posts"), ("Workshops", "-"), "There is no post in the file."),
    ],
)
def test_a_file_of_posts_that_is_wrong_says_where(heads, row, words):
    with pytest.raises(NoPosts, match=words.replace(".", r"\.")):
        posts_of(read_table(csv_of([row], heads), "posts.csv"), UNITS)


@pytest.mark.django_db
def test_a_workbook_of_posts_enters_and_corrects_or_changes_nothing(organisation, client):
    client.force_login(member_of(organisation, Role.LEAD), backend="django.contrib.auth.backends.ModelBackend")
    with within(organisation):
        UnitFactory(organisation=organisation, name="Imaging Facility")
    page = reverse("workforce:take_posts_in", args=[organisation.slug])

    def take(*rows):
        file = SimpleUploadedFile("posts.xlsx", as_xlsx(("Department", "Posts", "Applicants"), rows))
        answer = client.post(page, {"year": "2025", "document": file}, follow=True).content.decode()
        with within(organisation):
            kept = AdvertisedPosts.objects.order_by("unit__name").values_list(
                "unit__name", "posts", "applicants", "source"
            )
            return answer, list(kept)

    said, kept = take(("Workshops", "2", "30"))
    assert "1 unit entered, 0 units corrected" in said
    assert kept == [("Workshops", 2, 30, "file")]
    said, kept = take(("Workshops", "3", "31"), ("Alchemy", "1", "2"))
    assert "Row 3: no unit of yours is called “Alchemy”." in said
    assert kept == [("Workshops", 2, 30, "file")]
    said, kept = take(("Workshops", "3", "31"), ("Imaging Facility", "1", ""))
    assert "1 unit entered, 1 unit corrected" in said
    assert kept == [("Imaging Facility", 1, None, "file"), ("Workshops", 3, 31, "file")]
