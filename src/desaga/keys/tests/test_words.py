import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.keys.words import LENGTH, LETTERS, new_words, read_words


@given(st.integers(min_value=1, max_value=10**17))
def test_what_is_written_can_be_read(organisation_id):
    read = read_words(new_words(organisation_id))
    assert (read.organisation_id, len(read.prefix), len(read.hash)) == (organisation_id, 6, 64)


@given(st.text(max_size=80))
def test_nothing_else_is_read_and_nothing_breaks_it(text):
    assert read_words(text) is None


def test_no_two_keys_are_alike():
    assert len({new_words(1) for _ in range(1000)}) == 1000


GOOD = "a" * LENGTH


@pytest.mark.parametrize(
    "words",
    [
        "",
        GOOD,
        f"desaga_{GOOD}",
        f"desaga_0_{GOOD}",
        f"desaga_-1_{GOOD}",
        f"desaga_01_{GOOD}",
        f"desaga_1_{GOOD}\n",
        f" desaga_1_{GOOD}",
        f"desaga_1_{GOOD}a",
        f"desaga_1_{GOOD[1:]}",
        f"desaga_1_{GOOD[1:]}\x00",
        f"desaga_1_{GOOD[1:]}é",
        f"desaga_١_{GOOD}",
        f"desaga_{'9' * 30}_{GOOD}",
        f"DESAGA_1_{GOOD}",
    ],
)
def test_what_only_looks_like_a_key_is_none(words):
    assert read_words(words) is None
    assert set(GOOD) <= set(LETTERS)
