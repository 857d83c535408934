"""A definition in readable sentences, and why somebody is what they are."""

from __future__ import annotations

from collections.abc import Iterable

from . import soc
from .deciding import LABELS, Verdict
from .model import EMPTY, REST, Condition, Counting, Definition, Looks, Outcome, Rule

OUTCOMES = {
    Outcome.TECHNICIAN: "technical staff",
    Outcome.OTHER: "not technical staff",
    Outcome.ASK: "for a person to decide",
}
COUNTED = {
    Counting.ANY: "Somebody is technical staff if any of their contracts on the day is.",
    Counting.MAIN: "Somebody is technical staff if the contract that HR calls their main one is.",
    Counting.LARGEST: "Somebody is technical staff if the largest of their contracts on the day is, by full-time equivalent.",
}
FIRST = "The first rule that fits a contract decides."


def condition_words(condition: Condition) -> str:
    """Such as: SOC2020 code begins with 3111 laboratory technicians or 3113 to 3116."""
    label, verb = LABELS[condition.looks], _verb(condition)
    values = [_value(condition.looks, value) for value in condition.values if value != EMPTY]
    parts = [f"{verb} {_any(values)}"] if values else []
    if EMPTY in condition.values:
        parts.append("is given" if condition.is_not else "is not given")
    return f"{label} {(' and ' if condition.is_not else ' or ').join(parts)}"


def _verb(condition: Condition) -> str:
    if condition.looks == Looks.TITLE:
        return "does not have" if condition.is_not else "has"
    if condition.looks == Looks.SOC:
        return "does not begin with" if condition.is_not else "begins with"
    return "is not" if condition.is_not else "is"


def _value(looks: Looks, value: str) -> str:
    if looks == Looks.SOC:
        return soc.named(value)
    return f"“{value}”" if looks in (Looks.TITLE, Looks.JOB_FAMILY, Looks.UNIT) else value


def _any(values: Iterable[str]) -> str:
    *first, last = values
    return f"{', '.join(first)} or {last}" if first else last


def rule_words(rule: Rule) -> str:
    """The rule as one sentence."""
    if not rule.conditions:
        return f"Every contract is {OUTCOMES[rule.outcome]}."
    return f"If {' and '.join(map(condition_words, rule.conditions))}: {OUTCOMES[rule.outcome]}."


def rest_words(definition: Definition) -> str:
    return f"Whatever no rule fits is {OUTCOMES[definition.rest]}."


def sentences(definition: Definition) -> tuple[str, ...]:
    """The whole definition, as it stands beside a headcount."""
    rules = tuple(f"{n}. {rule_words(rule)} {rule.reason}".strip() for n, rule in enumerate(definition.rules, start=1))
    return (FIRST, *rules, f"{rest_words(definition)} {definition.rest_reason}".strip(), COUNTED[definition.counting])


def rule_name(number: int) -> str:
    return "the last rule" if number == REST else f"rule {number}"


def because(definition: Definition, verdict: Verdict) -> str:
    """Why: the rule, what it saw, and its reason."""
    rule = definition.rule(verdict.rule)
    saw = f": {', '.join(verdict.saw)}" if verdict.saw else ""
    return f"Because {rule_name(verdict.rule)}{saw}. {rule.reason}".strip()
