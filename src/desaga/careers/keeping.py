"""Whose versions of the reference data count for all: the organisation that runs the national site. `website` says which; this slice knows no sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: Answers the key of the organisation, or None where there is no national site yet.
Keeper = Callable[[], int | None]
_known: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Ask this function. The last one that registers counts; repeats harmlessly."""
    _known[:] = [keeper]


def keeper() -> int | None:
    return _known[0]() if _known else None


def keeps_for_all(organisation: Any) -> bool:
    return bool(organisation) and organisation.pk == keeper()
