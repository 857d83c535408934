"""Pages and files of released figures: who sees what, at what cost, and nothing of a person in any of them."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from desaga.documents.out import Contents, Heading, Table, Words
from desaga.documents.tests.pdf_checks import failures_of
from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.indicators.operations import take_readings
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within
from desaga.workforce.figuring import Label, Stated
from desaga.workforce.models import Release
from desaga.workforce.operations import stating
from desaga.workforce.operations.counting import take_turn
from desaga.workforce.releasing import queries
from desaga.workforce.releasing.over_time import along_time, followed
from desaga.workforce.releasing.pages import ages, flows, headlines, section_of
from desaga.workforce.releasing.pages import units as units_beside
from desaga.workforce.releasing.papers import paper, told_of
from desaga.workforce.releasing.profile import profile
from desaga.workforce.releasing.sections import grid_of
from desaga.workforce.releasing.tables import Cell, CellKind, Shown, counted, shown
from desaga.workforce.states import ReleaseState

from .crowds import UNITS, crowd, snapshot_of
from .factories import adopted, prepared, released

PERSONAL = ("QZ70", "quist", "anna")
FIGURES_COST, FIGURE_COST, LIST_COST, PUBLIC_COST = 15, 15, 14, 8


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


def sheets_of(content):
    """All that a workbook says."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


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


SOURCE = "https://sector.example/report"


def share_table(figure, name, ours, rest, *, beside=()):
    """A share of technical staff beside that of the rest, as it is released; None is hidden."""
    told = {("technical", ""): ours, ("rest", ""): rest}
    cells = {place: Cell(CellKind.SUPPRESSED, None, "..") if value is None else Cell(CellKind.VALUE, Decimal(value), value) for place, value in told.items()}  # fmt: skip
    words = {"figure": figure, "cut": "staff", "name": name, "cut_words": "Staff", "definition": "Of those who said.", "unit": "per cent", "counted_as": "share", "better": "neither"}  # fmt: skip
    rows = (Label("technical", "Technical staff"), Label("rest", "Rest"))
    return Shown(**words, rows=rows, cells=cells, beside=tuple(beside))


def test_the_profile_sets_us_beside_the_rest_and_beside_others_with_their_source():
    sector = Stated("", Decimal("41.50"), "The sector", SOURCE, "2023/24")
    told = [
        share_table("workforce.women", "Women", "30.1", "52", beside=[sector]),
        share_table("workforce.disabled", "Disabled", None, "9"),
    ]
    section = profile({one.key: one for one in told}, date(2025, 7, 31))
    assert section.question == "How do we differ from the rest of the institution?"
    assert section.chart.title == "Women: 30.1 % of technical staff, 52 % of the rest"
    assert section.grid.headings == ("Technical staff", "Rest of the institution", "Others")
    assert [cell.words for cell in section.grid.lines[0].cells] == ["30.1", "52", "41.5 %"]
    assert [cell.words for cell in section.grid.lines[1].cells] == ["..", "9", ""]
    assert section.beside[0].sentence == f"Women: 41.5 per cent. The sector, 2023/24. Source: {SOURCE}"
    assert profile({}, date(2025, 7, 31)) is None


@pytest.mark.parametrize(("ours", "drawn"), [(60, True), (20, False)])
def test_groups_are_drawn_as_shares_where_there_are_enough_people(ours, drawn):
    """Of fewer people than the policy gives percentages of, none is worked out."""
    staff = (Label("technical", "Technical staff"), Label("rest", "Rest"))
    cells = {("female", "technical"): 15, ("female", "rest"): 100, ("", "technical"): ours, ("", "rest"): 200}
    words = {"figure": "workforce.sex", "cut": "sex", "name": "Sex", "cut_words": "Sex", "definition": "", "unit": "people", "counted_as": "people", "better": "neither"}  # fmt: skip
    told = {place: Cell(CellKind.VALUE, Decimal(value), str(value)) for place, value in cells.items()}
    sector = Stated("female", Decimal(40), "The sector", SOURCE, "")
    section = section_of(Shown(**words, rows=(Label("female", "Female"),), columns=staff, cells=told, beside=(sector,)), date(2025, 7, 31))  # fmt: skip
    assert (section.chart is not None) == drawn
    assert not drawn or section.chart.described == "Female: Technical staff 25 %, Rest of the institution 50 %, The sector 40 %."  # fmt: skip


