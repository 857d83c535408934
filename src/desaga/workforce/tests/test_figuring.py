"""Each figure on a handful of people whose answer can be counted on one's fingers."""

from datetime import date
from decimal import Decimal

import pytest

from desaga.workforce.figuring import (
    BY_KEY,
    FIGURES,
    NOT_COLLECTED,
    Comparator,
    Label,
    RawTable,
    Stated,
    Stating,
    compute,
    cuts_of,
)
from desaga.workforce.population import Contract, Covers, Person, Population, Post
from desaga.workforce.readiness.fields import Codes

from .populations import DAY, GRADES, YEAR_BEFORE, everybody, one

STATING = Stating(grades=GRADES, units={1: Label("1", "Physics"), 2: Label("2", "Arts"), 3: Label("1", "Physics")})


def table(
    key: str, cut: str, now: Population, before: Population | None = None, stating: Stating = STATING
) -> RawTable:
    return next(one for one in compute(now, before, [BY_KEY[f"workforce.{key}"]], stating) if one.cut == cut)


def values(found: RawTable, column: str = "") -> dict[str, Decimal | None]:
    """The column's cells by their row's words, without those of nobody."""
    return {row.words: found.cell(row.key, column).value for row in found.rows if found.cell(row.key, column).people}


SPLIT = one(
    "split",
    contracts=(
        Contract(key="a", unit=1, fte=Decimal("0.5"), fpe=Decimal("0.5"), terms="1"),
        Contract(key="b", unit=2, fte=Decimal("0.25"), fpe=Decimal("0.25"), terms="2", is_main=False),
        Contract(key="c", unit=2, fte=Decimal("0.25"), fpe=Decimal("0.25"), technical=False, is_main=False),
    ),
)
WHOLE_TIME = one("whole", unit=3, fte=Decimal(1), terms="1", grade="grade  5")
LECTURER = one("lecturer", technical=False, unit=2, fte=Decimal(1), function="3")
THREE = everybody(SPLIT, WHOLE_TIME, LECTURER)


@pytest.mark.parametrize(
    ("key", "by_unit", "whole", "people_in_arts"),
    [
        ("headcount", {"Physics": 2}, 2, 0),
        ("fpe", {"Physics": Decimal("1.5"), "Arts": Decimal("0.25")}, Decimal("1.75"), 1),
        ("fte", {"Physics": Decimal("1.5"), "Arts": Decimal("0.25")}, Decimal("1.75"), 1),
    ],
)
def test_person_of_two_units_is_one_head_and_divided_in_parts(
    key: str, by_unit: dict, whole: Decimal, people_in_arts: int
) -> None:
    found = table(key, "unit", THREE)

    assert (values(found), found.cell().value, found.cell().people) == (by_unit, whole, 2)
    assert (found.cell("2").people if people_in_arts else 0) == people_in_arts


def test_contract_that_ended_or_is_to_come_gives_its_share_to_those_that_go_on() -> None:
    person = one(
        "p",
        contracts=(
            Contract(key="a", fpe=Decimal("0.5"), ends=date(2026, 7, 30)),
            Contract(key="b", fpe=Decimal("0.3"), ends=DAY, mode="3"),
            Contract(key="c", fpe=Decimal("0.2"), starts=date(2026, 8, 1)),
        ),
    )

    assert values(table("fpe", "mode", everybody(person))) == {"Part-time": 1}


def test_whom_a_person_decided_to_be_technical_counts_by_all_contracts_and_whose_technical_contract_ended_no_more() -> (
    None
):
    decided = one(
        "decided",
        contracts=(
            Contract(key="a", technical=False, fpe=Decimal("0.5")),
            Contract(key="b", technical=False, fpe=Decimal("0.5")),
        ),
    )
    moved_on = one("moved", contracts=(Contract(key="c", ends=date(2026, 1, 1)), Contract(key="d", technical=False)))

    found = table("fpe", "", everybody(decided, moved_on)).cell()
    assert (found.value, found.people) == (1, 1)


def test_grades_stand_in_their_order_and_are_known_whatever_their_spelling() -> None:
    people = [
        one(str(place), grade=grade) for place, grade in enumerate(["Grade 6", "GRADE 4", "Spot", "", "grade  4"])
    ]

    assert list(values(table("headcount", "grade", everybody(*people))).items()) == [("Grade 4", 2), ("Grade 6", 1), ("Spot", 1), ("Not filled in", 1)]  # fmt: skip


