"""A definition as data: JSON that says its own version, and what is wrong with data that is none, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import patterns, soc
from .model import EMPTY, Condition, Counting, Definition, Looks, Outcome, Rule

FORMAT = "desaga-technical-staff/1"
MOST_RULES, MOST_CONDITIONS, MOST_VALUES = 100, 8, 200
LONGEST_VALUE, LONGEST_REASON, LONGEST_TITLE = 200, 500, 120
YES_NO = ("yes", "no", EMPTY)
OUTCOMES, COUNTINGS, LOOKS = (frozenset(map(str, one)) for one in (Outcome, Counting, Looks))


class Unfit(ValueError):
    """The data are no definition. `sentences` say why, each with the rule that it is about."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def to_data(definition: Definition) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": definition.title,
        "note": definition.note,
        "counting": definition.counting.value,
        "rules": [_rule_data(rule) for rule in definition.rules],
        "rest": {"outcome": definition.rest.value, "reason": definition.rest_reason},
    }


def _rule_data(rule: Rule) -> dict[str, Any]:
    conditions = [
        {"looks": one.looks.value, "values": list(one.values), "is_not": one.is_not} for one in rule.conditions
    ]
    return {
        "conditions": conditions,
        "outcome": rule.outcome.value,
        "reason": rule.reason,
        "source": rule.source,
        "is_unverified": rule.is_unverified,
    }


def from_data(data: Any) -> Definition:
    """The definition that data are. Raises `Unfit`."""
    if faults := faults_of(data):
        raise Unfit(faults)
    rest = data["rest"]
    return Definition(
        title=data["title"],
        note=data.get("note", ""),
        counting=Counting(data["counting"]),
        rules=tuple(_rule(told) for told in data["rules"]),
        rest=Outcome(rest["outcome"]),
        rest_reason=rest["reason"],
    )


def _rule(told: Mapping[str, Any]) -> Rule:
    conditions = tuple(
        Condition(Looks(one["looks"]), tuple(one["values"]), bool(one.get("is_not", False)))
        for one in told["conditions"]
    )
    return Rule(
        conditions,
        Outcome(told["outcome"]),
        told["reason"],
        told.get("source", ""),
        bool(told.get("is_unverified", False)),
    )


def faults_of(data: Any) -> list[str]:
    """What is wrong with data that should be a definition; empty where nothing is."""
    if not isinstance(data, Mapping):
        return ["A definition is an object with title, counting, rules and rest."]
    if data.get("format") != FORMAT:
        return [f"The format is not {FORMAT}, so it cannot be read."]
    return list(_faults(data))


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _text("The title", data.get("title"), LONGEST_TITLE)
    yield from _text("The note", data.get("note", ""), 5_000, may_be_empty=True)
    if not _known(data.get("counting"), COUNTINGS):
        yield f"Say which contracts decide about a person: {', '.join(Counting)}."
    yield from _outcome("The last rule", data.get("rest"))
    rules = data.get("rules")
    if not isinstance(rules, list):
        yield "The rules are a list."
        return
    if len(rules) > MOST_RULES:
        yield f"There are {len(rules)} rules; at most {MOST_RULES} can still be read. Join some of them."  # not a count of people: of rules
        return
    for number, rule in enumerate(rules, start=1):
        yield from _rule_faults(f"Rule {number}", rule)


def _rule_faults(name: str, rule: Any) -> Iterator[str]:
    yield from _outcome(name, rule)
    if not isinstance(rule, Mapping):
        return
    yield from _text(f"{name}: the source", rule.get("source", ""), LONGEST_REASON, may_be_empty=True)
    conditions = rule.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        yield f"{name} looks at nothing. Say what it looks at; what is left is for the last rule."
        return
    if len(conditions) > MOST_CONDITIONS:
        yield f"{name} looks at more than {MOST_CONDITIONS} things."
    for condition in conditions[:MOST_CONDITIONS]:
        yield from _condition_faults(name, condition)
    seen = [(str(one.get("looks")), bool(one.get("is_not"))) for one in conditions if isinstance(one, Mapping)]
    for looks in sorted({looks for looks, is_not in seen if seen.count((looks, is_not)) > 1}):
        yield f"{name} looks at {looks} twice. Put the values together; any of them fits."


def _condition_faults(name: str, condition: Any) -> Iterator[str]:
    if not isinstance(condition, Mapping) or not _known(condition.get("looks"), LOOKS):
        yield f"{name} looks at something unknown. It can look at: {', '.join(Looks)}."
        return
    values = condition.get("values")
    if not isinstance(values, list) or not values or not all(isinstance(one, str) and one.strip() for one in values):
        yield f"{name} gives no value to look for in {condition['looks']}."
        return
    if len(values) > MOST_VALUES or any(len(one) > LONGEST_VALUE for one in values):
        yield f"{name} has too many or too long values: at most {MOST_VALUES}, each of {LONGEST_VALUE} letters."
        return
    for value in values:
        if fault := value_fault(Looks(condition["looks"]), value):
            yield f"{name}: {fault}"


def value_fault(looks: Looks, value: str) -> str:
    """What is wrong with a value to look for, in a sentence; empty where nothing is."""
    if value == EMPTY:
        return ""
    if looks == Looks.SOC:
        return soc.fault_of(value)
    if looks == Looks.TITLE:
        return patterns.fault_of(value)
    if looks in (Looks.TEACHES, Looks.RESEARCHES) and value not in YES_NO:
        return f"“{value}” cannot be looked for: write yes, no or {EMPTY}."
    return ""


def _known(value: Any, known: frozenset[str]) -> bool:
    return isinstance(value, str) and value in known


def _outcome(name: str, told: Any) -> Iterator[str]:
    if not isinstance(told, Mapping):
        yield f"{name} is no rule."
        return
    if not _known(told.get("outcome"), OUTCOMES):
        yield f"{name} does not say what it means: {', '.join(Outcome)}."
    yield from _text(f"{name}: the reason", told.get("reason"), LONGEST_REASON)


def _text(name: str, value: Any, longest: int, *, may_be_empty: bool = False) -> Iterator[str]:
    if not isinstance(value, str) or (not value.strip() and not may_be_empty):
        yield f"{name} is missing."
    elif len(value) > longest:
        yield f"{name} is longer than {longest} letters."
