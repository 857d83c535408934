"""Pages and files of released figures: who sees what, at what cost, and nothing of a person in any of them."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse

from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within
from desaga.workforce.figuring import Label
from desaga.workforce.models import Release
from desaga.workforce.operations.counting import take_turn
from desaga.workforce.releasing.pages import ages, grid_of, headlines
from desaga.workforce.releasing.tables import Cell, CellKind, Shown, counted, shown
from desaga.workforce.states import ReleaseState

from .crowds import UNITS, crowd, snapshot_of
from .factories import prepared, released

PERSONAL = ("QZ7", "quist", "anna", "Vx1")
FIGURES_COST, FIGURE_COST, LIST_COST, PUBLIC_COST = 16, 15, 14, 6


@pytest.fixture
def units(organisation):
    return {name: UnitFactory(organisation=organisation, name=name) for name in UNITS}


@pytest.fixture
def steward(member):
    return member(Role.HR_DATA_STEWARD)


@pytest.fixture
def release(organisation, steward, units):
    return released(organisation, snapshot_of(organisation, crowd(200), actor=steward), actor=steward)


def at(organisation, name, *args):
    return reverse(f"workforce:{name}", args=[organisation.slug, *args])


def table(**cells):
    """A table of one column with these rows, each a value, None for hidden."""
    told = {
        (key, ""): Cell(CellKind.SUPPRESSED, None, "..")
        if value is None
        else Cell(CellKind.VALUE, Decimal(value), str(value))
        for key, value in cells.items()
    }
    words = {"figure": "workforce.headcount", "cut": "age", "name": "Headcount", "cut_words": "Age", "definition": "Who is there.", "unit": "people", "counted_as": "people", "better": "neither"}  # fmt: skip
    return Shown(**words, rows=tuple(Label(key, key) for key in cells), cells=told)


def test_a_table_is_the_same_after_it_was_kept():
    kept = table(young=15, old=None)
    assert shown(kept.kept()) == kept
    assert counted([kept]) == {"tables": 1, "cells": 2, "hidden": 1, "not_collected": 0}
    assert grid_of(kept).hides


@pytest.mark.parametrize(
    ("cells", "title"),
    [({"a": 10, "b": 20}, "The largest group: b"), ({"a": 20, "b": 20}, "Technical staff by age"), ({"a": None, "b": 20}, "Technical staff by age")],
)  # fmt: skip
def test_a_title_says_only_what_may_be_read(cells, title):
    section = ages({("workforce.headcount", "age"): table(**cells)}, date(2025, 7, 31))
    assert section.chart.title == title


def test_what_is_hidden_is_drawn_hatched_and_said_aloud():
    section = ages({("workforce.headcount", "age"): table(a=None, b=20)}, date(2025, 7, 31))
    assert "dsg-hidden-" in section.chart.wide
    assert "hidden, so that nobody can be recognised" in section.chart.described
    assert headlines({}) == []


def test_a_lead_reads_everything_and_a_unit_lead_their_unit_beside_the_whole(
    client_of, member, organisation, release, units, query_count
):
    lead, of_physics = client_of(member(Role.LEAD)), client_of(member(Role.UNIT_LEAD, unit=units["Physics"]))
    page = lead.get(at(organisation, "show_figures"))
    with query_count(FIGURES_COST):
        lead.get(at(organisation, "show_figures"))
    rows = {one.id: [line.label for line in one.grid.lines] for one in page.context["sections"]}
    assert rows["units"] == [*sorted(UNITS), "All"]
    assert "HR marks as technical staff" in page.text
    own = of_physics.get(at(organisation, "show_figures"))
    rows = {one.id: [line.label for line in one.grid.lines] for one in own.context["sections"]}
    assert rows["units"] == ["Physics", "All"]
    assert rows["horizon-by-unit"] == ["Physics", "All"]
    assert "Your units: Physics" in own.text
    assert "Workshops" not in own.text
    sheet = of_physics.get(at(organisation, "take_release_out", release.pk, "internal", "csv")).content.decode()
    assert "Physics" in sheet
    assert "Workshops" not in sheet


def test_a_figure_is_read_in_all_its_cuts_at_one_cost(client_of, member, organisation, release, query_count, steward):
    client = client_of(member(Role.STEERING_MEMBER))
    address = at(organisation, "show_figure", "headcount")
    client.get(address)
    with query_count(FIGURE_COST):
        client.get(address)
    for year in (2023, 2024):
        snapshot = snapshot_of(organisation, crowd(), actor=steward, as_at=date(year, 7, 31))
        released(organisation, snapshot, actor=steward, name=str(year))
    with query_count(FIGURE_COST):
        page = client.get(address)
    assert "Released period by period" in page.text
    with query_count(LIST_COST):
        page = client.get(at(organisation, "list_releases"))
    assert [one.name for one in page.context["page_obj"]] == ["July 2025", "2024", "2023"]


def test_only_what_was_released_is_read(client_of, member, organisation, steward, units):
    waiting = prepared(organisation, snapshot_of(organisation, crowd(), actor=steward), actor=steward)
    lead, unit_lead = client_of(member(Role.LEAD)), client_of(member(Role.UNIT_LEAD))
    file = at(organisation, "take_release_out", waiting.pk, "internal", "csv")
    assert [one.get(file).status_code for one in (lead, unit_lead)] == [200, 404]
    assert "No figures are released yet" in unit_lead.get(at(organisation, "show_figures")).text
    assert "Ready to release" in lead.get(at(organisation, "show_release", waiting.pk)).text


def test_the_steward_prepares_looks_and_releases(client_of, organisation, steward, units):
    snapshot = snapshot_of(organisation, crowd(), actor=steward)
    client = client_of(steward)
    answer = client.post(at(organisation, "prepare_release"), {"snapshot": snapshot.pk, "name": "July 2025"})
    with within(organisation, user=steward):
        release = Release.objects.get()
    assert answer.headers["Location"] == at(organisation, "show_release", release.pk)
    assert "Waiting for a worker" in client.get(answer.headers["Location"]).text
    take_turn(organisation=organisation, actor=steward, release_id=release.pk)
    assert "As the public will read it" in client.get(answer.headers["Location"], {"as": "public"}).text
    exact = client.post(at(organisation, "show_exact", release.pk))
    assert exact.headers["Cache-Control"] == "private, no-store"
    client.post(at(organisation, "release", release.pk))
    assert "moved on meanwhile" in client.post(at(organisation, "count_again", release.pk), follow=True).text
    with within(organisation, user=steward):
        assert Release.objects.get().state == ReleaseState.RELEASED
    client.post(at(organisation, "withdraw_release", release.pk), {"because": "Half a unit was missing."})
    assert "Half a unit was missing." in client.get(at(organisation, "list_releases")).text


def test_files_say_the_same_and_nothing_of_a_person(client_of, member, organisation, release):
    client = client_of(member(Role.LEAD))
    files = {
        ending: client.get(at(organisation, "take_release_out", release.pk, "internal", ending)).content
        for ending in ("csv", "xlsx", "pdf")
    }
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        metadata = str(pdf.open_metadata())
    assert "pdfuaid" in metadata
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    texts = [files["csv"].decode(), sheets, words_of_pdf(files["pdf"])]
    assert all("HR marks as technical staff" in one for one in texts[1:])
    assert all("Rounded to the nearest 5" in one for one in texts[1:])
    assert not [word for word in PERSONAL for one in texts if word in one]


def test_the_public_reads_the_public_figures_at_one_address(
    client, client_of, member, organisation, release, query_count
):
    address = f"/figures/{organisation.slug}/"
    assert client.get(address).status_code == 404
    lead = client_of(member(Role.LEAD))
    lead.post(at(organisation, "show_to_public"))
    assert f"/figures/{organisation.slug}/" in lead.get(at(organisation, "show_public_choice")).text
    page = client.get(address)
    with query_count(PUBLIC_COST):
        client.get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert "HR marks as technical staff" in page.text
    assert not [word for word in PERSONAL if word in page.text + client.get(f"{address}figures.csv").text]
    assert "Technical staff in figures" in client.get(f"/plans/{organisation.slug}/").text
    assert client.get(address, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    lead.post(at(organisation, "hide_from_public"))
    assert client.get(address).status_code == 404


def test_whoever_only_previews_releases_nothing(client_of, member, organisation, release):
    lead = client_of(member(Role.LEAD))
    closed = [
        lead.post(at(organisation, name, release.pk)).status_code
        for name in ("release", "withdraw_release", "show_exact")
    ]
    assert closed == [403, 403, 403]
