"""What figures are counted by, readiness, and the coded export: operations and pages."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from desaga.audit.models import Entry
from desaga.organisations.models import Unit
from desaga.organisations.states import Role, UnitKind
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory, member_of
from desaga.tenancy.context import within

from .. import populating, readying
from ..figuring import ALL, BY_KEY, Label, compute
from ..forms.stating import StatementForm
from ..models import AdvertisedPosts, Comparator, Readiness, ReleasedTable, Statement
from ..operations import staff_record, stating
from ..population import Covers
from ..readiness.fields import Codes
from ..releasing.tables import Cell, CellKind, Shown
from ..releasing.whom import whom_of
from ..states import Coverage
from .factories import csv_of, loaded, released

pytestmark = pytest.mark.django_db

HEADS = (
    "Employee No", "Surname", "First Name", "Date of Birth", "Date Joined", "Job Title", "Grade", "Department", "FTE", "Start Date", "End Date",
    "Reason for Leaving", "Contract Type", "Mode of Employment", "Technician", "Sex", "Disability", "SOC2020",
)  # fmt: skip
ROWS = (
    ("1001", "Birch", "Ann", "02/03/1980", "01/09/2010", "Workshop Technician", "5", "Workshops", "1", "01/09/2010", "", "", "Permanent", "FT", "Y", "F", "None", "3113"),
    ("1002", "Cole", "Bo", "11/11/1991", "01/02/2019", "Imaging Specialist", "6", "Imaging", "0.6", "01/02/2019", "", "", "Permanent", "PT", "Y", "M", "Dyslexia;Autism", "3111"),
    ("1003", "Dale", "Cy", "20/06/1965", "01/10/2001", "Lecturer", "8", "Physics", "1", "01/10/2001", "", "", "Permanent", "FT", "N", "F", "None", "2311"),
    ("1004", "Elm", "Di", "", "", "Technician", "5", "Workshops", "1", "", "30/11/2025", "Resigned", "Permanent", "FT", "Y", "", "", ""),
)  # fmt: skip
STATED = {"grades": ["5", "6", "8"], "age_bands": [30, 50], "retirement_ages": [66], "ukprn": "10001234"}


@pytest.fixture
def organisation():
    made = OrganisationFactory()
    with within(made):
        faculty = UnitFactory(organisation=made, name="Faculty of Science", kind=UnitKind.FACULTY)
        UnitFactory(organisation=made, name="Workshops", kind=UnitKind.DEPARTMENT, parent=faculty)
        UnitFactory(organisation=made, name="Imaging", kind=UnitKind.DEPARTMENT, parent=faculty)
        UnitFactory(organisation=made, name="Library", kind=UnitKind.FACULTY)
    return made


@pytest.fixture
def stewards(organisation):
    return {name: member_of(organisation, *roles) for name, roles in WHO.items()}


WHO = {
    "plain": (Role.HR_DATA_STEWARD,),
    "both": (Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD),
    "lead": (Role.LEAD,),
}


@pytest.fixture
def snapshot(organisation, stewards):
    return loaded(organisation, csv_of(ROWS, HEADS), actor=stewards["both"], as_at=date(2026, 7, 31))


def at(organisation, rest):
    return f"/o/{organisation.slug}/workforce/{rest}"


def test_snapshot_becomes_the_population_that_it_shows(organisation, snapshot, django_assert_num_queries):
    with within(organisation):
        classify = whom_of(snapshot).classify
        with django_assert_num_queries(4):
            population = populating.population_of(snapshot, classify)
        people = {one.contracts[0].title: one for one in population.people}
        unit = Unit.objects.get(name="Workshops")

    ann = people["Workshop Technician"]
    assert (ann.technical, ann.age, ann.joined, people["Lecturer"].technical) == (True, 46, date(2010, 9, 1), False)
    assert (ann.main.unit, ann.main.terms, ann.main.mode, ann.main.fte, ann.main.soc) == (
        unit.pk,
        "1",
        "1",
        Decimal(1),
        "3113",
    )
    assert (population.covers, population.on) == (Covers.ALL, date(2026, 7, 31))
    assert {"sex", "level", "paid", "grade_since", "teaches"} <= population.not_collected
    assert not {"age", "unit", "grade", "terms", "fte", "leaving_reason"} & population.not_collected


def test_units_are_reported_under_the_largest_that_they_are_part_of(organisation):
    with within(organisation):
        reported = populating.stating_for(2025).units
        named = {one.name: reported[one.pk] for one in Unit.objects.all()}
        faculty = Unit.objects.get(name="Faculty of Science")

    assert named["Workshops"] == named["Faculty of Science"] == Label(str(faculty.pk), "Faculty of Science")
    assert named["Library"].words == "Library"


def test_figures_are_counted_by_what_is_stated(organisation, snapshot, stewards):
    with within(organisation, user=stewards["lead"]):
        stating.state_figures(actor=stewards["lead"], organisation=organisation, **STATED)
        stating.add_comparator(actor=stewards["lead"], organisation=organisation, characteristic="sex", group="female", share=Decimal("38.5"), name="The sector", source="https://example.org", year="2023/24")  # fmt: skip
        told = populating.stating_for(2025)
        population = populating.population_of(snapshot, whom_of(snapshot).classify)
    table = next(one for one in compute(population, None, [BY_KEY["workforce.headcount"]], told) if one.cut == "age")

    assert [(row.words, table.cell(row.key).people) for row in table.rows] == [
        ("29 and under", 0),
        ("30 to 49", 2),
        ("50 and over", 0),
    ]
    assert (told.grades, told.retirement_ages, told.comparators[0].share) == (("5", "6", "8"), (66,), Decimal("38.5"))
    assert [told.codes[key].is_certain for key in ("TERMS", "ACEMPFUN")] == [True, False]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"grades": ["5", " 5 "]}, stating.GradeTwice),
        ({"age_bands": [30, 26]}, stating.BandsNotInOrder),
        ({"age_bands": []}, stating.BandsNotInOrder),
        ({"age_bands": list(range(20, 60, 3))}, stating.BandsNotInOrder),
        ({"retirement_ages": [65, 65]}, stating.AgesNotInOrder),
        ({"retirement_ages": [15]}, stating.AgesNotInOrder),
        ({"threshold": 7}, stating.ThresholdNotOffered),
    ],
)
def test_what_cannot_be_stated_is_refused(organisation, changes, refusal):
    with within(organisation), pytest.raises(refusal):
        stating.state_figures(actor=None, organisation=organisation, **(STATED | changes))


def test_lead_states_and_corrects_on_the_pages(client, organisation, snapshot, stewards):
    client.force_login(stewards["lead"])
    assert "5, 6, 8" in client.get(at(organisation, "counted-by/")).content.decode()

    assert "<li>5</li>" in client.get(at(organisation, "counted-by/edit/")).content.decode()
    told = {"grades": "5\n6", "age_bands": "30, 50", "retirement_ages": "66 68", "ukprn": "", "threshold": "10"}
    assert client.post(at(organisation, "counted-by/edit/"), told).status_code == 302
    share = {
        "about": "ethnicity:minorities",
        "share": "7.25",
        "name": "The sector",
        "year": "2023/24",
        "source": "A table",
    }
    assert client.post(at(organisation, "comparators/add/"), share).status_code == 302
    assert "is entered already" in client.post(at(organisation, "comparators/add/"), share).content.decode()
    assert (
        "eight figures"
        in client.post(
            at(organisation, "counted-by/edit/"), told | {"ukprn": "1", "age_bands": "young"}
        ).content.decode()
    )
    with within(organisation):
        held, entered = Statement.objects.get(), Comparator.objects.get()
        written = Entry.objects.filter(verb="stated").latest("pk").changes
    assert (held.grades, held.age_bands, held.retirement_ages) == (["5", "6"], [30, 50], [66, 68])
    assert (held.threshold, written["threshold"][-1]) == (10, 10)
    assert "Fewer than 10 people" in client.get(at(organisation, "counted-by/")).content.decode()
    assert client.post(at(organisation, f"comparators/{entered.pk}/edit/"), share | {"share": "8"}).status_code == 302
    page = client.get(at(organisation, "counted-by/")).content.decode()
    assert [words in page for words in ("not in the order: 8.", "8 %")] == [True, True]
    client.post(at(organisation, f"comparators/{entered.pk}/remove/"))
    with within(organisation):
        assert not Comparator.objects.exists()


def test_posts_are_counted_once_somebody_entered_them(client, organisation, snapshot, stewards):
    client.force_login(stewards["plain"])
    with within(organisation):
        workshops = Unit.objects.get(name="Workshops").pk
    told = {"year": "2025", "unit": workshops, "posts": "3", "applicants": "40"}
    assert client.post(at(organisation, "posts/enter/"), told).status_code == 302
    assert "are entered already" in client.post(at(organisation, "posts/enter/"), told).content.decode()
    with within(organisation):
        entered = AdvertisedPosts.objects.get()
        population = populating.population_of(snapshot, whom_of(snapshot).classify)
        tables = compute(
            population,
            None,
            [BY_KEY["workforce.vacancies"], BY_KEY["workforce.applicants"]],
            populating.stating_for(2025),
        )
    assert [(one.cell().value, one.cell().people) for one in tables if not one.cut] == [(3, 3), (Decimal(40) / 3, 3)]

    assert "Workshops" in client.get(at(organisation, "counted-by/")).content.decode()
    assert (
        client.post(at(organisation, f"posts/{entered.pk}/correct/"), {"posts": "2", "applicants": ""}).status_code
        == 302
    )
    with within(organisation):
        assert AdvertisedPosts.objects.values_list("posts", "applicants").get() == (2, None)
    # That none was advertised is a number too, and not the same as not knowing.
    corrected = at(organisation, f"posts/{entered.pk}/correct/")
    assert (
        "Nobody applies where no post is advertised" in client.post(corrected, {"posts": "0", "applicants": "4"}).text
    )
    assert client.post(corrected, {"posts": "0", "applicants": ""}).status_code == 302
    with within(organisation):
        population = populating.population_of(snapshot, whom_of(snapshot).classify)
        figures = [BY_KEY["workforce.vacancies"], BY_KEY["workforce.applicants"]]
        tables = compute(population, None, figures, populating.stating_for(2025))
    assert [(one.is_collected, one.cell().people) for one in tables if not one.cut] == [(True, 0), (True, 0)]
    made = released(organisation, snapshot, actor=stewards["both"])
    with within(organisation):
        (table,) = ReleasedTable.objects.filter(release=made, audience="internal", figure="workforce.vacancies", cut="")
        assert "not_collected" not in str(table.content), table.content
    client.post(at(organisation, f"posts/{entered.pk}/remove/"))
    with within(organisation):
        assert populating.population_of(snapshot, whom_of(snapshot).classify).posts is None


def test_readiness_is_exact_for_the_steward_and_as_released_for_the_lead(client, organisation, snapshot, stewards):
    client.force_login(stewards["plain"])
    client.post(at(organisation, "readiness/measure/"))
    exact = {line.path or line.label: line for line in client.get(at(organisation, "readiness/")).context["lines"]}
    client.force_login(stewards["lead"])
    assert at(organisation, "readiness/") in client.get(at(organisation, "figures/")).content.decode()
    waits = client.get(at(organisation, "readiness/"))
    assert ("No figures are released yet" in waits.content.decode(), waits.context["lines"]) == (True, [])
    assert client.get(at(organisation, "readiness.csv")).status_code == 404
    released(organisation, snapshot, actor=stewards["both"])
    page = client.get(at(organisation, "readiness/"))
    coarse = {line.path or line.label: line for line in page.context["lines"]}
    assert "Rounded to the nearest 5." in page.content.decode()

    assert (
        exact["Contract.TERMS"].filled_words,
        exact["Contract.TERMS"].valid_words,
        exact["Contract.TERMS"].state,
    ) == ("100 %", "100 %", "Ready")
    assert (exact["Contract.LEVELS"].state, exact["Contract.LEVELS"].filled_words) == (
        "Not in the extract",
        "Not in the extract",
    )
    assert (exact["Person.DISABLE"].valid_words, exact["Activity.ACTSOC2020"].state) == ("100 %", "Not checked")
    assert (coarse["Contract.TERMS"].filled_words, coarse["Contract.LEVELS"].filled_words) == (
        "..",
        "Not in the extract",
    )
    assert [coarse[path].state for path in ("Contract.TERMS", "Contract.LEVELS")] == ["Not shown", "Not in the extract"]
    with within(organisation):
        assert Readiness.objects.get().people == 2
        assert (
            Entry.objects.filter(verb="opened the equality fields of", note="readiness for the Staff record").count()
            == 1
        )


TERMS_CODES = {"TERMS": Codes(frozenset("123"), True, "https://example.org/terms", "TERMS 2012/13")}


@pytest.mark.parametrize(
    ("filled", "valid", "state"),
    [
        ("95", "100", "Ready"),
        ("94", "100", "To mend"),
        ("100", "99", "To mend"),
        ("100", None, "Not shown"),
        (None, "100", "Not shown"),
    ],
)
def test_state_beside_a_released_share_follows_from_what_is_shown(filled, valid, state):
    """949 and 951 of 1,000 are both shown as 95 per cent, and so have one state."""
    tables = {(key, "field"): released_table(key, value) for key, value in (("workforce.filled", filled), ("workforce.valid", valid))}  # fmt: skip
    [line] = readying.lines_released(tables, TERMS_CODES)

    assert (line.state, line.filled_words) == (state, f"{filled} %" if filled else "..")


def released_table(figure, value):
    kind = CellKind.VALUE if value else CellKind.SUPPRESSED
    cell = Cell(kind, value and Decimal(value), f"{value} %" if value else "..")
    told = {"name": "", "cut_words": "", "definition": "", "unit": "per cent", "counted_as": "", "better": ""}
    label = Label("terms", "Terms of employment")
    return Shown(figure=figure, cut="field", rows=(label,), cells={("terms", ALL.key): cell}, **told)


def test_readiness_leaves_as_the_same_table(client, organisation, snapshot, stewards):
    client.force_login(stewards["plain"])
    client.post(at(organisation, "readiness/measure/"))
    lines = client.get(at(organisation, "readiness.csv")).content.decode("utf-8-sig").splitlines()

    assert any(line.startswith("Terms of employment,Contract.TERMS,100 %,100 %,Ready") for line in lines)


@pytest.mark.parametrize(("who", "sexes", "opened"), [("both", {"10", "11", ""}, 2), ("plain", {""}, 1)])
def test_export_holds_technical_staff_and_each_opening_is_written_down(
    client, organisation, snapshot, stewards, who, sexes, opened
):
    client.force_login(stewards[who])
    page = client.post(at(organisation, f"snapshots/{snapshot.pk}/staff-record/csv/"))
    lines = list(csv.DictReader(page.content.decode().splitlines()))

    assert [(line["Person.OWNSTAFFID"], line["Person.BIRTHDTE"], line["Activity.ACTSOC2020"]) for line in lines] == [("1001", "1980-03-02", "3113"), ("1002", "1991-11-11", "3111"), ("1004", "", "")]  # fmt: skip
    assert ({line["Person.SEXID"] for line in lines}, lines[2]["Contract.RESCON"], page.headers["Cache-Control"]) == (
        sexes,
        "6",
        "private, no-store",
    )
    with within(organisation):
        assert Entry.objects.filter(note="the coded export for the Staff record").count() == opened


@pytest.mark.parametrize(
    ("head", "numbers", "first", "then"),
    [
        ("Contract No", ("P-7", "P-8", "P-9"), ["P-7", "P-8", "P-9"], ["P-8", "P-9"]),
        ("Ignored", ("x", "y", "z"), ["1001-20100901", "1001-20150901", "1001-20150901-2"], ["1001-20150901", "1001-20150901-2"]),
    ],
)  # fmt: skip
def test_a_contract_keeps_its_number_in_the_staff_record_when_another_ends(
    organisation, stewards, head, numbers, first, then
):
    heads = ("Employee No", "Surname", "Job Title", "FTE", "Start Date", "Technician", head)
    starts = ("01/09/2010", "01/09/2015", "01/09/2015")
    rows = [("1001", "Birch", "Technician", "0.3", day, "Y", number) for day, number in zip(starts, numbers, strict=True)]  # fmt: skip
    found = []
    for year, some in ((2025, rows), (2026, rows[1:])):
        snapshot = loaded(organisation, csv_of([*some, ("1002", "Cole", "Fitter", "1", "01/09/2001", "Y", "Q")], heads), actor=stewards["plain"], as_at=date(year, 7, 31))  # fmt: skip
        with within(organisation, user=stewards["plain"]):
            record = staff_record.open_staff_record(
                actor=stewards["plain"], snapshot=snapshot, classify=whom_of(snapshot).classify, equality=False
            )
        found.append(sorted(one.number for one in record.people[0].contracts))
    assert found == [first, then]


def test_report_names_row_number_field_and_rule_and_what_was_not_checked(client, organisation, snapshot, stewards):
    client.force_login(stewards["both"])
    page = client.post(at(organisation, f"snapshots/{snapshot.pk}/staff-record/check/"))
    found = {(one.row, one.number, one.field) for one in page.context["report"].findings}

    assert found == {
        (4, "1004", "Person.BIRTHDTE"),
        (4, "1004", "Contract.STARTCON"),
        (4, "1004", "Activity.ACTSOC2020"),
    }
    assert {"Contract.LEVELS", "Contract.ACEMPFUN", "Contract.RESCON"} <= {
        one.field for one in page.context["report"].not_checked
    }
    report = client.post(at(organisation, f"snapshots/{snapshot.pk}/staff-record/report/"))
    xml = client.post(at(organisation, f"snapshots/{snapshot.pk}/staff-record/xml/"))
    assert (report.content[:2], b"<OWNSTAFFID>1001</OWNSTAFFID>" in xml.content) == (b"PK", True)


def test_where_nobody_is_technical_readiness_says_so(client, organisation, stewards):
    lecturers = [row for row in ROWS if row[14] == "N"]
    loaded(organisation, csv_of(lecturers, HEADS), actor=stewards["both"], as_at=date(2026, 7, 31))
    client.force_login(stewards["plain"])
    client.post(at(organisation, "readiness/measure/"))

    assert (
        "Nobody in the snapshot counts as technical staff"
        in client.get(at(organisation, "readiness/")).content.decode()
    )


def test_without_a_snapshot_the_pages_say_what_to_do(client, organisation, stewards):
    client.force_login(stewards["lead"])
    assert "No figures are released yet" in client.get(at(organisation, "readiness/")).content.decode()
    assert client.get(at(organisation, "readiness.csv")).status_code == 404
    client.force_login(stewards["plain"])
    assert "Begin with an extract" in client.get(at(organisation, "readiness/")).content.decode()
    assert client.post(at(organisation, "readiness/measure/")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_what_is_stated_costs_the_same_for_more_shares(
    client, organisation, stewards, django_assert_num_queries, rows
):
    with within(organisation):
        for group in ("female", "male", "other")[:rows]:
            stating.add_comparator(actor=None, organisation=organisation, characteristic="sex", group=group, share=Decimal(30), name="The sector", source="A table", year="2023/24")  # fmt: skip
    client.force_login(stewards["lead"])
    with django_assert_num_queries(22):
        client.get(at(organisation, "counted-by/"))


def test_extract_of_technical_staff_only_is_all_technical(organisation, stewards):
    small = loaded(
        organisation,
        csv_of(ROWS[:2], HEADS),
        actor=stewards["both"],
        as_at=date(2026, 7, 31),
        coverage=Coverage.TECHNICAL,
    )
    with within(organisation):
        population = populating.population_of(small, whom_of(small).classify)

    assert [(one.technical, population.covers) for one in population.people] == [(True, Covers.TECHNICAL)] * 2


@pytest.mark.parametrize("address", ["figures/", "figures/headcount/"])
def test_a_figure_that_is_no_number_asks_for_no_release(client, organisation, snapshot, stewards, address):
    released(organisation, snapshot, actor=stewards["both"])
    client.force_login(stewards["lead"])
    assert client.get(at(organisation, address), {"release": "²"}).status_code == 200


def test_ages_that_are_no_numbers_are_refused_with_a_sentence():
    form = StatementForm({"age_bands": "26, 3²", "retirement_ages": "66", "threshold": "5"})
    assert form.errors["age_bands"] == ["Give whole years with commas between, such as 60, 65, 67."]
