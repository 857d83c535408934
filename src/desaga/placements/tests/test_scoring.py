"""Marks, and the copy for the panel: pure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ..scoring import mark_of, read_sheet, standing_of
from ..shipped import shipped
from ..telling import BLACK, Hidden, blacken, tell
from .factories import answers_for

PROGRAMME = shipped("knowledge-exchange").definition


def sheet(**values):
    told = {one.key: {"value": "2", "reason": "Clear."} for one in PROGRAMME.criteria}
    return {**told, **values}


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({}, None),
        ({"learning": {"value": "7", "reason": "Clear."}}, "Choose a score for “What will be learnt”."),
        ({"learning": {"value": "2", "reason": "  "}}, "Give a reason for your score of “What will be learnt”."),
        ({"learning": None}, "Choose a score for “What will be learnt”."),
        ({"learning": {"value": "2", "reason": "x" * 3001}}, "Shorten the reason for “What will be learnt” to 3,000 characters; it has 3,001."),
    ],
)  # fmt: skip
def test_a_score_needs_a_reason(changed, trouble):
    found = read_sheet(PROGRAMME.criteria, sheet(**changed))
    assert found.troubles == ({"learning": trouble} if trouble else {})


def test_a_mark_is_the_weighted_share_of_the_highest():
    assert mark_of(PROGRAMME.criteria, {"learning": 3, "gain": 3, "sharing": 3, "value": 3}) == 100
    assert mark_of(PROGRAMME.criteria, {"learning": 0, "gain": 0, "sharing": 0, "value": 0}) == 0
    assert mark_of(PROGRAMME.criteria, {"learning": 3, "gain": 0, "sharing": 0, "value": 0}) == Decimal("33.33")


def test_who_abstained_is_not_among_those_whose_marks_are_compared():
    told = standing_of([Decimal(80), Decimal(50)])
    assert (told.mean, told.spread, told.number) == (65, 30, 2)
    assert standing_of([]).mean is None


def words_of(parts):
    return "\n".join(f"{one.label} {one.words} {' '.join(cost.name for cost in one.costs)}" for part in parts for one in part.answers)  # fmt: skip


def test_without_names_nothing_tells_who_applied():
    typed = answers_for(aims="Ines wants to see what Dr FIELD saw; ines.field@farfield.example.", employer={"name": "University of Farfield"})  # fmt: skip
    typed["costs"][0]["what"] = "Train for Ines Field"
    typed["host"] = {**typed["host"], "contact": "Hugo Host"}
    told = words_of(tell(PROGRAMME, typed, Hidden(names=True, blackened={"aims": ["Dr"]})))
    assert BLACK in told
    for secret in ("Ines", "Field", "FIELD", "Dr ", "Farfield University", "University of Farfield", "Mona", "Hugo"):
        assert secret not in told, secret
    assert "University of Hostwick, United Kingdom" in told
    whole = words_of(tell(PROGRAMME, typed))
    assert "Mona Manager" in whole
    assert "Ines wants to see what Dr FIELD saw" in whole


def test_words_are_blackened_wherever_they_stand_as_words():
    assert (
        blacken("Ann met Annette, ANN and Ann\nReed.", ["Ann Reed", "ann"])
        == f"{BLACK} met Annette, {BLACK} and {BLACK}."
    )
    assert blacken("C++ (and more)", ["(and"]) == f"C++ {BLACK} more)"
