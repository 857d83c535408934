"""What is read of definitions, of what they made of snapshots, and of what people decided. Everything is of the organisation in scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from desaga.organisations.models import Unit

from .defining import Classifier, Outcome
from .defining.comparing import Move, in_order
from .models import Classification, ClassifiedRow, ContractRow, Decision, DefinitionVersion, PersonRow, Snapshot
from .population import Contract
from .states import ClassifyingState

#: A worker that has said nothing of a classification for so long is dead.
SILENT = timedelta(seconds=90)

PERSON = ("person_id", "person__key", "person__is_present")
CONTRACT = (
    "pk", "is_main", "unit_id", "unit_text", "job_title", "job_family", "marker", "grade", "soc", "level", "academic_function", "fte", "fpe",
    "starts_on", "ends_on", "teaching", "research",
)  # fmt: skip


def versions() -> QuerySet[DefinitionVersion]:
    """All of them, the newest first; `is_overtaken` says of which a later version came into force before its day."""
    later = DefinitionVersion.objects.filter(
        number__gt=OuterRef("number"), in_force_from__lte=OuterRef("in_force_from")
    )
    overtaken = Exists(later) & Q(in_force_from__gt=timezone.localdate())
    return DefinitionVersion.objects.select_related("adopted_by", "made_by").annotate(is_overtaken=overtaken)


def version_or_404(pk: int) -> DefinitionVersion:
    found = versions().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draft() -> DefinitionVersion | None:
    return versions().filter(adopted_at=None).first()


def in_force(day: date | None = None) -> DefinitionVersion | None:
    """The version in force on a day: the last adopted that is in force from it or earlier."""
    day = day or timezone.localdate()
    return versions().filter(in_force_from__lte=day).first()


def to_work_by() -> DefinitionVersion | None:
    """The version in force, else the draft."""
    return in_force() or draft()


def unit_names() -> dict[int, tuple[str, ...]]:
    """Each unit's name, and those of all that it is part of."""
    units = {pk: (name, parent) for pk, name, parent in Unit.objects.values_list("pk", "name", "parent_id")}
    found = {}
    for pk in units:
        names, at, seen = [], pk, set()
        while at in units and at not in seen:
            seen.add(at)
            names.append(units[at][0])
            at = units[at][1] or 0
        found[pk] = tuple(names)
    return found


def classifier_of(version: DefinitionVersion) -> Classifier:
    return Classifier(version.definition, unit_names())


def classifications() -> QuerySet[Classification]:
    return Classification.objects.select_related("snapshot", "version", "snapshot__organisation")


def classification(snapshot: Snapshot, version: DefinitionVersion | None) -> Classification | None:
    return classifications().filter(snapshot=snapshot, version=version).first() if version else None


def is_silent(held: Classification) -> bool:
    return not held.is_done and timezone.now() - held.worked_at > SILENT


def silent_classifications() -> QuerySet[Classification]:
    return classifications().exclude(state=ClassifyingState.DONE).filter(worked_at__lt=timezone.now() - SILENT)


def contracts_to_classify(snapshot: Snapshot, *, after: int = 0) -> QuerySet[Any, tuple[Any, ...]]:
    """The contracts of a snapshot, person after person, as `PERSON` and `CONTRACT` name them; of people after a row."""
    rows = ContractRow.objects.filter(snapshot=snapshot, person_id__gt=after).order_by("person_id", "pk")
    return rows.values_list(*PERSON, *CONTRACT)


def contract_of(row: tuple[Any, ...]) -> Contract:
    """The contract of a row of `CONTRACT`. Its key is the row's."""
    (
        pk,
        main,
        unit,
        label,
        title,
        family,
        marker,
        grade,
        soc,
        level,
        function,
        fte,
        fpe,
        starts,
        ends,
        teaching,
        research,
    ) = row
    return Contract(
        key=str(pk),
        is_main=main,
        unit=unit,
        unit_label=label,
        title=title,
        job_family=family,
        marker=marker,
        grade=grade,
        soc=soc,
        level=level,
        function=function,
        fte=fte,
        fpe=fpe,
        starts=starts,
        ends=ends,
        teaches=None if teaching is None else teaching > 0,
        researches=None if research is None else research > 0,
    )


def decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("decided_by__person", "taken_back_by")


#: The decisions that hold, by person and job.
Decisions = Mapping[tuple[UUID, str], Sequence[Decision]]


def decisions_in_force(keys: Iterable[UUID] | None = None) -> Decisions:
    """The decisions that hold, by person and job: at most an answer and an override each."""
    rows = Decision.objects.filter(taken_back_at=None)
    if keys is not None:
        rows = rows.filter(person_key__in=list(keys))
    found: dict[tuple[UUID, str], list[Decision]] = {}
    for one in rows:
        found.setdefault((one.person_key, one.job), []).append(one)
    return found


def lapsed_of(rows: Iterable[ClassifiedRow]) -> Mapping[UUID, Decision]:
    """What was said last of each of these people about another job than they have now: it holds no longer, and whoever is asked anew should know it."""
    jobs = {row.key: row.job for row in rows}
    said = decisions().filter(person_key__in=list(jobs), taken_back_at=None)
    newest_last = said.order_by("decided_at", "pk") if jobs else Decision.objects.none()
    return {one.person_key: one for one in newest_last if one.job != jobs[one.person_key]}


