"""From bytes to people and faults: files as HR systems give them."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from ..reading.check import Settings, check, read_different
from ..reading.codes import code_list, code_lists, code_reader, unknown_words
from ..reading.fields import BY_KEY
from ..reading.propose import misfits, proposed_fields, proposed_grain, rivals
from ..reading.table import NoTable, Table, read_table, table_of
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


@pytest.mark.parametrize(("year", "chosen", "known"), [(2020, "21", True), (2025, "21", False), (2025, "121", True), (2020, "121", False), (2025, "", True)])  # fmt: skip
def test_a_choice_holds_in_the_versions_of_a_list_that_have_its_code(year, chosen, known):
    codes, choices = code_list("ETHNIC", year), {"islander": chosen}
    read = code_reader(codes, choices)

    assert unknown_words(["Islander"], codes, choices) == ([] if known else ["Islander"])
    if chosen and known:
        assert read("Islander") == chosen
    else:
        with pytest.raises(Bad, match="unknown_code" if chosen else "no_code_fits"):
            read("Islander")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/07/2025", AS_AT), ("31/7/25", AS_AT), ("2025-07-31", AS_AT), ("2025-07-31 00:00:00", AS_AT), ("31-Jul-2025", AS_AT),
        ("31 July 2025", AS_AT), ("31.07.2025", AS_AT), ("20250731", AS_AT), ("45869", AS_AT), ("01/02/65", date(1965, 2, 1)),
        ("31-Dec-4712", None), ("31/12/9999", None), ("2025/07/31", AS_AT), ("2025.07.31", AS_AT), ("2025-07-31-07:00", AS_AT),
        ("2025-07-31+01:00", AS_AT), ("2025-07-31Z", AS_AT), ("2025-07-31T00:00:00-07:00", AS_AT),
        ("00.00.0000", None), ("00/00/0000", None), ("0000-00-00", None), ("00000000", None), ("2958465", None),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("07/31/2025", "american_date"),
        ("31/06/2025", "no_date"),
        ("2025/07-31", "no_date"),
        ("2025-13-31", "no_date"),
        ("soon", "no_date"),
        ("12", "no_date"),
        ("01/09/0010", "odd_year"),
        ("0210-09-01", "odd_year"),
        ("31/12/1899", "odd_year"),
    ],
)
def test_what_is_no_day_says_why(text, kind):
    with pytest.raises(Bad) as bad:
        day(text)
    assert bad.value.kind == kind


SHARES = [
    ("1 0.5 0,6", "1.0000 0.5000 0.6000"),
    ("100 50 2", "1.0000 0.5000 0.0200"),
    ("80% 100%", "0.8000 1.0000"),
    ("1 0.6 60%", "1.0000 0.6000 0.6000"),
    ("1 60%", "1.0000 0.6000"),
    ("0.5 1 100% 60%", "0.5000 1.0000 1.0000 0.6000"),
    ("100 50 60%", "1.0000 0.5000 0.6000"),
    ("1 100% 60%", "mixed_share 1.0000 0.6000"),
    ("100 50 80 0.5 0", "1.0000 0.5000 0.8000 mixed_share 0.0000"),
    ("100 50 1 1%", "1.0000 0.5000 mixed_share 0.0100"),
    ("100 50 80 0.5 1", "1.0000 0.5000 0.8000 mixed_share mixed_share"),
    ("1 0.5 0.4 60", "1.0000 0.5000 0.4000 odd_share"),
    ("1 0.5 160%", "1.0000 0.5000 odd_share"),
]


def told(read, text):
    try:
        return str(read(text))
    except Bad as bad:
        return bad.kind


@pytest.mark.parametrize(("texts", "expected"), SHARES)
def test_a_column_says_itself_whether_it_holds_shares_or_per_cents_and_a_sign_what_its_cell_holds(texts, expected):
    read = share_reader(set(texts.split()), is_fte=True)
    assert [told(read, text) for text in texts.split()] == expected.split()


@pytest.mark.parametrize(("texts", "expected"), [("99 40 1", "0.9900 0.4000 0.0100"), ("99 50 40 1 0.5", "0.9900 0.5000 0.4000 mixed_share mixed_share"), ("99 40 1 60%", "0.9900 0.4000 mixed_share 0.6000")])  # fmt: skip
def test_of_shares_of_work_one_may_be_one_per_cent(texts, expected):
    read = share_reader(set(texts.split()))
    assert [told(read, text) for text in texts.split()] == expected.split()


def test_one_per_cent_sign_changes_no_other_cell_and_what_may_be_either_is_told_with_row_column_and_value():
    heads = ("Staff No", "FTE")
    checked, faults = found_in(heads, ("1", "1"), ("2", "0.5"), ("3", "60%"))
    assert ([str(value) for value in checked.values["fte"]], faults) == (["1.0000", "0.5000", "0.6000"], [])
    checked, faults = found_in(heads, ("1", "100"), ("2", "50"), ("3", "80"), ("4", "0.5"))
    assert (checked.values["fte"][3], faults) == (None, [(5, "FTE", "mixed_share")])
    assert [one.text for one in checked.faults] == ["0.5"]


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
    ("Primary Assignment", "main"), ("Main Post Flag", "main"), ("Primary job title", None), ("Line manager name", None), ("Manager's payroll no", None), ("Emergency contact name", None), ("Salary £", None), ("Previous grade", None),
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
        (b"%PDF-1.7\n%no table", "no table"),
        (b"{\\rtf1 Staff No\\par 1001}", "no table"),
        (b"2000,Birch,Ann,01/03/1980\n2001,Cole,Bo,02/04/1981\n", "it looks like somebody"),
        # A title may be what a heading is called elsewhere.
        (b"2000,Birch,Ann,01/03/1980,Technician\n2001,Cole,Bo,02/04/1981,Technician\n", "it looks like somebody"),
        (b"70001,Birch Ann,Technician,Physics\n70002,Cole Bo,Technician,Physics\n", "it looks like somebody"),
        (b"   \n", "nothing in the file"),
        (b"<html><table><tr><td>Staff No</td></tr>\n<tr><td>1</td></tr></table></html>", "web page or XML"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<Workbook><Row>1</Row></Workbook>", "web page or XML"),
        ("<table>\n<tr><td>1</td></tr>".encode("utf-16"), "web page or XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "web page or XML"),
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


NAMED = ("Surname", "Staff No", "Job Title", "Department", "FTE", "Grade")


@pytest.mark.parametrize(
    ("row", "is_left_out"),
    [
        (("Summers", "9", "Technician", "Physics", "1", "5"), False),
        (("Counter", "9", "Technician", "Physics", "", ""), False),
        (("Totalman", "9", "", "", "", ""), True),
        (("Sum", "9", "Technician", "Physics", "1", "5"), False),
        (("Count", "", "", "", "5", "3"), True),
        (("Total FTE", "", "", "", "5", ""), True),
        (("Grand total", "5", "", "Physics", "5", ""), True),
    ],
)
def test_a_row_at_the_end_is_left_out_for_a_total_by_whole_words_and_never_where_it_is_as_full_as_others(
    row, is_left_out
):
    rows = [
        (name, str(n), "Technician", "Physics", "1", "5") for n, name in enumerate(("Ash", "Birch", "Cole", "Dale"))
    ]
    table = read_table(csv_of([*rows, row], NAMED), "staff.csv")
    assert table.left_out == ([6] if is_left_out else [])


BORN = ("Staff No", "Surname", "Date of Birth", "Department", "FTE", "Grade")


@pytest.mark.parametrize(
    ("row", "is_left_out"),
    [
        (("Physics Total", "5", "", "", "", ""), True),
        (("Physics total:", "20", "20", "20", "20", "20"), True),
        (("Total", "20", "20", "20", "20", "20"), True),
        (("GRAND TOTAL", "20", "20", "20", "20", "20"), True),
        (("Sub-total", "", "", "Physics", "5", ""), True),
        (("", "", "", "Subtotal", "5", ""), True),
        (("Total for Physics", "", "", "", "5", ""), True),
        (("Total of all posts", "20", "20", "20", "20", "20"), True),
        (("Total", "Total", "01/02/1980", "Physics", "1", "5"), False),
        (("Total", "Ash", "01/02/1980", "", "", ""), False),
        (("Totalis", "Ash", "", "Physics", "1", "5"), False),
        (("Total Quality Manager", "9", "", "Physics", "1", "5"), False),
        (("9", "Ash", "", "Physics Total", "1", "5"), False),
    ],
)
@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_row_that_calls_itself_a_total_is_left_out_wherever_it_stands_unless_it_is_somebodys(row, is_left_out, at):
    rows = [(str(n), "Ash", f"0{n}/01/1980", "Physics", "1", "5") for n in range(1, 8)]
    table = read_table(csv_of([*rows[:at], row, *rows[at:]], BORN), "staff.csv")
    assert table.left_out == ([at + 2] if is_left_out else [])
    assert table.notices == ([f"Row {at + 2} seems to hold totals, and is left out."] if is_left_out else [])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "Rows 3 and 5 seem"),
        (10, "Rows 3, 5, 7, 9, 11, 13, 15, 17, 19 and 21 seem"),
        (11, "Rows 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 23 seem"),
        (12, "Rows 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 2 others seem"),
    ],
)
def test_subtotals_are_told_in_one_notice(number, said):
    rows = [row for n in range(number) for row in ((str(n), "Ash", "01/01/1980", "Physics", "1", "5"), (f"Unit {n} total", "1", "", "", "", ""))]  # fmt: skip
    table = read_table(csv_of(rows, BORN), "staff.csv")
    assert table.notices == [f"{said} to hold totals, and are left out."]
    assert (len(table.rows), len(table.left_out)) == (number, number)


def test_a_table_of_a_few_columns_ends_with_its_total():
    table = read_table(b"Unit,Posts\nPhysics,2\nSums,3\nTotal,5\n", "posts.csv")
    assert (table.left_out, table.columns[0]) == ([4], ["Physics", "Sums"])


QUOTED = ("Staff No", "Job Title", "Grade", "Department", "FTE")


def rows_with(changed, *, first=""):
    """Forty-nine rows in all, those that are named written as they are said."""
    rows = [f"{n},Technician,5,Physics,1" for n in range(2, 51)]
    for row, text in changed.items():
        rows[row - 2] = text
    return (first + "\n".join([",".join(QUOTED), *rows]) + "\n").encode()


@pytest.mark.parametrize(
    "changed",
    [
        {12: '12,"Lead technician,5,Physics,1'},
        {12: '12,"Lead technician,5,Physics,1', 13: '13,Fitter (5"),5,Physics,1'},
        {12: '12,"Lead technician,5,Physics,1', 30: '30,"Technician, senior",5,Physics,1'},
        {12: '12,"Lead technician,5,Physics,1', 13: '13,Technician,5,"Physics, Applied",1', 14: '14,"A, B",5,Physics,1'},
        {12: '"12","Lead technician,"5","Physics","1"'},
        {12: '"12","Lead technician', 13: '"13","Technician","5","Physics","1"'},
        {12: '12,Technician,5,Physics,"1', 13: '13",Technician,5,Physics,1'},
    ],
    ids=["never", "by an inch", "by a quoted value", "by the second quoted value", "in its line", "at the next line", "in the last cell"],
)  # fmt: skip
def test_a_quotation_mark_that_swallows_others_is_refused_with_its_row(changed):
    with pytest.raises(NoTable, match=r"^In row 12 a quotation mark opens, and does not close"):
        read_table(rows_with(changed), "staff.csv")


def test_a_quotation_mark_below_a_line_that_names_the_separator_is_told_by_the_row_of_the_file():
    with pytest.raises(NoTable, match=r"^In row 13 "):
        read_table(rows_with({12: '12,"Lead technician,5,Physics,1'}, first="sep=,\n"), "staff.csv")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Lead" technician', "Lead technician"),
        ('Technician "lead"', 'Technician "lead"'),
        ('Fitter 5" pipes', 'Fitter 5" pipes'),
        ('"Technician ""lead"""', 'Technician "lead"'),
        ('"Technician, lead"', "Technician, lead"),
        ('"Lead, senior" technician', "Lead, senior technician"),
        ('"Technician,\nlead, of the\nworkshop, and more"', "Technician,\nlead, of the\nworkshop, and more"),
    ],
)
def test_quotation_marks_that_swallow_nothing_are_read(written, title):
    table = read_table(rows_with({12: f"12,{written},5,Physics,1"}), "staff.csv")
    assert (len(table.rows), table.columns[1][10], table.columns[4][10]) == (49, title, "1")


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


