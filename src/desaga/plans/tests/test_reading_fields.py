"""Fields written into running text are taken out of it, and nothing else is."""

from __future__ import annotations

import time

import pytest

from desaga.plans.reading.fields import is_time, label_line, read_fields

TEXTS: list[tuple[str, str, dict[str, str]]] = [
    ("Map every kiln (HR; by May 2031)", "Map every kiln", {"owner": "HR", "timeframe": "May 2031"}),
    ("Map every kiln — HTS — March 2031", "Map every kiln", {"owner": "HTS", "timeframe": "March 2031"}),
    ("Train the team (Lead: HR; P1)", "Train the team", {"owner": "HR", "timeframe": "P1"}),
    ("Appoint a champion (Y1-3)", "Appoint a champion", {"timeframe": "Y1-3"}),
    (
        "Appoint a champion (Y1) and train two mentors (Y2)",
        "Appoint a champion (Y1) and train two mentors",
        {"timeframe": "Y1, Y2"},
    ),
    ("Open the stores by March 2031", "Open the stores by March 2031", {"timeframe": "by March 2031"}),
    ("Help our Research Support Staff (RSS)", "Help our Research Support Staff (RSS)", {}),
    ("Map every kiln (and each oven)", "Map every kiln (and each oven)", {}),
]


@pytest.mark.parametrize(("text", "words", "fields"), TEXTS)
def test_read_fields_takes_owner_time_and_status(text: str, words: str, fields: dict[str, str]) -> None:
    found = read_fields(text)
    assert (found.words, found.texts) == (words, fields)


LINES: list[tuple[str, dict[str, str] | None]] = [
    ("Timescale: March 2031", {"timeframe": "March 2031"}),
    ("Evidence of success: Half of us apply.", {"success": "Half of us apply."}),
    ("Completion date: 31/07/2031", {"timeframe": "31/07/2031"}),
    ("Lead: PSO. Due: May 2031", {"owner": "PSO", "timeframe": "May 2031"}),
    ("Theme 1: Belonging", None),
    ("Print a guide to the kilns", None),
]


@pytest.mark.parametrize(("line", "fields"), LINES)
def test_label_line_knows_labels_by_meaning(line: str, fields: dict[str, str] | None) -> None:
    found = label_line(line)
    assert (found.texts if found else None) == fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar-31", True),
        ("Y1-3", True),
        ("by the end of May 2031", True),
        ("ongoing", True),
        ("HR", False),
        ("12 people", False),
    ],
)
def test_is_time_is_true_of_times_alone(text: str, expected: bool) -> None:
    assert is_time(text) is expected


def test_label_line_goes_over_a_long_line_once() -> None:
    started = time.process_time()
    assert label_line("Action" + " " * 500_000 + "x") is None
    assert time.process_time() - started < 1
