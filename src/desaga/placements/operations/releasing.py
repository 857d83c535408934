"""The outcomes of a panel are told together: every state moves in one transaction, then a worker writes the letters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import change_row
from desaga.organisations.refusals import Refused

from .. import tasks
from ..answering import parts
from ..models import AgendaItem, LetterCheck, Round
from ..queries.applications import applications_for
from ..queries.meeting import (
    hears_all,
    items_to_look_at,
    items_to_tell,
    leads_meeting,
    letters_unseen,
    money_line,
    on_reserve,
    outcome_of,
)
from ..queries.rounds import round_hides_names
from ..sitting import AWARDS, HEARD_AGAIN, ItemState, OutcomeKind
from ..states import RoundState
from .awards import NotEnoughMoney, hold_money, offer_award, put_on_reserve
from .binding import put_to
from .gate import move, note_event
from .meeting import NoLaterPanel, minute_who_is_out, next_after, put_late_ones_off, sitting
from .minuting import MINUTED
from .outcome_letters import words_of_reasons


class NotAllHeard(Refused):
    """Something stands in your way with a part of this agenda, so that you cannot see every letter. Somebody who hears that part, and runs the scheme or leads the panel, opens this page first and says that they have looked at its letters. Or somebody who hears everything tells the outcomes."""


class MoneyDoesNotReach(Refused):
    """The awards of this agenda come to more than is left of the money of the year. Somebody who hears everything can see by how much."""


class NotYoursToSay(Refused):
    """Those who run the scheme look at letters, and who leads the panel, once names are shown there."""


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
    hold_money(held)
    refuse_unready(actor, organisation, held, items)
    later = next_after(held, now)
    if digest_of(_heard(actor, organisation, items), timezone.localdate(now), later) != seen:
        raise SeenOtherwise
    _write_down_checks(items, actor, now)
    put_late_ones_off(held, actor=actor, now=now)
    minute_who_is_out([one for one in items if one.opened_at is None])
    for item in items:
        item.round, item.application.round = held, held
        if outcome_of(item).kind in HEARD_AGAIN:
            item.goes_to = later
        TELLERS[outcome_of(item).kind](item, actor, now)
        item.told_at, item.state = now, ItemState.DONE
        item.opened_at, item.closed_at = item.opened_at or now, item.closed_at or now
    _tell_reserves(items, actor, now)
    AgendaItem.objects.bulk_update(
        items, ["told_at", "state", "opened_at", "closed_at", "goes_to", *MINUTED], batch_size=500
    )
    change_row(
        held, actor=actor, verb="told the outcomes of", fields={"state": RoundState.RELEASED, "released_at": now}
    )
    tasks.write_letters.later(organisation=organisation, actor=actor, round_id=held.pk)
    return len(items)


def refuse_unready(actor: Any, organisation: Organisation, round_: Round, items: Sequence[AgendaItem]) -> None:
    """`items` are all that is told. Whoever does not hear some is refused until others have looked at those letters as they stand, and in words that tell nothing
    of them. Raises `NotAllHeard`, `NotAllDecided`, `NotEnoughMoney`, `MoneyDoesNotReach`.
    """
    if letters_unseen(actor, organisation, round_).exists():
        raise NotAllHeard
    waiting = sum(outcome_of(one) is None for one in items)
    if waiting or not items:
        raise NotAllDecided(f"{waiting} item{'s have' if waiting != 1 else ' has'} no outcome yet.")
    line = money_line(round_, items)
    if not line.is_enough and not hears_all(actor, organisation, round_):
        raise MoneyDoesNotReach
    if not line.is_enough:
        raise NotEnoughMoney(
            f"The awards come to £{line.sum:,.2f}, and £{line.there_is:,.2f} is left of the money of the year."
        )


def _heard(actor: Any, organisation: Organisation, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    pks = set(
        applications_for(actor, organisation)
        .filter(agenda_items__in=[one.pk for one in items])
        .values_list("pk", flat=True)
    )
    return [one for one in items if one.application_id in pks]


def _write_down_checks(items: Sequence[AgendaItem], actor: Any, now: datetime) -> None:
    """Who looked at a letter that whoever tells the outcomes did not see stands in the history of its application, for those who run the scheme."""
    for check in (
        LetterCheck.objects.filter(item__in=items).exclude(by=actor).select_related("item__application", "by__person")
    ):
        who = str(check.by.get_full_name()) if check.by else ""
        note_event(check.item.application, "letter_looked_at", actor=check.by, now=now, words=who, for_applicant=False)


@transaction.atomic
def look_at_letters(
    *, actor: Any, organisation: Organisation, round_: Round, seen: str, now: datetime | None = None
) -> int:
    """Say that one has looked at the letters that one may see, so that somebody who does not hear those items can tell the outcomes; answers how many.

    It holds as long as these outcomes stand. Raises `NotYoursToSay`, `NotAllDecided`, `SeenOtherwise`, `NotSitting`.
    """
    now = now or timezone.now()
    held = sitting(round_)
    held.scheme = round_.scheme
    if not may_look_at_letters(actor, organisation, held):
        raise NotYoursToSay
    items = items_to_look_at(actor, organisation, held)
    if not items or any(outcome_of(one) is None for one in items):
        raise NotAllDecided("Not every item that you hear has an outcome yet.")
    if digest_of(items, timezone.localdate(now), next_after(held, now)) != seen:
        raise SeenOtherwise
    for item in items:
        told = {
            "organisation_id": item.organisation_id,
            "outcome_set_at": outcome_of(item).set_at,
            "at": now,
            "by": actor,
        }
        LetterCheck.objects.update_or_create(item=item, defaults=told)
        audit.record(actor=actor, verb="looked at the letter about", thing=item, now=now)
    return len(items)


def may_look_at_letters(user: Any, organisation: Organisation, round_: Round) -> bool:
    """Those who run the scheme; its chair and its administrator, where names are not hidden from them: each letter has one."""
    if user.has_perm("placements.run_schemes", organisation):
        return True
    return leads_meeting(user, organisation, round_) and not round_hides_names(round_)


# ---- One by one


def accept_by(item: AgendaItem, now: datetime) -> date:
    """The day by which an offer is to be answered."""
    return timezone.localdate(now) + timedelta(days=item.application.definition.accept_days)


def _offer(item: AgendaItem, actor: Any, now: datetime) -> None:
    outcome = outcome_of(item)
    offer_award(
        application=item.application, amount=outcome.amount, accept_by=accept_by(item, now), conditions=outcome.conditions,
        actor=actor, now=now, is_of_panel=True,
    )  # fmt: skip


def _decline(item: AgendaItem, actor: Any, now: datetime) -> None:
    told = [*words_of_reasons(item), outcome_of(item).words]
    move(item.application, "decline", actor=actor, now=now, words="\n\n".join(filter(None, told)))


def _ask_for_changes(item: AgendaItem, actor: Any, now: datetime) -> None:
    """The parts open, and what comes back is heard by the next panel."""
    application, outcome = item.application, outcome_of(item)
    titles = {one.key: one.title for one in parts(application.definition) if one.key in outcome.open_parts}
    move(
        application, "ask_for_changes", actor=actor, now=now, words=f"{', '.join(titles.values())}: {outcome.words}", round=panel_after(item),
        open_sections=list(titles), done_sections=[one for one in application.done_sections if one not in titles],
    )  # fmt: skip


def _put_off(item: AgendaItem, actor: Any, now: datetime) -> None:
    put_to(item.application, panel_after(item), actor=actor, now=now)


def panel_after(item: AgendaItem) -> Round:
    """Where it is heard again. Raises `NoLaterPanel`."""
    if item.goes_to is None:
        raise NoLaterPanel
    return item.goes_to


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
        outcome = outcome_of(item)
        put_on_reserve(
            application=item.application, rank=rank, amount=outcome.amount, conditions=outcome.conditions, actor=actor,
            now=now,
        )  # fmt: skip
