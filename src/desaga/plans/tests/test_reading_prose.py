"""Plans that are no table: what counts as an action, what its headings give it, and what is no plan at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.documents.model import Document, Text
from desaga.plans.reading import understand
from desaga.plans.reading.model import Plan
from desaga.plans.reading.words import plain


def read(text: str) -> Plan:
    """Read lines of a small notation: "# heading", "- bullet", "1. numbered"; all else is a paragraph."""
    blocks: list[Text] = []
    blank = 0
    for line in text.strip().splitlines():
        line = line.strip()
        if not line:
            blank += 1
            continue
        first, _, rest = line.partition(" ")
        if first.strip("#") == "":
            blocks.append(Text(rest, "heading", len(first), blank_before=blank))
        elif first == "-" or first.rstrip(".").isdigit() and first.endswith("."):
            blocks.append(Text(rest, "item", 1, first, blank))
        else:
            blocks.append(Text(line, blank_before=blank))
        blank = 0
    return understand(Document("plan.txt", "txt", list(blocks)))


def titles(plan: Plan) -> list[str]:
    return [action.title for action in plan.actions]


YEARS = """
# Technician action plan

Our action plan runs from August 2022 to July 2024.

## Visibility

### Year 1 goals complete

- Publish a map of the workshops
- Hold an open evening for schools

### Year 2 goals

