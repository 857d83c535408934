"""What people type, and what it means: a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..answering import Cost, PartState, Wrong, look, parts, read, state_of, total
from ..defining import Question
from ..shipped import shipped
from .factories import answers_for

PROGRAMME = shipped("knowledge-exchange").definition
TWO = ({"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"})


def ask(kind, raw, **fields):
    return read(Question(key="q", kind=kind, label="Q", **fields), raw, PROGRAMME)


UNDERSTOOD = [
    ("line", "  Cryogenics \n again ", "Cryogenics again"),
    ("text", " one two ", "one two"),
    ("yes_no", "no", False),
    ("date", {"day": "29", "month": "02", "year": "2028"}, date(2028, 2, 29)),
    ("number", "1,200", 1200),
    ("money", "£1,200.50", Decimal("1200.50")),
    ("organisation", {"name": "Farfield"}, {"name": "Farfield"}),
    ("person", {"name": "Mo", "email": "mo@x.example"}, {"name": "Mo", "email": "mo@x.example"}),
    ("declaration", True, True),
    ("costs", [{"kind": "travel", "what": "Train", "pounds": "12"}], [Cost("travel", "Train", Decimal(12))]),
    ("costs", [{"kind": "", "what": "", "pounds": ""}, {"kind": "care", "what": "x", "pounds": "1", "currency": "eur", "foreign": "1.20"}],
     [Cost("care", "x", Decimal(1), "EUR", Decimal("1.20"))]),
]  # fmt: skip
WRONG = [
    ("line", "", "Fill this in."),
    ("line", "x" * 301, "Shorten this to 300 characters; it has 301."),
    ("yes_no", "perhaps", "Choose one."),
    ("date", {"day": "31", "month": "2", "year": "2027"}, "real date"),
    ("date", {"day": "3", "month": "", "year": ""}, "must include a month and a year"),
    ("number", "-1", "whole number"),
    ("number", "٣", "whole number"),
    ("money", "NaN", "amount in pounds"),
    ("money", "1e400", "amount in pounds"),
    ("money", "1.234", "amount in pounds"),
    ("person", {"name": "Mo", "email": "mo"}, "e-mail address like"),
    ("host", {"organisation": "Hostwick"}, "Say the country."),
    ("declaration", False, "Tick this box"),
    ("costs", [], "Add at least one cost."),
    ("costs", [{"kind": "gold", "what": "x", "pounds": "1"}], "Cost 1: choose what kind"),
    ("costs", [{"kind": "travel", "what": "x", "pounds": "many"}], "Cost 1: Write an amount"),
    ("file", {"file": "../etc"}, "Choose a file."),
]


@pytest.mark.parametrize(("kind", "raw", "value"), UNDERSTOOD)
def test_what_is_understood(kind, raw, value):
    assert ask(kind, raw) == value


@pytest.mark.parametrize(("kind", "raw", "words"), WRONG)
def test_what_is_wrong_says_how_to_mend_it(kind, raw, words):
    with pytest.raises(Wrong, match=words):
        ask(kind, raw)


def test_a_text_has_its_words_counted():
    with pytest.raises(Wrong, match="Shorten this to 5 words; it has 6"):
        ask("text", "one two three four five six", words=5)


def test_choices_are_of_those_given():
    assert ask("choice", "no", choices=TWO) == "no"
    assert ask("choices", ["no", "yes"], choices=TWO) == ["yes", "no"]
    with pytest.raises(Wrong):
        ask("choices", ["maybe"], choices=TWO)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([one.key for part in parts(PROGRAMME) for one in part.questions]), JUNK))
def test_whatever_is_sent_is_read_or_refused_in_words(typed):
    looked = look(PROGRAMME, typed)
    assert all(words.endswith(".") for words in looked.troubles.values())


@pytest.mark.parametrize(("like", "sum_"), [("knowledge-exchange", "1020.50"), ("collaboration-fund", "920.50")])
def test_a_whole_application_is_understood(like, sum_):
    looked = look(shipped(like).definition, answers_for(like))
    assert looked.troubles == {}
    assert total(looked.values["costs"]) == Decimal(sum_)


def test_a_question_under_a_condition_counts_only_where_it_is_met():
    assert "grant_consent" not in look(PROGRAMME, answers_for()).troubles
    assert look(PROGRAMME, answers_for(on_grant="yes")).troubles == {"grant_consent": "Choose one."}
    assert "grant_consent" not in look(PROGRAMME, answers_for(grant_consent="no")).values


def test_the_state_of_a_part():
    about = PROGRAMME.section("about_you")
    typed = answers_for()
    for kept, said, state in (
        ({}, False, PartState.NOT_STARTED),
        ({"name": "Ines"}, False, PartState.STARTED),
        ({"name": "Ines"}, True, PartState.STARTED),
        (typed, False, PartState.STARTED),
        (typed, True, PartState.DONE),
    ):
        assert state_of(about, look(PROGRAMME, kept), kept, said_done=said) == state
