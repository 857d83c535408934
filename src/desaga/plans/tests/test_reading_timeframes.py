"""Timeframes as people write them: never more precise than the author, the words kept, doubts said."""

import pytest

from desaga.plans.reading.dates import find_dates
from desaga.plans.reading.model import Dependency, Milestone, Period, Phase
from desaga.plans.reading.timeframes import read_timeframe

YEARS = [Phase("Y1", "2031-08", "2032-07"), Phase("Y2", "2032-08", "2033-07"), Phase("Y3", "2033-08", "2034-07")]
PARTS = [Phase("P1", "2031-01", "2031-12"), Phase("P2", "2032-01", "2032-12"), Phase("P3", "2033-01", "2033-12")]


def read(text, **known):
    frame = read_timeframe(text, **known).timeframe
    assert frame.text == text.strip()
    return frame.start, frame.end, frame.precision, frame.continuous


@pytest.mark.parametrize(
    ("text", "end", "precision"),
    [
        ("Mar-25", "2025-03", "month"),
        ("Mar 2025", "2025-03", "month"),
        ("March 2025", "2025-03", "month"),
        ("march, 2025", "2025-03", "month"),
        ("Sept. 2026", "2026-09", "month"),
        ("by end of May 2026", "2026-05", "month"),
        ("06/2026", "2026-06", "month"),
        ("2026-06", "2026-06", "month"),
        ("31/03/2026", "2026-03-31", "day"),
        ("31.3.26", "2026-03-31", "day"),
        ("31 March 2026", "2026-03-31", "day"),
        ("Tuesday 31st March 2026", "2026-03-31", "day"),
        ("March 31st, 2026", "2026-03-31", "day"),
        ("2026-03-31 00:00:00", "2026-03-31", "day"),
        ("2026", "2026", "year"),
        ("By 2026", "2026", "year"),
        ("within 3 months (Oct. 24)", "2024-10", "month"),
    ],
)
def test_a_lone_date_is_the_end(text, end, precision) -> None:
    assert read(text) == (None, end, precision, False)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("January 2025 to June 2026", "2025-01", "2026-06", "month"),
        ("Jan-Mar 2025", "2025-01", "2025-03", "month"),
        ("November to February 2026", "2025-11", "2026-02", "month"),
        ("May-19 Jul-19", "2019-05", "2019-07", "month"),
        ("1 May 2025 – 30 June 2025", "2025-05-01", "2025-06-30", "day"),
        ("2024-2027", "2024", "2027", "year"),
        ("2024/25", "2024", "2025", "year"),
        ("2025 to March 2026", "2025", "2026-03", "year"),
        ("Autumn 2024", "2024-09", "2024-12", "term"),
        ("Spring term 2025/26", "2026-01", "2026-04", "term"),
        ("Winter 2025", "2025-12", "2026-02", "term"),
        ("Q2 2025", "2025-04", "2025-06", "quarter"),
        ("Q1-Q3 2025", "2025-01", "2025-09", "quarter"),
        ("first quarter of 2026", "2026-01", "2026-03", "quarter"),
        ("by Summer 2026", None, "2026-08", "term"),
        ("from March 2025", "2025-03", None, "month"),
        ("Starting in 2026", "2026", None, "year"),
    ],
)
def test_ranges_stay_as_vague_as_they_were_written(text, start, end, precision) -> None:
    assert read(text) == (start, end, precision, False)


@pytest.mark.parametrize(
    "text", ["Ongoing", "on-going", "Continuous", "Annually", "Each year", "Every two months", "Termly"]
)
def test_ongoing_has_no_dates_and_is_continuous(text) -> None:
    assert read(text) == (None, None, "none", True)
    assert read_timeframe(text).notices == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Ongoing from September 2025", "2025-09", None),
        ("March 2025 onwards", "2025-03", None),
        ("Annually until July 2027", None, "2027-07"),
        ("Ongoing, review June 2026", None, "2026-06"),
    ],
)
def test_what_goes_on_may_have_a_date_too(text, start, end) -> None:
    assert read(text) == (start, end, "month", True)


@pytest.mark.parametrize("text", ["", "TBC", "tbd", "N/A", "n/a", "-", "?", "To be confirmed", "None", "  TBA. "])
def test_nothing_known_is_no_date_and_no_doubt(text) -> None:
    assert read(text) == (None, None, "none", False)
    assert read_timeframe(text).notices == []


