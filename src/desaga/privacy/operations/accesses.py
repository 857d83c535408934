"""Writing down that somebody looked at rows of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit.operations import name_of
from desaga.tenancy.context import current_organisation

from ..models import Access

#: Whose rows were seen is written down by key where they were so few; of more it is said that all of a snapshot were read.
MOST_KEYS = 200


@transaction.atomic
def record_access(
    *,
    actor: Any,
    page: str,
    rows: int,
    why: str,
    snapshot: Any = None,
    keys: Iterable[UUID] = (),
    has_equality: bool = False,
    organisation: Any = None,
) -> Access:
    """Write down that `actor` saw so many rows of people, on which page and why; no name, number or value of any of them.

    `snapshot` is the thing that the rows are of: its id and words are kept. `keys` are the people's opaque keys; with more than `MOST_KEYS`, or none, the
    access counts as one to everybody in the snapshot. Nothing is written where no row was seen.
    """
    seen = list(dict.fromkeys(keys))
    return Access.objects.create(
        organisation=organisation or current_organisation(),
        at=timezone.now(),
        by=actor,
        by_name=name_of(actor),
        page=page[:100],
        rows=rows,
        snapshot_id=snapshot and snapshot.pk,
        snapshot_name=str(snapshot or "")[:100],
        why=why[:300],
        keys=seen if len(seen) <= MOST_KEYS else [],
        has_equality=has_equality,
    )