def test_ages_fall_into_the_bands_of_hesa_and_of_the_organisation() -> None:
    people = everybody(*(one(str(age), age=age) for age in (25, 26, 35, 65, 66)), one("?", age=None))

    assert values(table("headcount", "age", people)) == {"25 and under": 1, "26 to 35": 2, "56 to 65": 1, "66 and over": 1, "Not filled in": 1}  # fmt: skip
    assert values(table("headcount", "age", people, stating=Stating(age_bands=(50,)))) == {"49 and under": 3, "50 and over": 2, "Not filled in": 1}  # fmt: skip


@pytest.mark.parametrize(("age", "band"), [(67, "reached"), (65, "reached"), (64, "within-5"), (60, "within-5"), (59, "within-10"), (55, "within-10"), (54, "later"), (None, "-")])  # fmt: skip
def test_horizon_puts_each_age_into_one_band(age: int | None, band: str) -> None:
    found = table("retirement", "unit_65", everybody(one("p", age=age, unit=1)))

    assert [column.key for column in found.columns if found.cell("1", column.key).people] == [band]


def test_horizon_is_of_the_ages_that_are_stated() -> None:
    assert [cut.key for cut in cuts_of(BY_KEY["workforce.retirement"], Stating(retirement_ages=(55, 68)))] == [
        "unit_55",
        "unit_68",
    ]


def test_people_are_set_beside_the_rest_only_where_the_extract_covers_it() -> None:
    people = [one(str(place), technical=place < 3, equality={"sex": (code,)}) for place, code in enumerate(["10", "11", "11", "10", "96"])]  # fmt: skip
    wide, narrow = everybody(*people), everybody(*people[:3], covers=Covers.TECHNICAL)

    profile = table("sex", "sex", wide)
    assert (values(profile, "technical"), values(profile, "rest")) == ({"Female": 1, "Male": 2}, {"Female": 1, "Not said or not known": 1})  # fmt: skip
    assert [column.words for column in table("sex", "sex", narrow).columns] == ["All"]
    assert table("women", "staff", narrow).cell("rest") is NOT_COLLECTED
    women = table("women", "staff", wide)
    assert [(women.cell(row).value, women.cell(row).people, women.cell(row).of) for row in ("technical", "rest")] == [(Decimal(100) / 3, 1, 3), (100, 1, 1)]  # fmt: skip


def test_disability_is_one_group_whatever_is_named_and_silence_is_neither() -> None:
    said = [("95",), ("95", "51"), ("51", "55"), ("98",), ()]
    people = everybody(*(one(str(place), equality={"disability": codes}) for place, codes in enumerate(said)))

    assert values(table("disability", "disability", people), "technical") == {"Known to be disabled": 2, "No known disability": 1, "Not said or not known": 2}  # fmt: skip
    assert table("disabled", "", people).cell().value == Decimal(200) / 3


def test_ethnic_minorities_leave_white_minorities_out() -> None:
    people = everybody(*(one(code, equality={"ethnicity": (code,)}) for code in ("160", "163", "103", "998")))

    assert table("ethnic_minorities", "", people).cell().value == Decimal(100) / 3


def test_comparator_stands_beside_with_its_source() -> None:
    stated = Comparator(
        "sex", "female", Decimal("38.5"), "Technicians of the sector", "https://example.org/staff", "2022/23"
    )
    stating = Stating(comparators=(stated,))

    assert table("sex", "sex", THREE, stating=stating).beside == (Stated("female", Decimal("38.5"), "Technicians of the sector", "https://example.org/staff", "2022/23"),)  # fmt: skip
    assert [given.row for given in table("women", "", THREE, stating=stating).beside] == [""]
    assert table("disabled", "", THREE, stating=stating).beside == ()


def test_contribution_is_a_share_of_those_of_whom_it_is_known() -> None:
    people = everybody(one("a", teaches=True, unit=1), one("b", teaches=False, unit=1), one("c", unit=1))

    assert (table("teaching", "unit", people).cell("1").value, table("teaching", "", people).cell().of) == (50, 2)


