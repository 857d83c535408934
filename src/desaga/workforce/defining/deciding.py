"""What a definition says of a contract, and of a person by their contracts; and why, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ..population import Contract, Person
from . import soc
from .model import EMPTY, REST, Condition, Counting, Definition, Looks, Outcome, Rule
from .patterns import folded, pattern

#: What each thing looked at reads of a contract.
READ: dict[Looks, str] = {
    Looks.SOC: "soc",
    Looks.TITLE: "title",
    Looks.JOB_FAMILY: "job_family",
    Looks.GRADE: "grade",
    Looks.LEVEL: "level",
    Looks.FUNCTION: "function",
    Looks.MARKER: "marker",
    Looks.TEACHES: "teaches",
    Looks.RESEARCHES: "researches",
}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of a contract: the outcome, the number of the rule that said it (`REST` for the last), and what it saw."""

    outcome: Outcome
    rule: int
    saw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """What was said of a person, and the contract by which. `technical` names the contracts that count as technical."""

    verdict: Verdict
    contract: Contract
    technical: frozenset[str]

    @property
    def outcome(self) -> Outcome:
        return self.verdict.outcome


Units = Mapping[int, tuple[str, ...]]
Test = Callable[[Contract], str]


class Classifier:
    """A definition made ready to decide of many. `units` names each unit and those that it is part of.

    Contracts that agree in all that is looked at are decided once.
    """

    def __init__(self, definition: Definition, units: Units | None = None) -> None:
        self.definition = definition
        self.units = {pk: frozenset(map(folded, names)) for pk, names in (units or {}).items()}
        looked_at = {one.looks for rule in definition.rules for one in rule.conditions}
        self._reads = [name for looks, name in READ.items() if looks in looked_at]
        if Looks.UNIT in looked_at:
            self._reads += ["unit", "unit_label"]
        self._rules = [self._tests(rule) for rule in definition.rules]
        self._known: dict[tuple[Any, ...], Verdict] = {}

    def contract(self, contract: Contract) -> Verdict:
        """What the first rule that fits says."""
        key = tuple(getattr(contract, name) for name in self._reads)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._decide(contract)
        return found

    def _decide(self, contract: Contract) -> Verdict:
        for number, (rule, tests) in enumerate(self._rules, start=1):
            saw = []
            for test in tests:
                seen = test(contract)
                if not seen:
                    break
                saw.append(seen)
            else:
                return Verdict(rule.outcome, number, tuple(saw))
        return Verdict(self.definition.rest, REST)

    def person(self, person: Person, on: date | None = None) -> PersonVerdict:
        """What their contracts on the day make of a person; of somebody who has left, the contracts that they had."""
        counted = on_the_day(person, on)
        said = [(one, self.contract(one)) for one in counted]
        technical = frozenset(one.key for one, verdict in said if verdict.outcome == Outcome.TECHNICIAN)
        contract, verdict = self._deciding(said)
        return PersonVerdict(verdict, contract, technical)

    def _deciding(self, said: list[tuple[Contract, Verdict]]) -> tuple[Contract, Verdict]:
        if self.definition.counting == Counting.MAIN:
            return max(said, key=lambda one: (one[0].is_main, *_size(one[0])))
        if self.definition.counting == Counting.LARGEST:
            return max(said, key=lambda one: (*_size(one[0]), one[0].is_main))
        return max(said, key=lambda one: (STRENGTH[one[1].outcome], one[0].is_main, *_size(one[0])))

    def apply(self, person: Person, technical: bool, on: date | None = None) -> Person:
        """The person as figures count them: those of their contracts that are technical, else all that they hold."""
        which = self.person(person, on).technical
        marked = tuple(replace(one, technical=one.key in which) for one in person.contracts)
        return replace(person, contracts=marked, technical=technical)

    def _tests(self, rule: Rule) -> tuple[Rule, list[Test]]:
        return rule, [self._test(one) for one in rule.conditions]

    def _test(self, condition: Condition) -> Test:
        test = self._made(condition)
        if not condition.is_not:
            return test
        words = f"{LABELS[condition.looks]} is none of those excluded"
        return lambda contract: "" if test(contract) else words

    def _made(self, condition: Condition) -> Test:
        if condition.looks == Looks.UNIT:
            return self._unit_test(condition.values)
        if condition.looks == Looks.TITLE:
            return _once_a_title(_title_test(condition.values))
        if condition.looks == Looks.SOC:
            return _soc_test(condition.values)
        return _word_test(condition.looks, condition.values)

    def _unit_test(self, values: tuple[str, ...]) -> Test:
        wanted = {folded(value): value for value in values}

        def test(contract: Contract) -> str:
            names = self.units.get(contract.unit or 0, frozenset()) | {folded(contract.unit_label)}
            found = next((value for plain, value in wanted.items() if plain in names), "")
            if not found and EMPTY in values and contract.unit is None and not contract.unit_label:
                return "no unit"
            return f"unit {found}" if found else ""

        return test


STRENGTH = {Outcome.TECHNICIAN: 2, Outcome.ASK: 1, Outcome.OTHER: 0}
LABELS = {
    Looks.SOC: "SOC2020 code",
    Looks.TITLE: "job title",
    Looks.JOB_FAMILY: "job family",
    Looks.GRADE: "grade",
    Looks.UNIT: "unit",
    Looks.LEVEL: "contract level",
    Looks.FUNCTION: "academic function",
    Looks.MARKER: "HR’s own mark",
    Looks.TEACHES: "part in teaching",
    Looks.RESEARCHES: "part in research",
}


def _size(contract: Contract) -> tuple[Decimal, Decimal, str]:
    return contract.fte if contract.fte is not None else contract.fpe, contract.fpe, contract.key


def on_the_day(person: Person, on: date | None) -> tuple[Contract, ...]:
    """The contracts in force on the day; all where there is none, or no day."""
    if on is None:
        return person.contracts
    held = tuple(
        one
        for one in person.contracts
        if (one.starts is None or one.starts <= on) and (one.ends is None or one.ends >= on)
    )
    return held or person.contracts


def _title_test(values: tuple[str, ...]) -> Test:
    patterns = [pattern(value) for value in values if value != EMPTY]

    def test(contract: Contract) -> str:
        if not contract.title.strip():
            return "no job title" if EMPTY in values else ""
        found = next((words for one in patterns if (words := one.found_in(contract.title))), "")
        return f"“{found}” in the job title" if found else ""

    return test


def _once_a_title(test: Test) -> Test:
    """The test, asked once of each title: patterns are the dearest thing that is looked at."""
    known: dict[str, str] = {}

    def asked(contract: Contract) -> str:
        found = known.get(contract.title)
        if found is None:
            found = known[contract.title] = test(contract)
        return found

    return asked


def _soc_test(values: tuple[str, ...]) -> Test:
    def test(contract: Contract) -> str:
        if not contract.soc:
            return "no SOC2020 code" if EMPTY in values else ""
        return f"SOC {soc.named(contract.soc)}" if any(soc.fits(one, contract.soc) for one in values) else ""

    return test


def _word_test(looks: Looks, values: tuple[str, ...]) -> Test:
    wanted, name, label = {folded(value) for value in values}, READ[looks], LABELS[looks]

    def test(contract: Contract) -> str:
        found = getattr(contract, name)
        if isinstance(found, bool):
            found = YES if found else NO
        if not found:
            return f"no {label}" if EMPTY in values else ""
        return f"{label} {found}" if folded(found) in wanted else ""

    return test
