"""The coded export for the Staff record, and the rules that it is checked against, rule by rule."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from desaga.workforce.readiness.checks import OURS, Weight, checked
from desaga.workforce.readiness.fields import FIELDS, Codes
from desaga.workforce.readiness.record import StaffActivity, StaffContract, StaffPerson, Year, as_csv, as_xml, rows

YEAR = Year(2025)
LISTS = {
    "TERMS": Codes(frozenset("123"), True, "https://example.org/terms", "TERMS 2012/13"),
    "DISABLE": Codes(frozenset({"51", "95"}), True, "https://example.org/disable"),
    "ACEMPFUN": Codes(frozenset("9"), False, "https://example.org/acempfun"),
}
BENCH = StaffContract(number="c1", terms="1", mode="1", level="J0", academic_function="9", paid="1", starts_on=date(2015, 9, 1), fte=Decimal("0.6"), activities=(StaffActivity(soc="3111"),))  # fmt: skip
ANN = StaffPerson(number="1001", birth_date=date(1980, 3, 2), sex="10", ethnicity="160", disabilities=("95",), contracts=(BENCH,))  # fmt: skip


def with_contract(**changes: object) -> StaffPerson:
    return replace(ANN, contracts=(replace(BENCH, **changes),))


def test_export_has_a_row_for_each_activity_under_the_names_of_the_manual() -> None:
    twice = with_contract(activities=(StaffActivity(soc="3111"), StaffActivity(soc="3119")))
    lines = list(csv.DictReader("".join(as_csv([twice, ANN], YEAR)).splitlines()))

    assert list(lines[0]) == [one.path for one in FIELDS]
    assert [(line["Person.OWNSTAFFID"], line["Activity.ACTSOC2020"]) for line in lines] == [("1001", "3111"), ("1001", "3119"), ("1001", "3111")]  # fmt: skip
    assert (lines[0]["Person.BIRTHDTE"], lines[0]["Contract.CONFTE"], lines[0]["Contract.ENDCON"]) == (
        "1980-03-02",
        "60.0",
        "",
    )


@pytest.mark.parametrize(
    ("ends", "reason", "expected"),
    [
        (date(2026, 7, 31), "03", ("2026-07-31", "7", "2026-07-31")),
        (date(2026, 8, 1), "03", ("", "", "")),
        (date(2026, 1, 1), "06", ("2026-01-01", "9", "2026-01-01")),
        (None, "01", ("", "", "")),
    ],
)
def test_end_and_reason_are_returned_only_of_contracts_that_ended_within_the_year(ends: date | None, reason: str, expected: tuple[str, ...]) -> None:  # fmt: skip
    line = next(
        csv.DictReader("".join(as_csv([with_contract(ends_on=ends, leaving_reason=reason)], YEAR)).splitlines())
    )

    assert (line["Contract.ENDCON"], line["Contract.RESCON"], line["Person.DATELEFT"]) == expected


def test_xml_nests_as_the_record_does_and_leaves_empty_elements_out() -> None:
    root = ElementTree.fromstring(
        "".join(as_xml([replace(ANN, number="A&B", disabilities=("51", "55"))], YEAR, "10001234"))
    )

    institution = root.find("Institution")
    assert institution is not None
    assert [institution.findtext(name) for name in ("RECID", "UKPRN", "Person/OWNSTAFFID")] == [
        "25025",
        "10001234",
        "A&B",
    ]
    assert [one.text for one in institution.findall("Person/DISABLE")] == ["51", "55"]
    assert institution.findtext("Person/Contract/ContractActivity/ACTSOC2020") == "3111"
    assert institution.find("Person/Contract/ENDCON") is None


def test_no_cell_of_the_csv_is_taken_for_a_formula() -> None:
    line = next(csv.DictReader("".join(as_csv([replace(ANN, number="=1+1")], YEAR)).splitlines()))

    assert line["Person.OWNSTAFFID"] == "'=1+1"


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (ANN, []),
        (replace(ANN, number=""), [("Person.OWNSTAFFID", Weight.ERROR)]),
        (replace(ANN, number="1" * 21), [("Person.OWNSTAFFID", Weight.ERROR)]),
        (replace(ANN, birth_date=None), [("Person.BIRTHDTE", Weight.ERROR)]),
        (replace(ANN, birth_date=None, contracts=(replace(BENCH, terms="3"),)), []),
        (replace(ANN, birth_date=date(2010, 8, 1)), [("Person.BIRTHDTE", Weight.ERROR)]),
        (replace(ANN, birth_date=date(2010, 7, 31)), []),
        (replace(ANN, disabilities=("77",)), [("Person.DISABLE", Weight.ERROR)]),
        (replace(ANN, disabilities=("51", "95")), [("Person.DISABLE", Weight.WARNING)]),
        (replace(ANN, sex="77"), []),
        (with_contract(terms=""), [("Contract.TERMS", Weight.ERROR)]),
        (with_contract(terms="7"), [("Contract.TERMS", Weight.ERROR)]),
        (with_contract(mode=""), [("Contract.MOEMP", Weight.ERROR)]),
        (with_contract(paid=""), [("Contract.HOURLYPAID", Weight.ERROR)]),
        (with_contract(paid="", terms="3"), []),
        (with_contract(starts_on=None), [("Contract.STARTCON", Weight.WARNING)]),
        (with_contract(starts_on=date(2026, 8, 1)), [("Contract.STARTCON", Weight.ERROR)]),
        (with_contract(academic_function="7"), []),
        (with_contract(ends_on=date(2026, 3, 1)), [("Contract.RESCON", Weight.ERROR)]),
        (with_contract(ends_on=date(2026, 3, 1), leaving_reason="99"), [("Contract.RESCON", Weight.ERROR)]),
        (with_contract(ends_on=date(2026, 3, 1), leaving_reason="01"), []),
        (with_contract(ends_on=date(2027, 3, 1)), []),
        (with_contract(ends_on=date(2014, 3, 1), leaving_reason="01"), [("Contract.ENDCON", Weight.ERROR)] * 2),
        (with_contract(activities=()), [("Activity.ACTSOC2020", Weight.ERROR)]),
        (with_contract(activities=(StaffActivity(soc="311"),)), [("Activity.ACTSOC2020", Weight.WARNING)]),
        (with_contract(fte=Decimal("1.3")), [("Contract.CONFTE", Weight.WARNING)]),
        (replace(ANN, contracts=(BENCH, replace(BENCH, fte=Decimal("0.2")))), [("Contract.CONTRACTID", Weight.ERROR)]),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for(person: StaffPerson, found: list[tuple[str, Weight]]) -> None:
    report = checked([person], YEAR, LISTS)

    assert [(one.field, one.weight) for one in report.findings] == found
    assert all(one.row == 2 and (one.source == OURS or one.source.startswith("http")) for one in report.findings)


def test_two_people_of_one_number_are_both_found_by_their_rows() -> None:
    twice = with_contract(activities=(StaffActivity(soc="3111"), StaffActivity(soc="3119")))
    report = checked([twice, ANN], YEAR, LISTS)

    assert [(one.row, one.field) for one in report.findings] == [(2, "Person.OWNSTAFFID"), (4, "Person.OWNSTAFFID")]
    assert (report.people, report.contracts, len(list(rows([twice, ANN])))) == (2, 2, 3)


def test_what_was_not_in_the_extract_is_said_once_and_found_nowhere() -> None:
    report = checked([replace(ANN, birth_date=None)], YEAR, LISTS, ["Person.BIRTHDTE"])

    assert report.findings == ()
    assert [one.why for one in report.not_checked if one.field == "Person.BIRTHDTE"] == ["Not in the extract."]


def test_fields_that_are_not_certain_are_named_as_not_checked() -> None:
    said = {one.field for one in checked([ANN], YEAR, LISTS).not_checked}

    assert {"Contract.ACEMPFUN", "Contract.RESCON", "Contract.CONFTE", "Activity.ACTSOC2020", "Person.SEXID"} <= said
    assert not {"Contract.TERMS", "Person.BIRTHDTE", "Contract.STARTCON"} & said
