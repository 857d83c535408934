"""What pages show of definitions, classifications and decisions. Nothing here opens a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from . import defined
from .compared import Change, UnitChange
from .counting import exact, exact_fte
from .defining import REST, Classifier, Definition, Outcome, Rule
from .defining.comparing import Move
from .defining.wording import OUTCOMES, because, condition_words, rest_words, rule_name
from .models import Classification, ClassifiedRow, ContractRow, Decision, Snapshot
from .population import Contract

TONES = {Outcome.TECHNICIAN: "done", Outcome.OTHER: "plain", Outcome.ASK: "waiting"}
NO_COUNT = defined.RuleCount(0, 0, 0, 0, 0)


def sentence(words: str) -> str:
    """With a capital first, whatever follows."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class ShownRule:
    number: int
    conditions: tuple[str, ...]
    outcome: str
    tone: str
    reason: str
    source: str
    is_unverified: bool
    is_last: bool
    count: defined.RuleCount = NO_COUNT

    @property
    def name(self) -> str:
        return sentence(rule_name(self.number))

    @property
    def is_linked(self) -> bool:
        return self.source.startswith("https://")


def shown_rules(definition: Definition, counts: Mapping[int, defined.RuleCount] | None = None) -> list[ShownRule]:
    """The rules in their order, and the last one for the rest, each with what it made of a snapshot where that is known."""
    counts = counts or {}
    numbered = [*enumerate(definition.rules, start=1), (REST, definition.rule(REST))]
    last = len(definition.rules)
    return [_shown(number, rule, number == last, counts.get(number, NO_COUNT)) for number, rule in numbered]


def _shown(number: int, rule: Rule, is_last: bool, count: defined.RuleCount) -> ShownRule:
    conditions = tuple(map(condition_words, rule.conditions)) or ("no rule before fits",)
    return ShownRule(
        number=number,
        conditions=conditions,
        outcome=sentence(OUTCOMES[rule.outcome]),
        tone=TONES[rule.outcome],
        reason=rule.reason,
        source=rule.source,
        is_unverified=rule.is_unverified,
        is_last=is_last,
        count=count,
    )


def rest_of(definition: Definition) -> str:
    return rest_words(definition)


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody as far as deciding needs it: the job, why it is asked, and no name."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]
    why: str
    why_short: str
    outcome: str
    row: ClassifiedRow
    before: Decision | None = None

    @property
    def said_before(self) -> str:
        """What a person said of them about a former job, who, when and why; empty where nobody did, or what was said holds."""
        one = self.before
        if one is None or self.row.decision_id:
            return ""
        word = "technical staff" if one.technical else "not technical staff"
        by = one.decided_by.get_full_name() if one.decided_by else "Desaga"
        on = timezone.localdate(one.decided_at)
        why = f", because: {one.reason.rstrip('.')}" if one.reason else ", without a reason"
        kind = "Overridden" if one.is_override else "Answered"
        return f"{kind} before: {word}, by {by} on {on.day} {on:%B %Y}{why}. That was about another job, and does not hold for this one."


def shown_people(
    rows: Iterable[ClassifiedRow], classifier: Classifier, functions: Mapping[str, str] | None = None
) -> list[ShownPerson]:
    rows = list(rows)
    before = defined.lapsed_of(rows)
    return [_person(row, classifier, functions or {}, before.get(row.key)) for row in rows]


def _person(
    row: ClassifiedRow, classifier: Classifier, functions: Mapping[str, str], before: Decision | None
) -> ShownPerson:
    said = classifier.contract(population_contract(row.contract))
    return ShownPerson(
        key=str(row.key),
        title=row.contract.job_title or "No job title",
        facts=facts_of(row.contract, functions),
        why=because(classifier.definition, said),
        why_short=f"{sentence(rule_name(said.rule))}: {', '.join(said.saw) or 'no rule before fits'}",
        outcome=sentence(OUTCOMES[Outcome(row.outcome)]),
        row=row,
        before=before,
    )


def population_contract(row: ContractRow) -> Contract:
    return defined.contract_of(tuple(getattr(row, name) for name in defined.CONTRACT))


