import pytest
from django.test import RequestFactory

from desaga.ui import navigation


@pytest.fixture
def empty_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_masthead_providers", [])


def entry(section, *, order=100, url="/there/"):
    return navigation.Entry(label=section.title(), section=section, order=order, url=lambda request: url)


@pytest.mark.usefixtures("empty_registry")
def test_entries_come_in_order_without_those_that_are_not_for_this_request():
    for one in (entry("people", order=30), entry("plans", order=20), entry("hidden", url=None)):
        navigation.register(one)

    assert [shown.label for shown in navigation.entries_for(RequestFactory().get("/"))] == ["Plans", "People"]


@pytest.mark.usefixtures("empty_registry")
def test_an_entry_of_the_pages_own_section_is_current():
    navigation.register(entry("plans"))
    request = RequestFactory().get("/")
    request.navigation_section = "plans"

    assert [shown.is_current for shown in navigation.entries_for(request)] == [True]


@pytest.mark.usefixtures("empty_registry")
def test_more_than_seven_entries_are_refused():
    for number in range(8):
        navigation.register(entry(f"section{number}"))

    with pytest.raises(navigation.TooManyEntries, match="8 entries"):
        navigation.entries_for(RequestFactory().get("/"))


@pytest.mark.usefixtures("empty_registry")
def test_the_first_masthead_that_is_not_none_is_shown():
    own = navigation.Masthead(name="University of Wexcombe", url="/o/wexcombe/")
    for answer in (None, own, navigation.Masthead(name="Another", url="/")):
        navigation.register_masthead(lambda request, answer=answer: answer)

    assert navigation.masthead_for(RequestFactory().get("/")) == own
