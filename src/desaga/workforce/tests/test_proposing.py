"""What columns are proposed to be, by their headings and by what stands below them: as HR systems name and fill them. Everybody is invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ..reading.check import Settings, check, read_different
from ..reading.fields import BY_KEY, FIELDS
from ..reading.propose import misfits, proposed_fields, proposed_grain
from ..reading.table import Table, read_table
from .factories import AS_AT, csv_of

DATES = ("01/08/2020", "15/02/2011", "03/10/2022", "21/06/2016")
ISO_DATES = ("2020-08-01", "2011-02-15", "2022-10-03", "2016-06-21")
NUMBERS = ("50001", "50002", "50003", "50004")
SMALL = ("1", "2", "3", "4")
TITLES = ("Technician", "Senior Technician", "Workshop Manager", "Technician")
PEOPLE = ("Birch, Ann", "Cole, Bo", "Dale, Cy", "Elm, Di")
UNITS = ("Physics", "Chemistry", "Physics", "Workshops")
SHARES = ("1", "0.5", "0.6", "1")
MONEY = ("28,500", "31000", "40250.50", "28,500")
TERMS = ("Permanent", "Fixed Term", "Permanent", "Permanent")
MODES = ("Full Time", "Part Time", "Full Time", "Full Time")
OF_HOURS = ("35", "18.5", "35", "21")
SEXES = ("Female", "Male", "Male", "Female")

NO_CONTRACT_DATES = [
    (head, values, expected)
    for values in ((), DATES, ISO_DATES)
    for head, expected in (
        ("Grade effective date", "grade_since"), ("Date started in current grade", "grade_since"), ("Effective Date", None), ("Probation End Date", None),
        ("Probation Start Date", None), ("Review date", None), ("Increment date", None), ("Visa end date", None), ("Right to work end date", None),
        ("Absence start date", None), ("Pension start date", None), ("Date of Appointment", "joined_on"), ("Employment start date", "joined_on"),
        ("Date Appointed", "joined_on"), ("Last modified date", None), ("Job evaluation date", None), ("Report date", None), ("Dated", None),
    )
]  # fmt: skip

BY_VALUES = [
    ("Position", NUMBERS, "contract_number"), ("Position", TITLES, "job_title"), ("Position (text)", TITLES, "job_title"), ("Job Title", NUMBERS, None),
    ("Contract Ref", ("7000", "7001", "7002", "7003"), "contract_number"), ("FTE", ("7000", "7001", "7002", "7003"), None), ("FTE", SHARES, "fte"),
    ("FTE", ("100", "50", "60", "100"), "fte"), ("FTE", OF_HOURS, "fte"), ("FTE", TITLES, None), ("FTE", DATES, None),
    ("SOC2010", ("3111", "3112", "5221", "3111"), None), ("SOC 2010 code", ("3111", "3112", "5221", "3111"), None),
    ("SOC2010 code", ("3111", "3112", "5221", "3111"), None), ("SOC (2010)", ("3111", "3112", "5221", "3111"), None),
    ("SOC 2020 code", ("3111", "3112", "5221", "3111"), "soc"), ("SOC code", SMALL, None), ("ACTSOC2020", ("3111", "3112", "5221", "3111"), "activity_soc"),
    ("ACTIVITYID", SMALL, None), ("Activity ID", SMALL, None), ("ACTPROP", ("30", "70", "100", "100"), "activity_share"),
    ("Employee", PEOPLE, "name"), ("Employee", NUMBERS, "staff_number"), ("Worker", PEOPLE, "name"), ("Worker", ("Ann Birch (1001)", "Bo Cole (1002)"), "name"), ("Worker", NUMBERS, "staff_number"),
    ("Staff number", PEOPLE, None), ("Payroll", NUMBERS, "staff_number"), ("Payroll", DATES, None), ("Staff number", ("A17", "B18", "C19", "D20"), "staff_number"),
    ("Scale Point", SMALL, None), ("Spinal Point", SMALL, None), ("Spine point", SMALL, None), ("Grade point", SMALL, None), ("Increment point", SMALL, None),
    ("Grade", SMALL, "grade"), ("Grade", DATES, None), ("Grade", MONEY, None), ("Pay scale", MONEY, None),
    ("Teaching hours", ("0", "10", "0", "4"), None), ("Research hours", ("0", "10", "0", "4"), None), ("Teaching", ("0", "100", "40", "0"), "teaching"),
    ("Full time salary", MONEY, None), ("Full time equivalent salary", MONEY, None), ("FTE salary", MONEY, None), ("Salary", MONEY, None),
    ("Mode of employment", DATES, None), ("Mode of employment", MONEY, None), ("Mode of employment", MODES, "mode"), ("Working pattern", OF_HOURS, None),
    ("Working pattern", ("Mon-Thu", "9 day fortnight", "Mon-Thu", "Shifts"), "mode"), ("Terms", DATES, None), ("Terms", TERMS, "terms"), ("Terms", ("01", "02", "01", "01"), "terms"), ("Terms", ("FTC-R", "OE", "10"), "terms"), ("Terms", ("FTC-R", "10", "20"), None),
    ("Academic function", DATES, None), ("Sex", NUMBERS, None), ("Sex", DATES, None), ("Sex", SEXES, "sex"), ("Sex", ("Fem.", "Masc.", "Fem.", "Masc."), "sex"),
    ("Ethnicity", ("21", "31", "10", "21"), "ethnicity"), ("Reason for leaving", DATES, None), ("Reason for leaving", ("Resig - pers", "TUPE"), "leaving_reason"),
    ("Disability", DATES, None), ("Hours", ("1820", "910", "1820", "1820"), None), ("Hours", ("36:30", "18:15"), "hours"),
    ("Surname", NUMBERS, None), ("Surname", ("Ash", "Birch"), "surname"), ("Department", DATES, None), ("Department", NUMBERS, "unit"),
    ("Contact number", ("01904 000001", "01904 000002"), None), ("Trade", ("Fitter", "Joiner"), None), ("Contract number", DATES, None),
    ("ID", NUMBERS, "staff_number"), ("ID", (), None), ("ID", PEOPLE, None), ("ID", DATES, None), ("Category", UNITS, "job_family"), ("Category", (), None),
    ("Basis", TERMS, "terms"), ("Basis", MODES, "mode"), ("Basis", UNITS, None), ("Employment basis", TERMS, "terms"), ("Employment basis", MODES, "mode"),
    ("Assignment Category", TERMS, "terms"), ("Assignment Category", MODES, "mode"), ("Employment Status", MODES, "mode"), ("Employment Status", TERMS, "terms"),
    ("Employment Status", ("Active", "Leaver", "Active"), None), ("Worker Type", ("Employee", "Contingent Worker"), None), ("Worker Type", TERMS, "terms"),
    ("Entry", DATES, "joined_on"), ("Entry", TITLES, None), ("Leaving", ("31.12.9999", "31.07.2026"), "ends_on"), ("Leaving", ("Yes", "No"), None),
    ("Reason for Action", ("Resignation", "Retirement"), "leaving_reason"), ("Reason for Action", ("New hire", "Transfer in"), None),
]  # fmt: skip

BY_NAME = [
    ("Employee reference", "staff_number"), ("Staff Ref", "staff_number"), ("Pay No", "staff_number"), ("University ID", "staff_number"), ("Employee Code", "staff_number"),
    ("First forename", "forename"), ("Employee Surname", "surname"), ("Structure unit name", "unit"), ("Unit name", "unit"), ("Organi" "zation Name", "unit"),
    ("Faculty/School", "unit"), ("School/Department", "unit"), ("Department Long Desc", "unit"), ("Job Name", "job_title"), ("Position name", "job_title"),
    ("Current job title", "job_title"), ("PS group", "grade"), ("Salary Scale", "grade"), ("Work Contract", "terms"), ("Open ended/fixed term", "terms"),
    ("Employee Type", "terms"), ("Pay Rate Type", "paid"), ("Post holding FTE", "fte"), ("Basic hours", "hours"), ("Normal Hours", "hours"), ("Wkg hrs/week", "hours"),
    ("Post holding end date", "ends_on"), ("Projected Assignment End", "ends_on"), ("Post holding start date", "starts_on"), ("Contract Reference", "contract_number"),
    ("Occupancy Ref", "contract_number"), ("Occupancy Reference", "contract_number"), ("Tech Commitment", "marker"), ("Supports research", "research"),
    ("Contributes to teaching", "teaching"), ("Employment basis", None), ("FTE (2)", "fte"), ("Capacity Utili" "zation Level", "fte"), ("Deparment", "unit"),
    ("Date of birth (dd/mm/yyyy)", "birth_date"), ("DOB (dd/mm/yyyy)", "birth_date"), ("Contract end date (if fixed term)", "ends_on"), ("Contract FTE %", "fte"),
    ("Contract hours per week", "hours"), ("Is Primary Job", "main"), ("Primary Position Flag", "main"), ("Is Technician?", "marker"), ("Technical Staff Flag", "marker"),
    ("FT/PT Indicator", "mode"), ("Permanent/Temporary", "terms"), ("Personal Reference", "staff_number"), ("Standard Occupational Classification 2020", "soc"),
    ("Appointment End Date", "ends_on"), ("Fixed Term End Date", "ends_on"), ("Date started in post", "starts_on"), ("HR ID", None), ("Full time hours", None),
    ("Standard hours", None), ("Length of service", None), ("Assignment Status", None), ("Title", None), ("Job code", None), ("Headcount", None), ("Service", None),
    ("SOC2010", None), ("SOC2000", None), ("Contact number", None), ("Department manager", None), ("Grade of manager", None), ("Previous job title", None),
]  # fmt: skip


# Of these none is in an extract what another column of the same words is.
NOTHING = (
    "Absence reason;Sickness start date;Pension start date;Probation start;Line Manager ID;Manager Employee Number;Supervisor name;Location code;Basic salary;"
    "Hourly rate;NI number;User ID;Telephone number;Visa expiry date;Leave start date;Leave hours;Unit of assessment;Cost centre %;Funding end date;Grant start date;Grant name;"
    "Secondment end date;Maternity leave start date;Next increment date;Snapshot date;Contract date;Contract name;Overtime hours;Teaching qualification;Research group;"
    "Band maximum;Grade step;Pay grade point;Head of department;Vacant;Contact type;Contact name;Contact start date;Annual hours;End of probation;Retirement date;Grade end date;"
    "Reason for absence;Previous surname;Middle name;Company name;Disability date;Pay frequency;Unit cost;Team leader;Primary contact;Primary location;Technical skills;"
    "Technical staff count;Standard weekly hours;Full-time equivalent hours;Activity;Activity code;Activity hours;Type;Code;Number;Date;Status;Name of line manager"
).split(";")


def of_one(head, values):
    return proposed_fields(Table([head], [list(values)], list(range(2, len(values) + 2))), 2025).get(0)


@pytest.mark.parametrize(("head", "values", "field"), [*NO_CONTRACT_DATES, *BY_VALUES, *((head, (), field) for head, field in BY_NAME)])  # fmt: skip
def test_a_column_is_what_its_heading_and_its_values_say_together(head, values, field):
    assert of_one(head, values) == field


@pytest.mark.parametrize("head", NOTHING)
@pytest.mark.parametrize("values", [(), DATES, NUMBERS, TITLES])
def test_a_heading_that_only_looks_like_another_is_proposed_for_nothing(head, values):
    assert of_one(head, values) is None


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: one.key)
def test_every_name_of_a_field_is_proposed_for_that_field_and_never_for_two(one):
    """Where two fields share a name, neither takes it without values."""
    others = {name for other in FIELDS if other is not one for name in other.names}
    assert not others & set(one.names)
    assert {name: of_one(name, ()) for name in one.names} == dict.fromkeys(one.names, one.key)


@pytest.mark.parametrize("head", ["ID", "Category", "Entry", "Leaving", "Basis", "College"])
def test_a_heading_that_may_mean_much_is_not_told_to_misfit(head):
    table = Table([head], [["?", "!"]], [2, 3])
    assert misfits(table, {}, 2025) == {}


# Each system's whole file: heading, field, values.
FILES = {
    "sap": [
        ("Pers.No.", "staff_number", ("00010001", "00010002", "00010003", "00010004")), ("Last name", "surname", ("Birch", "Cole", "Dale", "Elm")),
        ("First name", "forename", ("Ann", "Bo", "Cy", "Di")), ("Birth date", "birth_date", ("02.03.1980", "11.11.1991", "20.06.1965", "01.01.1988")),
        ("Gender Key", "sex", SEXES), ("Entry", "joined_on", ("01.08.2010", "15.02.2011", "03.10.2022", "21.06.2016")),
        ("Leaving", "ends_on", ("31.12.9999", "31.12.9999", "02.10.2027", "31.12.9999")), ("Position", "contract_number", NUMBERS),
        ("Position (text)", "job_title", TITLES), ("Org. unit", None, ("60001", "60002", "60001", "60003")), ("Org. unit text", "unit", UNITS),
        ("Cost Ctr", "cost_centre", ("4001", "4002", "4001", "4003")), ("Employee group", "job_family", ("Technical", "Technical", "Support", "Technical")),
        ("Employee subgroup", None, ("Salaried", "Salaried", "Salaried", "Salaried")), ("PS group", "grade", ("GR05", "GR06", "GR07", "GR05")),
        ("Lv", None, ("23", "28", "33", "24")), ("Work Contract", "terms", TERMS), ("Capacity Utili" "zation Level", "fte", ("100.00", "50.00", "60.00", "100.00")),
        ("Wkg hrs/week", "hours", OF_HOURS), ("Reason for Action", None, ("New hire", "New hire", "Promotion", "New hire")), ("Annual salary", None, MONEY),
    ],
    "itrent": [
        ("Employee reference", "staff_number", ("100231", "100232", "100233", "100234")), ("Surname", "surname", ("Birch", "Cole", "Dale", "Elm")),
        ("First forename", "forename", ("Ann", "Bo", "Cy", "Di")), ("Date of birth", "birth_date", ("02/03/1980", "11/11/1991", "20/06/1965", "01/01/1988")),
        ("Gender", "sex", SEXES), ("Employment start date", "joined_on", DATES), ("Position reference", "contract_number", ("P0101", "P0102", "P0103", "P0104")),
        ("Position name", "job_title", TITLES), ("Structure unit name", "unit", UNITS), ("Grade name", "grade", ("Grade 5", "Grade 6", "Grade 7", "Grade 5")),
        ("Grade effective date", "grade_since", DATES), ("Scale point", None, ("23", "28", "33", "24")), ("Employment basis", "mode", MODES),
        ("Open ended/fixed term", "terms", ("Open ended", "Fixed term", "Open ended", "Open ended")), ("Post holding FTE", "fte", SHARES),
        ("Contractual hours", "hours", OF_HOURS), ("Post holding start date", "starts_on", DATES), ("Post holding end date", "ends_on", ("", "31/07/2027", "", "")),
        ("Probation end date", None, DATES), ("Full time salary", None, MONEY), ("Leaving reason", "leaving_reason", ("", "", "", "")),
    ],
    "oracle": [
        ("Person Number", "staff_number", ("20011", "20012", "20013", "20014")), ("Last Name", "surname", ("Birch", "Cole", "Dale", "Elm")),
        ("First Name", "forename", ("Ann", "Bo", "Cy", "Di")), ("Date of Birth", "birth_date", ("02-Mar-1980", "11-Nov-1991", "20-Jun-1965", "01-Jan-1988")),
        ("Business Unit", None, ("University", "University", "University", "University")), ("Organi" "zation Name", "unit", UNITS), ("Job Name", "job_title", TITLES),
        ("Grade Name", "grade", ("Grade 5", "Grade 6", "Grade 7", "Grade 5")), ("Assignment Number", "contract_number", ("E20011", "E20012", "E20013-2", "E20014")),
        ("Assignment Category", "mode", MODES), ("Contract Type", "terms", TERMS), ("FTE", "fte", SHARES), ("Normal Hours", "hours", OF_HOURS),
        ("Hire Date", "joined_on", ("01-Aug-2010", "15-Feb-2011", "03-Oct-2022", "21-Jun-2016")), ("Effective Start Date", "starts_on", DATES),
        ("Effective End Date", None, ("31-Dec-4712", "31-Dec-4712", "31-Dec-4712", "31-Dec-4712")), ("Projected Assignment End", "ends_on", ("", "31-Jul-2027", "", "")),
        ("Primary Flag", "main", ("Y", "Y", "Y", "Y")), ("Location", None, ("Main", "Main", "West", "Main")),
    ],
    "zellis": [
        ("Pay No", "staff_number", ("0010231", "0010232", "0010233", "0010234")), ("Surname", "surname", ("Birch", "Cole", "Dale", "Elm")),
        ("Forename(s)", "forename", ("Ann", "Bo", "Cy", "Di")), ("DOB", "birth_date", ("02/03/1980", "11/11/1991", "20/06/1965", "01/01/1988")),
        ("Date Appointed", "joined_on", DATES), ("Post Number", None, NUMBERS), ("Post Long Desc", "job_title", TITLES),
        ("Contract Ref", "contract_number", ("7000", "7001", "7002", "7003")), ("Category", "job_family", ("Technical", "Technical", "Support", "Technical")),
        ("Department Long Desc", "unit", UNITS), ("College", None, ("Science", "Science", "Science", "Services")),
        ("Salary Scale", "grade", ("G5", "G6", "G7", "G5")), ("Spinal Point", None, ("23", "28", "33", "24")), ("Basis", "terms", TERMS),
        ("Basic Hours", "hours", OF_HOURS), ("FTE", "fte", SHARES), ("Contract Start Date", "starts_on", DATES), ("Contract End Date", "ends_on", ("", "31/07/2027", "", "")),
        ("Date started in current grade", "grade_since", DATES), ("SOC2010", None, ("3111", "3112", "5221", "3111")),
        ("SOC2020", "soc", ("3111", "3112", "5221", "3111")), ("Tech Commitment", "marker", ("Y", "Y", "N", "Y")),
    ],
    "workday": [
        ("Employee ID", "staff_number", ("300011", "300012", "300013", "300014")), ("Worker", "name", ("Ann Birch", "Bo Cole", "Cy Dale", "Di Elm (On Leave)")),
        ("Date of Birth", "birth_date", ("1980-03-02", "1991-11-11", "1965-06-20", "1988-01-01")), ("Gender", "sex", SEXES),
        ("Position ID", "contract_number", ("POS-1", "POS-2", "POS-3", "POS-4")), ("Business Title", "job_title", TITLES),
        ("Job Profile", None, ("Technician 5", "Technician 6", "Manager 7", "Technician 5")), ("Job Family", "job_family", ("Technical", "Technical", "Technical", "Technical")),
        ("Compensation Grade", "grade", ("Grade 5", "Grade 6", "Grade 7", "Grade 5")), ("Supervisory Organi" "zation", "unit", UNITS),
        ("Cost Center", "cost_centre", ("CC4001 Physics", "CC4002 Chemistry", "CC4001 Physics", "CC4003 Workshops")),
        ("Worker Type", None, ("Employee", "Employee", "Employee", "Employee")), ("Employee Type", "terms", TERMS), ("Time Type", "mode", MODES),
        ("Pay Rate Type", "paid", ("Salary", "Salary", "Salary", "Hourly")), ("FTE", "fte", ("100%", "50%", "60%", "100%")),
        ("Scheduled Weekly Hours", "hours", OF_HOURS), ("Hire Date", "joined_on", ISO_DATES), ("Effective Date", None, ISO_DATES),
        ("Contract Start Date", "starts_on", ISO_DATES), ("Contract End Date", "ends_on", ("", "2027-07-31", "", "")), ("Termination Reason", "leaving_reason", ("", "", "", "")),
    ],
    "payroll": [
        ("Employee", "name", PEOPLE), ("Payroll", "staff_number", NUMBERS), ("Post", "job_title", TITLES), ("School/Department", "unit", UNITS), ("FTE", "fte", SHARES),
        ("Employment Status", "mode", MODES), ("Contract", "terms", TERMS), ("ID", None, SMALL),
    ],
}  # fmt: skip


@pytest.mark.parametrize("system", sorted(FILES))
@pytest.mark.parametrize("turned", [1, -1], ids=["as it is", "backwards"])
def test_a_whole_file_is_mapped_as_its_system_means_it_whatever_the_order_of_its_columns(system, turned):
    told = [(head, field, values) for head, field, values in FILES[system] if any(values)][::turned]
    rows = list(zip(*(values for _, _, values in told), strict=True))
    table = read_table(csv_of(rows, [head for head, _, _ in told]), "staff.csv")
    columns = proposed_fields(table, 2025)

    assert {head: columns.get(n) for n, head in enumerate(table.heads)} == {head: field for head, field, _ in told}
    settings = Settings(as_at=AS_AT, year=2025, grain=proposed_grain(table, columns), full_time_hours=Decimal(35))
    checked = check(table, columns, settings)
    assert (len(checked.people), [fault.kind for fault in checked.faults]) == (4, [])


def test_the_date_of_a_grade_ends_nobody():
    rows = [(str(1000 + n), "Ash", "Ann", "01/03/1980", "Technician", "Physics", "1", "01/08/2020") for n in range(20)]
    heads = ("Employee Number", "Surname", "Forename", "DOB", "Post Title", "Dept", "FTE", "Grade effective date")
    table = read_table(csv_of(rows, heads), "staff.csv")
    settings = Settings(as_at=AS_AT, year=2025, grain="person", full_time_hours=Decimal(35))
    checked = check(table, proposed_fields(table, 2025), settings)
    assert [person.is_present for person in checked.people.values()] == [True] * 20


def test_of_columns_with_one_heading_that_with_words_is_the_title():
    rows = list(zip(NUMBERS, SMALL, TITLES, strict=True))
    table = read_table(csv_of(rows, ("Position", "Staff No", "Position")), "staff.csv")
    assert proposed_fields(table, 2025) == {0: "contract_number", 1: "staff_number", 2: "job_title"}


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (("Y", "N", "N", "Y"), (1, 0, 0, 1)),
        (("Yes", "No", "", "yes"), (1, 0, None, 1)),
        (("0.2", "0", "1", "0.5"), (0.2, 0, 1, 0.5)),
        (("20%", "No", "N", "100%"), (0.2, 0, 0, 1)),
    ],
)
def test_a_part_in_teaching_is_yes_or_no_or_a_share(values, read):
    assert of_one("Contributes to teaching", values) == "teaching"
    settings = Settings(AS_AT, 2025, "person", Decimal(35))
    known, wrong = read_different(set(values), BY_KEY["teaching"], settings)
    assert tuple(known[text] if known[text] is None else float(known[text]) for text in values) == read
    assert wrong == {}
