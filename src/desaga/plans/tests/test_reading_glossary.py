"""Glossaries and phase keys, as tables and as lists; and what only looks like one."""

import pytest

from desaga.documents.model import Document, Text
from desaga.plans.reading.document import Ledger
from desaga.plans.reading.glossary import (
    explained_by,
    is_glossary_head,
    looks_like_name,
    read_glossary_grid,
    read_glossary_list,
    read_phase,
    read_phase_grid,
)
from desaga.plans.reading.model import GlossaryRow, Phase
from desaga.plans.tests.grids import grid

LEDGER = Ledger(Document("plan", "txt"))


def test_a_table_headed_abbreviation_is_a_glossary() -> None:
    table = grid(
        "Abbreviation | Description | Person | Comment",
        "WSM | Workshop Services Manager | | One per faculty",
        "QB | Head of Stores | Quilla Bramwich |",
    )

    assert read_glossary_grid(table, LEDGER) == [
        GlossaryRow("WSM", "Workshop Services Manager", None, "One per faculty"),
        GlossaryRow("QB", "Head of Stores", "Quilla Bramwich", None),
    ]


def test_a_wrapped_row_continues_the_one_above() -> None:
    table = grid("Acronym | Meaning", "TDG | Technician Development", "| Group", "WSM | Workshop Services Manager")

    assert read_glossary_grid(table, LEDGER) == [
        GlossaryRow("TDG", "Technician Development Group"),
        GlossaryRow("WSM", "Workshop Services Manager"),
    ]


def test_rows_that_stand_in_one_cell_are_parted() -> None:
    table = grid("Abbreviation | Description", "TDG\nWSM | Technician Development Group\nWorkshop Services Manager")

    assert read_glossary_grid(table, LEDGER) == [
        GlossaryRow("TDG", "Technician Development Group"),
        GlossaryRow("WSM", "Workshop Services Manager"),
    ]


def test_a_table_of_actions_is_no_glossary() -> None:
    assert read_glossary_grid(grid("Action | Owner", "Open the store | WSM"), LEDGER) is None


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["Abbreviation", "Description"], True),
        (["Acronym", "Stands for"], True),
        (["Initials", "Name", "Role"], True),
        (["Term", "Definition"], True),
        (["Code", "Action", "Owner"], False),
        (["Action", "Description"], False),
        (["Abbreviation"], False),
        ([], False),
    ],
)
def test_is_glossary_head(heads, expected) -> None:
    assert is_glossary_head(heads) is expected


def lines(*texts):
    return [Text(text) for text in texts]


def test_a_list_under_its_heading_is_a_glossary() -> None:
    rows, phases = read_glossary_list(
        lines(
            "Abbreviations",
            "TDG Technician Development Group",
            "TDG Rep Representative of the group",
            "WSM: Workshop Services Manager",
        ),
        LEDGER,
    )

    assert [(row.code, row.meaning) for row in rows] == [
        ("TDG", "Technician Development Group"),
        ("TDG Rep", "Representative of the group"),
        ("WSM", "Workshop Services Manager"),
    ]
    assert phases == []


def test_lines_without_a_heading_explain_themselves_or_nothing() -> None:
    rows, _ = read_glossary_list(
        lines("WSM: Workshop Services Manager", "NB: All dates may change", "We met: Everyone spoke"), LEDGER
    )

    assert [row.code for row in rows] == ["WSM"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("TDG = Technician Development Group; WSM = Workshop Services Manager", ["TDG", "WSM"]),
        ("Key: TDG = Technician Development Group", ["TDG"]),
        ("Lead: Workshop Services Manager", []),
        ("RAG: Red, amber, green", []),
    ],
)
def test_explained_by_reads_every_entry_of_a_line(line, codes) -> None:
    assert [row.code for row in explained_by(line)] == codes


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("(P1) Phase 1 Year 1 Jan 2031-December 2031", Phase("P1", "2031-01", "2031-12")),
        ("Y1: August 2031 to July 2032", Phase("Y1", "2031-08", "2032-07")),
        ("Year 2 – 2032/33", Phase("Y2", "2032", "2033")),
        ("Phase 3 (September 2033)", Phase("P3", "2033-09", "2033-09")),
        ("Phase 1 of the refit will be paid for by 2031 and begin soon", None),
        ("Year 1 goals", None),
        ("July 2031", None),
    ],
)
def test_read_phase_needs_a_line_that_dates_it(line, phase) -> None:
    assert read_phase(line) == phase


def test_a_small_table_of_phases_is_a_key() -> None:
    table = grid("Phase | From | To", "Y1 | August 2031 | July 2032", "Y2 | August 2032 | July 2033")

    assert read_phase_grid(table, LEDGER) == [Phase("Y1", "2031-08", "2032-07"), Phase("Y2", "2032-08", "2033-07")]


@pytest.mark.parametrize("text", ["Quilla Bramwich", "Dr Oswin Marle", "Ada J. Fenwick", "Zoë O'Dowd"])
def test_looks_like_name_knows_names(text) -> None:
    assert looks_like_name(text) is True


@pytest.mark.parametrize(
    "text", ["Technical Manager", "Head of Stores", "Quilla", "estates office", "Human Resources", "HR"]
)
def test_looks_like_name_leaves_roles_and_bodies_alone(text) -> None:
    assert looks_like_name(text) is False