def test_service_and_time_in_grade_are_means_of_those_whose_day_is_known() -> None:
    people = everybody(
        one("a", joined=date(2016, 7, 31), grade_since=date(2024, 7, 31)),
        one("b", joined=date(2022, 7, 31)),
        one("c"),
        one("d", joined=date(2027, 1, 1)),
    )
    service = table("service", "", people).cell()

    assert (round(service.value or 0, 1), service.people) == (7, 2)
    assert (round(table("time_in_grade", "", people).cell().value or 0, 1), table("time_in_grade", "", people).cell().people) == (2, 1)  # fmt: skip
    assert values(table("headcount", "service", people)) == {"1 to 4 years": 1, "10 to 19 years": 1, "Not filled in": 2}


def test_posts_are_counted_only_where_the_extract_has_them() -> None:
    posts = (Post(unit=1, applicants=10), Post(unit=1, applicants=20), Post(unit=2))

    assert table("vacancies", "", THREE).why == "No advertised posts were entered for this year."
    assert values(table("vacancies", "unit", everybody(posts=posts))) == {"Physics": 2, "Arts": 1}
    assert values(table("applicants", "unit", everybody(posts=posts))) == {"Physics": 15}
    assert table("vacancies", "", everybody(posts=())).cell().value == 0


def then(*people: Person, covers: Covers = Covers.ALL) -> Population:
    return everybody(*people, on=YEAR_BEFORE, covers=covers)


BEFORE = then(
    one("stays", unit=1, grade="Grade 4", equality={"sex": ("10",)}),
    one("risen", unit=1, grade="Grade 3", equality={"sex": ("10",)}),
    one("sunk", unit=2, grade="Grade 6", equality={"sex": ("11",)}),
    one("off-scale", unit=2, grade="Spot"),
    one("academic", unit=2, grade="Grade 6"),
    one("resigns", unit=2),
    one("gone", unit=1),
    one("turns-technical", technical=False, unit=1),
    one("clerk", technical=False),
)
NOW = everybody(
    one("stays", unit=1, grade="Grade 4", equality={"sex": ("10",)}),
    one("risen", unit=1, grade="grade 5", equality={"sex": ("10",)}),
    one("sunk", unit=2, grade="Grade 5", equality={"sex": ("11",)}),
    one("off-scale", unit=2, grade="Grade 6"),
    one("academic", technical=False, unit=2, function="2"),
    one("resigns", unit=2, ends=date(2026, 2, 1), leaving_reason="01"),
    one("turns-technical", unit=1),
    one("new", unit=1),
    one("passing", unit=2, starts=date(2025, 9, 1), ends=date(2026, 1, 31), leaving_reason="02"),
)


@pytest.mark.parametrize(
    ("key", "cut", "expected"),
    [
        ("headcount", "unit", {"Physics": 4, "Arts": 2}),
        ("starters", "unit", {"Physics": 1, "Arts": 1}),
        ("leavers", "unit", {"Physics": 1, "Arts": 2}),
        ("leavers", "reason", {"Resignation": 1, "End of a fixed-term contract": 1, "Not filled in": 1}),
        ("moves_in", "", {"All": 1}),
        ("moves_out", "destination", {"Academic staff": 1}),
        ("unknown_moves", "", {}),
        ("promotions", "grade", {"Grade 5": 1}),
        ("promotions", "unit", {"Physics": 1}),
        ("promotion_rate", "sex", {"Female": 50, "Male": 0}),
        ("turnover", "", {"All": Decimal(300) / Decimal("6.5")}),
        ("resignations", "", {"All": Decimal(100) / Decimal("6.5")}),
        ("stability", "", {"All": Decimal(500) / 7}),
        ("stability", "unit", {"Physics": Decimal(200) / 3, "Arts": Decimal(300) / 4}),
    ],
)
def test_year_of_nine_people(key: str, cut: str, expected: dict[str, Decimal]) -> None:
    found = table(key, cut, NOW, BEFORE)
    shown = {row.words: found.cell(row.key).value for row in found.rows if found.cell(row.key).value is not None}

    assert {words: value for words, value in shown.items() if value or words in expected} == expected


def test_turnover_is_scaled_to_a_year() -> None:
    half = everybody(one("a"), one("b"), one("c"), on=date(2026, 1, 30))
    found = table("turnover", "", everybody(one("a"), one("b"), on=DAY), half)

    assert round(found.cell().value or 0, 4) == round(Decimal(100) / Decimal("2.5") * 365 / 182, 4)
    assert (
        table("stability", "", everybody(one("a"), on=DAY), half).why == "It needs a snapshot of about a year before."
    )


