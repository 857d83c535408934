"""What a reader of several publications can believe, against a search through everything that could be."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import array

from desaga.disclosure.attack import doubts, intervals
from desaga.disclosure.knowledge import Reader, Told, Unsolved, Witnesses

MOST = 3
PARTS = ("a", "b", "c")
SUMS = (("ab", ("a", "b")), ("bc", ("b", "c")), ("abc", ("a", "b", "c")))


def told_of(exact, slack):
    """Sums of parts, each figure shown by one or both of two sources with something above and below what it is."""
    told = Told()
    for total, parts in SUMS:
        told.add_up(total, parts)
    for name, by_source in slack.items():
        for source, (below, above) in by_source.items():
            told.show(name, source, (max(0, exact[name] - below), exact[name] + above))
    return told


def believed(told, sources):
    """The least and most of each figure, by trying all."""
    found = {}
    for values in product(range(MOST + 3), repeat=len(PARTS)):
        state = dict(zip(PARTS, values, strict=True))
        state |= {total: sum(state[part] for part in parts) for total, parts in SUMS}
        if all(low <= state[name] <= high for name in state for low, high in [told.known(name, sources)]):
            for name, value in state.items():
                low, high = found.get(name, (value, value))
                found[name] = min(low, value), max(high, value)
    return found


around = st.tuples(st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=25)
@given(
    exact=st.tuples(*[st.integers(0, MOST)] * 3),
    parts=st.fixed_dictionaries({part: st.just({"one": (2, 2)}) for part in PARTS}),
    more=st.dictionaries(st.sampled_from(["a", "b", "c", "ab", "bc", "abc"]), st.dictionaries(st.sampled_from(["one", "other"]), around, min_size=1)),
    sources=st.sampled_from([{"one"}, {"one", "other"}]),
)  # fmt: skip
def test_a_reader_believes_what_could_be_and_nothing_else(exact, parts, more, sources):
    values = dict(zip(PARTS, exact, strict=True))
    values |= {total: sum(values[part] for part in some) for total, some in SUMS}
    told = told_of(values, parts | {name: parts.get(name, {}) | some for name, some in more.items()})
    # Whoever asked before with fewer sources, or more, has come upon states that need not be possible for this one.
    witnesses = Witnesses()
    for others in ({"one"}, {"other"}, {"one", "other"}):
        other = Reader(told, others, witnesses)
        for name in values:
            other.reach(name)
    reader, possible = Reader(told, sources, witnesses), believed(told, sources)
    reader.ask_together(values)
    for name, (least, most) in possible.items():
        reach = reader.reach(name)
        assert (reach.least, reach.most) == (least, most)
        assert reader.is_free(name, most - least)
        assert not reader.is_free(name, most - least + 1)


def test_what_is_forgotten_is_believed_no_more():
    told = told_of({"a": 2, "b": 2, "c": 0, "ab": 4, "bc": 2, "abc": 4}, {"a": {"one": (0, 0)}, "ab": {"one": (0, 0)}})
    reader = Reader(told, {"one"})
    assert (reader.reach("b").least, reader.reach("b").most) == (2, 2)
    assert reader.holders() == {"a", "ab"}
    reader.forget("a", {"one"})
    assert (reader.reach("b").least, reader.reach("b").most) == (0, 4)


@pytest.mark.parametrize(
    ("state", "free"),
    [
        ({"a": 2, "b": 2, "ab": 4}, True),
        pytest.param({"a": 9, "b": 0, "ab": 9}, False, id="beyond what is shown"),
        pytest.param({"a": 2, "b": 0, "ab": 4}, False, id="no sum"),
        pytest.param({"a": 1.5, "b": 2.5, "ab": 4}, False, id="no whole people"),
        pytest.param({"a": 2, "b": 2}, False, id="other figures"),
    ],
)
def test_a_witness_is_looked_at_before_it_proves_anything(state, free):
    """`a` is 1 for all that is known, but for one state: what others came upon must hold for this reader too."""
    told, witnesses = Told(), Witnesses()
    told.add_up("ab", ("a", "b"))
    told.show("ab", "one", (0, 4))
    for one in ({"ab": 4, "a": 1, "b": 3}, state):
        names = tuple(name for name in told.seen if name in one)
        witnesses.keep(names, array([float(one[name]) for name in names]))
    reader = Reader(told, {"one"}, witnesses)
    assert reader._is_seen_free("a", 1) is free


def test_what_only_fractions_could_be_is_not_believed():
    """Of three, any two are one at most: three halves would do, but they are people. Twice that is 3 in halves, and 2 in people."""
    told = Told()
    for trio in ("abc", "def"):
        for pair in (trio[:2], trio[1:], trio[::2]):
            told.add_up(pair, pair)
            told.show(pair, "one", (0, 1))
    told.add_up("all", "abcdef")
    reach = Reader(told, {"one"}).reach("all")
    assert (reach.least, reach.most) == (0, 2)


def test_what_cannot_be_is_said():
    told = Told()
    told.add_up("ab", "ab")
    told.show("ab", "one", (1, 1))
    told.show("a", "one", (2, 2))
    with pytest.raises(Unsolved):
        Reader(told, {"one"}).reach("b")


def test_parts_of_people_need_not_be_whole():
    told = Told(whole=False)
    told.add_up("ab", ("a", "b"))
    told.show("ab", "one", (2.5, 2.5))
    told.show("a", "one", (1.0, 1.5))
    assert Reader(told, {"one"}).reach("b").width == pytest.approx(0.5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 5))), min_size=2, max_size=6),
    st.integers(1, 5),
)
def test_doubt_is_what_the_intervals_leave_as_far_as_it_matters(figures, need):
    """Figures and their sum: each is as wide as its interval, or at least as wide as is needed."""
    low = [least for least, _ in figures]
    high = [None if more is None else least + more for least, more in figures]
    size = len(figures)
    rows = [([*range(size), size], [*[1.0] * size, -1.0], 0.0, 0.0)]
    low, high = [*low, sum(low)], [*high, sum(low) + 4]
    exact = {i: most - least for i, (least, most) in intervals(low, high, rows, range(size)).items()}
    found = doubts(low, high, rows, range(size), need)
    assert {i: min(width, need) for i, width in found.items()} == {i: min(width, need) for i, width in exact.items()}
