"""The list of evidence, a piece's page, and what stands in My work."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Evidence
from ..operations import accept_evidence
from .factories import a_file, a_link, make_evidence

LIST = "/o/northmoor/evidence/"


@pytest.fixture
def officer(member, client_of):
    return client_of(member(Role.PROJECT_OFFICER))


def page_of(browser, address):
    return browser.get(address).content.decode()


def test_an_empty_list_says_where_evidence_comes_from(organisation, officer):
    assert "It is given on an action’s page" in page_of(officer, LIST)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Interview", "Prize", "Certificate", "Old rules"}),
        ("?state=accepted", {"Interview"}),
        ("?voice=yes", {"Interview"}),
        ("?runs_out=soon", {"Certificate"}),
        ("?runs_out=past", {"Old rules"}),
        ("?q=prize+nominations", {"Prize"}),
        ("?q=CERT.txt", {"Certificate"}),
        ("?state=no-such&plan=x", {"Interview", "Prize", "Certificate", "Old rules"}),
    ],
)
def test_the_list_is_narrowed_and_taken_out_alike(organisation, other_organisation, officer, query, titles):
    today = timezone.localdate()
    interview = make_evidence(organisation, a_file("Interview", is_technician_voice=True))
    make_evidence(organisation, a_link("Prize", shows="Eleven nominations."))
    make_evidence(organisation, a_file("Certificate", name="CERT.txt", expires_on=today + timedelta(days=30)))
    make_evidence(organisation, a_file("Old rules", expires_on=today - timedelta(days=1)))
    make_evidence(other_organisation, a_file("CANARY"))
    with within(organisation):
        accept_evidence(actor=None, evidence=interview)

    page = officer.get(f"{LIST}{query}")
    assert {row.evidence.title for row in page.context["rows"]} == titles
    taken = officer.get(f"{LIST}take-out.csv{query}").content.decode("utf-8-sig")
    assert {row[0] for row in csv.reader(io.StringIO(taken)) if row[0] in titles | {"CANARY"}} == titles
    voices = "1 of 4 pieces is in technicians’ own words."
    assert (voices in page.content.decode()) == (len(titles) == 4)


def test_the_programme_accepts_or_says_why_not_and_the_giver_reads_it(organisation, member, client_of, officer):
    giver = member(Role.TECHNICIAN)
    piece = make_evidence(organisation, actor=giver)
    address = f"{LIST}{piece.pk}/"
    assert "Does it show what it says?" in page_of(officer, address)
    assert "Does it show" not in page_of(client_of(giver), address)

    assert "Fill this in" in officer.post(f"{address}decline/", {"reason": ""}).content.decode()
    officer.post(f"{address}decline/", {"reason": "It does not name the prize."})
    assert "It does not name the prize." in page_of(client_of(giver), address)
    assert "“Minutes”, which was not accepted" in page_of(client_of(giver), "/my-work/")
    assert client_of(member(Role.READER)).get(address).status_code == 404
    assert "It is accepted." in officer.post(f"{address}accept/", follow=True).content.decode()


def test_what_stands_with_it_is_changed_and_it_is_replaced_and_taken_back(organisation, officer, member, client_of):
    old, new = make_evidence(organisation), make_evidence(organisation, a_link())
    address = f"{LIST}{old.pk}/"
    told = {"title": "Minutes of May", "shows": "", "given_by": "Ann", "expires_on_day": "1", "expires_on_month": "5"}
    assert "must include a year" in officer.post(f"{address}edit/", told).content.decode()
    officer.post(f"{address}edit/", told | {"expires_on_year": "2031"})
    assert "1 May 2031" in page_of(officer, address)

    officer.post(f"{address}replace/", {"by": new.pk})
    assert "In its place stands" in page_of(officer, address)
    page = officer.post(f"{address}take-back/", follow=True).content.decode()
    assert "It is taken back." in page
    assert officer.get(f"{address}file/").status_code == 404
    assert client_of(member(Role.READER)).post(f"{LIST}{new.pk}/take-back/").status_code == 403
    with within(organisation):
        assert sorted(Evidence.objects.values_list("title", "state")) == [
            ("Announcement", "waiting"), ("Minutes of May", "taken_back"),
        ]  # fmt: skip


def test_my_work_says_what_to_look_at_and_what_runs_out(organisation, officer, member, client_of):
    for days in (20, 30, 31):
        make_evidence(organisation, a_file(expires_on=timezone.localdate() + timedelta(days=days)))
    page = page_of(officer, "/my-work/")
    assert "3 pieces of evidence" in page
    assert "2 pieces of evidence, which run out soon" in page
    assert "of evidence" not in page_of(client_of(member(Role.TECHNICIAN)), "/my-work/")
