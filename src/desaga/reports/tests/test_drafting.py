"""Drafts say what was recorded, nothing else, and where from."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..counting import count_words, length_words
from ..drafting import DRAFTS, Counted, Covered, Decided, Recorded, Said, Shown, Told, draft_of, drafted_from, text_of
from ..figures import figures_of
from ..papers import text_blocks


def said(pk=1, **fields):
    blank = dict.fromkeys(("unit", "text", "next_step", "reason", "recovery", "evidence", "status"), "")
    return Said(pk=pk, on=date(2026, 10, 4), **{**blank, **fields})


def told(pk=1, code="A1", **fields):
    known = {
        "title": "Show who does what",
        "theme": "Visibility",
        "status": "in_progress",
        "rag": "green",
        "reported": "ongoing",
    }
    return Told(pk=pk, code=code, **{**known, "when": "2027", "last_day": date(2027, 12, 31), **fields})


DONE = told(2, "A2", title="Award a prize", theme="Recognition", status="complete", reported="completed", last_day=date(2026, 6, 30),
            said=(said(7, text="Awarded in June.", status="complete", evidence="Eleven nominations"),))  # fmt: skip
WHY = said(8, text="It waits.", reason="No college", recovery="Ask another", next_step="Write to them")
RED = told(3, "A3", title="Take apprentices", rag="red", reported="delayed", said=(WHY,), because=WHY)
GOING = told(1, said=(said(5, text="Twenty names."), said(6, text="Forty names.", evidence="The directory")))
ALL = Recorded(
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    actions=(GOING, DONE, RED, told(4, "A4", title="Nothing heard", reported="delayed", status="delayed", rag="")),
    measures=(Counted(1, GOING, "at least 40 names", "40 on 1 October 2026", 100, True),),
    decisions=(Decided(1, 9, date(2026, 9, 1), "Review of 1 September 2026", "Agreed", "Go on until summer"),),
    meetings=1,
    evidence=(Shown(3, "Letter", "The prize made us proud", "A technician", True, "A2"), Shown(4, "Photo", "The stall", "", False, "A1")),
    coverage=(Covered("Pillars", 2, 4, ("Sustainability",)),),
)  # fmt: skip
NOTHING = Recorded(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("key", "words", "made_of"),
    [
        ("standing", "1 of the 4 actions of the plan is completed, 1 ongoing and 2 delayed.", "4 actions and 4 updates"),
        ("progress", "- A1 Show who does what: Forty names.", "4 actions and 3 updates"),
        ("completed", "- A2 Award a prize, by 4 October 2026. Awarded in June. What shows it: Eleven nominations.", "1 update"),
        ("challenges", "- A3 Take apprentices is red. No college. The way back: Ask another.", "1 action and 1 update"),
        ("challenges", "- A4 Nothing heard is delayed; no reason was recorded.", "1 action and 1 update"),
        ("measures", "1 of 1 measure has reached the target.", "1 measure"),
        ("decisions", "- 1 September 2026: Go on until summer. (agreed)", "1 decision"),
        ("evidence", "- Photo: The stall.", "1 update and 1 piece of evidence"),
        ("voice", "- Letter: The prize made us proud. (A technician)", "1 piece of evidence"),
        ("coverage", "answer 2 of the 4 principles of Pillars. Not answered yet: Sustainability.", "4 actions"),
        ("next", "- A4 Nothing heard is planned for 2027.", "2 actions and 1 update"),
        ("next", "- A3 Take apprentices: Write to them.", "2 actions and 1 update"),
    ],
)  # fmt: skip
def test_each_draft_says_what_was_recorded_and_of_how_much(key, words, made_of):
    draft = draft_of([key], ALL)
    assert words in text_of(draft)
    assert all(one["sources"] for one in draft["paragraphs"])
    assert drafted_from(draft) == made_of


@pytest.mark.parametrize("key", sorted(DRAFTS))
def test_where_nothing_was_recorded_nothing_is_said(key):
    assert draft_of([key], NOTHING) == {"paragraphs": [], "tables": []}
    assert DRAFTS[key].none


def test_figures_say_how_they_were_counted():
    found = {one.key: one.value for one in figures_of(ALL)}
    assert found | {"reviews": "1", "decisions": "1"} == {
        "actions": "4", "completed": "1", "ongoing": "1", "delayed": "2", "share_completed": "25 %", "updates": "4",
        "measures_met": "1 of 1", "reviews": "1", "decisions": "1",
    }  # fmt: skip
    assert all(one.how.endswith(".") for one in figures_of(NOTHING))


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("two – words", 3), ("- a point, 40 %", 5), ("don’t stop", 2), ("a\nb\n\nc", 3)],
)
def test_words_are_counted_as_people_count(text, words):
    assert count_words(text) == words


def test_a_length_says_what_is_too_much():
    assert [length_words(*one) for one in ((1, None), (1200, 2000), (420, 400))] == [
        "1 word",
        "1,200 of 2,000 words",
        "420 of 400 words, 20 too many",
    ]


@given(st.text(alphabet="ab -\n", max_size=80))
def test_no_word_is_lost_on_the_way_to_paper(text):
    told = [line for block in text_blocks(text) for line in getattr(block, "texts", None) or [block.text]]
    assert "".join(told).count("a") == text.count("a")
