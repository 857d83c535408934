"""Whoever makes stories of placements says so here, in its `AppConfig.ready`: placements know nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedText:
    """One version of a story, as its technician agreed to it."""

    source_key: str
    name: str
    email: str
    title: str
    text: str
    host: str
    wish: str
    version: int
    consent_until: date


class Taker(Protocol):
    """Called in the technician's transaction: with each organisation to which they offer it, and once when they take it back."""

    def offered(self, offered: OfferedText, organisation: Any, actor: Any, now: datetime) -> None: ...

    def taken_back(self, source_key: str, actor: Any, now: datetime) -> None: ...


TAKERS: list[Taker] = []


def register(taker: Taker) -> None:
    if taker not in TAKERS:
        TAKERS.append(taker)


def tell_offered(offered: OfferedText, organisations: list[Any], actor: Any, now: datetime) -> None:
    for taker in TAKERS:
        for organisation in organisations:
            taker.offered(offered, organisation, actor, now)


def tell_taken_back(source_key: str, actor: Any, now: datetime) -> None:
    for taker in TAKERS:
        taker.taken_back(source_key, actor, now)
