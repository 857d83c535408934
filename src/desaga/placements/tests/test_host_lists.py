"""A list of hosts from a spreadsheet: every fault with its row, doubles by ROR number and by name, nothing written before one says so, and all or none."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.organisations.loading import TooManyRows
from desaga.organisations.operations.parties import Loaded, RowsHaveErrors
from desaga.organisations.sheets import tables_in_text, tables_in_upload
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..host_lists import Does, HostRow, Known, NothingToLoad, beside, packed, ror_of, rows_of, unpacked
from ..models import HostPlace
from ..operations import hosts
from .factories import with_role

LIST = "Name,Country,ROR ID\nUniversity of Hostwick,UK,https://ror.org/024mrxd33\nFjord Institute,no,\n"
HOSTWICK, FJORD = (
    HostRow(2, "University of Hostwick", "United Kingdom", "024mrxd33"),
    HostRow(3, "Fjord Institute", "Norway"),
)


def understood(text):
    return rows_of(tables_in_text(text))


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


# ---- What rows say


def test_a_list_is_understood_by_its_headings_as_file_and_as_workbook():
    assert understood(LIST) == [HOSTWICK, FJORD]
    book = openpyxl.Workbook()
    for row in (
        ("Our hosts",),
        ("ROR", "Country", "Institution"),
        ("024MRXD33", "Great Britain", "University of  Hostwick"),
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    rows = rows_of(tables_in_upload(SimpleUploadedFile("hosts.xlsx", content.getvalue())))
    assert rows == [HostRow(3, "University of Hostwick", "United Kingdom", "024mrxd33")]


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        (",Norway,", ("The name is missing.",)),
        ("Somewhere,,", ("The country is missing.",)),
        ("Somewhere,Atlantis,", ("“Atlantis” is no country that is known. Write its English name or its two letters, such as Germany or DE.",)),
        ("Somewhere,Norway,12", ("“12” is no ROR number. Write its nine signs, such as 024mrxd33, or leave it empty.",)),
        ("university of hostwick,England,", ("“university of hostwick” stands in row 2 already.",)),
        ("Hostwick Uni,UK,024mrxd33", ("The ROR number 024mrxd33 stands in row 2 already.",)),
        ("University of Hostwick,Norway,", ()),
        (f"{'X' * 301},Norway,", ("The name has more than 300 characters.",)),
        (",Atlantis,12", (
            "The name is missing.", "“Atlantis” is no country that is known. Write its English name or its two letters, such as Germany or DE.",
            "“12” is no ROR number. Write its nine signs, such as 024mrxd33, or leave it empty.",
        )),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_row_is_said_with_how_to_mend_it(line, errors):
    row = understood(f"{LIST}{line}\n")[-1]
    assert (row.number, row.errors) == (4, errors)


def test_two_hosts_without_a_number_are_no_double():
    rows = understood("Name,Country\nAa,Norway\nBb,Norway\n")
    assert [row.errors for row in rows] == [(), ()]


def test_what_is_no_list_is_refused():
    with pytest.raises(NothingToLoad):
        understood("1,2\n3,4\n")
    with pytest.raises(TooManyRows):
        understood("Name,Country\n" + "".join(f"Host {number},Norway\n" for number in range(2001)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("https://ror.org/024MRXD33", "024mrxd33"), ("ror.org/024mrxd33/", "024mrxd33"), ("024mrxd33", "024mrxd33"), ("", ""), ("x", None)],
)  # fmt: skip
def test_a_ror_number_is_taken_as_people_paste_it(typed, number):
    assert ror_of(typed) == number


def known(name="University of Hostwick", place=1, ror="", code="GB"):
    return Known(name, code, place, f"{name}, United Kingdom", ror)


@pytest.mark.parametrize(
    ("there", "does", "fits"),
    [
        ([], Does.ADDS, True),
        ([known("Other")], Does.ADDS, True),
        ([known(code="NO")], Does.ADDS, True),
        ([known("University Of Hostwick")], Does.NUMBERS, True),
        ([known(ror="024mrxd33")], Does.NOTHING, True),
        ([known("Hostwick Uni", ror="024mrxd33")], Does.NOTHING, True),
        ([known(ror="0aaaaaa00")], Does.ADDS, False),
        ([known("Hostwick Uni", 2, "024mrxd33"), known()], Does.ADDS, False),
        ([Known("Hostwick Uni", "GB", 1, "Hostwick", "", "024mrxd33")], Does.NUMBERS, True),
    ],
)
def test_doubles_are_known_by_number_and_by_name(there, does, fits):
    row = beside([HOSTWICK], there)[0]
    assert (row.does, row.errors == ()) == (does, fits)


def test_an_entry_gets_one_number():
    rows = beside(
        [HOSTWICK, HostRow(3, "Hostwick Uni", "United Kingdom", "0aaaaaa00")], [known(), known("Hostwick Uni")]
    )
    assert [row.errors for row in rows] == [
        (),
        ("Hostwick Uni, United Kingdom gets the ROR number 024mrxd33 by row 2 already.",),
    ]


def test_rows_survive_the_way_from_preview_to_confirmation():
    assert unpacked(packed([HOSTWICK, FJORD])) == [HOSTWICK, FJORD]


# ---- What they do


def test_loading_adds_and_numbers_and_twice_is_once(organisation, manager):
    with within(organisation, user=manager):
        place = hosts.add_place(
            actor=manager, organisation=organisation, name="university of hostwick", country="England"
        )
        told = {"actor": manager, "organisation": organisation, "rows": understood(LIST)}
        assert hosts.load_places(**told) == Loaded(added=1, changed=1)
        assert hosts.load_places(**told) == Loaded(unchanged=2)
        place.refresh_from_db()
        assert (place.name, place.ror) == ("university of hostwick", "024mrxd33"), "its name stays as it was"
        assert HostPlace.objects.get(name="Fjord Institute").country_code == "NO"


def test_what_was_merged_is_known_by_its_name(organisation, manager):
    with within(organisation, user=manager):
        stands, double = (
            hosts.add_place(actor=manager, organisation=organisation, name=name, country="United Kingdom")
            for name in ("Hostwick", "University of Hostwick")
        )
        hosts.merge_places(actor=manager, place=double, into=stands)
        hosts.load_places(actor=manager, organisation=organisation, rows=[HOSTWICK])
        stands.refresh_from_db()
        assert (stands.ror, HostPlace.objects.count()) == ("024mrxd33", 2)


def test_one_faulty_row_keeps_all_out(organisation, manager):
    with within(organisation, user=manager):
        with pytest.raises(RowsHaveErrors):
            hosts.load_places(actor=manager, organisation=organisation, rows=understood(f"{LIST}X,Atlantis,\n"))
        assert not HostPlace.objects.exists()


def test_the_preview_changes_nothing_and_the_confirmation_loads(organisation, manager, client_of):
    browser = client_of(manager)
    load = reverse("placements:load_host_places", args=[organisation.slug])
    confirm = reverse("placements:confirm_host_places", args=[organisation.slug])
    assert f'href="{load}"' in browser.get(reverse("placements:list_host_places", args=[organisation.slug])).text
    faulty = browser.post(load, {"pasted": f"{LIST}X,Atlantis,\n"})
    assert "1 of 3 rows have errors" in faulty.text
    assert 'name="rows"' not in faulty.text
    preview = browser.post(load, {"sheet": SimpleUploadedFile("hosts.csv", LIST.encode())})
    assert "2 to be added, 0 to get a ROR number, 0 there already" in preview.text
    with within(organisation):
        assert not HostPlace.objects.exists()
    done = browser.post(confirm, {"rows": preview.context["signed"]}, follow=True)
    assert "2 added, 0 with a ROR number now, 0 as they were already." in done.text
    again = browser.post(confirm, {"rows": "made up"}, follow=True)
    assert "Load the list again." in again.text


def test_a_long_list_is_laid_beside_the_directory_in_as_many_queries_as_a_short_one(organisation, manager, client_of):
    browser, address = client_of(manager), reverse("placements:load_host_places", args=[organisation.slug])
    browser.get(address)
    counts = []
    for rows in (1, 30):
        pasted = "Name,Country\n" + "".join(f"Host {number},Norway\n" for number in range(rows))
        with CaptureQueriesContext(connection) as caught:
            assert browser.post(address, {"pasted": pasted}).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
