"""What moved, slipped, fell silent: as tables, and what holds whatever the plan is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..comparing import LISTS, agenda, compare, is_later

MARCH, JUNE = "2026-03-02", "2026-06-01"


def action(pk=1, **told):
    return {
        "id": pk, "code": f"A{pk}", "title": f"Do number {pk}", "theme": "", "owners": [], "status": "in_progress", "rag": "green",
        "usual": False, "ends": "2026-12", "when": "", "last_day": "2026-12-31", "success": "", "heard_on": "2026-05-20",
        "milestones": [], "measures": [], "updates": [], **told,
    }  # fmt: skip


def state(*actions, on=JUNE):
    return {
        "version": 1,
        "taken_on": on,
        "plan": {"title": "A plan", "period": ""},
        "actions": list(actions),
        "coverage": [],
    }


def lists_of(before, now):
    told = compare(state(before, on=MARCH) if before else None, state(now))
    return {name: [one.words for one in getattr(told, name)] for name in LISTS if getattr(told, name)}


def update(**told):
    return {"unit": "", "period": "", "status": "", "rag": "", "text": "", "next_step": "", "reason": "", "recovery": "", "evidence": "", "given_by": "", "said_on": "", **told}  # fmt: skip


CASES = [
    ({}, {}, {}),
    ({"status": "not_started"}, {}, {"moved": [("From not started to in progress.",)]}),
    ({"owners": ["Ann"]}, {"owners": ["Tom", "HR"]}, {"moved": [("New owner: from Ann to Tom, HR.",)]}),
    ({"owners": ["Ann", "HR"]}, {"owners": ["HR", "Ann"]}, {}),
    ({"owners": []}, {"owners": ["HR"], "rag": "amber"}, {"moved": [("RAG from green to amber.", "New owner: from nobody to HR.")]}),
    ({"rag": "green"}, {"rag": "amber"}, {"moved": [("RAG from green to amber.",)]}),
    ({}, {"status": "complete", "updates": [update(evidence="The report")]}, {"completed": [("The report",)]}),
    ({"ends": "2026-09"}, {"ends": "2026-12"}, {"slipped": [("The end was put off from September 2026 to December 2026.",)]}),
    ({"ends": "2026-09"}, {"ends": ""}, {"slipped": [("It was to end by September 2026; now no end is given.",)]}),
    ({"ends": "2026-12"}, {"ends": "2026-09"}, {}),
    ({"starts": "2026-09"}, {"starts": "2027-01"}, {"slipped": [("It starts later: from September 2026 to January 2027.",)]}),
    ({"starts": "2026-09"}, {"starts": "2026"}, {}),
    ({"starts": "2026"}, {"starts": "2026-09"}, {}),
    ({}, {"starts": "2027-01"}, {}),
    ({"ends": "2026-09"}, {"ends": "2026-12", "status": "complete"}, {"completed": [()]}),
    ({}, {"milestones": [{"label": "Pilot", "ends": ""}]}, {"slipped": [("A stage was added: Pilot.",)]}),
    ({"milestones": [{"label": "Pilot", "ends": "2026-04"}]}, {"milestones": [{"label": "Pilot", "ends": "2026-05-01"}]}, {"slipped": [("“Pilot” was put off from April 2026 to 1 May 2026.",)]}),
    ({}, {"measures": [{"id": 9, "aim": "At least 4 talks"}]}, {"slipped": [("A measure was added: At least 4 talks.",)]}),
    ({"success": "Four talks."}, {"success": "Four talks and a paper."}, {"slipped": [("More is to be reached than was written.",)]}),
    ({"measures": [{"id": 9, "aim": "At least 4 talks"}]}, {"measures": [{"id": 9, "aim": "At least 8 talks"}]}, {"slipped": [("The aim “At least 4 talks” became “At least 8 talks”.",)]}),
    ({"how": "By asking."}, {"how": "By asking, and by writing it down."}, {"slipped": [("More is to be done than was written.",)]}),
    ({}, {"heard_on": "2026-02-27"}, {"silent": [("Last heard of on 27 February 2026.",)]}),
    ({}, {"heard_on": ""}, {"silent": [("Nothing was ever said of it.",)]}),
    ({}, {"heard_on": "", "usual": True}, {"usual": [("Now business as usual.",)]}),
    ({}, {"rag": "red", "updates": [update(rag="red", reason="No money", recovery="Ask the dean", unit="Arts")]}, {"moved": [("RAG from green to red.",)], "red": [("Arts: No money", "Arts: Way back: Ask the dean")]}),
    ({"rag": "red"}, {"rag": "red"}, {"red": [("No reason was given.",)]}),
    ({"rag": "red"}, {"rag": "red", "status": "complete"}, {"completed": [()]}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "expected"), CASES)
def test_an_action_stands_where_it_belongs_with_the_reason(before, now, expected):
    assert lists_of(action(**before), action(**now)) == expected


def test_what_comes_and_goes_is_new_and_gone():
    told = compare(state(action(1), on=MARCH), state(action(2)))

    assert [one.id for one in told.new] == [2]
    assert [one.id for one in told.gone] == [1]


def test_a_first_review_knows_what_is_red_and_what_is_silent_for_ninety_days():
    told = compare(
        None, state(action(1, rag="red"), action(2, heard_on="2026-03-02"), action(3, heard_on="2026-03-04"))
    )

    assert [one.id for one in told.red] == [1]
    assert [one.id for one in told.silent] == [2]
    assert (told.new, told.since) == ([], None)


@pytest.mark.parametrize(
    ("before", "after", "later"),
    [
        ("2026", "2027", True), ("2026", "2026-06", False), ("2026-06", "2026", True), ("2026-06-30", "2026-06", False),
        ("", "2026", False), ("2026", "", False), ("2026-02", "2026-02-28", False),
    ],
)  # fmt: skip
def test_a_date_is_put_off_where_its_last_day_is_later(before, after, later):
    assert is_later(before, after) is later


@pytest.mark.parametrize(
    ("was", "now", "way"),
    [
        (("not_started", "green"), ("in_progress", "green"), 1), (("in_progress", "green"), ("delayed", "green"), -1),
        (("in_progress", "green"), ("delayed", "blue"), 0), (("", ""), ("in_progress", "green"), 0), (("in_progress", "amber"), ("in_progress", "red"), -1),
    ],
)  # fmt: skip
def test_the_way_is_better_worse_or_not_to_be_said(was, now, way):
    told = compare(state(action(status=was[0], rag=was[1]), on=MARCH), state(action(status=now[0], rag=now[1])))

    assert [one.way for one in told.moved] == [way]


def test_the_agenda_has_each_action_once_under_what_matters_most():
    red = action(1, rag="red", ends="2027-03", heard_on="2026-01-05")
    told = compare(state(action(1), action(2), on=MARCH), state(red, action(2, status="complete"), action(3)))

    points = agenda(told, state(red, action(2), action(3)), wanted=[3])

    assert [(one.id, one.reasons) for one in points] == [
        (3, ("Decision wanted", "New")), (1, ("Red", "Slipped", "Silent", "Moved")), (2, ("Completed",)),
    ]  # fmt: skip


ACTIONS = st.lists(
    st.builds(
        action, pk=st.integers(1, 9), status=st.sampled_from(["", "not_started", "in_progress", "complete", "stopped"]),
        rag=st.sampled_from(["", "red", "amber", "green"]), usual=st.booleans(), ends=st.sampled_from(["", "2026", "2026-07", "2026-07-01"]),
        heard_on=st.sampled_from(["", "2026-01-01", "2026-05-20"]),
    ),
    unique_by=lambda one: one["id"],
)  # fmt: skip


@given(before=ACTIONS, now=ACTIONS)
def test_every_action_is_accounted_for_and_a_state_beside_itself_has_not_moved(before, now):
    told = compare(state(*before, on=MARCH), state(*now))
    listed = {one.id for name in LISTS for one in getattr(told, name)}

    assert len({one["id"] for one in now} - listed) == told.unchanged
    assert {one["id"] for one in before} - {one["id"] for one in now} == {one.id for one in told.gone}
    same = compare(state(*now, on=MARCH), state(*now))
    assert [name for name in LISTS if getattr(same, name) and name not in ("red", "silent")] == []
