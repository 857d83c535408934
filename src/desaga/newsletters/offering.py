"""What an issue may be composed of: whatever shows pages says so in its `AppConfig.ready`. Newsletters know nothing of pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that everybody may read today: plain data, narrowed to what the person in it agreed to for newsletters.

    `key` names it for good ("story:12"); `when` says in words when an event is; `address` is whole, `picture_url` begins at the root; `consent` is what it rests on.
    """

    key: str
    kind: str
    title: str
    summary: str
    address: str
    when: str = ""
    picture_url: str = ""
    picture_words: str = ""
    consent: int | None = None


class Offerer(Protocol):
    """Something that has pieces. All are asked within the organisation."""

    def offered(self, organisation: Any) -> list[Piece]:
        """What can be chosen today, the newest first; a few dozen."""

    def pieces(self, organisation: Any, keys: Collection[str]) -> list[Piece]:
        """Those of these keys that may still be shown."""

    def picture(self, organisation: Any, key: str) -> bytes:
        """The picture of a piece as JPEG, to be kept with the issue; empty where it has none."""

    def archive(self, organisation: Any) -> str:
        """The whole address of the page that shows sent issues, to which a number is added; empty where there is none."""


OFFERERS: list[Offerer] = []


def register(offerer: Offerer) -> None:
    if offerer not in OFFERERS:
        OFFERERS.append(offerer)


def offered(organisation: Any) -> list[Piece]:
    return [piece for one in OFFERERS for piece in one.offered(organisation)]


def pieces(organisation: Any, keys: Collection[str]) -> dict[str, Piece]:
    """By their keys; what may not be shown any more is not there."""
    return {piece.key: piece for one in OFFERERS for piece in one.pieces(organisation, keys)}


def picture(organisation: Any, key: str) -> bytes:
    return next((found for one in OFFERERS if (found := one.picture(organisation, key))), b"")


def archive(organisation: Any) -> str:
    return next((found for one in OFFERERS if (found := one.archive(organisation))), "")
