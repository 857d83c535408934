"""Records of Desaga that can be evidence: slices that keep such records say so here, evidence never imports them.

A slice above registers a `RecordKind` in its `AppConfig.ready`. Evidence keeps its `name` and the record's id, and asks
again each time it shows the record: what cannot be seen any more is said to be gone, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Told:
    """A record as one reads it: what it is, in a line; where it stands, if it has a page; of which day."""

    words: str
    url: str = ""
    on: date | None = None


class RecordKind(Protocol):
    """One kind of record. Both functions are called within the organisation, and answer only what it may read.

    `name` is stored: choose it once ("plans.update"). `label` says what the kind is ("An update"). `offered` gives the records
    that are near something else (an action, say), as ids with words, at most some dozens, the nearest first. `told` gives those
    of the ids that are there.
    """

    name: str
    label: str

    def offered(self, near: Any) -> Sequence[tuple[int, str]]: ...

    def told(self, ids: Collection[int]) -> Mapping[int, Told]: ...


KINDS: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    """Let records of this kind be evidence. Repeats harmlessly."""
    KINDS[kind.name] = kind


def offered_near(near: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a form offers: for each kind its label, and pairs of "name:id" and words."""
    told = [(kind, kind.offered(near)) for kind in KINDS.values()]
    return [(kind.label, [(f"{kind.name}:{pk}", words) for pk, words in rows]) for kind, rows in told if rows]


def told_of(pairs: Collection[tuple[str, int]]) -> dict[tuple[str, int], Told]:
    """What is known of records, by kind and id; those that are gone, or of a kind that is gone, are left out."""
    found: dict[tuple[str, int], Told] = {}
    for name in sorted({name for name, _ in pairs}):
        if kind := KINDS.get(name):
            ids = {pk for one, pk in pairs if one == name}
            found |= {(name, pk): told for pk, told in kind.told(ids).items()}
    return found


def named(reference: str) -> tuple[str, int]:
    """Kind and id of "name:id". Raises `ValueError` for what is no such thing."""
    name, _, pk = reference.rpartition(":")
    if name not in KINDS:
        raise ValueError(reference)
    return name, int(pk)
