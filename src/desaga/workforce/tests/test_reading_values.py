"""What stands in a cell: days, shares, numbers, occupations and words of code lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ..reading.codes import code_list, code_lists, code_reader, unknown_words
from ..reading.values import Bad, day, share_reader, soc, staff_number
from .factories import AS_AT, found_in


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
