"""From a table to people and faults: contracts, activities, and what stands twice."""

from __future__ import annotations

from datetime import date

import pytest

from ..reading.check import read_different
from ..reading.fields import BY_KEY
from ..reading.propose import proposed_fields, proposed_grain
from ..reading.table import read_table
from ..reading.values import folded
from .factories import HEADS, ROWS, SETTINGS, csv_of, found_in

PERSON = ("Staff No", "Surname", "Date of Birth", "Contract No", "FTE", "Start Date", "End Date", "Terms", "SOC2020")
GOOD = ("1", "Ash", "01/02/1980", "A", "1", "01/09/2010", "", "Permanent", "3111")
FAULTY = [
    ({1: "Ash", 0: ""}, ("Staff No", "no_staff_number")),
    ({5: "31/06/2010"}, ("Start Date", "no_date")),
    ({6: "01/01/2009"}, ("End Date", "end_before_start")),
    ({7: "FTC-R"}, ("Terms", "unknown_code")),
    ({8: "311"}, ("SOC2020", "short_soc")),
    ({2: "01/02/1910"}, ("Date of Birth", "odd_age")),
    ({2: "01/02/1880"}, ("Date of Birth", "odd_year")),
    ({5: "01/09/2026"}, ("Start Date", "starts_later")),
    ({5: "01/09/0010"}, ("Start Date", "odd_year")),
]


@pytest.mark.parametrize(("change", "fault"), FAULTY)
def test_what_is_wrong_in_a_row_is_said_with_its_column(change, fault):
    bad = tuple(change.get(n, value) for n, value in enumerate(GOOD))
    other = ("2", "Birch", "05/05/1990", "B", "0.5", "01/09/2015", "31/08/2030", "Fixed term", "3113")
    _, faults = found_in(PERSON, other, bad)
    assert faults == [(3, *fault)]


@pytest.mark.parametrize("text", ["00.00.0000", "00/00/0000", "2958465", "31/12/9999"])
def test_an_end_that_stands_for_none_leaves_the_contract_open(text):
    checked, faults = found_in(PERSON, (*GOOD[:6], text, *GOOD[7:]))
    assert (checked.present, faults) == (1, [])


SECOND = [
    ({3: "B", 2: "03/03/1981"}, ("Date of Birth", "two_birth_dates")),
    ({3: "B", 2: "03/03/1981", 1: "Rowan"}, ("Date of Birth", "two_people")),
    ({3: "B", 1: "Rowan", 4: "0"}, ("Surname", "two_names")),
    ({}, ("Contract No", "contract_twice")),
    ({3: "B"}, ("FTE", "too_much_time")),
]


@pytest.mark.parametrize(("change", "fault"), SECOND)
def test_what_is_wrong_between_rows_of_a_number_is_said_at_the_later(change, fault):
    second = tuple(change.get(n, value) for n, value in enumerate(GOOD))
    filled = ("2", "Birch", "05/05/1990", "B", "0.5", "01/09/2015", "31/08/2030", "Fixed term", "3113")
    _, faults = found_in(PERSON, GOOD, second, filled)
    assert fault in [(column, kind) for row, column, kind in faults if row == 3]


DOUBLE = ("Staff No", "Surname", "First Name", "Date of Birth", "Job Title", "FTE")
ASH = ("1", "Ash", "Ann", "01/02/1980", "Technician", "0.5")


@pytest.mark.parametrize(
    ("change", "contracts", "found"),
    [
        ({}, 2, [(4, "", "row_twice", "as row 2")]),
        ({5: "0.4"}, 2, []),
        ({4: "Fitter"}, 2, []),
        ({0: "9"}, 2, [(4, "Staff No", "person_again", "as row 2")]),
        ({0: "9", 1: "Ann", 2: "ASH", 3: "1980-02-01", 5: "1"}, 2, [(4, "Staff No", "person_again", "as row 2")]),
        ({0: "9", 3: "02/02/1980"}, 2, []),
        ({0: "9", 3: ""}, 2, []),
        ({0: "9", 2: "Bo"}, 2, []),
    ],
)
def test_what_stands_twice_is_told_with_both_rows(change, contracts, found):
    second = tuple(change.get(n, value) for n, value in enumerate(ASH))
    checked, _ = found_in(DOUBLE, ASH, ("2", "Birch", "Bo", "05/05/1990", "Technician", "0.5"), second)
    heads = ("", *DOUBLE)
    faults = [(f.row, heads[0 if f.column is None else f.column + 1], f.kind, f.text) for f in checked.faults]
    assert (checked.contracts - 1, faults) == (contracts, found)


