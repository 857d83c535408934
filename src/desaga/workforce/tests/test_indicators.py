"""Figures as indicators: what a release shows, and no more."""

import csv
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest

from desaga.indicators import registry
from desaga.indicators.lines import Line
from desaga.indicators.models import Reading
from desaga.indicators.operations import take_readings
from desaga.indicators.queries import options, stood
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory, member_of
from desaga.tenancy.context import within

from .. import indicators
from ..figuring import FIGURES, Label
from ..operations import counting, releases, stating
from .crowds import crowd, snapshot_of
from .factories import csv_of, loaded, released


@dataclass
class Cell:
    kind: str
    value: Decimal | None = None


@dataclass
class Table:
    """A released table as the release slice hands it over."""

    figure: str
    cut: str = ""
    rows: tuple[Label, ...] = ()
    columns: tuple[Label, ...] = (Label("", "All"),)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)

    def cell(self, row: str = "", column: str = "") -> Cell:
        return self.cells.get((row, column), Cell("not_collected"))


PHYSICS, ARTS = Label("1", "Physics"), Label("2", "Arts")
WHOLE = Table("workforce.headcount", cells={("", ""): Cell("value", Decimal(85))})
BY_UNIT = Table(
    "workforce.headcount",
    "unit",
    (PHYSICS, ARTS),
    cells={("1", ""): Cell("value", Decimal(60)), ("2", ""): Cell("suppressed")},
)
SEX = Table("workforce.sex", "sex", (Label("female", "Female"),), (Label("technical", ""), Label("rest", "")), {("female", "technical"): Cell("value", Decimal(30)), ("female", "rest"): Cell("value", Decimal(900))})  # fmt: skip
PYRAMID = Table(
    "workforce.headcount",
    "age_sex",
    (Label("26-35", ""),),
    (Label("female", ""),),
    {("26-35", "female"): Cell("value", Decimal(10))},
)
HORIZON = Table("workforce.retirement", "unit_65", (PHYSICS,), (Label("reached", ""), Label("within-5", ""), Label("within-10", ""), Label("later", "")), {("", "reached"): Cell("zero", Decimal(0)), ("", "within-5"): Cell("value", Decimal(10)), ("", "within-10"): Cell("value", Decimal(15)), ("", "later"): Cell("value", Decimal(60))})  # fmt: skip
ABSENT = Table("workforce.women", cells={("", ""): Cell("not_collected")})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (WHOLE, [("", "", 85, "value")]),
        (BY_UNIT, [("unit", "1", 60, "value"), ("unit", "2", 0, "suppressed")]),
        (replace(WHOLE, cells={("", ""): Cell("zero", Decimal(0))}), [("", "", 0, "zero")]),
        (SEX, [("sex", "female", 30, "value")]),
        (PYRAMID, []),
        (HORIZON, [("age", "65", 25, "value")]),
        (ABSENT, []),
        (Table("workforce.nothing"), []),
    ],
)
def test_table_says_what_it_shows_and_what_is_hidden(table, said):
    assert [(one.cut, one.part, one.value, one.kind) for one in indicators.computed_of(table)] == said


def test_horizon_with_a_hidden_part_is_hidden():
    hidden = Table(
        HORIZON.figure,
        HORIZON.cut,
        HORIZON.rows,
        HORIZON.columns,
        {**HORIZON.cells, ("", "reached"): Cell("suppressed")},
    )

    assert [one.kind for one in indicators.computed_of(hidden)] == ["suppressed"]


def test_the_horizon_says_that_it_is_added_up_of_rounded_numbers():
    told = {one.key: one.definition for one in indicators.INDICATORS}

    assert [key for key, definition in told.items() if "each rounded by itself" in definition] == [
        "workforce.retirement"
    ]


def test_every_figure_is_an_indicator_that_hides_small_numbers():
    declared = registry.indicators()

    assert [declared[figure.key].disclosure for figure in FIGURES] == ["small_hidden"] * len(FIGURES)
    assert [figure.key for figure in FIGURES if not (declared[figure.key].has_whole or declared[figure.key].cuts)] == []


@pytest.mark.django_db
def test_night_reads_what_was_released_last_and_hides_what_is_hidden():
    """Sixty technicians in one unit and two in another: the small number leaves as hidden, and so does what would give it away."""
    organisation = OrganisationFactory()
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    rows = [(str(number), "Physics" if number < 60 else "Arts") for number in range(62)]
    snapshot = loaded(organisation, csv_of(rows, ("Employee No", "Department")), actor=steward, coverage="technical")
    with within(organisation, user=steward):
        release = releases.prepare(
            actor=steward, organisation=organisation, snapshot=snapshot, name="2025", in_background=False
        )
        take_readings(organisation=organisation, today=date(2026, 11, 28))
        assert not Reading.objects.filter(key="workforce.headcount").exists()
    counting.take_turn(organisation=organisation, actor=steward, release_id=release.pk)
    with within(organisation, user=steward):
        release.refresh_from_db()
        releases.release(actor=steward, release=release)
        take_readings(organisation=organisation, today=date(2026, 11, 28))
        found = {(one.key, one.cut): one.value for one in Reading.objects.filter(key__startswith="workforce.")}

    assert (found["workforce.headcount", ""], found["workforce.fpe", ""]) == (60, 60)
    assert not {"workforce.turnover", "workforce.women", "workforce.fte"} & {key for key, _ in found}


