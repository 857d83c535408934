"""Opening what people said of themselves: the one way there is, and each use is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused
from desaga.privacy.queries import keys_objecting
from desaga.privacy.states import About

from ..models import EqualityRow, Snapshot
from ..packing import about, unpacked
from ..queries import has_its_people
from ..sealing import seal_of
from ..states import Purpose


class PeopleAreGone(Refused):
    """The rows of people of this snapshot were deleted when their time was over, so that nothing of them can be looked at. Load the extract of that day again if you need it."""


def refuse_without_people(snapshot: Snapshot) -> None:
    """Raises `PeopleAreGone` where nobody would be counted, since retention has removed them."""
    if not has_its_people(snapshot):
        raise PeopleAreGone


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of themselves, as codes of the snapshot's lists; empty where nothing was said."""

    key: UUID
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]


@transaction.atomic
def open_equality(*, actor: Any, snapshot: Snapshot, purpose: str) -> list[Said]:
    """The equality fields of everybody in a snapshot who has some. `purpose` says what they are opened for, in a few words.

    Figures are computed from them and released through the disclosure engine; no page shows them. Raises `sealing.KeyLost`.
    """
    audit.record(actor=actor, verb="opened the equality fields of", thing=snapshot, note=purpose)
    return list(_said(snapshot))


def _said(snapshot: Snapshot) -> Iterator[Said]:
    seal = seal_of(snapshot.organisation, Purpose.EQUALITY)
    # Whoever objects is left out from that moment on: Data Protection Act 2018, Schedule 1, paragraph 8(5).
    open_to_use = EqualityRow.objects.filter(snapshot=snapshot).exclude(person__key__in=keys_objecting(About.EQUALITY))
    rows = open_to_use.order_by("pk").values_list("person__key", "sealed")
    for key, sealed in rows.iterator(chunk_size=5_000):
        sex, ethnicity, disabilities = unpacked(seal.open(sealed, about(key.hex)))
        yield Said(key, sex, ethnicity, tuple(filter(None, disabilities.split("+"))))
