"""What evidence serves, told by the slices that use it: evidence itself stands below them and knows none.

A slice above registers a `UseKind` in its `AppConfig.ready`; the list shows and filters by it, the page says it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Used:
    """One thing that a piece of evidence serves."""

    words: str
    url: str


class UseKind(Protocol):
    """One kind of use. All functions are called within the organisation.

    `name` is the word of the filter in the address, `label` stands above it. `choices` are pairs of value and words, in few
    queries. `narrowed` leaves the evidence that serves a choice; a value that is none leaves nothing. `used` says what each
    piece serves, in one query or two.
    """

    name: str
    label: str

    def choices(self) -> Sequence[tuple[str, str]]: ...

    def narrowed(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]: ...

    def used(self, ids: Collection[int]) -> Mapping[int, Sequence[Used]]: ...


KINDS: dict[str, UseKind] = {}


def register(kind: UseKind) -> None:
    """Show and filter evidence by this use. Repeats harmlessly."""
    KINDS[kind.name] = kind


def used_by(ids: Collection[int]) -> dict[int, list[Used]]:
    """What each piece serves, over all kinds of use."""
    found: dict[int, list[Used]] = {pk: [] for pk in ids}
    for kind in KINDS.values():
        for pk, uses in kind.used(ids).items():
            found[pk] += uses
    return found
