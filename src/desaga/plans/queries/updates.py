"""Updates: who answers for a unit of an action, and what was said last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from desaga.organisations.models import Party, Unit
from desaga.organisations.queries import units_for_one_per

from ..models import Action, ActionOwner, Plan, Update
from ..states import OwnerRole
from ..updating import stood_at


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


def stood_on(plan: Plan, day: date) -> dict[int, tuple[str, str]]:
    """Status and RAG at the end of a day, by action, of those of which something was said later; all others stand as they do now."""
    after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    later = Update.objects.filter(plan=plan, said_at__gte=after).values("action_id")
    rows = Update.objects.filter(plan=plan, action__in=later).order_by("action_id", "order")
    told: dict[int, list[tuple[int | None, str, str]]] = defaultdict(list)
    for action, unit, status, rag, said_at in rows.values_list("action_id", "unit_id", "status", "rag", "said_at"):
        # What came with a document has no day: it was there before.
        told[action] += [(unit, status, rag)] if said_at is None or said_at < after else []
    by_unit = [action for action, updates in told.items() if any(unit for unit, _, _ in updates)]
    expected = _units_expected(by_unit) if by_unit else {}
    return {action: stood_at(updates, expected.get(action, 0)) for action, updates in told.items()}


def _units_expected(actions: Iterable[int]) -> dict[int, int]:
    """How many units are to answer each action, as `units_answering` says of one; in two queries."""
    owners = ActionOwner.objects.filter(action__in=list(actions)).exclude(party=None).exclude(party__one_per="")
    parties: dict[int, Party] = {}
    for one in sorted(owners.select_related("party"), key=lambda o: (o.role != OwnerRole.LEAD, o.order)):
        if one.party:
            parties.setdefault(one.action_id, one.party)
    units = list(Unit.objects.filter(closed_on=None).values_list("kind", "has_technical_workforce"))
    return {action: sum(_is_meant(party, *unit) for unit in units) for action, party in parties.items()}


def _is_meant(party: Party, kind: str, has_technical_workforce: bool) -> bool:
    return kind == party.one_per and (has_technical_workforce or not party.only_with_technical_workforce)


def last_updates(actions: Iterable[int]) -> dict[tuple[int, int | None], Update]:
    """The update that came last of each action and unit, by both ids, in one query."""
    rows = Update.objects.filter(action__in=list(actions)).select_related("entered_by__person", "unit")
    return {(one.action_id, one.unit_id): one for one in rows.order_by("action_id", "order")}
