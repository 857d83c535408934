"""A panel meets: the agenda is made, ordered, and gone through item by item. Nothing here reaches an applicant."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..models import AgendaItem, Round
from ..queries.leaving import out_of
from ..queries.meeting import best_first, late_ones, to_hear
from ..queries.schemes import is_last, rounds_of
from ..sitting import ItemState
from ..states import RoundState
from .binding import put_to
from .gate import NotNow
from .minuting import MINUTED, add_out


class StillOpen(Refused):
    """Applications can still come in for this panel."""


class NothingToHear(Refused):
    """Nothing that is bound to this panel has been found eligible. Check what came in first."""


class NoLaterPanel(Refused):
    """No later panel is planned that could hear it. Plan one first."""


class NotSitting(Refused):
    """This panel does not meet now."""


class NotesMeanwhile(Refused):
    """Somebody else wrote notes on this item meanwhile. Theirs stand beside yours: put them together, then keep them."""


class ChooseFromAgenda(Refused):
    """That stands on the agenda no longer as you saw it. Look at it again."""


@transaction.atomic
def begin_meeting(*, actor: Any, round_: Round, now: datetime | None = None) -> Round:
    """Make the agenda of what was found eligible, by mean mark; what is not goes to the next panel. Raises `NotNow`, `StillOpen`, `NothingToHear`, `NoLaterPanel`."""
    now = now or timezone.now()
    held = locked(round_)
    if held.state != RoundState.PLANNED:
        raise NotNow
    if timezone.localdate(now) <= held.cut_off_on:
        raise StillOpen(f"Applications can come in for this panel until {held.cut_off_on:%-d %B %Y}.")
    heard = list(to_hear(held).select_for_update(of=("self",)).order_by("reference"))
    if not heard:
        raise NothingToHear
    put_late_ones_off(held, actor=actor, now=now)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(organisation_id=held.organisation_id, round=held, application=one, position=number)
        for number, one in enumerate(heard, start=1)
    )
    _renumber(best_first(items))
    return change_row(held, actor=actor, verb="began the meeting of", fields={"state": RoundState.SITTING})


def put_late_ones_off(round_: Round, *, actor: Any, now: datetime) -> int:
    """What cannot be heard at a sitting goes to the one after it, and its applicant reads that. Raises `NoLaterPanel`. Call inside a transaction."""
    late = list(late_ones(round_).select_for_update(of=("self",)))
    if late:
        if is_last(round_):
            raise NoLaterPanel(
                "This is the last panel, and not all that came in can be heard here yet. Find each eligible or not, or open the scheme again and plan another panel."
            )
        later = round_after(round_, now)
        for one in late:
            put_to(one, later, actor=actor, now=now)
    return len(late)


def round_after(round_: Round, now: datetime) -> Round:
    """The first panel that is still planned and meets after this one. Raises `NoLaterPanel`."""
    later = next_after(round_, now)
    if later is None:
        raise NoLaterPanel
    return later


def next_after(round_: Round, now: datetime) -> Round | None:
    planned = rounds_of(round_.scheme).filter(state=RoundState.PLANNED, meets_on__gt=round_.meets_on)
    return planned.filter(meets_on__gte=timezone.localdate(now)).order_by("meets_on").first()


# ---- Order


@transaction.atomic
def order_by_mean(*, actor: Any, round_: Round) -> None:
    """The best first; what nobody scored last. Raises `NotSitting`."""
    held = sitting(round_)
    _renumber(best_first(AgendaItem.objects.filter(round=held).select_related("application")))
    audit.record(actor=actor, verb="ordered the agenda of", thing=held)


@transaction.atomic
def move_item(*, actor: Any, item: AgendaItem, beside: AgendaItem) -> None:
    """Two items change places: those between that the actor does not hear stay as they are. Raises `NotSitting`, `ChooseFromAgenda`."""
    held = sitting(item.round)
    found = {one.pk: one for one in AgendaItem.objects.filter(round=held, pk__in=[item.pk, beside.pk])}
    if len(found) < 2:
        raise ChooseFromAgenda
    one, other = found[item.pk], found[beside.pk]
    one.position, other.position = other.position, one.position
    AgendaItem.objects.bulk_update([one, other], ["position"])
    audit.record(actor=actor, verb="moved on the agenda", thing=one)


def _renumber(items: Sequence[AgendaItem]) -> None:
    for number, item in enumerate(items, start=1):
        item.position = number
    AgendaItem.objects.bulk_update(items, ["position"], batch_size=500)


# ---- Item by item


@transaction.atomic
def open_item(*, actor: Any, item: AgendaItem, now: datetime | None = None) -> AgendaItem:
    """Call an item; the one before it ends. Who must be out is minuted as it is now. Raises `NotSitting`."""
    now = now or timezone.now()
    held_round = sitting(item.round)
    for other in AgendaItem.objects.filter(round=held_round, state=ItemState.OPEN).exclude(pk=item.pk):
        _end(other, now)
    held = locked(item)
    held.state, held.opened_at, held.closed_at = ItemState.OPEN, now, None
    minute_who_is_out([held])
    held.save(update_fields=["state", "opened_at", "closed_at", *MINUTED])
    audit.record(actor=actor, verb="called", thing=held, now=now)
    return held


def minute_who_is_out(items: Sequence[AgendaItem]) -> None:
    """Who must be out for each of these as it is now, to be kept with them, beside who was out of it before."""
    out = out_of(items)
    for item in items:
        for one in out.get(item.application_id, []):
            add_out(item, one)


@transaction.atomic
def close_item(*, actor: Any, item: AgendaItem, now: datetime | None = None) -> AgendaItem:
    """It has been heard; those who were out come back. Raises `NotSitting`, `NotNow`."""
    now = now or timezone.now()
    sitting(item.round)
    held = locked(item)
    if held.state != ItemState.OPEN:
        raise NotNow
    _end(held, now)
    audit.record(actor=actor, verb="heard", thing=held, now=now)
    return held


def _end(item: AgendaItem, now: datetime) -> None:
    item.state, item.closed_at = ItemState.DONE, now
    item.save(update_fields=["state", "closed_at"])


def seen_of(notes: str) -> str:
    """What notes say, in few letters: whether others wrote meanwhile is told by it."""
    return hashlib.sha256(notes.encode()).hexdigest()[:16]


@transaction.atomic
def keep_notes(*, actor: Any, item: AgendaItem, notes: str, seen: str | None = None) -> AgendaItem:
    """What the minutes say of an item. `seen` is of the notes that the actor saw, None where it does not matter. Raises `NotSitting`, `NotesMeanwhile`."""
    sitting(item.round)
    if seen is not None and seen_of(locked(item).notes) != seen:
        raise NotesMeanwhile
    return change_row(item, actor=actor, fields={"notes": notes.strip()})


def sitting(round_: Round) -> Round:
    """The round, locked, while it sits. Raises `NotSitting`."""
    held = locked(round_)
    if held.state != RoundState.SITTING:
        raise NotSitting
    return held