@pytest.fixture
def with_comparator(organisation, steward):
    with within(organisation, user=steward):
        told = {"characteristic": "age", "group": "50", "share": Decimal("38.5"), "name": "The sector", "source": SOURCE, "year": "2023/24"}  # fmt: skip
        stating.add_comparator(actor=steward, organisation=organisation, **told)


def test_a_comparator_stands_beside_with_its_source_on_pages_and_in_files(
    with_comparator, release, client_of, member, organisation
):
    client = client_of(member(Role.LEAD))
    pages = [
        client.get(at(organisation, "show_figures")).text,
        client.get(at(organisation, "show_figure", "aged_50")).text,
    ]
    files = {one: client.get(at(organisation, "take_release_out", release.pk, "internal", one)).content for one in ("csv", "xlsx")}  # fmt: skip
    told = [*pages, files["csv"].decode(), sheets_of(files["xlsx"])]
    assert [("38.5" in one, "The sector" in one, SOURCE in one.replace(" ", "")) for one in told] == [(True,) * 3] * 4


def test_a_figure_is_read_in_all_its_cuts_at_one_cost(
    client_of, member, organisation, release, query_count, steward, units, monkeypatch
):
    client = client_of(member(Role.STEERING_MEMBER))
    address = at(organisation, "show_figure", "headcount")
    client.get(address)
    with query_count(FIGURE_COST):
        client.get(address)
    for year in (2023, 2024):
        snapshot = snapshot_of(organisation, crowd(), actor=steward, as_at=date(year, 7, 31))
        released(organisation, snapshot, actor=steward, name=str(year))
    with query_count(FIGURE_COST + 1):
        client.get(address)  # The lines are made of what is released now, and kept.
    with query_count(FIGURE_COST):
        page = client.get(address)
    assert "Released period by period" in page.text
    told = {one.id: one for one in page.context["trends"]}
    assert list(told) == ["along-time", "unit-along-time", "grade-along-time", "age-along-time"]
    assert told["unit-along-time"].grid.headings == ("Jul 2023", "Jul 2024", "Jul 2025")
    assert [line.label for line in told["unit-along-time"].grid.lines] == sorted(UNITS)
    file = client.get(at(organisation, "take_release_out", release.pk, "internal", "csv"), {"figures": "headcount", "over-time": "1"})  # fmt: skip
    days = [row["Day"] for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))) if row["Cut"] == "All technical staff"]  # fmt: skip
    assert days == ["2025-07-31", "2024-07-31", "2023-07-31"]
    own = client_of(member(Role.UNIT_LEAD, unit=units["Physics"])).get(at(organisation, "show_figures"))
    rows = {one.id: [line.label for line in one.grid.lines] for one in own.context["trends"]}
    assert rows["unit-along-time"] == ["Physics"]
    with query_count(LIST_COST):
        page = client.get(at(organisation, "list_releases"))
    assert [one.name for one in page.context["page_obj"]] == ["July 2025", "2024", "2023"]
    # Lines end where they are long enough: beyond, a page does not grow with what is released.
    monkeypatch.setattr(queries, "MOST_PERIODS", 2)
    monkeypatch.setattr(queries, "MOST_PERIODS_OF_ROWS", 1)
    (line,) = client.get(address).context["trends"]
    assert [one.label for one in line.grid.lines] == ["31 July 2025", "31 July 2024"]
    # Where rows are followed over fewer periods than there are, that is said.
    monkeypatch.setattr(queries, "MOST_PERIODS", 3)
    monkeypatch.setattr(queries, "MOST_PERIODS_OF_ROWS", 2)
    by_unit = client.get(address).context["trends"][1]
    assert by_unit.counted.endswith("; the 2 newest periods, earlier ones stand in the file of numbers")
    assert "earlier ones" not in told["unit-along-time"].counted


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


