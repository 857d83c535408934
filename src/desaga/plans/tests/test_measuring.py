"""Measures that texts on success name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..measuring import Proposed, proposed
from .test_reading_seeds import SEEDS, plan_of


def told(text):
    return [(one.target, one.is_share, one.direction, one.what, one.due) for one in proposed(text)]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("A response of at least 80 %", [(80, True, "at_least", "", "")]),
        ("15 % of staff registered", [(15, True, "at_least", "of staff registered", "")]),
        ("80%+ response rate", [(80, True, "at_least", "response rate", "")]),
        ("4x case studies published", [(4, False, "at_least", "case studies", "")]),
        ("Four case studies, two podcasts.", [(4, False, "at_least", "case studies", ""), (2, False, "at_least", "podcasts", "")]),
        ("10 partnerships between offices", [(10, False, "at_least", "partnerships", "")]),
        ("10 days pro rata for everybody", [(10, False, "at_least", "days pro rata", "")]),
        ("No more than 5 vacancies", [(5, False, "at_most", "vacancies", "")]),
        ("1,200 visitors", [(1200, False, "at_least", "visitors", "")]),
        ("apprentices: 3 by Aug 2022, 6 by Aug 2023", [(3, False, "at_least", "apprentices", "2022-08"), (6, False, "at_least", "apprentices", "2023-08")]),
        ("3 apprentices by Aug 2022, 6 by Aug 2023", [(3, False, "at_least", "apprentices", "2022-08"), (6, False, "at_least", "apprentices", "2023-08")]),
        ("3 by Aug 2022, 6 by Aug 2023", [(3, False, "at_least", "of these", "2022-08"), (6, False, "at_least", "of these", "2023-08")]),
        ("Version 2 by March 2026", []),
        ("50+ members by 2027", [(50, False, "at_least", "members", "2027")]),
        ("Increased number of apprentices", [(None, False, "at_least", "apprentices", "")]),
        ("Reduced number of leavers in year one", [(None, False, "at_most", "leavers in year one", "")]),
        ("Record numbers of visits", [(None, False, "at_least", "visits", "")]),
        ("Look at the survey of 2023 again", []),
        ("Launched on 12 June 2026", []),
        ("As N8-3 and R10 ask, see page 4.", []),
        ("A budget of £5,000", []),
        ("The 2nd meeting of the group", []),
        ("Technicians feel at home.", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_a_measure_and_what_is_not(text, measures):
    assert told(text) == measures


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (Proposed("", "case studies", 4), "At least 4 case studies"),
        (Proposed("", "of staff", 15, True), "At least 15 % of staff"),
        (Proposed("", "vacancies", 5, direction="at_most"), "At most 5 vacancies"),
        (Proposed("", "apprentices"), "Number of apprentices"),
    ],
)
def test_a_measure_is_said_for_a_person_to_accept(measure, sentence):
    assert measure.sentence == sentence


@given(st.text(max_size=300))
def test_any_text_is_answered_and_the_words_stand_in_it(text):
    plain = " ".join(text.split())
    for one in proposed(text):
        assert one.words in plain
        assert one.target is None or one.target >= 0


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at DESAGA_SEEDS ({SEEDS})")
def test_the_numbers_of_the_seed_plan_are_found_and_none_is_invented():
    """Our own list of what its texts on success name; the texts themselves stay outside the repository."""
    found = {
        action["code"]: [(one.target, one.is_share) for one in proposed(action["success"]) if one.target is not None]
        for action in plan_of("leeds")["actions"]
    }
    named = {code: numbers for code, numbers in found.items() if numbers}
    expected = {"N8-4c": (80, True), "TR-10a": (10, False), "TR-10b": (4, False), "NTDC SR-2c": (10, False)}
    assert {code: expected[code] in numbers for code, numbers in named.items()} == dict.fromkeys(expected, True)