def holding(held: Iterable[Decision], outcome: str) -> Decision | None:
    """The decision that counts: an override always, an answer where the rules ask."""
    by_kind = {one.is_override: one for one in held}
    return by_kind.get(True) or (by_kind.get(False) if outcome == Outcome.ASK else None)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule of a definition made of a snapshot: people in post for whom it decided, and how they count in the end."""

    number: int
    people: int
    technical: int
    open: int
    decided: int


def rule_counts(held: Classification) -> dict[int, RuleCount]:
    rows = ClassifiedRow.objects.filter(classification=held, is_present=True).order_by()
    open_ = Q(outcome=Outcome.ASK, decision=None)
    counted = rows.values("rule").annotate(
        people=Count("pk"),
        technical=Count("pk", filter=Q(technical=True)),
        open=Count("pk", filter=open_),
        decided=Count("pk", filter=Q(decision__isnull=False)),
    )
    return {
        one["rule"]: RuleCount(one["rule"], one["people"], one["technical"], one["open"], one["decided"])
        for one in counted
    }


def borderline(held: Classification) -> QuerySet[ClassifiedRow]:
    """Those in post whom a rule leaves to a person and about whom nobody has said anything."""
    open_ = ClassifiedRow.objects.filter(classification=held, is_present=True, outcome=Outcome.ASK, decision=None)
    return open_.select_related("contract", "contract__unit")


def borderline_groups(held: Classification) -> QuerySet[ClassifiedRow, Any]:
    """The borderline by title and grade, the most people first."""
    return _by_title_and_grade(borderline(held).select_related(None))


def _by_title_and_grade(rows: QuerySet[ClassifiedRow]) -> QuerySet[ClassifiedRow, Any]:
    return (
        rows.order_by()
        .values("contract__job_title", "contract__grade")
        .annotate(people=Count("pk"), rules=Count("rule", distinct=True))
        .order_by("-people", "contract__job_title", "contract__grade")
    )


def next_borderline(held: Classification, after: UUID | None) -> ClassifiedRow | None:
    """The next to be asked about, in an order that nobody's answer changes; at the end, the first again."""
    rows = borderline(held).order_by("key")
    later = rows.filter(key__gt=after).first() if after else None
    return later or rows.first()


def last_press(user: Any) -> UUID | None:
    """What this person said last and has not taken back."""
    rows = Decision.objects.filter(decided_by=user, is_override=False, taken_back_at=None)
    return rows.values_list("press", flat=True).first()


#: Both tables are the same one, under row-level security both times.
MOVES = """
SELECT b.outcome, b.rule, a.outcome, a.rule, count(*) FROM workforce_classifiedrow b
JOIN workforce_classifiedrow a ON a.classification_id = %s AND a.key = b.key AND a.is_present
WHERE b.classification_id = %s AND b.is_present GROUP BY 1, 2, 3, 4
"""


def moves_between(before: Classification, after: Classification) -> list[Move]:
    """Who moves between two definitions on one snapshot, counted by rule, with what people decided left out."""
    with connection.cursor() as cursor:
        cursor.execute(MOVES, [after.pk, before.pk])
        rows = cursor.fetchall()
    return in_order(Move((Outcome(was), rule), (Outcome(now), later), people) for was, rule, now, later, people in rows)


def groups_of_move(before: Classification, after: Classification, move: Move) -> QuerySet[ClassifiedRow, Any]:
    """Those of a move by title and grade, the most people first: of the contract by which they count, or counted, for more."""
    sides = [
        ClassifiedRow.objects.filter(classification=held, is_present=True, outcome=outcome, rule=rule)
        for held, (outcome, rule) in ((before, move.before), (after, move.after))
    ]
    told, other = sides if move.counts_less else reversed(sides)
    return _by_title_and_grade(told.filter(key__in=other.values("key")))


def lately_seen(keys: Iterable[UUID]) -> Mapping[UUID, ContractRow]:
    """The main contract of people in the newest snapshot that has them: for saying whom a decision is about, without a name."""
    rows = ContractRow.objects.filter(person__key__in=list(keys), is_main=True).select_related("person", "unit")
    newest = rows.order_by("person__key", "-snapshot__as_at", "-pk").distinct("person__key")
    return {row.person.key: row for row in newest}


def person_row(snapshot: Snapshot, number_key: UUID | str) -> PersonRow | None:
    return PersonRow.objects.filter(snapshot=snapshot, number_key=number_key).first()


def row_of(held: Classification, key: UUID) -> ClassifiedRow | None:
    rows = ClassifiedRow.objects.filter(classification=held, key=key)
    return rows.select_related("contract", "contract__unit", "decision", "decision__decided_by__person").first()


def rows_titled(held: Classification, title: str) -> QuerySet[ClassifiedRow]:
    """Those in post whose deciding contract has a title, in an order that stays."""
    rows = ClassifiedRow.objects.filter(classification=held, is_present=True, contract__job_title=title)
    return rows.order_by("key")


def other_contracts(row: ClassifiedRow) -> QuerySet[ContractRow]:
    """The further contracts of the same person in the same snapshot."""
    rows = ContractRow.objects.filter(person_id=row.contract.person_id).exclude(pk=row.contract_id)
    return rows.select_related("unit").order_by("pk")[:20]


def keys_counted(*held: Classification) -> QuerySet[ClassifiedRow, Any]:
    """The keys of all whom any of these makes technical staff in the end, as a query."""
    return ClassifiedRow.objects.filter(classification__in=held, technical=True).order_by().values("key")


def technical_keys(held: Classification) -> set[str]:
    """The keys of all who are technical staff in the end, as populations have them."""
    rows = ClassifiedRow.objects.filter(classification=held, technical=True).order_by()
    return set(map(str, rows.values_list("key", flat=True).iterator(chunk_size=5_000)))