def test_files_say_the_same_and_nothing_of_a_person(with_comparator, client_of, member, organisation, release):
    client = client_of(member(Role.LEAD))

    def fetched(ending, figures=""):
        address = at(organisation, "take_release_out", release.pk, "internal", ending)
        return client.get(address, {"figures": figures}).content

    # Of two figures only, since a paper of all takes seconds.
    report = fetched("pdf", "headcount,aged_50")
    assert failures_of(report) == []
    texts = [fetched("csv").decode(), sheets_of(fetched("xlsx")), words_of_pdf(report)]
    assert all("HR marks as technical staff" in one for one in texts)
    assert all("Rounded to the nearest 5" in one for one in texts)
    assert all("How many people have a contract" in " ".join(one.split()) for one in texts)
    assert all(SOURCE in "".join(one.split()) for one in texts)
    assert not [word for word in PERSONAL for one in texts if word in one]
    about = fetched("about").decode()
    assert all(
        words in about for words in ("HR marks as technical", "Rounded to the nearest 5", "How many people have")
    )
    # The CSV stays rows of one length under one row of headings.
    assert {len(row) for row in csv.reader(io.StringIO(texts[0]))} == {15}
    assert "Retirement horizon" not in fetched("csv", "headcount").decode()


def test_the_paper_has_every_figure_in_all_its_cuts(release, organisation, steward):
    with within(organisation, user=steward):
        tables = list(queries.tables_of(release, "internal").values())
        blocks = paper(told_of(release, "internal", tables))
    heads = [block.text for block in blocks if isinstance(block, Heading)]
    assert {one.name for one in tables if one.is_collected} <= set(heads)
    assert [heads[0], heads[-1]] == ["Who is counted", "How small numbers are protected"]
    assert any(isinstance(block, Contents) for block in blocks)
    told = [block.subtitle for block in blocks if isinstance(block, Table)]
    assert all(f"{one.cut_words}, in {one.unit}" in told for one in tables if one.is_collected)
    said = [block.text for block in blocks if isinstance(block, Words)]
    assert said[-2].startswith("Rounded to the nearest 5")


def test_whoever_previews_looks_as_a_unit_lead_will(client_of, member, organisation, release, units):
    client = client_of(member(Role.LEAD))
    page = client.get(at(organisation, "show_release", release.pk), {"as": "unit", "unit": str(units["Physics"].pk)})
    assert "As the unit lead and the champion of Physics will read it" in page.text
    rows = {one.id: [line.label for line in one.grid.lines] for one in page.context["sections"]}
    assert (rows["units"], rows["horizon-by-unit"]) == (["Physics", "All"], ["Physics", "All"])
    assert [one["label"] for one in page.context["tabs"]] == ["Inside the organisation", "A unit lead", "The public"]
    # The file of this view says no more than the page.
    file = at(organisation, "take_release_out", release.pk, "internal", "csv")
    sheet = client.get(file, {"unit": str(units["Physics"].pk)}).content.decode()
    assert ("Physics" in sheet, "Workshops" in sheet) == (True, False)
    of_workshops = client_of(member(Role.UNIT_LEAD, unit=units["Workshops"]))
    assert "Physics" not in of_workshops.get(file, {"unit": str(units["Physics"].pk)}).content.decode()


def test_the_definition_stands_beside_the_headcount(client_of, member, organisation, steward, units):
    snapshot = snapshot_of(organisation, crowd(60), actor=steward)
    adopted(organisation, actor=steward, on=date(2025, 7, 1))
    released(organisation, snapshot, actor=steward)
    client = client_of(member(Role.LEAD))
    for page in (
        client.get(at(organisation, "show_figures")),
        client.get(at(organisation, "show_figure", "headcount")),
    ):
        assert "version 1 of our definition" in page.text
    with within(organisation, user=steward):
        take_readings(organisation=organisation)
    about = reverse("indicators:show_indicator", args=[organisation.slug, "workforce.headcount"])
    page, file = client.get(about).text, client.get(f"{about}readings.csv").content.decode()
    for told in (page, file):
        assert "Technical staff, to start from, version 1 of 1 July 2025." in told
    assert at(organisation, "show_definition") in page


