"""Tables that came apart into lines are put together again, empty and torn cells included."""

from __future__ import annotations

import pytest

from desaga.documents.model import Document, Text
from desaga.plans.reading import understand
from desaga.plans.reading.alignments import Principles
from desaga.plans.reading.fits import Ways, fit
from desaga.plans.reading.headings import Role
from desaga.plans.reading.model import Plan
from desaga.plans.reading.owners import Parties


def read(text: str) -> Plan:
    blocks: list[Text] = []
    blank = 0
    for line in text.strip().splitlines():
        if not line.strip():
            blank += 1
            continue
        item = line.startswith("- ")
        blocks.append(Text(line[2:], "item", 1, "•", blank) if item else Text(line.strip(), blank_before=blank))
        blank = 0
    return understand(Document("lines.txt", "txt", list(blocks)))


def rows(plan: Plan) -> list[tuple[str | None, str, list[str], str]]:
    return [(a.theme, a.title, [owner.text for owner in a.owners], a.timeframe.text) for a in plan.actions]


WANTED = [
    ("Visibility", "Print a guide to the kilns", ["HR", "Finance"], "Mar-31"),
    ("Visibility", "Show the glass workshop to schools", ["Estates"], ""),
    ("Recognition", "Pay the fee of registration", ["HR"], "Ongoing"),
]
BARS = """
Action plan
Action | Lead | When | Status
Visibility
Print a guide to the kilns | HR; Finance | Mar-31 | Complete
Show the glass workshop to schools | Estates | | Delayed
Recognition
Pay the fee of registration | HR | Ongoing | On track
"""
CELLS = """
Action plan

Action
Lead
When
Status
Visibility
Print a guide to the kilns
HR; Finance
Mar-31
Complete
Show the glass workshop to schools
Estates
Delayed
Recognition
Pay the fee of registration
HR
Ongoing
On track
"""
PAGES = (
    CELLS.replace(
        "Recognition\n",
        "Approved by the board 3 May\nPage 1 of 2\nBoard papers, part two\nAction\nLead\nWhen\nStatus\nRecognition\n",
    )
    + "Approved by the board 3 May\nPage 2 of 2\nBoard papers, part two\n"
)
GLUED = """
Action plan
Action Lead By RAG
Visibility
Print a guide to the kilns HR; Finance Mar-31 Green
Show the glass workshop to schools Estates TBC Red
Recognition
Pay the fee of registration HR Ongoing Amber
"""


@pytest.mark.parametrize("text", [BARS, CELLS, PAGES], ids=["bars", "cells", "pages"])
def test_rows_are_told_from_lines(text: str) -> None:
    assert rows(read(text)) == WANTED


def test_rows_without_anything_between_the_cells() -> None:
    plan = read(GLUED)
    assert [row[:2] for row in rows(plan)] == [row[:2] for row in WANTED]
    assert [action.rag for action in plan.actions] == ["green", "red", "amber"]


def test_labels_inside_a_cell_part_it() -> None:
    text = """
    The Action Plan

    Planned Activity

    Internal Area

    Pillars

    Delivery & Success

    Introduce a fund for training.

    - Senior Leadership Team
    - Career Development

    Delivery

    A fund is set up.

    Success Measure

    Ten people use it.

    Hold a yearly fair

    - Technical Steering Group
    - Visibility

    Delivery

    Planned with schools.

    Success Measure

    A hundred visitors come.
    """
    plan = read("\n".join(line.strip() for line in text.splitlines()))
    assert [
        (a.title, a.how, a.success, [o.text for o in a.owners], [x.code for x in a.alignments]) for a in plan.actions
    ] == [
        (
            "Introduce a fund for training.",
            "A fund is set up.",
            "Ten people use it.",
            ["Senior Leadership Team"],
            ["Career Development"],
        ),
        (
            "Hold a yearly fair",
            "Planned with schools.",
            "A hundred visitors come.",
            ["Technical Steering Group"],
            ["Visibility"],
        ),
    ]


def test_an_owner_and_a_date_that_ran_together_are_parted() -> None:
    plan = read(
        "Action plan\n\nAction\n\nLead\n\nWhen\n\nKeep the register of kilns\n\nHead of Craft & HRMay 2031\n\nWrite to the guild\n\nHRJune 2031"
    )
    assert [a.timeframe.end for a in plan.actions] == ["2031-05", "2031-06"]


def test_abbreviations_are_read_where_lines_spell_them_out() -> None:
    plan = read(
        GLUED.replace("HR; Finance", "HTS/COM") + "\nHTS – Head of Technical Services\n\nCOM – Communications\n"
    )
    assert [(row.code, row.meaning) for row in plan.glossary] == [
        ("HTS", "Head of Technical Services"),
        ("COM", "Communications"),
    ]


def test_a_run_of_many_lines_is_bounded() -> None:
    plan = read("Action plan\nAction\nLead\nWhen\n" + "Print a guide to the kilns\nHR\nMar-31\n" * 3000)
    assert 900 <= len(plan.actions) <= 1000


FITS: list[tuple[str, Role, bool]] = [
    ("A1", "code", True),
    ("Mar-31", "timeframe", True),
    ("Head of Technical Services, HR and Chair of Ethics Committee", "owner", True),
    ("Consult Technical Staff on Action Plan", "owner", False),
    ("Reporting facility established", "owner", False),
    ("On track", "status", True),
    ("Mar-31", "owner", False),
    ("Career Development", "alignment", True),
]


@pytest.mark.parametrize(("words", "role", "suits"), FITS)
def test_fit_is_positive_where_words_suit_the_column(words: str, role: Role, suits: bool) -> None:
    assert (fit(words, role, Ways(Parties([]), Principles([]))) > 0) is suits
