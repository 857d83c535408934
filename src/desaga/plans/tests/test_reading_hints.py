"""What people have told about their words, heeded by the reader; and nothing differs where they have told nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.documents.model import Document
from desaga.plans.reading import hints_from, understand
from desaga.plans.reading.headings import column_of
from desaga.plans.reading.hints import Hints, heeding
from desaga.plans.tests.grids import grid


def read(hints: Hints | None, *lines: str, title: str = "Action plan 2025 to 2027"):
    return understand(Document("plan.docx", "docx", [grid(*lines, title=title)]), hints=hints).as_dict()


TABLE = (
    "Ref | Action | Whose hat | Deadline | State of play | Serves",
    "A1 | Open the glass store | Estates | Phase 1 | Simmering | Making us seen",
    "A2 | Name a mentor for each trainee | HR | Phase 2 | Simmering | Making us seen",
)


def kinds(plan):
    return {notice["kind"] for action in plan["actions"] for notice in action["notices"]}


def test_a_heading_that_was_told_is_that_column_and_nothing_of_its_content_changes_it() -> None:
    hints = hints_from({"headings": {"serves": "success", "whose hat": "support"}})

    plan = read(hints, *TABLE)

    assert [action["success"] for action in plan["actions"]] == ["Making us seen"] * 2
    assert [[(o["text"], o["role"]) for o in action["owners"]] for action in plan["actions"]] == [
        [("Estates", "support")],
        [("HR", "support")],
    ]
    assert hints.used == {("heading", "serves"), ("heading", "whose hat")}


def test_a_column_that_is_left_out_is_kept_as_other_text() -> None:
    plan = read(hints_from({"headings": {"deadline": ""}}), *TABLE)

    assert [action["timeframe"]["text"] for action in plan["actions"]] == ["", ""]
    assert [piece["text"] for piece in plan["unplaced"] if "Phase" in piece["text"]] == [
        "Deadline: Phase 1",
        "Deadline: Phase 2",
    ]


def test_a_told_action_column_goes_before_one_that_says_so_itself() -> None:
    lines = ("Action | Our promise in full | Lead", "Store | Open the glass store | Estates", "Mentors | Name one | HR")

    plan = read(hints_from({"headings": {"our promise in full": "action"}}), *lines)

    assert [action["title"] for action in plan["actions"]] == ["Open the glass store", "Name one"]


def test_status_words_phases_and_principles_mean_what_was_told() -> None:
    told = {
        "headings": {"state of play": "status", "serves": "alignment"},
        "statuses": {"simmering": "in_progress"},
        "phases": {"phase 1": ["2025-08-01", "2026-07-31"], "phase 2": ["2026-08-01", "2027-07-31"]},
        "alignments": {"making us seen": [["Technician Commitment", "Visibility"]]},
    }
    hints = hints_from(told)

    plan = read(hints, *TABLE)

    assert [action["status"] for action in plan["actions"]] == ["in_progress"] * 2
    assert [a["timeframe"]["end"] for a in plan["actions"]] == ["2026-07-31", "2027-07-31"]
    assert [[(a["framework"], a["code"]) for a in action["alignments"]] for action in plan["actions"]] == [
        [("Technician Commitment", "Visibility")]
    ] * 2
    assert not kinds(plan) & {"status_not_understood", "phase_without_key", "not_recognised"}
    assert {kind for kind, _ in hints.used} == {"heading", "status", "phase", "alignment"}


def test_words_that_are_told_to_mean_nothing_are_kept_without_a_doubt() -> None:
    told = {
        "headings": {"state of play": "status", "serves": "alignment"},
        "statuses": {"simmering": ""},
        "alignments": {"making us seen": []},
    }

    plan = read(hints_from(told), *TABLE)

    assert [action["comments"] for action in plan["actions"]] == ["Simmering"] * 2
    assert [action["alignments"][0]["text"] for action in plan["actions"]] == ["Making us seen"] * 2
    assert not kinds(plan) & {"status_not_understood", "not_recognised"}


def test_phases_of_another_time_are_not_those_of_this_plan() -> None:
    hints = hints_from({"phases": {"phase 1": ["2019-08-01", "2020-07-31"]}})

    plan = read(hints, *TABLE)

    assert [action["timeframe"]["end"] for action in plan["actions"]] == [None, None]
    assert "phase_without_key" in kinds(plan)
    assert hints.used == set()


def test_principles_of_an_own_framework_are_recognised() -> None:
    own = {"name": "Our values", "principles": [{"code": "Making us seen", "text": "Everybody knows who we are."}]}
    told = {"headings": {"serves": "alignment"}, "frameworks": [own]}

    plan = read(hints_from(told), *TABLE)

    assert {(a["framework"], a["code"]) for action in plan["actions"] for a in action["alignments"]} == {
        ("Our values", "Making us seen")
    }


@pytest.mark.parametrize("heading", ["WHOSE  HAT", "Whose hat:", "whose\nhat"])
def test_case_spaces_and_stops_do_not_matter(heading: str) -> None:
    with heeding(hints_from({"headings": {"whose hat": "owner"}})):
        assert column_of(heading).role == "owner"
    assert column_of(heading).role is None


@given(st.text(max_size=60))
def test_hints_about_other_words_change_nothing(heading: str) -> None:
    without = column_of(heading)
    with heeding(hints_from({"headings": {"words that no heading has": "owner"}})):
        assert column_of(heading) == without


def test_a_reading_without_hints_is_the_reading_with_none() -> None:
    assert read(None, *TABLE) == read(Hints(), *TABLE)
