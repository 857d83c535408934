"""Schemes are data: what is shipped holds, and what could not work is refused in words."""

from __future__ import annotations

import pytest

from ..defining import ALWAYS, Definition
from ..operations.schemes import CannotWork, checked
from ..shipped import all_shipped, shipped


@pytest.mark.parametrize("one", all_shipped(), ids=lambda one: one.key)
def test_what_is_shipped_can_be_kept_and_read_again(one):
    assert Definition.model_validate(one.definition.as_data()) == one.definition
    assert {question.key for question in one.definition.questions()} >= set(ALWAYS)
    assert one.source


def test_the_fund_asks_for_a_leaders_letter_where_the_programme_asks_a_line_manager():
    programme, fund = shipped("knowledge-exchange").definition, shipped("collaboration-fund").definition
    assert [(one.key, one.asks) for one in programme.approvers] == [("line_manager", "approval"), ("host", "place")]
    assert [(one.key, one.asks) for one in fund.approvers] == [("leader", "letter")]
    assert (fund.least, fund.most, fund.rests_one_round, fund.abroad) == (100, 1000, True, False)


def changed(**fields):
    return {**shipped("knowledge-exchange").definition.as_data(), **fields}


def without(key):
    data = shipped("knowledge-exchange").definition.as_data()
    for section in data["sections"]:
        section["questions"] = [one for one in section["questions"] if one["key"] != key] or section["questions"]
    return data


REFUSED = {
    "a core question left out": (without("host"), "Each scheme asks for these: host."),
    "twice the same criterion": (
        changed(criteria=[shipped("knowledge-exchange").definition.as_data()["criteria"][0]] * 2),
        "Two criteria have the key learning.",
    ),
    "least over most": (changed(least="6000"), "The least that is awarded is more than the most."),
    "a choice with one answer": (
        changed(equality=[{"key": "sex", "kind": "choice", "label": "Sex", "choices": [{"value": "a", "label": "A"}]}]),
        "needs at least two answers",
    ),
    "something unknown": (changed(colour="red"), "colour"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_work_is_refused_in_words(data, words):
    with pytest.raises(CannotWork, match=words):
        checked(data)


def test_a_core_question_keeps_its_kind():
    data = shipped("knowledge-exchange").definition.as_data()
    question = next(one for part in data["sections"] for one in part["questions"] if one["key"] == "starts_on")
    question["kind"] = "line"
    with pytest.raises(CannotWork, match="must be of the kind date"):
        checked(data)