def test_a_surname_alone_and_a_birthday_are_no_one_person():
    _, faults = found_in(("Staff No", "Surname", "Date of Birth"), ("1", "Ash", "01/02/1980"), ("2", "Ash", "01/02/1980"))  # fmt: skip
    assert faults == []


def test_a_person_of_two_contracts_is_shared_out_between_those_that_hold():
    heads = ("Staff No", "Contract No", "FTE", "Start Date", "End Date")
    rows = [
        ("1", "A", "0.6", "01/01/2010", "31/12/2030"),
        ("1", "B", "0.2", "01/01/2010", ""),
        ("1", "C", "1", "01/01/2000", "31/12/2009"),
    ]
    checked, faults = found_in(heads, *rows)
    [person] = checked.people.values()

    assert faults == []
    assert [(one.name, str(one.fpe), one.is_current) for one in person.contracts] == [
        ("A", "0.7500", True), ("B", "0.2500", True), ("C", "0", False),
    ]  # fmt: skip
    assert person.main.name == "A"


@pytest.mark.parametrize(
    ("marks", "main", "said"),
    [
        (("N", "Y", "N"), "B", []),
        (("Secondary", "Primary", ""), "B", []),
        (("", "", "Y"), "A", []),
        (("", "", ""), "A", []),
        (("Y", "Y", ""), "A", [(3, "Main Assignment", "two_mains")]),
        (("", "maybe", ""), "A", [(3, "Main Assignment", "no_mark")]),
    ],
)
def test_the_main_contract_is_the_one_that_hr_marks_so_else_the_largest(marks, main, said):
    heads = ("Staff No", "Contract No", "FTE", "End Date", "Main Assignment")
    rows = [("1", "A", "0.6", "", marks[0]), ("1", "B", "0.2", "", marks[1]), ("1", "C", "1", "31/12/2009", marks[2])]
    others = [(str(n), "D", "1", "", "Y") for n in range(2, 9)]
    checked, faults = found_in(heads, *rows, *others)
    assert (checked.people["1"].main.name, faults) == (main, said)


def test_activities_of_a_contract_make_one_together_or_count_equally():
    heads = ("Staff No", "Contract No", "Activity SOC", "Activity %")
    checked, faults = found_in(
        heads,
        ("1", "A", "2162", "60"),
        ("1", "A", "3111", "40"),
        ("2", "B", "3111", "60"),
        ("2", "B", "3113", "10"),
        grain="activity",
    )
    first, second = (person.contracts[0].activities for person in checked.people.values())

    assert [(name, float(share)) for name, share in first] == [("2162", 0.6), ("3111", 0.4)]
    assert [(name, float(share)) for name, share in second] == [("3111", 0.5), ("3113", 0.5)]
    assert faults == [(4, "Activity %", "shares_differ")]


HESA_ACTIVITIES = ("STAFFID", "CONTRACTID", "TITLE OF POST", "SOC2020", "ACTPROP")


@pytest.mark.parametrize(
    ("rows", "main"),
    [
        ([("2162", "30"), ("3111", "70")], "3111"),
        ([("2162", "60"), ("3111", "40")], "2162"),
        ([("2162", "40"), ("3111", "30"), ("3111", "30")], "3111"),
        ([("2162", "50"), ("3111", "50")], "2162"),
    ],
)
def test_activities_as_hesa_heads_them_keep_their_own_occupation_and_the_contract_has_that_of_the_largest(rows, main):
    rows = [("1", "A", "Technician", *row) for row in rows] + [("2", "B", "Fitter", "3113", "100")]
    table = read_table(csv_of(rows, HESA_ACTIVITIES), "staff.csv")
    assert proposed_grain(table, proposed_fields(table, 2024)) == "activity"
    checked, faults = found_in(HESA_ACTIVITIES, *rows, grain="activity")
    first, second = (person.main for person in checked.people.values())

    assert [(soc, str(int(100 * share))) for soc, share in first.activities] == [row[3:] for row in rows[:-1]]
    assert [checked.values["soc"][one.at] for one in (first, second)] == [main, "3113"]
    assert faults == []


def test_a_contract_keeps_its_own_occupation_beside_those_of_its_activities():
    heads = ("Staff No", "Contract No", "SOC2020", "Activity SOC", "Activity %")
    checked, _ = found_in(heads, ("1", "A", "2162", "2162", "30"), ("1", "A", "2162", "3111", "70"), grain="activity")
    [person] = checked.people.values()
    assert [soc for soc, _ in person.main.activities] == ["2162", "3111"]
    assert checked.values["soc"][person.main.at] == "2162"


