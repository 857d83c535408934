"""From bytes to a table: files as HR systems give them, their headings, totals and quotation marks."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from ..reading.check import Settings, check
from ..reading.propose import misfits, proposed_fields, proposed_grain, rivals
from ..reading.table import NoTable, Table, read_table, table_of
from ..synthetic.layouts import LAYOUTS
from ..synthetic.making import extracts
from .factories import csv_of


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