@pytest.mark.django_db
@pytest.mark.parametrize("threshold", [5, 10])
def test_what_is_hidden_to_protect_others_is_not_said_to_be_few(threshold, client_of):
    """Thirty-eight people in a unit, hidden since one in another is: no page and no file says that they are fewer than five."""
    organisation = OrganisationFactory()
    steward, lead = (member_of(organisation, role) for role in (Role.HR_DATA_STEWARD, Role.LEAD))
    with within(organisation):
        units = {name: UnitFactory(organisation=organisation, name=name) for name in ("Physics", "Music", "Arts")}
    names = ["Physics"] * 58 + ["Music"] * 38 + ["Arts"]
    rows = [(str(number), name) for number, name in enumerate(names)]
    snapshot = loaded(organisation, csv_of(rows, ("Employee No", "Department")), actor=steward, coverage="technical")
    with within(organisation, user=lead):
        stating.state_figures(
            actor=lead,
            organisation=organisation,
            grades=["5"],
            age_bands=[30, 50],
            retirement_ages=[66],
            threshold=threshold,
        )
    released(organisation, snapshot, actor=steward)
    with within(organisation):
        take_readings(organisation=organisation, today=date(2026, 11, 28))
    client, address = client_of(lead), f"/o/{organisation.slug}/indicators/workforce.headcount/"
    page = client.get(address).text
    hidden = f"?cut=unit&part={units['Music'].pk}"

    assert [page.count("hidden, to protect people"), "fewer than" in page.casefold()] == [2, False]
    assert "hidden, to protect people" in client.get(f"{address}{hidden}").text
    lines = list(csv.reader(client.get(f"{address}readings.csv{hidden}").text.lstrip("\ufeff").splitlines()))
    head = next(line for line in lines if "Value" in line)
    told = dict(zip(head, lines[lines.index(head) + 1], strict=True))
    assert (told["Value"], told["Instead of a value"]) == ("", "hidden, to protect people")


@pytest.mark.django_db
def test_a_reading_of_what_came_and_went_says_over_which_time():
    organisation = OrganisationFactory()
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    for name, as_at in (("July", date(2025, 7, 31)), ("January", date(2026, 1, 31))):
        released(organisation, snapshot_of(organisation, crowd(), actor=steward, as_at=as_at), actor=steward, name=name)
    with within(organisation, user=steward):
        notes = {table.figure: note for table, note in indicators.released_tables()}
    assert notes["workforce.turnover"].startswith("31 July 2025 to 31 January 2026. ")
    assert notes["workforce.headcount"] == notes["workforce.turnover"].partition(". ")[2]


@pytest.fixture
def physics_and_arts(organisation):
    """Readings of a figure as the night keeps them: the whole, two units and a grade."""
    units = [UnitFactory(organisation=organisation, name=name) for name in ("Physics", "Arts")]
    rows = [("", "", "", 85), ("grade", "6", "Grade 6", 35), *(("unit", str(one.pk), one.name, 40) for one in units)]
    with within(organisation):
        for cut, part, label, value in rows:
            told = {"cut": cut, "part": part, "label": label, "on": date(2026, 11, 27), "value": value}
            Reading.objects.create(organisation=organisation, key="workforce.headcount", **told)
    return units


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "of_unit", "seen"),
    [
        (Role.LEAD, False, ["Arts", "Physics"]),
        (Role.PROJECT_OFFICER, False, ["Arts", "Physics"]),
        (Role.HR_DATA_STEWARD, False, ["Arts", "Physics"]),
        (Role.STEERING_MEMBER, False, ["Arts", "Physics"]),
        (Role.UNIT_LEAD, True, ["Physics"]),
        (Role.CHAMPION, True, ["Physics"]),
        (Role.UNIT_LEAD, False, ["Arts", "Physics"]),
        (Role.TECHNICIAN, False, []),
        (Role.EQUALITY_DATA_STEWARD, False, []),
        (Role.READER, False, []),
    ],
)
def test_a_units_figures_are_read_as_indicators_by_whom_the_workforces_pages_show_them(
    client_of, member, organisation, physics_and_arts, role, of_unit, seen
):
    physics, arts = physics_and_arts
    client = client_of(member(role, **({"unit": physics} if of_unit else {})))
    address = f"/o/{organisation.slug}/indicators/workforce.headcount/"
    page = client.get(address)
    assert [part.label for word, parts in page.context["cuts"] for part in parts] == [*seen, "Grade 6"]
    for unit in (physics, arts):
        asked = {"cut": "unit", "part": unit.pk}
        status = 200 if unit.name in seen else 404
        assert [client.get(one, asked).status_code for one in (address, f"{address}readings.csv")] == [status, status]


@pytest.mark.django_db
def test_what_nobody_in_particular_reads_has_no_unit_in_it(organisation, physics_and_arts):
    """Measures, and with them plans that are published, reports and reviews, read without a reader."""
    lines = [Line("workforce.headcount"), Line("workforce.headcount", "unit", str(physics_and_arts[0].pk))]
    with within(organisation):
        assert list(stood(lines)) == lines[:1]
        offered = [one.line.cut for one in options({}) if one.line.key == "workforce.headcount"]
    assert offered == ["", "grade"]
