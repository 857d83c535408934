"""A definition changed part by part: pure."""

from __future__ import annotations

import pytest

from ..defining import Definition
from ..editing import NoSuchPlace, differences, item, items, key_for, keys_of, move, put, remove
from ..shipped import shipped

DEFINITION = shipped("knowledge-exchange").definition
DATA = DEFINITION.as_data()


def keys(data, place):
    return [one["key"] for one in items(data, place)]


def test_a_new_thing_stands_at_the_end_and_a_known_one_where_it_was():
    new = put(DATA, "costs", {"key": "visa", "label": "Visa"})
    assert keys(new, "costs") == [*keys(DATA, "costs"), "visa"]
    again = put(new, "costs", {"key": "travel", "label": "Trains"})
    assert keys(again, "costs") == keys(new, "costs")
    assert item(again, "costs", "travel") == {"key": "travel", "label": "Trains"}
    assert item(DATA, "costs", "travel")["label"] == "Travel"


@pytest.mark.parametrize(
    ("key", "by", "first"),
    [("travel", -1, "travel"), ("travel", 1, "accommodation"), ("accommodation", -1, "accommodation")],
)
def test_things_move_one_place_and_no_further_than_the_end(key, by, first):
    assert keys(move(DATA, "costs", key, by=by), "costs")[0] == first


def test_a_question_that_is_removed_takes_the_conditions_on_it_along():
    new = remove(DATA, "part.about_you", "on_grant")
    assert "only_if" not in item(new, "part.about_you", "grant_consent")
    assert Definition.model_validate(new)


@pytest.mark.parametrize("place", ["nowhere", "part.nothing", "later.", "parts.x", "report.x"])
def test_a_place_that_is_none_is_said(place):
    with pytest.raises(NoSuchPlace):
        items(DATA, place)


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("What will you do?", (), "what_will_you_do"),
        ("What will you do?", ("what_will_you_do",), "what_will_you_do_2"),
        ("2nd language", (), "nd_language"),
        ("Ελληνικά", (), "item"),
        ("x" * 90, (), "x" * 36),
    ],
)
def test_keys_are_made_of_what_people_read(label, taken, key):
    assert key_for(label, taken) == key


def test_the_keys_of_questions_differ_over_all_parts():
    assert keys_of(DATA, "part.money") == {question.key for question in DEFINITION.questions()}


def test_what_differs_is_told_in_lines():
    new = put(DATA, "costs", {"key": "visa", "label": "Visa"})
    new = remove(new, "criteria", "value")
    new = put(new, "part.money", {**item(DATA, "part.money", "payee"), "label": "Whose account?"})
    new["most"] = "4000"
    assert differences(DEFINITION, Definition.model_validate(new)) == [
        "Changed: the most that is awarded.",
        "Added: the kind of cost “Visa”.",
        "Removed: the criterion “Sensible cost”.",
        "Changed: the question “Whose account?”.",
    ]
    assert differences(DEFINITION, DEFINITION) == []
    assert differences(None, DEFINITION) == ["This is the first version."]