def test_each_row_of_the_public_file_says_who_is_counted_and_what_and_the_shares_of_others_stand_in_it(
    with_comparator, client, client_of, member, organisation, steward, units
):
    with within(organisation, user=steward):
        told = {"characteristic": "age", "group": "50", "share": Decimal(40), "name": "=A1", "source": "Ours"}
        stating.add_comparator(actor=steward, organisation=organisation, **told)
    released(organisation, snapshot_of(organisation, crowd(200), actor=steward), actor=steward)
    client_of(member(Role.LEAD)).post(at(organisation, "show_to_public"))
    file = client.get(f"/figures/{organisation.slug}/figures.csv")
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    headcount = next(row for row in rows if row["Figure"] == "Technical staff, headcount")
    assert "HR marks as technical staff" in headcount["Who is counted"]
    assert "How many people have a contract" in headcount["What is counted"]
    assert all(row["Who is counted"] and row["What is counted"] for row in rows)
    others = [row for row in rows if row["Column"] == "Others" and row["Cut"] == "All technical staff"]
    assert sorted((row["Value"], row["Whose, where not ours"], row["Source"]) for row in others) == [
        ("38.5", "The sector, 2023/24", SOURCE),
        ("40", "'=A1", "Ours"),  # No spreadsheet takes it for a formula.
    ]