def test_words_of_the_organisation_are_codes_once_somebody_said_so():
    rows = [("1", "FTC-R"), ("2", "Odd one")]
    choices = {"TERMS": {folded("FTC-R"): "2", folded("Odd one"): ""}}
    checked, faults = found_in(("Staff No", "Contract Type"), *rows, choices=choices)
    assert checked.values["terms"] == ["2", None]
    assert faults == [(3, "Contract Type", "no_code_fits")]


def test_the_order_of_rows_changes_nobody():
    def people(rows):
        checked, _ = found_in(HEADS, *rows, grain="person")
        return {number: (one.age, one.is_present, one.main.fte) for number, one in checked.people.items()}

    assert people(ROWS) == people(ROWS[::-1])


BLANK_BELOW = ("Employee No", "Surname", "Job Title", "Department", "FTE", "Start Date", "Contract Type", "Sex")
FIRST = ("1001", "Birch", "Technician", "Workshops", "0.5", "01/09/2010", "Permanent", "F")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "", "Technician", "Workshops", "0.5", "01/09/2015", "", ""), "held_by_nobody"),
        (("", "", "Technician", "Workshops", "0.5", "", "Fixed term", ""), "held_by_nobody"),
        (("", "", "Technician", "Workshops", "", "", "", "F"), "held_by_nobody"),
        (("", "", "Technician", "Workshops", "0.5", "", "", ""), "vacant_post"),
        (("", "", "Technician", "Workshops", "", "01/09/2015", "", ""), "vacant_post"),
        (("Vacant", "", "Technician", "Workshops", "0.5", "01/09/2015", "Permanent", ""), "vacant_post"),
        (("", "Vacant", "Technician", "Workshops", "0.5", "01/09/2015", "Permanent", ""), "vacant_post"),
    ],
)
def test_a_second_contract_below_a_merged_cell_is_no_vacant_post(row, said):
    checked, faults = found_in(BLANK_BELOW, FIRST, row, ("1002", "Cole", *FIRST[2:]))
    assert [kind for at, _, kind in faults if at == 3] == [said]
    assert len(checked.vacant) == (said == "vacant_post")


def test_headings_that_are_repeated_on_each_page_are_nobody():
    rows = [FIRST, BLANK_BELOW, ("1002", "Cole", *FIRST[2:]), (*BLANK_BELOW[:-1], " Sex ")]
    checked, faults = found_in(BLANK_BELOW, *rows)
    assert list(checked.people) == ["1001", "1002"]
    assert faults == [(3, "", "heading_again"), (5, "", "heading_again")]


def test_a_column_of_american_dates_is_not_half_believed():
    """Where one date has the month first, one that may be either is no date of ours; among many that have the day first it is a slip."""
    heads = ("Staff No", "Start Date")
    american = [("1", "07/31/2010"), ("2", "09/01/2010"), ("3", "05/05/2010")]
    checked, faults = found_in(heads, *american)
    assert faults == [(2, "Start Date", "american_date"), (3, "Start Date", "american_column")]
    assert checked.values["starts_on"] == [None, None, date(2010, 5, 5)]
    british = [(str(n), f"{n}/01/2011") for n in range(13, 31)]
    checked, faults = found_in(heads, *american, *british)
    assert (faults, checked.values["starts_on"][1]) == ([(2, "Start Date", "american_date")], date(2010, 1, 9))


@pytest.mark.parametrize("number", ["1.23457E+11", "1,23457E+11", "1e+11"])
def test_a_number_that_excel_shortened_is_nobodys(number):
    checked, faults = found_in(("Staff No", "Surname"), (number, "Ash"), (number, "Birch"), ("12E3", "Cole"))
    assert faults == [(2, "Staff No", "shortened_number"), (3, "Staff No", "shortened_number")]
    assert list(checked.people) == ["12E3"]


def test_none_is_an_answer_where_a_list_knows_it_and_nothing_elsewhere():
    """Of whom HR writes "None" under disabilities, it is known that they have none."""
    known, wrong = read_different({"None", "n/a", "Dyslexia"}, BY_KEY["disability"], SETTINGS)
    assert known == {"None": ["95"], "n/a": None, "Dyslexia": ["51"]}
    assert wrong == {}
    assert read_different({"None"}, BY_KEY["grade"], SETTINGS)[0] == {"None": None}
