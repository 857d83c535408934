"""Figures as indicators: what a release shows, and no more."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from desaga.indicators import registry
from desaga.indicators.models import Reading
from desaga.indicators.operations import take_readings
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.tenancy.context import within

from .. import indicators
from ..figuring import FIGURES, Label
from ..operations import counting, releases
from .factories import csv_of, loaded


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
        (WHOLE, [("", "", 85, 5)]),
        (BY_UNIT, [("unit", "1", 60, 5), ("unit", "2", 0, 0)]),
        (SEX, [("sex", "female", 30, 5)]),
        (PYRAMID, []),
        (HORIZON, [("age", "65", 25, 5)]),
        (ABSENT, []),
        (Table("workforce.nothing"), []),
    ],
)
def test_table_says_what_it_shows_and_hidden_cells_are_of_too_few(table, said):
    assert [(one.cut, one.part, one.value, one.people) for one in indicators.computed_of(table)] == said


def test_horizon_with_a_hidden_part_is_hidden():
    hidden = Table(
        HORIZON.figure,
        HORIZON.cut,
        HORIZON.rows,
        HORIZON.columns,
        {**HORIZON.cells, ("", "reached"): Cell("suppressed")},
    )

    assert [one.people for one in indicators.computed_of(hidden)] == [0]


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
