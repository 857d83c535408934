"""Which sitting of the panel hears what is complete by a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Sitting(Protocol):
    cut_off_on: date
    meets_on: date


S = TypeVar("S", bound=Sitting)


def sitting_for(sittings: Iterable[S], day: date) -> S | None:
    """The first sitting whose cut-off is not past on that day (the cut-off itself counts), or None where none is planned."""
    open_ones = [one for one in sittings if one.cut_off_on >= day]
    return min(open_ones, key=lambda one: (one.meets_on, one.cut_off_on), default=None)
