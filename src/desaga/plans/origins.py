"""Plans that are somebody else's words: a slice above says so, and pages and operations here heed it.

A sector body may hold a plan as another organisation published it. Asked only of bodies that may: an institution's pages pay nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from desaga.organisations.refusals import Refused
from desaga.organisations.states import OrganisationKind

from .models import Plan

#: Who may hold what others published.
HOLDERS = (OrganisationKind.SECTOR_BODY, OrganisationKind.CONSORTIUM, OrganisationKind.PROFESSIONAL_BODY, OrganisationKind.FUNDER)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose words a held plan is, in one sentence, and where more is said of it."""

    sentence: str
    url: str


class IsHeld(Refused):
    """This plan is held as its organisation published it. It is theirs to say how it goes, once they have taken it over."""


Tell = Callable[[Plan], Origin | None]
#: Gives the ids of the current organisation's plans that are another's words, in one query.
Which = Callable[[], Collection[int]]
_tellers: list[tuple[Tell, Which]] = []


def tell_origins(teller: Tell, which: Which) -> None:
    """For slices above. Repeats harmlessly."""
    if (teller, which) not in _tellers:
        _tellers.append((teller, which))


def may_hold(organisation: Any) -> bool:
    return organisation.kind in HOLDERS


def origin_of(plan: Plan) -> Origin | None:
    """Whose words a plan is; None for an organisation's own."""
    if not may_hold(plan.organisation):
        return None
    return next(filter(None, (teller(plan) for teller, _ in _tellers)), None)


def ids_held(organisation: Any) -> set[int]:
    """Those of the current organisation's plans that are another's words: nobody is asked about them, nor do they wait for a review."""
    return {pk for _, which in _tellers for pk in which()} if may_hold(organisation) else set()


def refuse_held(plan: Plan) -> None:
    """Raises `IsHeld` where the plan is another's words."""
    if origin_of(plan):
        raise IsHeld
