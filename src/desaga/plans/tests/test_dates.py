from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import dates

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("", ""),
        ("2027", "2027"),
        ("2027-03", "2027-03"),
        ("2027-3-1", "2027-03-01"),
        ("March 2027", "2027-03"),
        ("mar-27", "2027-03"),
        ("Sept 2026", "2026-09"),
        ("31 March 2027", "2027-03-31"),
        ("31st Mar 2027", "2027-03-31"),
        ("31/3/2027", "2027-03-31"),
        ("03/2027", "2027-03"),
    ],
)
def test_what_people_type_is_understood(words: str, iso: str) -> None:
    assert dates.understood(words) == iso


@pytest.mark.parametrize("words", ["31 June 2018", "2027-13", "soon", "12", "Autumn 2024", "1/2/27", "3000"])
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(dates.NotADate):
        dates.understood(words)


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_said_and_understood_undo_each_other(day: date, length: int) -> None:
    iso = day.isoformat()[:length]

    assert dates.understood(dates.said(iso)) == iso
    assert dates.precision_of(iso) == {4: "year", 7: "month", 10: "day"}[length]


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_the_days_covered_enclose_the_day_and_lie_within_the_text(day: date, length: int) -> None:
    iso = day.isoformat()[:length]
    first, last = dates.first_day(iso), dates.last_day(iso)

    assert first is not None
    assert last is not None
    assert first <= day <= last
    assert first.isoformat().startswith(iso)
    assert last.isoformat().startswith(iso)


@pytest.mark.parametrize("text", [None, "", "2025-02-30", "2025-13", "nonsense"])
def test_what_the_calendar_lacks_covers_no_day(text: str | None) -> None:
    assert dates.first_day(text) is None
    assert dates.last_day(text) is None