- Film a day in the glass workshop
"""


def test_heading_of_a_year_gives_status_and_time_while_the_pillar_is_the_theme() -> None:
    plan = read(YEARS)
    assert [(a.theme, a.status, a.timeframe.start, a.timeframe.end) for a in plan.actions] == [
        ("Visibility", "complete", "2022-08", "2023-07"),
        ("Visibility", "complete", "2022-08", "2023-07"),
        ("Visibility", None, "2023-08", "2024-07"),
    ]


LEAD_INS = [
    ("Year 1 goals have been completed, some examples of these are:", "complete"),
    ("Objectives already achieved across the college include:", "complete"),
    ("Our top three actions are:", None),
    ("The priority actions for next year are as follows:", None),
]


@pytest.mark.parametrize(("lead_in", "status"), LEAD_INS)
def test_a_line_that_announces_actions_makes_the_list_a_plan(lead_in: str, status: str | None) -> None:
    plan = read(
        f"Progress on our action plan\n\n{lead_in}\n\n- Map every workshop of the site\n- Print a guide to the kilns"
    )
    assert titles(plan) == ["Map every workshop of the site", "Print a guide to the kilns"]
    assert {action.status for action in plan.actions} == {status}


NO_PLANS = [
    "Technician Commitment\n\nOur action plan is below. The charter aims to\n\n- give technicians a voice\n- support their careers",
    "Action plan\n\nThe group has agreed six actions which aim to:\n\n- raise the profile of staff\n- develop a network of peers",
    "Steering group: terms of reference\n\nPurpose\n\n1. To oversee the action plan\n2. To report to the board each year",
    "Workshop manager\n\nKey responsibilities\n\n- Lead a team of five people\n- Manage the budget of the stores",
    "Our action plan is out\n\nRead more\n\n- Meet the team of the workshop\n- Download the action plan here",
]


@pytest.mark.parametrize("text", NO_PLANS)
def test_lists_of_aims_duties_and_links_are_no_actions(text: str) -> None:
    plan = read(text)
    assert titles(plan) == []
    assert "no_plan" in {notice.kind for notice in plan.notices}


def test_a_label_alone_takes_the_paragraph_under_it() -> None:
    plan = read(
        "Annex: actions\n\nEmergency planning\n\nAction 1\n\nThe office will ask every unit. It reports in May.\n\nAction 2\n\nHR will train the wardens."
    )
    assert [(a.code, a.title, a.how, a.theme) for a in plan.actions] == [
        ("1", "The office will ask every unit.", "It reports in May.", "Emergency planning"),
        ("2", "HR will train the wardens.", "", "Emergency planning"),
    ]


def test_numbered_headings_that_say_what_is_done_have_their_prose_as_how() -> None:
    plan = read(
        "Action plan 2030-2032\n\n1 – Update the career guide\nIt will go on the web.\n2 – Champion the professional registers\nFees are paid for a year."
    )
    assert [(a.code, a.title, a.how) for a in plan.actions] == [
        ("1", "Update the career guide", "It will go on the web."),
        ("2", "Champion the professional registers", "Fees are paid for a year."),
    ]


def test_numbered_objectives_over_bullets_are_themes() -> None:
    plan = read(
        "Action plan 2030\n\n1 – Promote the craft of our technicians\n\n- Appoint a champion (Y1)\n- Train two mentors (Y2)"
    )
    assert [(a.theme, a.title, a.timeframe.text) for a in plan.actions] == [
        ("1", "Appoint a champion", "Y1"),
        ("1", "Train two mentors", "Y2"),
    ]


def test_promises_under_a_pillar_are_actions() -> None:
    plan = read(
        "Our action plan 2030\n\nVisibility\n\nBy May 2030 we will open a page for every team.\n\nRecognition\n\nHR will pay the first fee."
    )
    assert [(a.theme, a.timeframe.end) for a in plan.actions] == [("Visibility", "2030-05"), ("Recognition", None)]


def test_ticks_say_what_is_complete() -> None:
    plan = read(
        "# Observatory action plan\n\n## Visibility\n\n- [x] Publish a map of teams — HR — March 2030\n- [ ] Bring out a yearbook — HR — May 2031"
    )
    assert [(a.status, a.owners[0].text, a.timeframe.end) for a in plan.actions] == [
        ("complete", "HR", "2030-03"),
        (None, "HR", "2031-05"),
    ]


def test_a_contact_over_the_list_owns_its_actions() -> None:
    plan = read(
        "Concordat\n\nThe implementation plan has strands.\n\nPolicy\n\nContact: Ann Example\n\n- To review the policy on patents\n- To develop a price list"
    )
    assert [(a.theme, [o.text for o in a.owners]) for a in plan.actions] == [("Policy", ["Ann Example"])] * 2


CARD = "Action: Write a travel fund\nEvidence of success: Half of all technicians apply.\nCompletion date: Mar-31\nWho: HR; Finance\nCurrent status: Complete"


def test_cards_know_every_label_that_a_column_may_have() -> None:
    plan = read(f"Staff action plan\n\nTheme 1: Belonging\n\n{CARD}\n\n{CARD.replace('travel', 'training')}")
    assert [(a.theme, a.title, a.success, a.timeframe.end, a.status, len(a.owners)) for a in plan.actions] == [
        ("Theme 1", "Write a travel fund", "Half of all technicians apply.", "2031-03", "complete", 2),
        ("Theme 1", "Write a training fund", "Half of all technicians apply.", "2031-03", "complete", 2),
    ]


def test_an_impossible_day_is_reported() -> None:
    plan = read(
        "Action plan\n\nThe period ends on 31 June 2030.\n\nActions\n\n- Publish a map (HR)\n- Hold a fair (HR)"
    )
    assert [n.message for n in plan.notices if n.kind == "impossible_date"] == [
        "“31 June 2030” is not a day of the calendar. The words were kept."
    ]


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["Action plan 2030", "Visibility", "Action", "Lead", "When", "Status", "Lead: HR", "Action 1", "1 – Map it all", "- Train HR (Y1-3)", "- ", "HR", "Mar-25", "We will:", "Page 1 of 2", "Complete"]),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_any_lines_are_read_without_raising_and_keep_every_word(lines: list[str]) -> None:
    blocks = [Text(line[2:], "item", 1, "-") if line.startswith("- ") else Text(line) for line in lines]
    plan = understand(Document("any.txt", "txt", list(blocks)))
    kept = _words(" ".join(_strings(plan.as_dict())))
    assert _words(" ".join(block.text for block in blocks)) <= kept


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[A-Za-z0-9]+", plain(text))}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value
