"""The one gate through which an extract moves, and whose turn it is to work on it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from ..models import Extract, Progress
from ..states import GIVEN_UP, TRANSITIONS, ExtractState


class NotNow(Refused):
    """The extract has moved on meanwhile. Look where it stands now."""


class Halted(Exception):
    """Somebody asked to stop; raised from within the work."""


class NotMyTurn(Exception):
    """Another worker has taken the work over."""


def move(extract: Extract, name: str, *, actor: Any, **fields: Any) -> Extract:
    """Move an extract that the caller has locked. Raises `NotNow` where it cannot move so."""
    transition = TRANSITIONS[name]
    if extract.state not in transition.sources:
        raise NotNow
    before, extract.state = extract.state, transition.to
    for field, value in fields.items():
        setattr(extract, field, value)
    extract.save(update_fields=["state", *fields])
    audit.record(actor=actor, verb=transition.verb, thing=extract, changes={"state": [before, extract.state]})
    return extract


class Turn:
    """One worker's turn at an extract: it says how far it is, hears when to stop, and notices when another took over.

    The work itself holds no transaction open; each word about it is a transaction of its own.
    """

    def __init__(self, organisation: Any, actor: Any, extract_pk: int) -> None:
        self.organisation, self.actor, self.pk, self.run = organisation, actor, extract_pk, uuid4()

    def take(self, state: ExtractState) -> Extract | None:
        """The extract, if it is where the work is to be done; None where it is not, or is no more.

        Raises `Halted` where somebody asked to stop while it waited: only who asks for work anew takes that back.
        """
        with within(self.organisation, user=self.actor):
            extract = Extract.objects.select_for_update(of=("self",)).filter(pk=self.pk, state=state).first()
            if extract:
                fields = {"run": self.run, "step": "Beginning", "done": 0, "total": 0, "worked_at": timezone.now()}
                Progress.objects.update_or_create(extract=extract, organisation=self.organisation, defaults=fields)
                self.heed()
            return extract

    def tick(self, step: str, done: int, total: int) -> None:
        """Say how far the work is. Raises `Halted`, `NotMyTurn`."""
        with within(self.organisation, user=self.actor):
            mine = Progress.objects.filter(extract_id=self.pk, run=self.run)
            if not mine.update(step=step, done=done, total=total, worked_at=timezone.now()):
                raise NotMyTurn
            self.heed()

    def heed(self) -> None:
        """Within the caller's transaction. Raises `Halted`. Whoever asks later waits for that transaction, and hears that it is too late."""
        asked = (
            Progress.objects.select_for_update().filter(extract_id=self.pk).values_list("cancel_asked_at", flat=True)
        )
        if asked.first():
            raise Halted

    def finish(self, state: ExtractState) -> Extract:
        """The extract, locked, within the caller's transaction. Raises `NotMyTurn` where it is not ours to finish."""
        extract = locked(Extract(pk=self.pk))
        if extract.state != state or not Progress.objects.filter(extract=extract, run=self.run).exists():
            raise NotMyTurn
        return extract


def begin_progress(extract: Extract) -> None:
    """Show that work is asked for, before a worker has taken it; that an earlier one was to stop, or how many died, is over."""
    fields = {**_waiting(), "cancel_asked_at": None, "resumed": 0}
    Progress.objects.update_or_create(extract=extract, organisation=extract.organisation, defaults=fields)


def go_on(extract: Extract) -> None:
    """Show that another worker is to take the work over. Where somebody asked to stop, it will."""
    Progress.objects.filter(extract=extract).update(**_waiting(), resumed=F("resumed") + 1)


def give_up(extract: Extract) -> None:
    """Show that no other worker takes the work over by itself, and that a former one, should it live, has none to do."""
    Progress.objects.filter(extract=extract).update(**_waiting() | {"step": GIVEN_UP}, resumed=F("resumed") + 1)


def _waiting() -> dict[str, Any]:
    return {"run": uuid4(), "step": "Waiting for a worker", "done": 0, "total": 0, "worked_at": timezone.now()}
