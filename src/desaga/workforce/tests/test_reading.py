"""From bytes to people and faults: files as HR systems give them."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from ..reading.check import Settings, check, read_different
from ..reading.codes import code_list, code_lists
from ..reading.fields import BY_KEY
from ..reading.propose import proposed_fields, proposed_grain
from ..reading.table import NoTable, Table, read_table
from ..reading.values import Bad, day, folded, share_reader, soc, staff_number
from ..synthetic.layouts import LAYOUTS
from ..synthetic.making import extracts
from .factories import AS_AT, HEADS, ROWS, csv_of

SETTINGS = Settings(as_at=AS_AT, year=2024, grain="person", full_time_hours=Decimal(35))


def found_in(heads, *rows, grain="contract", **settings):
    """Faults as (row, heading, kind), of rows under headings that are proposed."""
    table = read_table(csv_of(rows, heads), "staff.csv")
    fields = {"as_at": AS_AT, "year": 2024, "grain": grain, "full_time_hours": Decimal(35), **settings}
    checked = check(table, proposed_fields(table, 2024), Settings(**fields))
    faults = [(f.row, "" if f.column is None else table.heads[f.column], f.kind) for f in checked.faults]
    return checked, faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/07/2025", AS_AT), ("31/7/25", AS_AT), ("2025-07-31", AS_AT), ("2025-07-31 00:00:00", AS_AT), ("31-Jul-2025", AS_AT),
        ("31 July 2025", AS_AT), ("31.07.2025", AS_AT), ("20250731", AS_AT), ("45869", AS_AT), ("01/02/65", date(1965, 2, 1)),
        ("31-Dec-4712", None), ("31/12/9999", None),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [("07/31/2025", "american_date"), ("31/06/2025", "no_date"), ("soon", "no_date"), ("12", "no_date")],
)
def test_what_is_no_day_says_why(text, kind):
    with pytest.raises(Bad) as bad:
        day(text)
    assert bad.value.kind == kind


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "0.5", "0,6"], ["1.0000", "0.5000", "0.6000"]),
        (["100", "50", "1"], ["1.0000", "0.5000", "0.0100"]),
        (["80%", "100%"], ["0.8000", "1.0000"]),
    ],
)
def test_a_column_says_itself_whether_it_holds_shares_or_per_cents(texts, expected):
    read = share_reader(set(texts))
    assert [str(read(text)) for text in texts] == expected


def test_hours_are_shares_of_the_week_that_was_said():
    read = share_reader({"18.5", "37", "18:30"}, whole=Decimal(37))
    assert [str(read(text)) for text in ("18.5", "18:30", "37:00")] == ["0.5000", "0.5000", "1.0000"]
    with pytest.raises(Bad):
        read("18:75")


@pytest.mark.parametrize(
    ("text", "expected"), [("00123", "123"), (" 12 3 ", "123"), ("123.0", "123"), ("ab 07", "AB07")]
)
def test_a_number_is_compared_without_what_programs_add(text, expected):
    assert staff_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("3111", "3111"), ("3111 Laboratory technicians", "3111"), ("3111.0", "3111")]
)
def test_an_occupation_is_four_figures(text, expected):
    assert soc(text) == expected


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("TERMS", "1", "1"), ("TERMS", "01", None), ("TERMS", "Permanent", "1"), ("TERMS", "2 - Fixed-term", "2"), ("TERMS", "FTC-R", None),
        ("MOEMP", "Part Time", "3"), ("ETHNIC", "White British", "160"), ("ETHNIC", "1 person", None), ("DISABLE", "dyslexia", "51"),
        ("LEVELS", "j0", "J0"), ("SEXID", "F", "10"),
    ],
)  # fmt: skip
def test_a_word_is_a_code_or_unknown(key, text, code):
    codes = code_list(key, 2025)
    if code is None:
        with pytest.raises(Bad):
            codes.code_of(text)
    else:
        assert codes.code_of(text) == code


def test_a_word_that_no_list_knows_is_proposed_for_and_never_taken():
    codes = code_list("ETHNIC", 2025)
    assert codes.proposals("White - Brit/UK")[0] == "160"
    assert codes.proposals("Gryffindor") == []


def test_a_list_is_that_of_its_year_and_says_whether_it_was_checked():
    assert code_list("ETHNIC", 2025).version == "ETHNIC 2022/23"
    assert code_list("ETHNIC", 2019).version == "ETHNIC 2012/13"
    before, since = code_list("DISABLE", 2021), code_list("DISABLE", 2022)
    assert (before.is_certain, since.is_certain, before.values) == (False, True, since.values)
    uncertain = {one.version for lists in code_lists().values() for one in lists if not one.is_certain}
    assert uncertain == {"ACEMPFUN 2012/13", "RESLEAVE 2012/13", "ETHNIC 2012/13"}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_usual_layouts_are_mapped_whole_and_without_a_fault(layout):
    [(as_at, way, rows)] = extracts(seed=3, people=200, years=1, layout=layout)
    table = read_table(csv_of(rows, way.heads), "staff.csv")

    columns = proposed_fields(table, 2025)
    grain = proposed_grain(table, columns)
    checked = check(table, columns, Settings(as_at=as_at, year=2025, grain=grain, full_time_hours=Decimal(35)))

    assert [head for n, head in enumerate(table.heads) if n not in columns] == []
    assert grain == ("activity" if layout == "activity" else "contract")
    assert (len(checked.people), checked.faults) == (200, [])


HEADINGS = [
    ("PERNR", "staff_number"), ("Pers.No.", "staff_number"), ("Assignment Number", "contract_number"), ("Position Title", "job_title"),
    ("Cost Centre", "cost_centre"), ("Contracted Hours", "hours"), ("Employment Category", "job_family"), ("Scale/Grade", "grade"),
    ("STAFFID", "staff_number"), ("MOEMP", "mode"), ("TERMS", "terms"), ("XpertHR level", "level"), ("Worker ID", "staff_number"),
    ("Supervisory Organi" "zation", "unit"), ("ACEMPFUN", "academic_function"), ("Favourite colour", None),
    ("Payroll No", "staff_number"), ("Grade / Spine", "grade"), ("Contracted hrs per wk", "hours"), ("FT or PT", "mode"), ("Perm/FTC", "terms"),
    ("Date left", "ends_on"), ("Why left", "leaving_reason"), ("Occup. code", "soc"), ("Gender (M/F)", "sex"), ("Dept. desc.", "unit"),
    ("Hours per week", "hours"), ("Emp no.", "staff_number"), ("Reason for Leaving (text)", "leaving_reason"), ("Date of Birth", "birth_date"),
    ("Line manager name", None), ("Manager's payroll no", None), ("Emergency contact name", None), ("Salary £", None), ("Previous grade", None),
    ("Next of kin surname", None), ("Home postcode", None), ("Annual leave hours", None), ("Department head", None), ("Job evaluation date", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "field"), HEADINGS)
def test_headings_of_the_usual_systems_are_known(head, field):
    table = Table([head], [[""]], [2])
    assert proposed_fields(table, 2025).get(0) == field


def test_a_heading_whose_values_do_not_fit_is_not_believed():
    table = read_table(csv_of([("1", "Green"), ("2", "Blue")], ("Staff No", "Start Date")), "staff.csv")
    assert proposed_fields(table, 2025) == {0: "staff_number"}


def as_book(*sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(n, column, value, book.add_format({"num_format": "dd/mm/yyyy"}))
                    else:
                        sheet.write(n, column, value)
    return out.getvalue()


def test_a_workbook_is_read_on_the_sheet_that_looks_like_an_extract_below_its_titles():
    rows = [
        ["Staff in post"],
        [],
        ["Employee No", "Start Date", "FTE"],
        [1001, date(2020, 9, 1), 0.5],
        [1002, 44075, 1],
    ]
    table = read_table(as_book(("Cover", [["Read me first"]]), ("Data", rows)), "staff.xlsx")

    assert (table.sheet, table.head_row, table.rows) == ("Data", 3, [4, 5])
    assert table.columns == [["1001", "1002"], ["2020-09-01", "44075"], ["0.5", "1"]]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_any_writing_and_with_any_separator(encoding, delimiter):
    rows = [["Staff No", "Surname", "FTE"], *([str(n), "Müller", "1"] for n in range(30)), ["Total", "", "30"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    table = read_table(text.encode(encoding), "staff.csv")

    assert (table.heads, table.columns[1][0], table.left_out) == (["Staff No", "Surname", "FTE"], "Müller", [32])


def test_columns_without_a_value_go_and_headings_that_repeat_are_told_apart():
    table = read_table(b"Staff No,FTE,,FTE,\n1,1,,0.5,\n2,1,,1,\n", "staff.csv")
    assert table.heads == ["Staff No", "FTE", "FTE (2)"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
        (b"PK\x03\x04 no workbook at all", "damaged"),
        (b"Staff No,FTE\n", "no row"),
        (b"\x00\x01\x02\xff\xfe\x03" * 900, "no table"),
        (b"   \n", "nothing in the file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, words):
    with pytest.raises(NoTable) as refused:
        read_table(content, "staff.xlsx")
    assert words in str(refused.value)


def test_a_workbook_too_large_to_open_says_so_before_it_is_opened():
    with pytest.raises(NoTable, match="The workbook is larger than 25 MB"):
        read_table(b"PK\x03\x04" + bytes(25 * 1024 * 1024), "staff.xlsx")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them_and_values_may_have_several(end):
    text = end.join(("sep=;", "Staff No;Job Title", '1;"Imaging', 'Specialist"', "2;Technician", ""))
    table = read_table(text.encode(), "staff.csv")
    assert (table.heads, table.columns[0]) == (["Staff No", "Job Title"], ["1", "2"])
    assert [one.split() for one in table.columns[1]] == [["Imaging", "Specialist"], ["Technician"]]


PERSON = ("Staff No", "Surname", "Date of Birth", "Contract No", "FTE", "Start Date", "End Date", "Terms", "SOC2020")
GOOD = ("1", "Ash", "01/02/1980", "A", "1", "01/09/2010", "", "Permanent", "3111")
FAULTY = [
    ({1: "Ash", 0: ""}, ("Staff No", "no_staff_number")),
    ({5: "31/06/2010"}, ("Start Date", "no_date")),
    ({6: "01/01/2009"}, ("End Date", "end_before_start")),
    ({7: "FTC-R"}, ("Terms", "unknown_code")),
    ({8: "311"}, ("SOC2020", "short_soc")),
    ({2: "01/02/1880"}, ("Date of Birth", "odd_age")),
    ({5: "01/09/2026"}, ("Start Date", "starts_later")),
]


@pytest.mark.parametrize(("change", "fault"), FAULTY)
def test_what_is_wrong_in_a_row_is_said_with_its_column(change, fault):
    bad = tuple(change.get(n, value) for n, value in enumerate(GOOD))
    other = ("2", "Birch", "05/05/1990", "B", "0.5", "01/09/2015", "31/08/2030", "Fixed term", "3113")
    _, faults = found_in(PERSON, other, bad)
    assert faults == [(3, *fault)]


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


def test_none_is_an_answer_where_a_list_knows_it_and_nothing_elsewhere():
    """Of whom HR writes "None" under disabilities, it is known that they have none."""
    known, wrong = read_different({"None", "n/a", "Dyslexia"}, BY_KEY["disability"], SETTINGS)
    assert known == {"None": ["95"], "n/a": None, "Dyslexia": ["51"]}
    assert wrong == {}
    assert read_different({"None"}, BY_KEY["grade"], SETTINGS)[0] == {"None": None}
