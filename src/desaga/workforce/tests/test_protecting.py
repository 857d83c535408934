"""All tables of a release together give nobody away."""

from decimal import Decimal
from functools import cache

import pytest

from desaga.disclosure import PUBLIC as PUBLIC_POLICY
from desaga.disclosure import custom
from desaga.workforce.figuring import ALL, Label, RawCell, RawTable, compute
from desaga.workforce.operations import counting
from desaga.workforce.releasing import protecting
from desaga.workforce.releasing.tables import CellKind
from desaga.workforce.states import Audience

from .populations import everybody, one, thousands
from .readers import Reader

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(protecting, "SECONDS", 0.3)


@cache
def counted():
    """Everything counted of invented people: small enough for figures that hide one another."""
    then, now = thousands(120, 3)
    return compute(now, then)


def released(audience, threshold=5):
    return released_under(audience, threshold)


@cache
def released_under(audience, threshold):
    policies = protecting.policies_of(threshold)
    return {one.key: one for one in protecting.protected(counted(), audience, policies)}


@cache
def audited(threshold, *ages):
    """Everything counted, as it is released: what the engine hides, the mending, and the tables with both. Of invented people, or of these ages."""
    raw = (
        compute(*reversed(thousands(60, 3)))
        if not ages
        else [one for one in counted_of(*ages) if (one.figure, one.cut) in OF_AGES]
    )
    policies = protecting.policies_of(threshold)
    hiding = {who: protecting.hiding(protecting.meant_for(raw, who), policies[who]) for who in Audience}
    return raw, counting._audited(raw, hiding, [], policies)[0]


OF_AGES = {(f"workforce.{name}", cut) for name, cut in (("headcount", ""), ("headcount", "age"), ("aged_50", ""), ("retirement", "unit_60"))}  # fmt: skip


def counted_of(*ages):
    return compute(everybody(*(one(f"{age}-{n}", age=age, unit=1) for age, many in ages for n in range(many))))


def narrowed(threshold, raw, tables, audiences, need):
    reader = Reader(threshold)
    for who in audiences:
        reader.threshold = threshold if who == INTERNAL else 0
        reader.read(raw, {table.key: table for table in tables[who]})
    return reader.narrow(need)


READINGS = [(INTERNAL,), (PUBLIC,), (INTERNAL, PUBLIC)]


@pytest.mark.parametrize("audiences", READINGS, ids=["inside", "public", "both"])
@pytest.mark.parametrize("threshold", [5, 10])
def test_no_small_cell_can_be_worked_out_from_all_that_is_released(threshold, audiences):
    """The attacker has what is shown, shares, averages and FTE with it, the sums and the rounding, and nothing of how it was hidden."""
    need = threshold if audiences == (INTERNAL,) else PUBLIC_POLICY.protection
    assert narrowed(threshold, *audited(threshold), audiences, need) == {}


@pytest.mark.parametrize("audiences", READINGS, ids=["inside", "public", "both"])
@pytest.mark.parametrize(
    "ages",
    [
        pytest.param([(61, 2), (57, 13), (52, 5), (48, 6), (40, 5)], id="inside"),
        pytest.param([(61, 1), (57, 13), (52, 13), (30, 6)], id="public"),
        pytest.param([(61, 4), (57, 5), (52, 8), (40, 12)], id="both"),
    ],
)
def test_the_share_aged_50_and_over_is_of_those_who_reach_60_within_ten_years_or_have(ages, audiences):
    need = 5 if audiences == (INTERNAL,) else PUBLIC_POLICY.protection
    assert narrowed(5, *audited(5, *ages), audiences, need) == {}


def test_shares_averages_and_fte_tell_the_public_nothing_of_a_small_count_that_the_rounded_counts_do_not():
    raw, shown = counted(), released(PUBLIC)
    counts, everything = Reader(threshold=0), Reader(threshold=0)
    counts.read([one for one in raw if protecting.BY_KEY[one.figure].kind == "people"], shown)
    everything.read(raw, shown)
    known = counts.narrow(PUBLIC_POLICY.protection)
    found = everything.narrow(PUBLIC_POLICY.protection)
    assert {name: told for name, told in found.items() if name in counts.true and known.get(name) != told} == {}


def test_the_attacker_finds_what_a_share_beside_hidden_counts_gives_away(monkeypatch):
    """With shares left out of what hangs together, one is shown that narrows a hidden count: else the test above would prove nothing."""
    monkeypatch.setattr(protecting.shares, "_bind", lambda *told: None)
    monkeypatch.setattr(protecting.Closed, "hides", lambda self, table, place: not self.hidden.isdisjoint({(protecting.crowd_key(table.figure), protecting.said_of(table, *place))}))  # fmt: skip
    shown = {one.key: one for one in protecting.protected(counted(), INTERNAL)}
    reader = Reader(5)
    reader.read(counted(), shown)
    assert reader.narrow(5)


def test_tables_of_the_same_people_hide_the_same():
    seen = released(INTERNAL)
    by_age, both = seen["workforce.headcount", "age"], seen["workforce.headcount", "age_sex"]
    assert {row.key: by_age.cell(row.key).kind for row in by_age.rows} == {row.key: both.cell(row.key, "").kind for row in by_age.rows}  # fmt: skip


def test_the_public_is_shown_nothing_but_fives_and_no_two_characteristics():
    tables = released(PUBLIC).values()
    counts = [
        cell
        for one in tables
        if one.counted_as in ("people", "fte")
        for cell in one.cells.values()
        if cell.value is not None
    ]
    assert {cell.value % 5 for cell in counts} == {0}
    assert {cell.kind for cell in counts if cell.value == 0} == {CellKind.ZERO}
    assert {cut for _, cut in (one.key for one in tables)} & {"age_sex", "grade_sex"} == set()


