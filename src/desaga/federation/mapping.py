"""Which roles an organisation's rules give to somebody of whom its provider says this. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import RoleRule
from .states import SPECIFICITY, Operator

Place = tuple[str, int | None]


@dataclass(frozen=True)
class Outcome:
    """What became of one rule: the value that met it, if any, and whether it wins for its role."""

    rule: RoleRule
    met: str | None
    wins: bool

    @property
    def why(self) -> str:
        if self.met is None:
            return f"{self.rule.attribute} holds nothing that fits."
        if not self.wins:
            return f"{self.rule.attribute} holds “{self.met}”, but a more specific rule gives this role."
        return f"{self.rule.attribute} holds “{self.met}”."


def outcomes(rules: Iterable[RoleRule], claims: Mapping[str, Any]) -> list[Outcome]:
    """What becomes of each rule, in their order. For each role the most specific rules that are met win, all of them
    where several are equally specific."""
    met = [(rule, first_met(rule, claims)) for rule in rules]
    best: dict[str, tuple[int, bool]] = {}
    for rule, value in met:
        if value is not None:
            best[rule.role] = max(best.get(rule.role, (0, False)), specificity(rule))
    return [Outcome(rule, value, value is not None and specificity(rule) == best[rule.role]) for rule, value in met]


def roles_given(found: Iterable[Outcome]) -> set[Place]:
    """The roles of the rules that win, each with the id of its unit or None."""
    return {(outcome.rule.role, outcome.rule.unit_id) for outcome in found if outcome.wins}


def specificity(rule: RoleRule) -> tuple[int, bool]:
    """First how closely a rule compares, then whether it is for one unit."""
    return SPECIFICITY[Operator(rule.operator)], rule.unit_id is not None


def first_met(rule: RoleRule, claims: Mapping[str, Any]) -> str | None:
    """The first value of the rule's attribute that meets it."""
    return next((value for value in values_of(claims, rule.attribute) if meets(rule, value)), None)


def meets(rule: RoleRule, value: str) -> bool:
    """Values are compared to the letter."""
    if rule.operator == Operator.CONTAINS:
        return any(part in value for part in rule.values)
    return value in rule.values


def values_of(claims: Mapping[str, Any], attribute: str) -> list[str]:
    """An attribute's values as text: one or several. A dot leads into what is nested: `realm_access.roles`."""
    if attribute in claims:
        return texts(claims[attribute])
    first, dot, rest = attribute.partition(".")
    inner = claims.get(first)
    return values_of(inner, rest) if dot and isinstance(inner, Mapping) else []


def texts(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for item in value if not isinstance(item, list | tuple) for text in texts(item)]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(value)] if isinstance(value, str | int | float) else []
