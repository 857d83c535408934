"""Joining and splitting, without a database: tables of what people meet, and the invariants that always hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..mending import BOTH, CUT, FIRST, LISTS, SECOND, TEXTS, Cut, code_of_second, joined, only_place_to_cut, split
from .factories import action_data

TORN_END = {"field": "title", "kind": "torn_end", "message": "The text breaks off."}
TORN_START = {"field": "title", "kind": "torn_start", "message": "The text begins in the middle."}
NO_OWNER = {"field": "owners", "kind": "missing", "message": "No owner."}
TWO = {
    "field": "title",
    "kind": "two_in_one",
    "message": "SR-2b is missing from the numbering, and this row holds two lists: it may be two actions.",
}
TALENT_1 = {"framework": "TALENT", "code": "R1", "text": "R1", "basis": "cell"}
MAY = {"text": "May", "start": None, "end": "2027-05", "precision": "month", "continuous": False}
UNDATED = {"text": "2027", "start": None, "end": None, "precision": "none", "continuous": False}


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["Nominate technicians for", "awards every year."], "Nominate technicians for awards every year."),
        (["Nominate technicians.", "Hold a day of talks."], "Nominate technicians.\nHold a day of talks."),
        (["One;", "two"], "One;\ntwo"),
        (["", "Only the second"], "Only the second"),
        (["Ends “here.”", "and more"], "Ends “here.”\nand more"),
        (["a", "", "b", "C"], "a b\nC"),
    ],
)
def test_words_are_put_together_as_they_read(texts: list[str], whole: str) -> None:
    assert joined([action_data(title="t", how=text) for text in texts])["how"] == whole


def test_a_join_keeps_what_the_first_has_and_takes_the_rest_from_the_next() -> None:
    first = action_data(
        id="c-1", code="A1", title="Nominate technicians for", owners=["TSM"], alignments=[TALENT_1], timeframe=UNDATED,
        notices=[TORN_END, NO_OWNER],
    )  # fmt: skip
    second = action_data(
        id="c-2", code="A2", title="awards.", owners=["TSM", "HR"], alignments=[TALENT_1], timeframe=MAY, status="delayed",
        theme="Careers", notices=[TORN_START],
    )  # fmt: skip

    whole = joined([first, second])

    assert whole["title"] == "Nominate technicians for awards."
    assert (whole["id"], whole["code"], whole["theme"], whole["status"]) == ("c-1", "A1", "Careers", "delayed")
    assert [owner["code"] for owner in whole["owners"]] == ["TSM", "HR"]
    assert whole["alignments"] == [TALENT_1]
    assert whole["timeframe"] == {**MAY, "text": "2027\nMay"}
    assert whole["notices"] == []


def test_doubts_at_the_outer_edges_stay() -> None:
    whole = joined([action_data(notices=[TORN_START]), action_data(notices=[TORN_START, TORN_END])])

    assert whole["notices"] == [TORN_START, TORN_END]


def test_a_row_is_cut_at_the_mark_and_its_cells_go_along() -> None:
    data = action_data(
        code="SR-2a", title="Write a toolkit. Welcome new staff.", how="One way.", success="", owners=["HR"], timeframe=MAY,
        notices=[TWO, {**TORN_END, "field": "success"}],
    )  # fmt: skip

    first, second = split(
        data, Cut({"title": f"Write a toolkit. {CUT} Welcome new staff."}, {"how": BOTH}, ("SR-2a", "SR-2b"))
    )

    assert (first["title"], second["title"]) == ("Write a toolkit.", "Welcome new staff.")
    assert first["how"] == second["how"] == "One way."
    assert first["owners"] == second["owners"] == data["owners"]
    assert first["timeframe"] == second["timeframe"] == MAY
    assert (first["code"], second["code"]) == ("SR-2a", "SR-2b")
    assert "two_in_one" not in {notice["kind"] for part in (first, second) for notice in part["notices"]}


@pytest.mark.parametrize(
    ("goes", "first_has", "second_has"), [(FIRST, True, False), (SECOND, False, True), (BOTH, True, True)]
)
@pytest.mark.parametrize(
    ("name", "value"), [("owners", ["HR"]), ("timeframe", MAY), ("status", "delayed"), ("how", "So.")]
)
def test_each_part_goes_where_one_says(name: str, value: Any, goes: str, first_has: bool, second_has: bool) -> None:
    data = action_data(title=f"One{CUT}Two", **{name: value})
    nothing = action_data()[name]

    first, second = split(data, Cut({}, {name: goes}))

    assert (first[name] != nothing, second[name] != nothing) == (first_has, second_has)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Write a toolkit. Welcome new staff.", len("Write a toolkit. ")),
        ("One line\nanother line", len("One line\n")),
        ("Only one sentence.", None),
        ("One. Two. Three.", None),
        ("See e.g. the toolkit", None),
        ("", None),
    ],
)
def test_the_only_place_to_cut_is_found(text: str, place: int | None) -> None:
    assert only_place_to_cut(text) == place


def test_the_code_that_the_reader_missed_is_told_from_its_doubt() -> None:
    assert code_of_second(action_data(notices=[TWO])) == "SR-2b"
    assert code_of_second(action_data(notices=[TORN_END])) == ""


WORDS = st.text("abc. \n", max_size=20)
OWNERS = st.lists(st.sampled_from(["TSM", "HR", "PSO"]), max_size=3)
SOME = st.builds(lambda title, how, success, owners: action_data(title=title, how=how, success=success, owners=owners),
                 WORDS, WORDS, WORDS, OWNERS)  # fmt: skip


@given(actions=st.lists(SOME, min_size=2, max_size=4))
def test_no_word_and_no_owner_is_lost_or_invented_by_joining(actions: list[dict[str, Any]]) -> None:
    whole = joined(actions)

    for name in TEXTS:
        assert whole[name].split() == " ".join(action[name] for action in actions).split()
    for name in LISTS:
        told = [one for action in actions for one in action[name]]
        assert all(one in told for one in whole[name])
        assert all(one in whole[name] for one in told)


@given(data=SOME, at=st.integers(0, 20), name=st.sampled_from(["title", "how", "success"]))
def test_what_is_cut_and_joined_again_says_the_same(data: dict[str, Any], at: int, name: str) -> None:
    text = data[name]
    pieces = split(data, Cut({name: f"{text[:at]}{CUT}{text[at:]}"}))

    assert f"{pieces[0][name]} {pieces[1][name]}".split() == f"{text[:at]} {text[at:]}".split()
    whole = joined(pieces)
    for other in set(TEXTS) - {name}:
        assert whole[other].split() == data[other].split()
    assert {owner["code"] for owner in whole["owners"]} == {owner["code"] for owner in data["owners"]}
