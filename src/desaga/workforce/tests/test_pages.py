"""The pages, for the HR data steward."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import Access
from desaga.tenancy.context import within

from ..models import Extract, Snapshot
from ..states import ExtractState
from .factories import HEADS, ROWS, checked, csv_of, furnish_workforce, handed_in, loaded, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation, client):
    user = member_of(organisation, Role.HR_DATA_STEWARD)
    client.force_login(user)
    return user


def at(organisation, rest=""):
    return f"/o/{organisation.slug}/workforce/{rest}"


def only_extract(organisation):
    with within(organisation):
        return Extract.objects.get()


def send_file(client, organisation, content, **fields):
    told = {"as_at_day": "31", "as_at_month": "7", "as_at_year": "2025", "coverage": "all"}
    told |= {"submission": "7f1b9a52-6d5c-4b39-9a0e-3d6c1d7f2a11", **fields}
    file = SimpleUploadedFile("staff.csv", content)
    return client.post(at(organisation, "extracts/hand-in/"), {**told, "document": file})


def test_pages_say_so_where_the_key_is_not_on_the_server(client, organisation, steward, settings):
    extract = checked(organisation, actor=steward)
    settings.WORKFORCE_KEYS = [Fernet.generate_key().decode()]
    page = client.get(at(organisation, f"extracts/{extract.pk}/check/"))
    assert (page.status_code, "must bring that key back" in page.text) == (503, True)
    with within(organisation):
        assert Access.objects.count() == 0


def test_a_column_whose_values_are_not_what_its_heading_says_is_told_on_the_page(client, organisation, steward):
    rows = [("1", "Spring", "Ash"), ("2", "Autumn", "Birch")]
    extract = handed_in(organisation, csv_of(rows, ("Staff No", "Start Date", "Surname")), actor=steward)
    page = client.get(at(organisation, f"extracts/{extract.pk}/columns/"))
    assert "By its heading this is “Contract starts”, but hardly any of its values can be read so." in page.text
    assert page.text.count("By its heading") == 1


def test_a_column_that_may_be_what_another_is_already_is_told_on_the_page(client, organisation, steward):
    heads = ("Staff No", "End Date", "Date Left")
    extract = handed_in(organisation, csv_of([("1", "31/07/2025", "31/07/2025")], heads), actor=steward)
    page = at(organisation, f"extracts/{extract.pk}/columns/")
    told = "By its heading this may be “Contract ends” too, which the column “End Date” is already. Only one can be it."
    assert client.get(page).text.count(told) == 1
    chosen = {"grain": "person", "full_time_hours": "35", "column_0": "staff_number", "column_2": "ends_on"}
    refused = client.post(page, {**chosen, "full_time_hours": "none"})
    assert "By its heading" not in refused.text


def test_where_nobody_is_in_post_the_page_names_the_column_in_doubt_and_lets_it_be_agreed_to(
    client, organisation, steward
):
    extract = checked(organisation, csv_of([(*row[:9], "01/08/2020") for row in ROWS]), actor=steward)
    here = at(organisation, f"extracts/{extract.pk}/check/")
    said, agree = "“Contract ends” is mapped to the column “End Date”.", f"extracts/{extract.pk}/agree/"
    page = client.get(here)
    assert (said in page.text, "The head count is right" in page.text) == (True, True)
    client.post(at(organisation, agree))
    page = client.get(here)
    assert (said in page.text, "It can be loaded" in page.text) == (False, True)


def test_a_file_goes_all_the_way_by_its_pages(client, organisation, steward):
    page = send_file(client, organisation, csv_of())
    extract = only_extract(organisation)
    assert page.headers["Location"] == at(organisation, f"extracts/{extract.pk}/")
    worked(extract, steward)

    here = f"extracts/{extract.pk}/"
    page = client.get(at(organisation, f"{here}columns/"))
    fields = {f"column_{n}": line["field"].initial for n, line in enumerate(page.context["form"].lines)}
    assert fields["column_0"] == "staff_number"
    # Before its check the last step leads to the first that is not done, and says so.
    page = client.get(at(organisation, f"{here}check/"), follow=True)
    assert page.redirect_chain[-1][0] == at(organisation, f"{here}columns/")
    assert "Nothing is checked yet. First say what each column is." in page.text
    client.post(at(organisation, f"{here}columns/"), {**fields, "grain": "person", "full_time_hours": "35"})
    page = client.get(at(organisation, f"{here}check/"), follow=True)
    assert page.redirect_chain[-1][0] == at(organisation, f"{here}codes/")
    assert "Nothing is checked yet. First say here what your words are as codes" in page.text
    client.post(at(organisation, f"{here}codes/"), {})
    worked(extract, steward)
    assert b"Make the snapshot of 3 people" in client.get(at(organisation, f"{here}check/")).content
    more = handed_in(organisation, csv_of([(*row, "x") for row in ROWS], (*HEADS, "Campus")), actor=steward)
    page = client.get(at(organisation, f"extracts/{more.pk}/columns/")).content
    assert b"Not met before: Campus." in page
    client.post(at(organisation, f"{here}load/"))
    worked(extract, steward)

    assert b"It became the snapshot of" in client.get(at(organisation, here)).content
    with within(organisation):
        assert Snapshot.objects.get().people == 3


def test_the_check_shows_its_faults_with_row_column_value_and_mend(client, organisation, steward):
    extract = furnish_workforce(organisation, actor=steward)
    page = client.get(at(organisation, f"extracts/{extract.pk}/check/"), {"kind": "odd_share.7"})

    [fault] = page.context["faults"]
    assert (fault.row, fault.column, fault.value) == (4, "FTE", "12")
    assert b"Is this the same person under a new number?" in page.content
    assert [word.strip() for word in page.context["matches"][0].was] == ["1001", "Ann Birch", "02/03/1980"]


def test_faults_leave_as_a_file_in_which_nothing_is_a_formula(client, organisation, steward):
    bad = ("1001", *ROWS[0][1:8], "=HYPERLINK(1)", "")
    extract = checked(organisation, csv_of([bad, *ROWS[1:]]), actor=steward)
    file = client.get(at(organisation, f"extracts/{extract.pk}/faults.csv"))

    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("2,Start Date,'=HYPERLINK(1),This is no date.,Write it as")
    assert file.headers["Cache-Control"] == "private, no-store"


def test_values_of_equality_fields_are_hidden_from_whoever_may_not_see_them(client, organisation, steward):
    both = member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    heads, rows = (
        (*HEADS, "Ethnic Origin"),
        [(*row, word) for row, word in zip(ROWS, ("Secretian", "Indian", "African"), strict=True)],
    )
    extract = checked(organisation, csv_of(rows, heads), actor=both)
    here = at(organisation, f"extracts/{extract.pk}/")

    for page in ("check/", "codes/", "faults.csv"):
        assert b"Secretian" not in client.get(f"{here}{page}").content
    client.force_login(both)
    for page in ("check/", "codes/", "faults.csv"):
        assert b"Secretian" in client.get(f"{here}{page}").content


def test_words_for_codes_are_said_once(client, organisation, steward):
    heads, rows = (
        (*HEADS, "Contract Type"),
        [(*row, word) for row, word in zip(ROWS, ("FTC-R", "Permanent", "Permanent"), strict=True)],
    )
    extract = checked(organisation, csv_of(rows, heads), actor=steward)
    assert extract.counts["faulty_rows"] == 1

    client.post(at(organisation, f"extracts/{extract.pk}/codes/"), {"word_0_0": "2"})
    assert worked(extract, steward).counts["faulty_rows"] == 0
    assert b"ftc r" in client.get(at(organisation, "code-lists/")).content


def test_while_a_worker_is_at_it_the_page_says_how_far_it_is_and_offers_to_stop(client, organisation, steward):
    send_file(client, organisation, csv_of())
    here = at(organisation, f"extracts/{only_extract(organisation).pk}/")

    assert b"Waiting for a worker" in client.get(here).content
    part = client.get(here, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    client.post(f"{here}halt/")
    worked(only_extract(organisation), steward)
    assert only_extract(organisation).state == ExtractState.CANCELLED


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(client, organisation, steward):
    send_file(client, organisation, b"\x00\x01\x02\xff\xfe\x03" * 900)
    extract = worked(only_extract(organisation), steward)
    here = at(organisation, f"extracts/{extract.pk}/")
    page = client.get(here)
    assert b"This is no table of text and no workbook" in page.content
    # A page that has waited is shown whole: what stands around the progress, such as Stop, is over too.
    assert client.get(here, headers={"HX-Request": "true"}).headers["HX-Redirect"] == here


def test_another_row_of_headings_is_read_when_asked_for(client, organisation, steward):
    extract = handed_in(organisation, b"Staff No,FTE\nEmployee No,Contract FTE\n1,1\n2,0.5\n", actor=steward)
    client.post(at(organisation, f"extracts/{extract.pk}/sheet/"), {"head_row": "2"})
    again = worked(extract, steward)
    assert (again.layout["head_row"], again.layout["rows"], again.mapped) == (2, 2, {0: "staff_number", 1: "fte"})


def test_limits_are_set_by_their_page(client, organisation, steward):
    client.post(at(organisation, "limits/"), {"most_faulty": "8", "largest_change": "30", "full_time_hours": "36.5"})
    assert b"More than 8 per cent" in client.get(at(organisation)).content


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_snapshots_asks_as_often_for_many_as_for_one(client, organisation, steward, number):
    for n in range(number):
        loaded(organisation, actor=steward, as_at=date(2025, 7, n + 1))
        handed_in(organisation, actor=steward, as_at=date(2025, 8, n + 1))
    client.get(at(organisation))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(client.get(at(organisation)).context["page_obj"]) == number
    assert len(queries) == 20


@pytest.mark.parametrize("number", [1, 3])
def test_the_check_asks_as_often_for_many_faults_as_for_one(client, organisation, steward, number):
    bad = [(str(n), f"Birch {n}", *ROWS[0][2:8], "soon", "") for n in range(number)]
    extract = checked(organisation, csv_of([*bad, *ROWS[1:]]), actor=steward)
    address = at(organisation, f"extracts/{extract.pk}/check/")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(address).context["faults"]) == number
    assert len(queries) == 34
