"""Updates: one is added for each period, none is changed; and a changed status, RAG or comment becomes one too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.operations import GivenPiece
from desaga.organisations.models import Person, Unit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..dates import said
from ..models import Action, Update
from ..origins import refuse_held
from ..queries.evidence import standing_titles
from ..queries.updates import units_answering
from ..signals import update_given
from ..states import PASSED_ON, Status, Way
from ..updating import Account, as_it_stood, rolled_up, wanting, with_pieces
from .actions import next_order, open_plan, save_parts, updates_from
from .evidence import give_with


def said_before(was: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """What an action in the interchange format said until now, as an update, unless one holds it already."""
    told = was["updates"]
    held = all(not was[name] or any(one[name] == was[name] for one in told) for name in ("status", "rag"))
    if held and (not was["comments"] or any(one["text"] == was["comments"] for one in told)):
        return []
    return [update_said(was, was["comments"], f"Before {said(today.isoformat())}")]


def update_said(data: Mapping[str, Any], text: str, period: str) -> dict[str, Any]:
    """What an action says of how it goes, as an update of a period."""
    return {"period": period, "status": data["status"], "rag": data["rag"], "text": text}


def said_today(action: Action, data: Mapping[str, Any], text: str, *, actor: Any, today: date) -> dict[str, Any]:
    """The columns of an update of what an action in the interchange format says from today, as somebody who brought it back wrote it down."""
    last = Update.objects.filter(action=action).order_by("-order").first()
    before = Account(**{name: getattr(last, name) for name in ACCOUNT}) if last else None
    told = Account(status=data["status"] or "", rag=data["rag"] or "", text=text)
    told = as_it_stood(told, before, standing_titles([action.pk]).get(action.pk, []))
    return heard({**asdict(told), "period": said(today.isoformat())}, actor=actor)


def heard(told: Mapping[str, Any], *, actor: Any) -> dict[str, Any]:
    """The columns of an update that somebody brings back now."""
    empty_words = {name: told[name] or "" for name in ("status", "rag")}
    return {**told, **empty_words, "said_at": timezone.now(), "entered_by": actor}


class AccountIsNotWhole(Refused):
    """Something is missing. A red action wants a reason and a way back, a complete one what shows it."""


class NothingNewWithAFile(Refused):
    """You chose a file, and “Nothing new” does not take one. Choose it again and send what you say, or press “Nothing new” without it."""


#: Words of an account that hold until others are said.
STANDING = ("next_step", "reason", "recovery", "evidence")
ACCOUNT = ("status", "rag", "text", *STANDING)


@transaction.atomic
def give_update(
    *,
    actor: Any,
    action: Action,
    account: Account,
    period: str,
    given_by: str,
    way: str = Way.PAGE,
    unit: Unit | None = None,
    nothing_new: bool = False,
    submission: UUID | None = None,
    pieces: Sequence[GivenPiece] = (),
    person: Person | None = None,
    through: Any = None,
    now: datetime | None = None,
) -> Update:
    """Add an update to an action; what the action says of itself follows it. The same `submission` is one update.

    `given_by` is whoever says it, in words, `person` where that is known; `actor` whoever writes it down, None where that is Desaga
    for a link; `through`, by which way it came, is told to whoever listens. `pieces` are evidence given with it: where it is complete they count, as what serves the action already does. With
    `nothing_new`, status and RAG stay what they were. Of a `unit`'s account the action takes what all units' come to.
    Raises `actions.PlanIsClosed`, `AccountIsNotWhole`, `origins.IsHeld`.
    """
    now = now or timezone.now()
    action = _held(action)
    if sent := _sent_before(action, submission):
        return sent
    former = list(Update.objects.filter(action=action).order_by("order"))
    account = _as_before(action, former, unit, account) if nothing_new else _shown_by(account, action, pieces)
    was = _said_of_itself(action, former)
    # What a document said of how it goes is kept as an account of before, since the action says something else from now on.
    save_parts(updates_from(action, said_before(was, timezone.localdate(now)), first=next_order(action.updates)))
    update = _append(
        action, account, period=period, nothing_new=nothing_new, way=way, said_at=now, given_by=given_by, entered_by=actor,
        unit=unit, submission=submission,
    )  # fmt: skip
    _follow(action, update, [*former, update])
    give_with(update, pieces, actor=actor, person=person, now=now)
    _record(actor, update, was, now)
    update_given.send(Update, update=update, through=through)
    return update


def _held(action: Action) -> Action:
    """The action, held, of a plan that takes updates. Raises `actions.PlanIsClosed`, `origins.IsHeld`."""
    refuse_held(open_plan(action.plan))
    return locked(action)


def _sent_before(action: Action, submission: UUID | None) -> Update | None:
    """The update that the same form, sent twice, made already."""
    return Update.objects.filter(action=action, submission=submission).first() if submission else None


def _said_of_itself(action: Action, former: Iterable[Update]) -> dict[str, Any]:
    """What an action says of how it goes before an update is added."""
    told = [told_of(one) for one in former]
    return {"status": action.status, "rag": action.rag, "comments": action.comments, "updates": told}


def _append(action: Action, account: Account, **told: Any) -> Update:
    return Update.objects.create(
        organisation_id=action.organisation_id,
        plan_id=action.plan_id,
        action=action,
        order=next_order(action.updates),
        **asdict(account),
        **told,
    )


def _record(actor: Any, update: Update, was: Mapping[str, Any], now: datetime) -> None:
    """The entry of the audit: what changed, and who said it where that is another than who wrote it down."""
    note = f"{update.period}: {update.source}" if update.way in PASSED_ON or actor is None else update.period
    changed = audit.snapshot(update.action, "status", "rag")
    changes = audit.differences({name: was[name] for name in ("status", "rag")}, changed)
    audit.record(actor=actor, verb="gave an update of", thing=update.action, changes=changes, note=note, now=now)


def _shown_by(account: Account, action: Action, pieces: Sequence[GivenPiece]) -> Account:
    """The account with what shows it, if nothing is missing. Raises `AccountIsNotWhole`."""
    titles = [piece.name for piece in pieces]
    if account.status == Status.COMPLETE:
        titles = titles or standing_titles([action.pk]).get(action.pk, [])
    if missing := wanting(account, titles):
        raise AccountIsNotWhole(" ".join(missing.values()))
    return with_pieces(account, titles)


def _as_before(action: Action, former: list[Update], unit: Unit | None, account: Account) -> Account:
    """Nothing new: what stood stands again, also why it is red, how it comes back and what shows it, with whatever words were added."""
    last = next((one for one in reversed(former) if one.unit == unit), None)
    stood = last if unit else action
    words = {name: getattr(last, name) for name in STANDING} if last else {}
    return Account(status=stood.status if stood else "", rag=stood.rag if stood else "", text=account.text, **words)


def _follow(action: Action, update: Update, told: list[Update]) -> None:
    """The action takes over what was said last, or what all units' last accounts come to."""
    status, rag = update.status, update.rag
    if update.unit_id:
        last = {one.unit_id: (one.status, one.rag) for one in told if one.unit_id}
        status, rag = rolled_up(last.values(), expected=units_answering(action))
    action.status, action.rag = status or action.status, rag or action.rag
    action.save(update_fields=["status", "rag"])


def told_of(update: Update) -> dict[str, str]:
    """What an update says, as far as the interchange format holds it, without its period."""
    return {"status": update.status, "rag": update.rag, "text": update.text}
