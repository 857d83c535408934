"""Updates: who answers for a unit of an action, and what was said last."""

from __future__ import annotations

from collections.abc import Iterable

from desaga.organisations.models import Party, Unit
from desaga.organisations.queries import units_for_one_per

from ..models import Action, Update
from ..states import OwnerRole


def party_per_unit(action: Action) -> Party | None:
    """The party of an action that stands for one in each unit of a kind; None where it has none. The one that leads goes before."""
    owners = action.owners.exclude(party=None).exclude(party__one_per="").select_related("party")
    return next((one.party for one in sorted(owners, key=lambda o: (o.role != OwnerRole.LEAD, o.order))), None)


def units_answering(action: Action) -> int:
    """How many units are to answer an action, each for itself."""
    party = party_per_unit(action)
    return units_for_one_per(party).count() if party else 0


def units_to_answer(action: Action) -> list[Unit]:
    """The units that are to answer an action, each for itself, by name; none where one account is enough."""
    party = party_per_unit(action)
    return list(units_for_one_per(party)) if party else []


def last_updates(actions: Iterable[int]) -> dict[tuple[int, int | None], Update]:
    """The update that came last of each action and unit, by both ids, in one query."""
    rows = Update.objects.filter(action__in=list(actions)).select_related("entered_by__person", "unit")
    return {(one.action_id, one.unit_id): one for one in rows.order_by("action_id", "order")}