def test_each_public_chart_has_its_numbers_as_a_file(client, client_of, member, organisation, release, steward):
    released(organisation, snapshot_of(organisation, crowd(), actor=steward, as_at=date(2024, 7, 31)), actor=steward, name="July 2024")  # fmt: skip
    client_of(member(Role.LEAD)).post(at(organisation, "show_to_public"))
    page = client.get(f"/figures/{organisation.slug}/").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+figures=[^"]+)"', page)]
    assert len(links) == page.count("These numbers as CSV") > 4
    files = {link: list(csv.DictReader(io.StringIO(client.get(link).text))) for link in links}
    assert all(files.values())
    days = {link: {row["Day"] for row in rows} for link, rows in files.items()}
    assert {len(told) for link, told in days.items() if "over-time" in link} == {2}
    assert {tuple(told) for link, told in days.items() if "over-time" not in link} == {("2025-07-31",)}
    horizon = next(rows for link, rows in files.items() if "figures=retirement" in link)
    assert {row["Figure"] for row in horizon} == {"Retirement horizon"}
    address = f"/figures/{organisation.slug}/figures.csv"
    whole = client.get(address)
    assert client.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert client.get(links[0], headers={"If-None-Match": whole.headers["ETag"]}).status_code == 200
    assert client.get(address, {"figures": "no-such"}).status_code == 404


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


def test_units_over_time_have_a_gap_where_a_period_hides_them_or_had_none():
    def of(on, **cells):
        return date(on, 7, 31), table(**cells)

    section = followed("unit", [of(2023, physics=20, arts=10), of(2024, physics=None, arts=5), of(2025, physics=30)])
    assert section.question == "How has each unit changed?"
    assert [(line.label, [cell.words for cell in line.cells]) for line in section.grid.lines] == [("physics", ["20", "..", "30"]), ("arts", ["10", "5", "–"])]  # fmt: skip
    assert "physics: 20 in Jul 2023, hidden, so that nobody can be recognised in Jul 2024, 30 in Jul 2025" in section.chart.described  # fmt: skip
    assert followed("unit", [of(2025, physics=30)]) is None
    hidden = followed("unit", [of(2024, physics=None), of(2025, physics=None)])
    assert (hidden.chart, hidden.grid.hides) == (None, True)


# ---- Over which time


def flow(figure, cut="", *, name="Leavers", unit="people", **cells):
    """A figure that compares two snapshots, as it is released."""
    told = {("" if key == "all" else key, ""): Cell(CellKind.VALUE, Decimal(value), str(value)) for key, value in cells.items()}  # fmt: skip
    words = {"figure": f"workforce.{figure}", "cut": cut, "name": name, "cut_words": "Unit" if cut else "All technical staff", "definition": "", "unit": unit, "counted_as": "people", "better": "neither"}  # fmt: skip
    rows = tuple(Label(key, key) for key in cells if key != "all") or (Label("", "All"),)
    return Shown(**words, rows=rows, cells=told)


THEN, NOW = date(2024, 10, 31), date(2025, 7, 31)
SPAN = "31 October 2024 to 31 July 2025"


def test_what_compares_two_snapshots_says_from_which_day_to_which():
    left, there = flow("leavers", all=10), flow("headcount", "unit", name="Headcount", physics=20)
    assert section_of(left, NOW, THEN).counted == f"Leavers, in people, {SPAN}"
    assert section_of(there, NOW, THEN).counted == "Headcount, in people, 31 July 2025"
    assert flows({left.key: left}, NOW, THEN).counted == SPAN
    by_unit = flow("leavers", "unit", physics=10)
    assert units_beside({one.key: one for one in (there, by_unit)}, NOW, THEN).counted == f"Technical staff, 31 July 2025. Leavers: {SPAN}"  # fmt: skip
    # A copy for the public that was made before it said so claims no year.
    assert flows({left.key: left}, NOW, None).counted == "From the snapshot before to 31 July 2025"


QUARTERS = [date(2024, 10, 31), date(2025, 1, 31), date(2025, 4, 30), date(2025, 7, 31), date(2025, 10, 31)]
SINCE = {QUARTERS[1]: QUARTERS[0], QUARTERS[2]: QUARTERS[0], QUARTERS[3]: date(2024, 7, 31), QUARTERS[4]: QUARTERS[0]}


@pytest.mark.parametrize(
    ("figure", "unit", "drawn"),
    [("leavers", "people", 2), ("promotion_rate", "per cent", 2), ("turnover", "per cent a year", 4), ("headcount", "people", 4)],
)  # fmt: skip
def test_a_line_has_only_what_was_counted_over_about_a_year_or_is_scaled_to_one(figure, unit, drawn):
    told = [(on, flow(figure, unit=unit, all=n)) for n, on in enumerate(QUARTERS[1:], 10)]
    section = along_time(told, SINCE)
    assert len(section.chart.table.rows) == drawn
    assert ("only spans of about a year" in section.counted) == (drawn < 4)
    spans = ["31 October 2024 to 31 October 2025", "31 July 2024 to 31 July 2025"]
    assert [line.label for line in section.grid.lines][:2] == (spans if figure != "headcount" else ["31 October 2025", "31 July 2025"])  # fmt: skip


def test_rows_over_time_have_a_gap_where_another_span_was_counted():
    told = [(on, flow("leavers", "unit", physics=n)) for n, on in enumerate(QUARTERS[1:], 10)]
    section = followed("unit", told, SINCE)
    assert section.grid.headings[-2:] == ("Jul 2024 to Jul 2025", "Oct 2024 to Oct 2025")
    assert "physics: – in Jan 2025, – in Apr 2025, 12 in Jul 2025, 13 in Oct 2025" in section.chart.described.replace("not in the extract", "–")  # fmt: skip


def test_pages_files_and_the_public_say_over_which_time_leavers_are_counted(
    client, client_of, member, organisation, steward, units
):
    for as_at, name in ((THEN, "October 2024"), (NOW, "July 2025")):
        snapshot = snapshot_of(organisation, crowd(200), actor=steward, as_at=as_at)
        release = released(organisation, snapshot, actor=steward, name=name)
    lead = client_of(member(Role.LEAD))
    lead.post(at(organisation, "show_to_public"))
    pages = [
        lead.get(at(organisation, "show_figures")).text,
        lead.get(at(organisation, "show_figure", "turnover")).text,
        client.get(f"/figures/{organisation.slug}/").text,
        lead.get(at(organisation, "take_release_out", release.pk, "internal", "about")).text,
    ]
    assert [SPAN in one for one in pages] == [True] * 4
    assert not [one for one in pages if "The year to" in one]
    files = [
        lead.get(at(organisation, "take_release_out", release.pk, "internal", "csv")),
        client.get(f"/figures/{organisation.slug}/figures.csv?figures=turnover,headcount"),
    ]
    for file in files:
        rows = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
        told = {row["Figure"]: row["Compared with"] for row in rows if row["Day"] == "2025-07-31"}
        assert (told["Turnover"], told["Technical staff, headcount"]) == ("2024-10-31", "")