def test_a_known_heading_whose_values_do_not_fit_is_told():
    table = read_table(csv_of([("1", "Green", "x"), ("2", "Blue", "y")], ("Staff No", "Start Date", "Colour")), "staff.csv")  # fmt: skip
    assert misfits(table, proposed_fields(table, 2025), 2025) == {1: "starts_on"}
    assert misfits(table, {0: "staff_number", 1: "starts_on"}, 2025) == {}


def test_a_heading_whose_field_another_column_is_already_is_told_too():
    heads = ("Staff No", "End Date", "Date Left", "FTE", "Full time equivalent", "Colour")
    rows = [("1", "31/07/2025", "31/07/2025", "1.0", "1.0", "Green"), ("2", "", "", "0.5", "0.5", "Blue")]
    table = read_table(csv_of(rows, heads), "staff.csv")
    proposed = proposed_fields(table, 2025)
    assert proposed == {0: "staff_number", 1: "ends_on", 3: "fte"}
    assert rivals(table.heads, proposed) == {2: "ends_on", 4: "fte"}
    assert misfits(table, proposed, 2025) == {}


OVER_TWO = (("Staff", "Date of", "", "Job", "Start"), ("number", "birth", "Surname", "title", "date"))


@pytest.mark.parametrize("titles", [[], ["Staff in post on 31 July"], ["Staff in post", ""]])
def test_headings_over_two_rows_are_read_together(titles):
    rows = [*([one] for one in titles), *OVER_TWO, ("1", "01/02/1980", "Ash", "Technician", "01/09/2010")]
    table = table_of(rows)
    assert table.heads == ["Staff number", "Date of birth", "Surname", "Job title", "Start date"]
    assert (table.head_row, table.rows) == (len(titles) + 1, [len(titles) + 3])
    again = table_of(rows, head_row=len(titles) + 1)
    assert again.heads == table.heads


def test_headings_below_their_groups_or_above_words_are_read_alone():
    row = ("1", "Ash", "Technician", "Physics")
    groups, heads = ("Person", "", "Contract", ""), ("Staff number", "Surname", "Job title", "Department")
    assert table_of([groups, heads, row]).heads == list(heads)
    assert table_of([heads, ("2", "number", "title", "unit"), row]).rows == [2, 3]


def test_none_is_an_answer_where_a_list_knows_it_and_nothing_elsewhere():
    """Of whom HR writes "None" under disabilities, it is known that they have none."""
    known, wrong = read_different({"None", "n/a", "Dyslexia"}, BY_KEY["disability"], SETTINGS)
    assert known == {"None": ["95"], "n/a": None, "Dyslexia": ["51"]}
    assert wrong == {}
    assert read_different({"None"}, BY_KEY["grade"], SETTINGS)[0] == {"None": None}
