from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ..content import Content
from ..shipped import what_they_can_do
from ..states import TRANSITIONS, By, Share, SupportState

words = st.text(min_size=1, max_size=8)
contents = st.builds(
    lambda name, goal, shares, steps, notes: _written(
        Content(name=name, email="a@b.example", goal=goal).sharing(shares), steps, notes
    ),
    words,
    words,
    st.sets(st.sampled_from(Share.values)),
    st.lists(st.tuples(words, st.sampled_from([By.MEMBER, By.REPRESENTATIVE])), max_size=6),
    st.lists(st.tuples(words, st.sampled_from([By.MEMBER, By.REPRESENTATIVE])), max_size=6),
)


def _written(content, steps, notes):
    for said, by in steps:
        content = content.with_step(said, by)
    for said, by in notes:
        content = content.with_note(said, by, "2026-11-29")
    return content


@given(contents)
def test_what_is_sealed_comes_back(content):
    assert Content.opened(content.to_seal()) == content


@given(contents)
def test_a_representative_sees_what_is_shared_and_what_they_wrote(content):
    seen = content.as_shared()
    assert seen.goal == (content.goal if "goal" in content.shares else "")
    assert [one for one in seen.steps if one.by == By.MEMBER] == [
        one for one in content.steps if one.by == By.MEMBER and "steps" in content.shares
    ]
    assert [one for one in seen.notes if one.by == By.MEMBER] == [
        one for one in content.notes if one.by == By.MEMBER and "notes" in content.shares
    ]
    assert [one for one in seen.notes if one.by != By.MEMBER] == [one for one in content.notes if one.by != By.MEMBER]


@given(contents)
def test_numbers_tell_steps_apart(content):
    numbers = [one.number for one in content.steps]
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        assert number not in [one.number for one in content.without("step", number).steps]


def test_only_the_member_agrees_and_what_has_ended_is_no_state():
    assert TRANSITIONS["agree"].by == {By.MEMBER}
    assert {one.target for one in TRANSITIONS.values()} == {SupportState.AGREED, None}


def test_what_they_can_do_has_a_source_for_each_line():
    told = what_they_can_do()
    assert all(one["source"]["url"].startswith("https://") for one in told["lines"])
    assert told["law"]["url"].startswith("https://www.legislation.gov.uk/")
