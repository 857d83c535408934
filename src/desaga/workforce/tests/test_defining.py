"""Definitions: patterns, codes, what rules decide, why, data and back, and what changes between two."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..defining import (
    EMPTY,
    REST,
    STARTING,
    Classifier,
    Condition,
    Counting,
    Definition,
    Looks,
    Outcome,
    Rule,
    Unfit,
    balance,
    faults_of,
    from_data,
    moves,
    to_data,
)
from ..defining.deciding import on_the_day
from ..defining.patterns import fault_of, pattern
from ..defining.soc import fits
from ..defining.wording import because, sentences
from ..population import Contract, Person

TECHNICIAN, OTHER, ASK = Outcome.TECHNICIAN, Outcome.OTHER, Outcome.ASK


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("technician*", "Senior Technicians (Glass)", "Technicians"),
        ("technician", "Senior Technicians", ""),
        ("lab* technician", "Laboratory Technician", "Laboratory Technician"),
        ("lab* technician", "Laboratory Senior Technician", ""),
        ("lab* * technician", "Laboratory Senior Technician", "Laboratory Senior Technician"),
        ("lab* * technician", "Lab-Technician", "Lab-Technician"),
        ("*scope*", "X-Ray Microscopist", ""),
        ("*scop*", "X-Ray Microscopist", "Microscopist"),
        ("ana*ana", "anana", ""),
        ("techn* manager", "Technical Manager, Techniques", "Technical Manager"),
        ("général", "Technicien GENERAL", "GENERAL"),
        ("technician", "", ""),
    ],
)
def test_a_pattern_finds_whole_words_and_says_which(text, title, found):
    assert pattern(text).found_in(title) == found


def test_no_pattern_can_hang():
    began = time.process_time()
    pattern("*a" * 39 + "b").found_in("a" * 200)
    pattern(" * ".join(["a*"] * 8)).found_in("a " * 100 + "b")
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("text", ["*", "…", "", "a " * 9, "x" * 81])
def test_a_pattern_without_words_or_end_is_refused(text):
    assert fault_of(text)


@pytest.mark.parametrize(
    ("text", "code", "does"),
    [("311", "3119", True), ("311", "3121", False), ("3111-3116", "3116", True), ("3111-3116", "3119", False), ("31-32", "3213", True),
     ("3111", "", False), ("3111-3116", "31", False)],
)  # fmt: skip
def test_codes_are_prefixes_and_ranges(text, code, does):
    assert fits(text, code) is does


def a_definition(*rules: Rule, **fields: object) -> Definition:
    return Definition(title="Ours", rules=rules, **fields)  # type: ignore[arg-type]


def on(looks: Looks, *values: str, outcome: Outcome = TECHNICIAN, is_not: bool = False) -> Rule:
    return Rule((Condition(looks, values, is_not),), outcome, f"Reason of {looks}.")


@pytest.mark.parametrize(
    ("rule", "contract", "saw"),
    [
        (on(Looks.SOC, "311"), Contract(soc="3111"), "SOC 3111 laboratory technicians"),
        (on(Looks.SOC, EMPTY), Contract(), "no SOC2020 code"),
        (on(Looks.TITLE, "technician*"), Contract(title="Technician, Glass"), "“Technician” in the job title"),
        (on(Looks.TITLE, "author", is_not=True), Contract(title="Technician"), "job title is none of those excluded"),
        (on(Looks.JOB_FAMILY, "technical"), Contract(job_family="Technical "), "job family Technical "),
        (on(Looks.UNIT, "Faculty of Science"), Contract(unit=2), "unit Faculty of Science"),
        (on(Looks.UNIT, "workshops"), Contract(unit_label="Workshops"), "unit workshops"),
        (on(Looks.TEACHES, "yes"), Contract(teaches=True), "part in teaching yes"),
        (on(Looks.RESEARCHES, "no"), Contract(researches=False), "part in research no"),
        (on(Looks.TEACHES, EMPTY), Contract(), "no part in teaching"),
        (on(Looks.LEVEL, "k0"), Contract(level="K0"), "contract level K0"),
    ],
)
def test_each_thing_can_be_looked_at_and_is_named(rule, contract, saw):
    made = Classifier(a_definition(rule), {2: ("Physics", "Faculty of Science")})
    verdict = made.contract(contract)
    assert (verdict.rule, verdict.saw) == (1, (saw,))
    assert because(made.definition, verdict) == f"Because rule 1: {saw}. {rule.reason}"


def test_all_conditions_of_a_rule_must_fit_and_the_first_rule_wins():
    both = Rule((Condition(Looks.SOC, ("311",)), Condition(Looks.GRADE, ("7", "8"))), ASK, "Leads a group.")
    made = Classifier(a_definition(both, on(Looks.SOC, "3")))
    assert made.contract(Contract(soc="3111", grade="7")).outcome == ASK
    assert made.contract(Contract(soc="3111", grade="5")).rule == 2
    assert made.contract(Contract(soc="2311", grade="7")).rule == REST


TWO = (
    Contract(key="a", soc="3111", fte=Decimal("0.4"), is_main=False),
    Contract(key="b", soc="2311", fte=Decimal("0.5"), is_main=False),
    Contract(key="c", soc="4159", fte=Decimal("0.1"), is_main=True),
)


@pytest.mark.parametrize(
    ("counting", "outcome", "by"), [("any", TECHNICIAN, "a"), ("main", ASK, "c"), ("largest", OTHER, "b")]
)
def test_which_contracts_decide_about_a_person_is_a_setting(counting, outcome, by):
    rules = (on(Looks.SOC, "311"), on(Looks.SOC, "4", outcome=ASK))
    made = Classifier(a_definition(*rules, counting=Counting(counting)))
    verdict = made.person(Person(key="p", contracts=TWO))
    assert (verdict.outcome, verdict.contract.key, verdict.technical) == (outcome, by, {"a"})
    assert [one.key for one in made.apply(Person(key="p", contracts=TWO), True).counted] == ["a"]


def test_contracts_that_have_ended_count_only_for_those_who_left():
    day = date(2025, 7, 31)
    old, now = Contract(key="old", ends=date(2025, 1, 31)), Contract(key="now", starts=date(2025, 2, 1))
    assert on_the_day(Person(key="p", contracts=(old, now)), day) == (now,)
    assert on_the_day(Person(key="p", contracts=(old,)), day) == (old,)


@pytest.mark.parametrize(
    ("contract", "outcome"),
    [
        (Contract(soc="3111", title="Laboratory Technician"), TECHNICIAN),
        (Contract(soc="3131"), TECHNICIAN),
        (Contract(soc="3111", function="3"), OTHER),
        (Contract(soc="2162", title="Experimental Officer"), ASK),
        (Contract(soc="3417", title="Photographer"), ASK),
        (Contract(soc="5223", title="Workshop Technician"), ASK),
        (Contract(job_family="Technical", title="Glassblower"), ASK),
        (Contract(soc="4159", title="Administrator"), OTHER),
    ],
)
def test_the_definition_to_start_from_asks_where_no_source_was_read(contract, outcome):
    verdict = Classifier(STARTING).contract(contract)
    assert verdict.outcome == outcome
    rule = STARTING.rule(verdict.rule)
    assert rule.is_unverified == (outcome == ASK)
    assert rule.source or rule.is_unverified or verdict.rule == REST
    assert rule.reason


def test_a_definition_reads_as_sentences():
    definition = a_definition(
        on(Looks.SOC, "3111", "3113-3116"), on(Looks.TITLE, "technical author", outcome=OTHER), rest=ASK
    )
    assert sentences(definition) == (
        "The first rule that fits a contract decides.",
        "1. If SOC2020 code begins with 3111 laboratory technicians or 3113 to 3116: technical staff. Reason of soc.",
        "2. If job title has “technical author”: not technical staff. Reason of title.",
        "Whatever no rule fits is for a person to decide. No rule fits.",
        "Somebody is technical staff if any of their contracts on the day is.",
    )


def test_data_go_round_and_what_is_wrong_is_said_in_sentences():
    data = json.loads(json.dumps(to_data(STARTING)))
    assert from_data(data) == STARTING
    data["rules"][0] |= {"outcome": "perhaps", "reason": ""}
    data["rules"][1]["conditions"] = []
    data["rules"][2]["conditions"][0]["values"] = ["31x", "3116-3111"]
    data["counting"] = "some"
    with pytest.raises(Unfit) as caught:
        from_data(data)
    assert caught.value.sentences == [
        "Say which contracts decide about a person: any, main, largest.",
        "Rule 1 does not say what it means: technician, other, ask.",
        "Rule 1: the reason is missing.",
        "Rule 2 looks at nothing. Say what it looks at; what is left is for the last rule.",
        "Rule 3: “31x” is no SOC2020 code. Write up to four figures (311), or a range (3111-3116).",
        "Rule 3: The range “3116-3111” does not go upwards between codes of one length. Write it as 3111-3116.",
    ]
    assert faults_of([])
    assert faults_of({"format": "other"}) == ["The format is not desaga-technical-staff/1, so it cannot be read."]


VALUES = {
    Looks.SOC: st.sampled_from(["3", "311", "3111", "3111-3116", "2", EMPTY]),
    Looks.TITLE: st.sampled_from(["technician*", "officer", "lab* * technician", EMPTY]),
    Looks.GRADE: st.sampled_from(["4", "5", EMPTY]),
    Looks.TEACHES: st.sampled_from(["yes", "no", EMPTY]),
    Looks.UNIT: st.sampled_from(["Workshops", "Faculty", EMPTY]),
}
CONDITIONS = st.sampled_from(list(VALUES)).flatmap(
    lambda looks: st.builds(
        Condition, st.just(looks), st.lists(VALUES[looks], min_size=1, max_size=3).map(tuple), st.booleans()
    )
)
RULES = st.builds(
    Rule,
    st.lists(CONDITIONS, min_size=1, max_size=2, unique_by=lambda one: (one.looks, one.is_not)).map(tuple),
    st.sampled_from(Outcome),
    st.sampled_from(["First.", "Second."]),
)
DEFINITIONS = st.builds(
    Definition,
    title=st.just("Ours"),
    rules=st.lists(RULES, max_size=5).map(tuple),
    rest=st.sampled_from(Outcome),
    counting=st.sampled_from(Counting),
)
CONTRACTS = st.builds(
    Contract,
    key=st.uuids().map(str),
    soc=st.sampled_from(["", "3111", "3114", "2162", "4159"]),
    title=st.sampled_from(["", "Laboratory Technician", "Experimental Officer", "Lab Chief Technician"]),
    grade=st.sampled_from(["", "4", "5"]),
    teaches=st.sampled_from([None, True, False]),
    unit=st.sampled_from([None, 1, 2]),
    is_main=st.booleans(),
    fte=st.sampled_from([None, Decimal("0.5"), Decimal(1)]),
)
UNITS = {1: ("Workshops", "Faculty"), 2: ("Library",)}


@settings(max_examples=40, deadline=None)
@given(definition=DEFINITIONS, contract=CONTRACTS)
def test_every_contract_is_decided_by_the_first_rule_that_fits_alone(definition, contract):
    verdict = Classifier(definition, UNITS).contract(contract)
    alone = [
        Classifier(replace(definition, rules=(rule,)), UNITS).contract(contract).rule == 1 for rule in definition.rules
    ]
    first = alone.index(True) + 1 if any(alone) else REST
    assert verdict.rule == first
    rule = definition.rule(verdict.rule)
    assert verdict.outcome == rule.outcome
    words = because(definition, verdict)
    assert words.startswith(f"Because {'the last rule' if first == REST else f'rule {first}'}")
    assert words.endswith(rule.reason)
    assert len(verdict.saw) == len(rule.conditions)


@settings(max_examples=40, deadline=None)
@given(definition=DEFINITIONS, contracts=st.lists(CONTRACTS, min_size=1, max_size=3))
def test_a_person_is_what_one_of_their_contracts_is_whatever_their_order(definition, contracts):
    made = Classifier(definition, UNITS)
    person = made.person(Person(key="p", contracts=tuple(contracts)))
    assert made.contract(person.contract) == person.verdict
    assert made.person(Person(key="p", contracts=tuple(reversed(contracts)))).outcome == person.outcome
    if definition.counting == Counting.ANY:
        assert (person.outcome == TECHNICIAN) == bool(person.technical)


@settings(max_examples=40, deadline=None)
@given(definition=DEFINITIONS)
def test_any_definition_goes_into_data_and_comes_back(definition):
    assert from_data(json.loads(json.dumps(to_data(definition)))) == definition


def test_moving_a_rule_up_and_down_comes_back_and_stops_at_the_ends():
    definition = a_definition(on(Looks.SOC, "1"), on(Looks.SOC, "2"), on(Looks.SOC, "3"))
    assert definition.moved(2, -1).moved(1, 1) == definition
    assert definition.moved(1, -1) == definition
    assert definition.moved(3, 1) == definition
    assert [rule.conditions[0].values[0] for rule in definition.moved(3, -1).rules] == ["1", "3", "2"]
    assert len(definition.without_rule(2).with_rule(on(Looks.SOC, "9")).rules) == 3


def test_two_definitions_differ_by_those_who_move():
    before = {"a": (TECHNICIAN, 1), "b": (TECHNICIAN, 1), "c": (ASK, 2), "d": (OTHER, REST)}
    after = {"a": (TECHNICIAN, 1), "b": (OTHER, REST), "c": (TECHNICIAN, 2), "d": (OTHER, 3)}
    found = moves(before, after)
    assert [(move.before[0], move.after[0], move.people, move.changes) for move in found] == [
        (ASK, TECHNICIAN, 1, True),
        (TECHNICIAN, OTHER, 1, True),
        (OTHER, OTHER, 1, False),
        (TECHNICIAN, TECHNICIAN, 1, False),
    ]
    assert balance(found)[OTHER, OTHER] == 1
    assert sum(balance(found).values()) == len(before)
