"""Who is new, gone or changed in a file on its way: kept sealed beside the file, and deleted with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import queries
from ..models import Extract, PersonRow, SealedFile
from ..packing import about, unpacked
from ..reading.compare import Moved
from ..reading.gather import Person
from ..sealing import Seal, seal_of
from ..states import Movement, Purpose

#: (movement, key, number, name, post before, post now): a post is title, grade, unit and FTE; None where there is none.
Line = tuple[str, str, str, str, tuple[str, ...] | None, tuple[str, ...] | None]
People = Mapping[str, tuple[str, str | None, Person]]


def keep_moved(extract: Extract, moved: list[Moved], people: People) -> None:
    """Keep the list of a check, in the place of the one before. Within the caller's transaction."""
    lines = sorted(_lines(extract, moved, people), key=lambda line: (line[0], line[3].casefold(), line[2]))
    sealed = seal_of(extract.organisation, Purpose.FILE).seal_data(lines)
    SealedFile.objects.filter(extract=extract).update(moved=sealed)


def _lines(extract: Extract, moved: list[Moved], people: People) -> Iterator[Line]:
    rows = queries.last_rows_of([one.key for one in moved if one.movement == Movement.GONE])
    seal = seal_of(extract.organisation, Purpose.PEOPLE)
    for one in moved:
        if one.movement == Movement.GONE:
            number, name = _of_row(rows[one.key], seal)
        else:
            person = people[one.key][2]
            number, name = person.number, person.name
        yield one.movement, one.key, number, name, one.was, one.now


def _of_row(row: PersonRow, seal: Seal) -> tuple[str, str]:
    number, name, *_ = unpacked(seal.open(row.sealed, about(row.key.hex)))
    return number, name


def open_moved(extract: Extract) -> list[Any]:
    """The list of the last check, opened; empty where nothing was compared. Raises `sealing.KeyLost`."""
    sealed = SealedFile.objects.filter(extract=extract).values_list("moved", flat=True).first()
    return [] if sealed is None else list(seal_of(extract.organisation, Purpose.FILE).open_data(sealed))
