"""What `privacy` is told of the workforce's rows: how long they may be kept, whose they are, and how they are deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from desaga.privacy.models import RetentionRule
from desaga.privacy.retaining import Retained, in_words, retain
from desaga.privacy.rows import Rows, hold

from .models import EqualityRow, PersonRow, Snapshot
from .operations import forgetting
from .reading.values import Bad, staff_number
from .sealing import key_of, seal_of
from .states import Purpose
from .telling import told_of


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


def people_since() -> datetime | None:
    """When the first snapshot was taken whose people are still here."""
    held = Snapshot.objects.filter(Exists(PersonRow.objects.filter(snapshot=OuterRef("pk"))))
    return held.order_by("taken_at").values_list("taken_at", flat=True).first()


def equality_since() -> datetime | None:
    held = Snapshot.objects.filter(Exists(EqualityRow.objects.filter(snapshot=OuterRef("pk"))))
    return held.order_by("taken_at").values_list("taken_at", flat=True).first()


def people_go_on(snapshot: Snapshot, rule: RetentionRule) -> date | None:
    """The day in whose night the rows of a snapshot's people are deleted under a rule; None where nothing deletes them."""
    if not rule.is_on:
        return None
    loaded = localdate(snapshot.taken_at) + forgetting.STAY_AFTER_LOADING
    return max(snapshot.as_at + timedelta(days=rule.days), loaded) + timedelta(days=1)


def register() -> None:
    """Called when the apps are ready."""
    hold(
        Rows(
            key_of=key_of_number,
            snapshots_with=snapshots_with,
            told=told_of,
            keeps_equality="workforce.keep_equality",
            forget=forgetting.forget_person,
        )
    )
    for one in CLASSES:
        retain(one)


NO_STATUTE = "No statute sets a time"
DAY_OF_SNAPSHOT = (
    f"the day that the snapshot shows, and {in_words(forgetting.STAY_AFTER_LOADING.days)} after loading at the earliest"
)
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
        since=people_since,
        is_shown_first=True,
        is_counted_by_few=True,
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
        since=equality_since,
        is_shown_first=True,
        is_counted_by_few=True,
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
        most=365,
    ),
    Retained(
        key="matches",
        name="Decisions who is whom",
        what="That two numbers were found to be one person’s, or not (sealed)",
        days=3 * 365,
        reason="As long as the rows of people that they join",
        counted_from="the day that the extract shows, as with the rows of its people",
        stays="The audit says that it was decided",
        delete=forgetting.delete_matches,
        is_shown_first=True,
        is_counted_by_few=True,
        least=30,
    ),
)  # fmt: skip
