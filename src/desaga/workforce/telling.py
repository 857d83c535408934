"""All that the workforce's tables hold of one person, as rows of words: for themselves, or for the steward who answers them.

`TOLD` has a teller for each model whose rows are of people (`personal.toml`); `EXCUSED` says why one has none. A test holds both against the models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from .defining.wording import rule_name, rule_words
from .models import (
    ActivityRow,
    ClassifiedRow,
    ContractRow,
    Decision,
    DefinitionVersion,
    EqualityRow,
    Match,
    PersonRow,
    SealedFile,
)
from .packing import about, unpacked
from .sealing import seal_of
from .states import MatchState, Purpose

Row = Mapping[str, Any]
SAID = ("Sex", "Ethnicity", "Disabilities")
IDENTITY = ("staff number", "name", "date of birth")
CONTRACT_WORDS = (
    "job_title", "job_family", "grade", "unit_text", "cost_centre", "marker", "soc", "terms", "mode", "level", "academic_function", "paid",
    "leaving_reason", "fte", "fpe", "teaching", "research", "starts_on", "ends_on", "grade_since",
)  # fmt: skip


@dataclass(frozen=True)
class Whose:
    """One person, and their rows in all snapshots."""

    organisation: Any
    key: UUID

    @cached_property
    def people(self) -> list[PersonRow]:
        rows = PersonRow.objects.filter(key=self.key).select_related("snapshot")
        return list(rows.order_by("snapshot__as_at", "pk"))

    def of_snapshots(self, model: type[models.Model], **which: Any) -> QuerySet[Any]:
        return model._default_manager.filter(**which).select_related("snapshot").order_by("snapshot__as_at", "pk")


def told_of(organisation: Any, key: UUID, equality: bool) -> Mapping[str, Iterable[Row]]:
    """All that is held of one person, by heading; what they said of themselves only with `equality`. Raises `sealing.KeyLost`."""
    whose = Whose(organisation, key)
    return {one.title: list(one.tell(whose)) for one in TOLD.values() if equality or not one.is_equality}


def _people(whose: Whose) -> Iterator[Row]:
    seal = seal_of(whose.organisation, Purpose.PEOPLE)
    for row in whose.people:
        words = unpacked(seal.open(row.sealed, whose.key.bytes))
        told = {"snapshot": str(row.snapshot), **dict(zip(IDENTITY, words[:3], strict=True)), "age": row.age}
        contracts = {"contract numbers": ", ".join(words[3:])} if words[3:] else {}
        yield {**told, **contracts, "joined": str(row.joined_on or ""), "in post on the day": row.is_present}


def _contracts(whose: Whose) -> Iterator[Row]:
    labels = {name: str(getattr(ContractRow._meta.get_field(name), "verbose_name", name)) for name in CONTRACT_WORDS}
    for row in whose.of_snapshots(ContractRow, person__in=whose.people):
        told = {labels[name]: str(value) for name in CONTRACT_WORDS if (value := getattr(row, name)) not in ("", None)}
        yield {"snapshot": str(row.snapshot), **told, "main one": row.is_main, "holds on the day": row.is_current}


def _activities(whose: Whose) -> Iterator[Row]:
    for row in whose.of_snapshots(ActivityRow, contract__person__in=whose.people).select_related("contract"):
        told = {"snapshot": str(row.snapshot), "of the contract": str(row.contract.job_title or row.contract_id)}
        yield {**told, "SOC2020 unit group": row.soc, "share of the contract": str(row.share)}


def _equality(whose: Whose) -> Iterator[Row]:
    rows = list(whose.of_snapshots(EqualityRow, person__in=whose.people))
    seal = seal_of(whose.organisation, Purpose.EQUALITY) if rows else None
    for row in rows:
        words = unpacked(seal.open(row.sealed, whose.key.bytes)) if seal else []
        yield {"snapshot": str(row.snapshot), **dict(zip(SAID, words, strict=False))}


def _classified(whose: Whose) -> Iterator[Row]:
    rows = ClassifiedRow.objects.filter(key=whose.key).order_by("classification__snapshot__as_at", "pk")
    for row in rows.select_related("classification__snapshot", "classification__version"):
        held = row.classification
        told = {"snapshot": str(held.snapshot), "by": str(held.version), "rule": _rule(held.version, row.rule)}
        decided = "by a person" if row.decision_id else "by the rule"
        yield {**told, "counts as technical staff": row.technical, "decided": decided}


def _rule(version: DefinitionVersion, number: int) -> str:
    """The rule in words; of a draft, whose rules may have moved since, only which it was."""
    if version.is_draft:
        return rule_name(number)
    rule = version.definition.rule(number)
    return f"{rule_name(number)}: {rule_words(rule)} {rule.reason}".strip()


def _decisions(whose: Whose) -> Iterator[Row]:
    for row in Decision.objects.filter(person_key=whose.key).order_by("decided_at", "pk"):
        told = {"decided": timezone.localdate(row.decided_at).isoformat(), "counts as technical": row.technical}
        back = timezone.localdate(row.taken_back_at).isoformat() if row.taken_back_at else ""
        yield {**told, "reason": row.reason, "against the rules": row.is_override, "taken back": back}


def _matches(whose: Whose) -> Iterator[Row]:
    """Both halves are theirs only where the two are the same; else the other half is somebody else's, and not told."""
    mine = {(row.snapshot_id, row.number_key) for row in whose.people}
    numbers = {number for _, number in mine}
    seal = seal_of(whose.organisation, Purpose.FILE)
    found = Match.objects.filter(Q(known_key=whose.key) | Q(number_key__in=numbers, state=MatchState.OTHER))
    for match in found.select_related("extract__snapshot").order_by("pk"):
        snapshot = getattr(match.extract, "snapshot", None)
        is_known = match.known_key == whose.key
        if not is_known and (snapshot is None or (snapshot.pk, match.number_key) not in mine):
            continue
        told = {"in the extract of": match.extract.as_at.isoformat(), "asked": match.get_kind_display()}
        yield {**told, "decided": match.get_state_display(), **_words(match, seal, is_known)}


def _words(match: Match, seal: Any, is_known: bool) -> Row:
    if not match.words:
        return {}
    words = unpacked(seal.open(match.words, about(match.number_key.hex)))
    before = {f"{name} before": word for name, word in zip(IDENTITY, words[:3], strict=True)}
    then = {f"{name} in the extract": word for name, word in zip(IDENTITY, words[3:], strict=True)}
    if match.state == MatchState.SAME:
        return {**before, **then}
    return before if is_known else then


@dataclass(frozen=True, slots=True)
class Told:
    """How the rows of one model are told: under which heading, by what; `is_equality` where it is what people said of themselves."""

    title: str
    tell: Callable[[Whose], Iterator[Row]]
    is_equality: bool = False


TOLD: Mapping[type[models.Model], Told] = {
    PersonRow: Told("You in workforce data", _people),
    ContractRow: Told("Your contracts in workforce data", _contracts),
    ActivityRow: Told("Your activities in workforce data", _activities),
    ClassifiedRow: Told("Whether you count as technical staff, in workforce data", _classified),
    Decision: Told("What was decided of you, in workforce data", _decisions),
    Match: Told("Whom you were taken for, in workforce data", _matches),
    EqualityRow: Told("What you said of yourself, in workforce data", _equality, is_equality=True),
}
EXCUSED: Mapping[type[models.Model], str] = {
    SealedFile: "A file on its way in: whose its rows are is known only once it is loaded, and then the file is deleted.",
}
