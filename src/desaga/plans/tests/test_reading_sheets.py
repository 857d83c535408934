"""Frameworks that a document spells out itself, with labels beside the text, below it, or lost."""

import pytest

from desaga.documents.model import Document
from desaga.plans.reading.document import Ledger
from desaga.plans.reading.sheets import is_framework_name, read_framework_grid
from desaga.plans.tests.grids import grid, plan_of


def read(*lines, heading="", tail=None):
    return read_framework_grid(grid(*lines), Ledger(Document("plan", "docx")), heading=heading, tail=tail)


def principles(reading):
    return [(principle.code, principle.text) for principle in reading.sheet.principles]


def test_labels_beside_their_text() -> None:
    reading = read(
        "Our pledges",
        "P1 | Open every workshop once a year.",
        "P2 | Pay for one course each.",
        "P3 | Say thank you in public.",
    )

    assert reading.sheet.name == "Our pledges"
    assert principles(reading) == [
        ("P1", "Open every workshop once a year."),
        ("P2", "Pay for one course each."),
        ("P3", "Say thank you in public."),
    ]
    assert reading.notices == []


def test_labels_may_stand_below_their_text() -> None:
    reading = read(
        "Pledges of the north",
        "| Open every workshop once a year to the",
        "N1 | whole of the town.",
        "| Pay for one course each and",
        "N2 | count the hours.",
    )

    assert principles(reading) == [
        ("N1", "Open every workshop once a year to the whole of the town."),
        ("N2", "Pay for one course each and count the hours."),
    ]


def test_a_lost_label_is_set_from_its_neighbours_and_reported() -> None:
    reading = read(
        "Recommendations",
        "R1 | Employers should open workshops.",
        "| Employers should pay for courses.",
        "R3 | Employers should say thank you.",
    )

    assert [code for code, _ in principles(reading)] == ["R1", "R2", "R3"]
    assert [notice.kind for notice in reading.notices] == ["label_restored"]


def test_text_without_a_free_number_goes_on() -> None:
    reading = read("Recommendations", "R1 | Open workshops.", "| For example on Mondays.", "R2 | Pay for courses.")

    assert principles(reading) == [("R1", "Open workshops.\nFor example on Mondays."), ("R2", "Pay for courses.")]


def test_values_have_their_title_as_code() -> None:
    reading = read("Our values", "Boldness | We dare.", "Plain dealing | We say so.")

    assert principles(reading) == [("Boldness", "We dare."), ("Plain dealing", "We say so.")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Action | Owner | When", "Open the store | HR | 2031", "Name a mentor | HR | 2031"),
        ("Our pledges", "P1 | Only one"),
        ("Some words", "A | B", "C | D"),
    ],
)
def test_other_tables_are_no_framework(lines) -> None:
    assert read(*lines) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our values", True),
        ("N8 pledges", True),
        ("Action plan", False),
        ("Pillar 2", False),
        ("A long line that speaks of our values at length", False),
    ],
)
def test_is_framework_name(text, expected) -> None:
    assert is_framework_name(text) is expected


def test_a_documents_own_framework_is_what_its_cells_are_read_against() -> None:
    plan = plan_of(
        grid("Action | Owner | When | Alignment", "Open the store | HR | 2031 | Boldness; Visibility"),
        "# Our values",
        grid("Our values", "Boldness | We dare.", "Plain dealing | We say so."),
    )

    assert [(a["framework"], a["code"], a["basis"]) for a in plan["actions"][0]["alignments"]] == [
        ("Our values", "Boldness", "cell"),
        ("Technician Commitment", "Visibility", "cell"),
    ]
