"""What needs no database: the shipped data keep their own rules, what tells who somebody is is found, the finder says why."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..finding import Answers, fields_for, routes_for
from ..kinds import (
    FROM,
    KINDS,
    LEARNS,
    NATIONS,
    Source,
    ask_of,
    complaints,
    figure_of,
    loose_figures,
    source_of,
    tidied,
)
from ..noticing import tells_who
from ..queries import Entry
from ..shipped import shipped

SHIPPED = shipped()


@pytest.mark.parametrize(("kind", "key"), list(SHIPPED), ids=lambda one: str(one))
def test_what_is_shipped_keeps_the_rules(kind, key):
    assert complaints(KINDS[kind], SHIPPED[kind, key]) == {}


def test_what_entries_name_is_there():
    keys = {kind: {key for one, key in SHIPPED if one == kind} for kind, _ in SHIPPED}
    for (kind, _), content in SHIPPED.items():
        if kind == "field":
            assert set(content["likes"]) <= keys["interest"]
        if kind == "note":
            assert set(content["stages"]) <= keys["stage"]
            assert set(content["benchmarks"]) <= keys["benchmark"]
            assert set(content["fields"]) <= keys["field"]


def test_every_nation_has_routes_from_every_start_and_t_levels_are_englands():
    routes = [content for (kind, _), content in SHIPPED.items() if kind == "route"]
    for nation in NATIONS:
        ways = {one["way"] for one in routes if nation in one["nations"]}
        assert {"apprenticeship", "degree", "career_change"} <= ways
        assert {start for one in routes if nation in one["nations"] for start in one["from"]} == set(FROM)
    assert [one["nations"] for one in routes if one["way"] == "t_level"] == [["england"]]


def test_there_are_eight_benchmarks_and_all_four_families():
    assert Counter(kind for kind, _ in SHIPPED)["benchmark"] == 8
    families = {content["family"] for (kind, _), content in SHIPPED.items() if kind == "title"}
    assert families == {"science", "engineering", "teaching", "outside"}


def test_a_source_has_an_address_and_a_day():
    assert source_of("A page | https://a.example/ | 2026-11-29") == Source(
        "A page", "https://a.example/", date(2026, 11, 29)
    )
    for wrong in (
        "A page",
        "A page | a.example | 2026-11-29",
        "A page | https://a.example/ | soon",
        "| https://a.example/ | 2026-11-29",
    ):
        assert source_of(wrong) is None
    assert ask_of("My teacher").whom == "My teacher"
    assert ask_of("UCAS | javascript:alert(1)") is None


@pytest.mark.parametrize(
    "words",
    ["It costs £28.", "Half, or 50 %, pass.", "At least 315 hours.", "Some 1,500,000 people.", "12 months", "Eight to twelve weeks.",
     "Between three and six years.", "Thirty-six months.", "One day a week.", "A hundred hours.", "Half a million points: two million."],
)  # fmt: skip
def test_a_figure_in_running_text_is_refused(words):
    assert loose_figures(words)
    content = {**SHIPPED["route", "degree"], "what": words}
    assert list(complaints(KINDS["route"], content)) == ["what"]


def test_a_figure_has_its_year():
    assert figure_of("Fee: £28 | 2025").year == 2025
    assert figure_of("Fee: £28") is None
    assert not loose_figures("At 16, after level 3, in S5 or Year 11, since 2004")
    assert not loose_figures(
        "At nineteen, from the first day, after a foundation year, by one of two ways, for someone years later"
    )


def test_facts_need_a_source():
    assert complaints(KINDS["route"], {**SHIPPED["route", "degree"], "sources": []}) == {"sources": "Say where it is written, and when you read it."}  # fmt: skip


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=30), max_size=4))
def test_an_entry_has_its_kinds_fields_and_no_other(content):
    assert set(tidied(KINDS["route"], content)) == {part.name for part in KINDS["route"].parts}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Write to me@home.example", "an e-mail address"),
        ("ring 07700 900123 please", "a telephone number"),
        ("My name is Sam", "a name"),
        ("I go to Brook School", "where somebody lives or goes to school"),
        ("we live near LS2 9JT", "a postcode"),
        ("look at www.me.example", "an address on the net"),
        ("I am @sammy99", "the name of an account"),
        ("find me on Instagram", "the name of an account"),
    ],
)
def test_what_tells_who_somebody_is_is_found(words, what):
    assert what in tells_who(words)


@pytest.mark.parametrize(
    "words",
    ["How cold is a cryostat in 2026?", "Do you need maths?", "What is 10 kV like?", "How did you get in at 16?"],
)
def test_plain_questions_pass(words):
    assert tells_who(words) == []


# ---- The finder

BECAUSE = {
    content_key: SHIPPED["interest", content_key]["because"] for kind, content_key in SHIPPED if kind == "interest"
}
FIELDS = [Entry(kind, key, content) for (kind, key), content in SHIPPED.items() if kind == "field"]
ROUTES = [Entry(kind, key, content) for (kind, key), content in SHIPPED.items() if kind == "route"]


def test_the_finder_says_why():
    found = fields_for(Answers(likes=["mending", "making"]), FIELDS, BECAUSE)
    assert found[0].entry.key in ("workshops-and-making", "engineering-and-manufacturing")
    assert (
        found[0].why
        == "Because you like making things with your hands and you like to take things apart and mend them."
    )


def test_a_pupil_in_scotland_is_shown_scotlands_routes():
    found = routes_for(Answers(nation="scotland", start="at_16", learns="earning"), ROUTES)
    assert [fit.entry.key for fit in found] == ["modern-apprenticeship"]
    assert found[0].why == (
        "You can do this in Scotland, start after GCSEs, National 5s or similar and learn in a job, with a wage."
    )  # fmt: skip


@given(
    st.sets(st.sampled_from(sorted(BECAUSE))), st.sampled_from(["", *NATIONS]), st.sampled_from(["", *FROM]), st.sampled_from(["", *LEARNS])
)  # fmt: skip
def test_what_is_found_fits_every_answer(likes, nation, start, learns):
    answers = Answers(likes, nation, start, learns)
    for fit in fields_for(answers, FIELDS, BECAUSE):
        assert likes & set(fit.entry.content["likes"])
    for fit in routes_for(answers, ROUTES):
        assert not nation or nation in fit.entry.content["nations"]
        assert not start or start in fit.entry.content["from"]
        assert fit.why
