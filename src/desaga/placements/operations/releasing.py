"""The outcomes of a panel are told together: every state moves in one transaction, then a worker writes the letters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import change_row
from desaga.organisations.refusals import Refused

from .. import tasks
from ..answering import parts
from ..models import AgendaItem, Round
from ..queries.meeting import (
    hears_all,
    items_to_tell,
    money_line,
    on_reserve,
    outcome_of,
)
from ..sitting import AWARDS, HEARD_AGAIN, ItemState, OutcomeKind
from ..states import RoundState
from .awards import NotEnoughMoney, offer_award, put_on_reserve
from .binding import put_to
from .gate import move
from .meeting import next_after, put_late_ones_off, round_after, sitting
from .outcome_letters import words_of_reasons


class NotAllHeard(Refused):
    """Something stands in your way with a part of this agenda, so that you cannot see every letter. Somebody who runs the scheme and hears everything tells the outcomes."""


class NotAllDecided(Refused):
    """Some items have no outcome yet."""


class SeenOtherwise(Refused):
    """Something changed since you looked at the letters. Look at them again."""


def digest_of(items: Sequence[AgendaItem], today: date, later: Round | None) -> str:
    """What a preview showed, in few letters: another outcome, another day, another next panel give another."""
    told = [(one.pk, outcome_of(one).set_at.isoformat() if outcome_of(one) else "") for one in items]
    return hashlib.sha256(repr([sorted(told), today, later and (later.pk, later.meets_on)]).encode()).hexdigest()[:32]


@transaction.atomic
def release(*, actor: Any, organisation: Organisation, round_: Round, seen: str, now: datetime | None = None) -> int:
    """Tell all outcomes of a panel; answers how many. `seen` is the digest of what the actor looked at.

    Raises `NotAllHeard`, `NotAllDecided`, `SeenOtherwise`, `NotEnoughMoney`, `NotSitting`, `NoLaterPanel` and what an offer refuses: then nothing moved.
    """
    now = now or timezone.now()
    held = sitting(round_)
    held.scheme = round_.scheme
    items = items_to_tell(held, is_held=True)
    refuse_unready(actor, organisation, held, items)
    if digest_of(items, timezone.localdate(now), next_after(held, now)) != seen:
        raise SeenOtherwise
    put_late_ones_off(held, actor=actor, now=now)
    for item in items:
        item.round, item.application.round = held, held
        TELLERS[outcome_of(item).kind](item, actor, now)
        item.told_at, item.state = now, ItemState.DONE
        item.opened_at, item.closed_at = item.opened_at or now, item.closed_at or now
    _tell_reserves(items, actor, now)
    AgendaItem.objects.bulk_update(items, ["told_at", "state", "opened_at", "closed_at", "goes_to"], batch_size=500)
    change_row(
        held, actor=actor, verb="told the outcomes of", fields={"state": RoundState.RELEASED, "released_at": now}
    )
    tasks.write_letters.later(organisation=organisation, actor=actor, round_id=held.pk)
    return len(items)


def refuse_unready(actor: Any, organisation: Organisation, round_: Round, items: Sequence[AgendaItem]) -> None:
    """Raises `NotAllHeard`, `NotAllDecided`, `NotEnoughMoney`."""
    if not hears_all(actor, organisation, round_):
        raise NotAllHeard
    waiting = sum(outcome_of(one) is None for one in items)
    if waiting or not items:
        raise NotAllDecided(f"{waiting} item{'s have' if waiting != 1 else ' has'} no outcome yet.")
    line = money_line(round_, items)
    if not line.is_enough:
        raise NotEnoughMoney(
            f"The awards come to £{line.sum:,.2f}, and £{line.there_is:,.2f} is left of the money of the year."
        )


# ---- One by one


def accept_by(item: AgendaItem, now: datetime) -> date:
    """The day by which an offer is to be answered."""
    return timezone.localdate(now) + timedelta(days=item.application.definition.accept_days)


def _offer(item: AgendaItem, actor: Any, now: datetime) -> None:
    outcome = outcome_of(item)
    offer_award(
        application=item.application, amount=outcome.amount, accept_by=accept_by(item, now), conditions=outcome.conditions,
        actor=actor, now=now, has_own_letter=True,
    )  # fmt: skip


def _decline(item: AgendaItem, actor: Any, now: datetime) -> None:
    told = [*words_of_reasons(item), outcome_of(item).words]
    move(item.application, "decline", actor=actor, now=now, words="\n\n".join(filter(None, told)))


def _ask_for_changes(item: AgendaItem, actor: Any, now: datetime) -> None:
    """The parts open, and what comes back is heard by the next panel."""
    application, outcome = item.application, outcome_of(item)
    titles = {one.key: one.title for one in parts(application.definition) if one.key in outcome.open_parts}
    item.goes_to = round_after(item.round, now)
    move(
        application, "ask_for_changes", actor=actor, now=now, words=f"{', '.join(titles.values())}: {outcome.words}", round=item.goes_to,
        open_sections=list(titles), done_sections=[one for one in application.done_sections if one not in titles],
    )  # fmt: skip


def _put_off(item: AgendaItem, actor: Any, now: datetime) -> None:
    item.goes_to = round_after(item.round, now)
    put_to(item.application, item.goes_to, actor=actor, now=now)


def _later(item: AgendaItem, actor: Any, now: datetime) -> None:
    """The reserve list is told when all its places are known."""


TELLERS: Mapping[str, Callable[[AgendaItem, Any, datetime], None]] = {
    OutcomeKind.FULL: _offer,
    OutcomeKind.PART: _offer,
    OutcomeKind.RESERVE: _later,
    OutcomeKind.DECLINE: _decline,
    OutcomeKind.CHANGES: _ask_for_changes,
    OutcomeKind.NEXT: _put_off,
}
assert set(TELLERS) == set(OutcomeKind), "Each kind of outcome is told in a way of its own."
assert set(AWARDS) | set(HEARD_AGAIN) < set(OutcomeKind)


def _tell_reserves(items: Sequence[AgendaItem], actor: Any, now: datetime) -> None:
    """In the order of their ranks, without gaps."""
    for rank, item in enumerate(on_reserve(items), start=1):
        put_on_reserve(application=item.application, rank=rank, actor=actor, now=now)