def test_nobody_left_for_being_outside_an_extract_of_technical_staff() -> None:
    """Only dates and reasons say who left and who started; of the others it stays unknown, and no rate is made of them."""
    before = then(
        one("unknown", unit=1),
        one("dated", unit=2, ends=date(2026, 6, 1), leaving_reason="02"),
        one("stays", unit=2),
        covers=Covers.TECHNICAL,
    )
    now = everybody(
        one("stays", unit=2),
        one("starts", joined=date(2026, 1, 1), unit=2),
        one("moved", joined=date(2010, 1, 1), unit=2),
        one("undated", unit=2),
        covers=Covers.TECHNICAL,
    )
    counted = {
        key: table(key, "", now, before).cell().value for key in ("leavers", "starters", "moves_in", "unknown_moves")
    }

    assert counted == {"leavers": 1, "starters": 1, "moves_in": 1, "unknown_moves": 2}
    assert table("turnover", "", now, before).cell() is NOT_COLLECTED
    by_unit = table("stability", "unit", now, before)
    assert (by_unit.cell("1"), by_unit.cell("2").value) == (NOT_COLLECTED, 50)
    assert table("moves_out", "", now, before).why.startswith("The extract covers technical staff only")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_what_the_extract_did_not_have_is_not_collected_and_never_nought(figure) -> None:
    bare = frozenset({"unit", "grade", "terms", "mode", "level", "age", "joined", "sex", "ethnicity", "disability", "fte", "teaches", "researches", "leaving_reason", "grade_since", "function"})  # fmt: skip
    tables = compute(everybody(one("a"), not_collected=bare), None, [figure], STATING)

    counted = [found.cut for found in tables if found.is_collected]
    assert counted == {"workforce.headcount": [""], "workforce.fpe": [""], "workforce.filled": ["field"], "workforce.valid": ["field"]}.get(figure.key, [])  # fmt: skip
    of_fields = figure.key in ("workforce.filled", "workforce.valid")
    missing = [
        cell
        for found in tables
        if of_fields or not found.is_collected
        for row, cell in found.cells.items()
        if row[0] in ("", *bare)
    ]
    assert all(cell is NOT_COLLECTED for cell in missing)


def test_order_of_grades_must_be_stated_before_promotions_are_counted() -> None:
    assert table("promotions", "", NOW, BEFORE, Stating()).why == "The order of grades is not stated yet."
    assert table("promotion_rate", "", NOW, BEFORE, Stating()).why == "The order of grades is not stated yet."


def test_figures_are_declared_once_and_their_words_are_whole() -> None:
    keys = [figure.key for figure in FIGURES]
    pairs = [(figure.key, cut.key) for figure in FIGURES for cut in figure.cuts]

    assert (len(set(keys)), len(set(pairs))) == (len(keys), len(pairs))
    assert [figure.key for figure in FIGURES if not figure.definition.endswith(".") or figure.name.endswith(".")] == []


def test_no_two_characteristics_of_people_meet_but_age_and_sex() -> None:
    own = {"age", "sex", "ethnicity", "disability"}
    met = [
        {cut.rows, cut.columns}
        for figure in FIGURES
        for cut in cuts_of(figure, STATING)
        if {cut.rows, cut.columns} <= own
    ]

    assert met == [{"age", "sex"}]


def test_fields_are_filled_for_a_person_whose_every_contract_has_them_and_valid_by_lists_that_are_certain() -> None:
    codes = {
        "TERMS": Codes(frozenset("123"), True, "https://example.org"),
        "ACEMPFUN": Codes(frozenset("9"), False, ""),
    }
    people = everybody(
        one("a", terms="1"), one("b", terms="7"), one("c", contracts=(Contract(key="x", terms="1"), Contract(key="y")))
    )
    stating = Stating(codes=codes)

    filled, valid = table("filled", "field", people, stating=stating), table("valid", "field", people, stating=stating)
    assert (filled.cell("terms").people, filled.cell("terms").of, filled.cell("grade").value) == (2, 3, 0)
    assert (valid.cell("terms").value, valid.cell("function"), valid.cell("sex")) == (50, NOT_COLLECTED, NOT_COLLECTED)