def test_parts_of_people_are_hidden_where_the_people_are():
    """Nearly as many: FPE and FTE of those whose headcount is hidden would tell it."""
    seen = {one.key: one for one in protecting.protected(compute(thousands(120, 2)[1]), INTERNAL)}
    heads, parts = seen["workforce.headcount", "unit"], (seen[f"workforce.{one}", "unit"] for one in ("fpe", "fte"))
    hidden = {place for place, cell in heads.cells.items() if cell.kind == CellKind.SUPPRESSED}
    assert hidden
    assert {table.cells[place].kind for table in parts for place in hidden} == {CellKind.SUPPRESSED}


def test_the_public_cannot_tell_two_people_from_nobody():
    """Neither by a row that only somebody brings about, nor by a share that is not collected of nobody and hidden of few."""
    crowds = [[one(str(n), unit=1, teaches=True) for n in range(40)] + [one("few", unit=2)] * few for few in (0, 2)]
    alike = [protecting.protected(compute(everybody(*crowd)), PUBLIC) for crowd in crowds]
    assert [one.kept() for one in alike[0]] == [one.kept() for one in alike[1]]
    inside = protecting.protected(compute(everybody(*crowds[1])), INTERNAL)
    assert {row.key for table in inside if table.key == ("workforce.headcount", "unit") for row in table.rows} == {"1", "2"}  # fmt: skip


def by_unit(**counts):
    """An exact table by unit."""
    cells = {(key, ""): RawCell(Decimal(count), count) for key, count in counts.items()}
    cells["", ""] = RawCell(Decimal(sum(counts.values())), sum(counts.values()))
    rows = tuple(Label(key, key.upper()) for key in counts)
    return RawTable(figure="workforce.headcount", cut="unit", rows=rows, columns=(ALL,), cells=cells, adds_up=True)


def beside_people(figure, counts, amounts):
    """An exact table by unit of what stands beside people: FTE, or the years of an average."""
    people = {**counts, "": sum(counts.values())}
    values = {**amounts, "": sum(amounts.values())}
    is_mean = protecting.BY_KEY[figure].kind == "average"
    cells = {
        (key, ""): RawCell(Decimal(str(values[key])) / (people[key] if is_mean else 1), people[key], Decimal(people[key]) if is_mean else None)
        for key in people
    }  # fmt: skip
    rows = tuple(Label(key, key.upper()) for key in counts)
    return RawTable(figure=figure, cut="unit", rows=rows, columns=(ALL,), cells=cells, adds_up=not is_mean)


@pytest.mark.parametrize("policy", [custom(5), custom(5, 5), protecting.internal(10)])
def test_fte_is_hidden_with_the_people_it_is_of(policy):
    """One person of 0.6 FTE: neither their FTE nor, beside it, what would be left if a unit's FTE were shown and its people not."""
    counts = {"physics": 1, "chemistry": 12, "workshops": 40, "imaging": 60}
    amounts = {"physics": 0.6, "chemistry": 11.4, "workshops": 37.5, "imaging": 55.1}
    raw = [by_unit(**counts), beside_people("workforce.fte", counts, amounts)]
    people, fte = protecting.protected(raw, INTERNAL, {INTERNAL: policy})
    hidden = {place for place, cell in people.cells.items() if cell.kind == CellKind.SUPPRESSED}
    assert {("physics", "")} <= hidden
    assert {place for place, cell in fte.cells.items() if cell.kind == CellKind.SUPPRESSED} >= hidden


def test_fte_of_few_people_cannot_be_worked_out_of_other_fte():
    """In tenths, as FTE adds up; they are hidden for the people in them, and as far apart as those would have to be."""
    counts = {"physics": 6, "chemistry": 3, "workshops": 7, "imaging": 60}
    amounts = {"physics": 2.05, "chemistry": 1.25, "workshops": 2.2, "imaging": 55.1}
    (fte,) = protecting.protected([beside_people("workforce.fte", counts, amounts)], INTERNAL, {INTERNAL: custom(5)})
    shown = {key: cell.value for (key, _), cell in fte.cells.items() if cell.kind == CellKind.VALUE}
    left = sum(Decimal(str(amount)) for key, amount in amounts.items() if key not in shown)
    assert "chemistry" not in shown
    assert "" not in shown or left >= 5


@pytest.mark.parametrize(("years", "withheld"), [(100, True), (16, False)])
def test_averages_by_unit_are_withheld_where_they_tell_how_many_there_are(years, withheld):
    """Two people of 50 years of service each among 96 newcomers: the mean of all says that both are there. The mean of all alone does not."""
    counts = {"physics": 2, "workshops": 96}
    raw = [by_unit(**counts), beside_people("workforce.service", counts, {"physics": years, "workshops": 96})]
    _, service = protecting.protected(raw, PUBLIC)
    assert service.cell("", "").kind == CellKind.VALUE
    assert (service.cell("workshops", "").kind == CellKind.SUPPRESSED) == withheld


def test_a_share_is_hidden_where_its_part_or_its_whole_is():
    """Turnover would tell how many left a unit whose leavers are hidden beside another's."""
    seen = released(INTERNAL)
    left, turnover = seen["workforce.leavers", "unit"], seen["workforce.turnover", "unit"]
    staff, teaching = seen["workforce.headcount", "unit"], seen["workforce.teaching", "unit"]
    for counts, share in ((left, turnover), (staff, turnover), (staff, teaching)):
        hidden = {place for place, cell in counts.cells.items() if cell.kind == CellKind.SUPPRESSED}
        assert hidden
        assert {share.cell(*place).kind for place in hidden} <= {CellKind.SUPPRESSED, CellKind.NOT_COLLECTED}
