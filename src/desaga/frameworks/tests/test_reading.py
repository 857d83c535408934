"""Principles out of documents and pasted words: tables, lists, labels, headings; and wording that stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.documents.model import Cell, Document, Grid, Row, Text

from ..reading import Part, parts_of, read_confined, read_pairs, read_pasted
from ..wordings import Wording, faults

LONG = "We will look after the glassware and everybody who works with it, in every laboratory of the university, and in the stores as well."


def grid(*lines, title=None):
    rows = tuple(Row(tuple(Cell(text.strip()) for text in line.split("|"))) for line in lines)
    return Grid(rows, title=title)


def told(*blocks):
    return [
        (part.name, [(row.code, row.title, row.text) for row in part.principles])
        for part in parts_of(Document("f.docx", "docx", list(blocks)))
    ]


@pytest.mark.parametrize(
    ("lines", "name", "principles"),
    [
        # With a heading row.
        (["Code | Title | Wording", "V1 | Care | We care"], "", [("V1", "Care", "We care")]),
        (["Ref | Recommendation", "SR-2a | Train managers"], "", [("SR-2a", "Train managers", "")]),
        (["Value | What it means", "Care | We look after\\n each other"], "", [("Care", "", "We look after\\n each other")]),
        # Without one: a label and its text.
        (["Care | We care", "Courage | We dare"], "", [("Care", "We care", ""), ("Courage", "We dare", "")]),
        (["Our values | ", "Care | We care", "Courage | We dare"], "Our values", [("Care", "We care", ""), ("Courage", "We dare", "")]),
        # A label lost on the second row of a torn text.
        (["V1 | We look after", " | each other", "V2 | We dare"], "", [("V1", "", "We look after\neach other"), ("V2", "We dare", "")]),
        # Labels that close their text.
        ([" | We look after all the glassware and", "V1 | each other", " | We", "V2 | dare"], "", [("V1", "", "We look after all the glassware and\neach other"), ("V2", "", "We\ndare")]),
        # An action plan is no framework.
        (["Ref | Action | Owner | When | Status", "A1 | Do it | TSM | May | Done"], "", None),
    ],
)  # fmt: skip
def test_tables(lines, name, principles) -> None:
    assert told(grid(*(line.replace("\\n", "\n") for line in lines))) == (
        [(name, [tuple(word.replace("\\n", "\n") for word in row) for row in principles])] if principles else []
    )


def test_other_names_and_optional_ones_in_columns() -> None:
    part = parts_of(
        Document("f", "xlsx", [grid("Code|Title|Other names|Optional", "V1|Care|Caring; Kindness|yes", "V2|Dare||no")])
    )[0]
    assert [(row.names, row.optional) for row in part.principles] == [(("Caring", "Kindness"), True), ((), False)]


@pytest.mark.parametrize(
    ("blocks", "parts"),
    [
        (
            [Text("What follows is agreed."), Text("SR-1 Publish the survey"), Text("SR-2 Train managers"), Text("every year.")],
            [("", [("SR-1", "Publish the survey", ""), ("SR-2", "", "Train managers\nevery year.")])],
        ),
        (
            [Text("Our values", "heading", 1), Text("Care", "heading", 2), Text("We care."), Text("Courage", "heading", 2), Text("We dare."), Text("Always.")],
            [("Our values", [("Care", "We care.", ""), ("Courage", "", "We dare.\nAlways.")])],
        ),
        (
            [Text("Pledges", "heading", 1), Text("Fund travel", "item", 1, "•"), Text("Name mentors", "item", 1, "•")],
            [("Pledges", [("Fund travel", "", ""), ("Name mentors", "", "")])],
        ),
        (
            [Text("Fund travel", "item", 1, "1."), Text("Name mentors", "item", 1, "2.")],
            [("", [("1", "Fund travel", ""), ("2", "Name mentors", "")])],
        ),
        ([Text("A letter about the weather."), Text("It rains.")], []),
        ([Text("Page 3 of 7", running=True), Text("A"), Text("B")], []),
    ],
)  # fmt: skip
def test_text(blocks, parts) -> None:
    assert told(*blocks) == parts


def test_several_tables_are_several_parts_each_under_the_line_above() -> None:
    found = told(
        Text("Values"), grid("Care | We care", "Dare | We dare"), Text("Pledges"), grid("P1 | Fund it", "P2 | Name it")
    )
    assert [(name, [row[0] for row in rows]) for name, rows in found] == [
        ("Values", ["Care", "Dare"]),
        ("Pledges", ["P1", "P2"]),
    ]


@pytest.mark.parametrize(
    ("text", "principles"),
    [
        ("V1 – Care\nV2\tDare", [("V1", "Care", ""), ("V2", "Dare", "")]),
        ("Recommendation 3: Train managers", [("3", "Train managers", "")]),
        ("Care\nDare", [("Care", "", ""), ("Dare", "", "")]),
        (f"{LONG}\nCare", [("1", "", LONG), ("Care", "", "")]),
        (f"V1 – {LONG}", [("V1", "", LONG)]),
        ("  \n", None),
    ],
)
def test_pasted_lines(text, principles) -> None:
    parts = read_pasted(text)
    assert [[(row.code, row.title, row.text) for row in part.principles] for part in parts] == (
        [principles] if principles else []
    )


def test_codes_are_made_different_and_it_is_said() -> None:
    assert read_pairs("Ours", [("R13", "One"), ("r13", "Two"), ("", "Three")]) == Part(
        "Ours",
        [Wording("R13", "One"), Wording("r13 (2)", "Two"), Wording("3", "Three")],
        [
            "“r13” stands more than once; the later one is called “r13 (2)” for now.",
            "Principle 3 had no code; it is called 3 for now.",
        ],
    )


def test_a_workbook_is_read_in_the_confined_process() -> None:
    parts = read_confined("values.csv", "Code,Value\nV1,Care\nV2,Dare\n".encode("utf-16"))
    assert [(row.code, row.title) for row in parts[0].principles] == [("V1", "Care"), ("V2", "Dare")]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_whatever_is_pasted_makes_principles_without_faults_and_loses_no_letter(text) -> None:
    parts = read_pasted(text)
    rows = [row for part in parts for row in part.principles]
    kept = "".join(f"{row.code}{row.title}{row.text}" for row in rows)

    assert faults(rows) == {}
    assert {letter for letter in text if letter.isalpha()} <= set(kept) | set(
        "recommendationpledgevaluethemepillarcommitment.RECOMMENDATIONPLEDGEVALUETHEMEPILLARCOMMITMENT"
    )