@pytest.mark.parametrize(
    ("text", "period", "end", "kinds"),
    [
        ("26-Jul", Period("2024", "2027"), "2026-07", ["excel_date"]),
        ("25-Feb", Period(), "2025-02", ["excel_date"]),
        ("Jul-26", Period("2024", "2027"), "2026-07", []),
        ("03-Jul", Period("2024", "2027"), None, ["date_not_understood"]),
    ],
)
def test_a_spreadsheets_damage_is_undone_where_the_year_fits_the_plan(text, period, end, kinds) -> None:
    reading = read_timeframe(text, period=period)

    assert (reading.timeframe.start, reading.timeframe.end) == (None, end)
    assert [notice.kind for notice in reading.notices] == kinds


@pytest.mark.parametrize("text", ["31 June 2018", "30/02/2026", "31.11.2026", "2026-13-01", "29 February 2027"])
def test_an_impossible_day_is_kept_as_words_and_reported(text) -> None:
    assert read(text) == (None, None, "none", False)
    assert [notice.kind for notice in read_timeframe(text).notices] == ["impossible_date"]


def test_an_end_before_the_start_is_reported() -> None:
    reading = read_timeframe("September 2026 – March 2026")

    assert [notice.kind for notice in reading.notices] == []  # the earlier one is taken as the start
    assert (reading.timeframe.start, reading.timeframe.end) == ("2026-03", "2026-09")


@pytest.mark.parametrize(
    ("text", "phases", "start", "end", "kinds"),
    [
        ("Y1", YEARS, "2031-08", "2032-07", []),
        ("Y1-3", YEARS, "2031-08", "2034-07", []),
        ("(Y1-3)", YEARS, "2031-08", "2034-07", []),
        ("Year 2", YEARS, "2032-08", "2033-07", []),
        ("Years 1 and 2", YEARS, "2031-08", "2033-07", []),
        ("P1,2,3", PARTS, "2031-01", "2033-12", []),
        ("P2 - P3", PARTS, "2032-01", "2033-12", []),
        ("Phase 2", PARTS, "2032-01", "2032-12", []),
        ("PI", PARTS, "2031-01", "2031-12", ["mended_by_key"]),
        ("Pl,2", PARTS, "2031-01", "2032-12", ["mended_by_key"]),
        ("P4", PARTS, None, None, ["phase_without_key"]),
        ("Y1", [], None, None, ["phase_without_key"]),
        ("PI", [], None, None, []),
    ],
)
def test_phases_mean_what_the_documents_own_key_says(text, phases, start, end, kinds) -> None:
    reading = read_timeframe(text, phases=phases)

    assert (reading.timeframe.start, reading.timeframe.end, reading.timeframe.text) == (start, end, text)
    assert [notice.kind for notice in reading.notices] == kinds


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        ("Scoping: Dec-24, Implementation TBC", [Milestone("Scoping", end="2024-12"), Milestone("Implementation")]),
        (
            "Planning from Jan-27 Survey run in Oct-27",
            [Milestone("Planning", start="2027-01"), Milestone("Survey run", end="2027-10")],
        ),
        (
            "Pilot by March 2026; roll out by Autumn 2026",
            [Milestone("Pilot", end="2026-03"), Milestone("roll out", start="2026-09", end="2026-12")],
        ),
        ("Draft: 1 May 2026", [Milestone("Draft", end="2026-05-01")]),
        ("by the end of June 2026", []),
        ("June 2026", []),
    ],
)
def test_labelled_dates_are_milestones(text, milestones) -> None:
    assert read_timeframe(text).milestones == milestones


@pytest.mark.parametrize(
    ("text", "waits_for"),
    [
        ("To follow on from career pathway work", ["career pathway work"]),
        ("Dependent on the outcome of the space review", ["the outcome of the space review"]),
        ("Once the new building opens", ["the new building opens"]),
        ("after March 2025", []),
        ("Ongoing", []),
    ],
)
def test_what_an_action_waits_for_is_a_dependency(text, waits_for) -> None:
    assert read_timeframe(text).depends_on == [Dependency(what) for what in waits_for]


def test_a_dependency_beside_dates_keeps_both() -> None:
    reading = read_timeframe("To follow on from the pay review. June 2027")

    assert reading.depends_on == [Dependency("the pay review")]
    assert reading.timeframe.end == "2027-06"


@pytest.mark.parametrize(("text", "kinds"), [("Session 4", ["date_not_understood"]), ("when we can", [])])
def test_words_with_figures_that_are_no_date_are_reported(text, kinds) -> None:
    assert [notice.kind for notice in read_timeframe(text).notices] == kinds


@pytest.mark.parametrize("text", ["Room 2041b", "Form TC-2025-17", "all 2025 technicians", "£2026", "no figure"])
def test_what_only_looks_like_a_year_is_no_date(text) -> None:
    assert find_dates(text) == ([], [])
