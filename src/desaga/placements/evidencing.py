"""Placements as evidence: what technicians gave their employer of theirs. Within the employer's organisation, and of nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from desaga.evidence.records import Told

from .models import PlacementRecord

RECORD_KIND = "placements.placement"
MOST_RECORDS = 20


class PlacementRecords:
    """Placements that people here gave to their employer."""

    name = RECORD_KIND
    label = "Placements of people here"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        rows = PlacementRecord.objects.order_by("-given_at", "-pk")[:MOST_RECORDS]
        return [(one.pk, _words(one)[:120]) for one in rows]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        return {one.pk: Told(_words(one), "", one.ends_on) for one in PlacementRecord.objects.filter(pk__in=list(ids))}


def _words(record: PlacementRecord) -> str:
    return f"{record.name} at {record.host}: {record.title}"
