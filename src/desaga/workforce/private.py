"""What `privacy` is told of the workforce's rows: how long they may be kept, whose they are, and how somebody's are shown and deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from desaga.privacy.retaining import Retained, retain
from desaga.privacy.rows import Rows, hold

from .models import ContractRow, Decision, EqualityRow, PersonRow
from .operations import forgetting
from .packing import unpacked
from .reading.values import Bad, staff_number
from .sealing import key_of, seal_of
from .states import Purpose

SAID = ("Sex", "Ethnicity", "Disabilities")
CONTRACT_WORDS = (
    "job_title", "job_family", "grade", "unit_text", "cost_centre", "marker", "soc", "terms", "mode", "level", "academic_function", "paid",
    "leaving_reason", "fte", "fpe", "teaching", "research", "starts_on", "ends_on", "grade_since",
)  # fmt: skip


def key_of_number(organisation: Any, number: str) -> UUID | None:
    """The key of whoever has a staff number, in any snapshot here; by it a person is the same in all of them."""
    try:
        known = staff_number(number)
    except Bad:
        return None
    number_key = key_of(known, seal_of(organisation, Purpose.PEOPLE).name_key())
    found = PersonRow.objects.filter(number_key=number_key).order_by("-snapshot__as_at", "-pk")
    return found.values_list("key", flat=True).first()


def snapshots_with(key: UUID) -> Collection[int]:
    return set(PersonRow.objects.filter(key=key).order_by().values_list("snapshot_id", flat=True))


def told_of(organisation: Any, key: UUID) -> Mapping[str, Iterable[Mapping[str, Any]]]:
    """All that snapshots hold of one person, opened for them alone."""
    people = list(PersonRow.objects.filter(key=key).select_related("snapshot").order_by("snapshot__as_at", "pk"))
    contracts = (
        ContractRow.objects.filter(person__in=people).select_related("snapshot").order_by("snapshot__as_at", "pk")
    )
    equality = (
        EqualityRow.objects.filter(person__in=people).select_related("snapshot").order_by("snapshot__as_at", "pk")
    )
    decisions = Decision.objects.filter(person_key=key).order_by("decided_at", "pk")
    seal = seal_of(organisation, Purpose.PEOPLE)
    said = seal_of(organisation, Purpose.EQUALITY)
    return {
        "You in workforce data": [_person(row, unpacked(seal.open(row.sealed, key.bytes))) for row in people],
        "Your contracts in workforce data": [_contract(row) for row in contracts],
        "What was decided of you, in workforce data": [_decision(row) for row in decisions],
        "What you said of yourself, in workforce data": [
            {"snapshot": str(row.snapshot), **dict(zip(SAID, unpacked(said.open(row.sealed, key.bytes)), strict=False))}
            for row in equality
        ],
    }


def _person(row: PersonRow, words: list[str]) -> dict[str, Any]:
    number, name, born = words[:3]
    told = {"snapshot": str(row.snapshot), "staff number": number, "name": name, "date of birth": born, "age": row.age}
    return {**told, "joined": str(row.joined_on or ""), "in post on the day": row.is_present}


def _decision(row: Decision) -> dict[str, Any]:
    told = {"decided": row.decided_at.date().isoformat(), "counts as technical": row.technical, "reason": row.reason}
    return {**told, "taken back": str(row.taken_back_at.date()) if row.taken_back_at else ""}


def _contract(row: ContractRow) -> dict[str, Any]:
    labels = {name: str(getattr(ContractRow._meta.get_field(name), "verbose_name", name)) for name in CONTRACT_WORDS}
    told = {labels[name]: str(value) for name in CONTRACT_WORDS if (value := getattr(row, name)) not in ("", None)}
    return {"snapshot": str(row.snapshot), **told}


def register() -> None:
    """Called when the apps are ready."""
    hold(Rows(key_of=key_of_number, snapshots_with=snapshots_with, told=told_of, forget=forgetting.forget_person))
    for one in CLASSES:
        retain(one)


NO_STATUTE = "No statute sets a time"
DAY_OF_SNAPSHOT = "the day that the snapshot shows"
CLASSES = (
    Retained(
        key="person_rows",
        name="Rows of people in snapshots",
        what="Everything that a snapshot holds of single people: number, name and date of birth (sealed), contracts, activities, equality data",
        days=3 * 365,
        reason=f"{NO_STATUTE}. Three years is the time of a usual plan: its first figures can be counted again at its end",
        counted_from=DAY_OF_SNAPSHOT,
        stays="The snapshot’s day and numbers, and all figures that were released",
        delete=forgetting.delete_people,
        least=30,
    ),
    Retained(
        key="equality_rows",
        name="Equality data in snapshots",
        what="Sex, ethnicity and disabilities as people said them (sealed)",
        days=2 * 365,
        reason=f"{NO_STATUTE}. People are asked anew every year; two years let one year be compared with the one before",
        counted_from=DAY_OF_SNAPSHOT,
        stays="The rest of the rows, and all figures that were released",
        delete=forgetting.delete_equality,
        least=30,
    ),
    Retained(
        key="extract_files",
        name="Extracts that were not loaded",
        what="Files that were handed in and neither loaded nor thrown away, with the faults found in them (sealed)",
        days=30,
        reason="Whoever has not gone on within a month needs a new extract. A loaded file is deleted at once",
        counted_from="the day on which the file was handed in",
        stays="That there was a file, its name, and who handed it in",
        delete=forgetting.throw_away_leftovers,
        is_usual=True,
        most=365,
    ),
    Retained(
        key="matches",
        name="Decisions who is whom",
        what="That two numbers were found to be one person’s, or not (sealed)",
        days=3 * 365,
        reason="As long as the rows of people that they join",
        counted_from="the day that the extract shows",
        stays="The audit says that it was decided",
        delete=forgetting.delete_matches,
        least=30,
    ),
)  # fmt: skip