def facts_of(row: ContractRow, functions: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the extract says of a job, where it says something."""
    function = row.academic_function
    told = (
        ("Grade", row.grade),
        ("Unit", row.unit.name if row.unit else row.unit_text),
        ("SOC2020", row.soc or "Not given"),
        ("Job family", row.job_family),
        ("Contract level", row.level),
        ("Academic function", f"{function} {functions.get(function, '')}".strip()),
        ("Teaching", part(row.teaching)),
        ("Research", part(row.research)),
        ("HR’s own mark", row.marker),
    )
    return tuple((label, value) for label, value in told if value)


def part(value: Any) -> str:
    """Whether they have a part in something, or how large it is: many extracts say no more than yes or no, which is kept as 1 or 0."""
    return {0: "No", 1: "Yes"}.get(value) or share(value)


def share(value: Any) -> str:
    # not a count of people: how much of a post a contract is
    return "" if value is None else f"{value * 100:.0f} per cent of the post"


@dataclass(frozen=True, slots=True)
class ShownDecision:
    decision: Decision
    title: str
    where: str
    holds: str


def shown_decisions(decisions: Iterable[Decision]) -> list[ShownDecision]:
    """Each with the job of the person as it was last seen: a decision names nobody."""
    decisions = list(decisions)
    seen = defined.lately_seen(one.person_key for one in decisions)
    return [_decision(one, seen.get(one.person_key)) for one in decisions]


def _decision(decision: Decision, row: ContractRow | None) -> ShownDecision:
    title = (row.job_title if row else "") or "Somebody no longer in the extracts"
    where = ", ".join(filter(None, (row.grade, row.unit.name if row.unit else row.unit_text))) if row else ""
    return ShownDecision(decision, title, where, "Technical staff" if decision.technical else "Not technical staff")


@dataclass(frozen=True, slots=True)
class ShownMove:
    people: int
    before: str
    before_rule: str
    after: str
    after_rule: str
    changes: bool
    code: str


def shown_moves(moves: Iterable[Move], before: Definition, after: Definition) -> list[ShownMove]:
    return [
        ShownMove(
            move.people,
            sentence(OUTCOMES[move.before[0]]),
            _named(before, move.before[1]),
            sentence(OUTCOMES[move.after[0]]),
            _named(after, move.after[1]),
            move.changes,
            move.code,
        )
        for move in moves
    ]


def _named(definition: Definition, number: int) -> str:
    return f"{sentence(rule_name(number))}: {definition.rule(number).reason}"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A figure under both versions, in words."""

    name: str
    before: str
    after: str
    by: str


def shown_changes(changes: Iterable[UnitChange]) -> list[tuple[str, list[ShownChange]]]:
    """Each unit with its figures: people in whole numbers, equivalents to one place."""
    return [(one.unit, [_change(*told) for told in zip(FIGURES_COMPARED, one.figures, strict=True)]) for one in changes]


FIGURES_COMPARED = (("Headcount", exact), ("FPE", exact_fte), ("FTE", exact_fte))


def _change(figure: tuple[str, Callable[[Any], str]], change: Change) -> ShownChange:
    name, write = figure
    before, after, by = ("–" if one is None else write(one) for one in (change.before, change.after, change.by))
    return ShownChange(name, before, after, f"+{by}" if change.by and change.by > 0 else by)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a classification comes to."""

    people: int
    technical: int
    open: int
    decided: int


def totals_of(rules: Iterable[ShownRule]) -> Totals:
    counts = [rule.count for rule in rules]
    return Totals(
        sum(one.people for one in counts),
        sum(one.technical for one in counts),
        sum(one.open for one in counts),
        sum(one.decided for one in counts),
    )


def is_ready(held: Classification | None) -> bool:
    return held is not None and held.is_done


def functions_of(snapshot: Snapshot) -> Mapping[str, str]:
    """Words for codes of academic function, of the list of the snapshot's year."""
    from .reading.codes import code_list

    return code_list("ACEMPFUN", snapshot.year).values
