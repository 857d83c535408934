"""Looking at how ready a snapshot is for the Staff record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from .. import populating
from ..figuring import RawTable, compute, declared
from ..models import Readiness, Snapshot
from ..queries import has_its_equality
from .opening import open_equality, refuse_without_people

PURPOSE = "readiness for the Staff record"


class EqualityIsGone(Refused):
    """What people said of themselves in this snapshot was deleted when its time was over. What was seen when it was looked at last stays."""


@transaction.atomic
def measure_readiness(*, actor: Any, snapshot: Snapshot, classify: populating.Classify) -> Readiness:
    """Count how full and how valid each field of technical staff is. What people said of themselves is opened for it, and that is written down.

    What was measured while the rows were there is never written over with less. Raises `PeopleAreGone`, `EqualityIsGone`.
    """
    refuse_without_people(snapshot)
    if not has_its_equality(snapshot) and _had_equality(snapshot):
        raise EqualityIsGone
    said = open_equality(actor=actor, snapshot=snapshot, purpose=PURPOSE) if snapshot.has_equality else None
    population = populating.population_of(snapshot, classify, said)
    stating = populating.stating_for(snapshot.year)
    filled, valid = compute(population, None, [declared.FILLED, declared.VALID], stating)
    lines = {row.key: {"filled": _people(filled, row.key), "valid": _people(valid, row.key)} for row in filled.rows}
    people = max((int(cell.of or 0) for cell in filled.cells.values()), default=0)
    held, _ = Readiness.objects.update_or_create(
        snapshot=snapshot,
        defaults={
            "organisation": snapshot.organisation,
            "people": people,
            "lines": lines,
            "measured_at": timezone.now(),
            "measured_by": actor,
        },
    )
    audit.record(actor=actor, verb="looked at the readiness of", thing=snapshot)
    return held


def _had_equality(snapshot: Snapshot) -> bool:
    """Whether what people said of themselves was measured when it was looked at last."""
    last = Readiness.objects.filter(snapshot=snapshot).first()
    told = [line for key, line in last.lines.items() if key in populating.EQUALITY] if last else []
    return any(line["filled"] is not None for line in told)


def _people(table: RawTable, row: str) -> int | None:
    """How many people; None where it was not collected or not checked."""
    cell = table.cell(row)
    return cell.people if cell.is_collected else None
