from datetime import datetime, timedelta, timezone
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from ninja.errors import ValidationError

from desaga.api.pages import PageWanted, in_utc, page_of


def ask(address, rows):
    words = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
    request = RequestFactory().get(address)
    return page_of(request, rows, PageWanted(**{name: words[name] for name in words}), lambda row: row)


@given(total=st.integers(0, 60), limit=st.integers(1, 200))
def test_pages_from_the_first_on_give_every_row_once_and_back_again(total, limit):
    rows, address, read, pages = list(range(total)), f"/list?limit={limit}", [], []
    while address:
        page = ask(address, rows)
        pages.append(page)
        read += page["items"]
        address = page["next"]
    assert read == rows
    assert {page["total"] for page in pages} == {total}
    assert [bool(page["previous"]) for page in pages] == [False] + [True] * (len(pages) - 1)
    for before, after in pairwise(pages):
        assert ask(after["previous"], rows)["items"] == before["items"]


@given(offset=st.integers(0, 1_000_000), limit=st.integers(1, 200))
def test_beyond_the_last_row_there_is_nothing_and_a_way_back(offset, limit):
    page = ask(f"/list?limit={limit}&offset={offset}", [1, 2, 3])
    assert page["items"] == [1, 2, 3][offset : offset + limit]
    assert bool(page["previous"]) == (offset > 0)
    assert bool(page["next"]) == (offset + limit < 3)


def test_a_word_with_a_slip_is_refused_by_name():
    request = RequestFactory().get("/list?limt=5&limit=5")
    with pytest.raises(ValidationError) as refused:
        page_of(request, [], PageWanted(), lambda row: row)
    assert refused.value.errors == [
        {"loc": ("query", "limt"), "msg": "This list knows no such word; it knows limit, offset."}
    ]


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))
def test_a_moment_stays_the_same_moment(moment):
    assert in_utc(moment).timestamp() == moment.timestamp()


def test_a_moment_that_the_calendar_does_not_have_is_refused():
    with pytest.raises(ValueError, match="first year"):
        in_utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))))
