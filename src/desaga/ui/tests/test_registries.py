"""What slices tell pages that join them: what waits, and how they are searched."""

from datetime import UTC, date, datetime

import pytest

from desaga.ui import finding, waiting
from desaga.ui.finding import Found, Kind
from desaga.ui.waiting import Waiting


@pytest.fixture(autouse=True)
def empty_registries(monkeypatch):
    monkeypatch.setattr(waiting, "_sources", [])
    monkeypatch.setattr(finding, "_kinds", {})


def item(thing, day, due_on=None):
    since = datetime(2026, 11, day, tzinfo=UTC)
    return Waiting(verb="Look at", thing=thing, url="/", minutes=1, since=since, due_on=due_on)


def test_what_is_due_first_comes_first_and_then_what_waits_longest():
    items = [item("new", 20), item("late", 21, date(2026, 11, 1)), item("old", 2), item("soon", 1, date(2026, 12, 1))]
    waiting.register(lambda user, organisation: items[:2])
    waiting.register(lambda user, organisation: items[2:])
    assert [found.thing for found in waiting.waiting_for(None, None)] == ["late", "soon", "old", "new"]


def test_a_source_that_registers_twice_is_asked_once():
    def source(user, organisation):
        yield item("once", 1)

    waiting.register(source)
    waiting.register(source)
    assert len(waiting.waiting_for(None, None)) == 1


def many(number):
    return lambda words, user, organisation, most: [Found(title=f"{words} {n}", url="/") for n in range(number)][:most]


def test_kinds_come_in_order_and_empty_ones_are_left_out():
    for label, number, order in (("Later", 1, 20), ("None", 0, 10), ("First", 2, 5)):
        finding.register(Kind(label=label, search=many(number), order=order))
    assert [(kind.label, len(kind.finds), kind.has_more) for kind in finding.find("word", None, None)] == [
        ("First", 2, False),
        ("Later", 1, False),
    ]


@pytest.mark.parametrize(("number", "shown", "has_more"), [(20, 20, False), (21, 20, True), (500, 20, True)])
def test_a_long_list_is_cut_and_says_so(number, shown, has_more):
    finding.register(Kind(label="Many", search=many(number)))
    (kind,) = finding.find("word", None, None)
    assert (len(kind.finds), kind.has_more) == (shown, has_more)


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_find_nothing(words):
    finding.register(Kind(label="All", search=many(3)))
    assert finding.find(words, None, None) == []
