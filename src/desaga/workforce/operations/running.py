"""Doing what an extract waits for, stopping it, and going on where a worker died."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.tenancy.context import within

from ..models import Extract, Progress
from ..reading.check import not_collecting
from ..states import AT_WORK, ExtractState
from .checking import check_extract
from .gate import Halted, NotMyTurn, NotNow, give_up, go_on, move
from .handing import forget, have_worked
from .loading import load_extract
from .reading import read_extract

WORK = {
    ExtractState.HANDED_IN: read_extract,
    ExtractState.CHECKING: check_extract,
    ExtractState.LOADING: load_extract,
}
HALTS = {
    ExtractState.HANDED_IN: "throw_away",
    ExtractState.CHECKING: "halt_check",
    ExtractState.LOADING: "halt_load",
}
GIVES_UP = {
    ExtractState.HANDED_IN: "refuse",
    ExtractState.CHECKING: "give_up_check",
    ExtractState.LOADING: "give_up_load",
}
#: So often an extract is taken up by itself. What makes a worker die over and over, as too little memory, the next one will not survive either.
MOST_TAKEN_UP = 2
UNREADABLE = "{} workers in a row fell silent over it. The server may have too little memory for it: tell whoever runs it, and hand it in again when that is mended."


def work(*, organisation: Any, actor: Any, extract_id: int) -> None:
    """Do what an extract waits for. Stopped on the way, it goes back to where it was before; nothing is half done."""
    with within(organisation, user=actor):
        extract = Extract.objects.filter(pk=extract_id).first()
        state = ExtractState(extract.state) if extract else None
    if state not in WORK:
        return
    try:
        with not_collecting():
            WORK[state](organisation=organisation, actor=actor, extract_id=extract_id)
    except Halted:
        with within(organisation, user=actor):
            put_back(locked(Extract(pk=extract_id)), actor)
    except NotMyTurn:
        return


def put_back(extract: Extract, actor: Any) -> None:
    """Bring a halted extract, locked, to where it was before the work began; one that was being read is thrown away."""
    if extract.state not in HALTS:
        return
    held = move(extract, HALTS[ExtractState(extract.state)], actor=actor)
    if held.state == ExtractState.CANCELLED:
        forget(held)


@transaction.atomic
def ask_halt(*, actor: Any, extract: Extract) -> None:
    """Ask the worker to stop at its next step. Raises `NotNow` where nothing is being done."""
    # The extract is not locked: the transaction that loads holds it, and must not make whoever asks wait.
    asked = Progress.objects.filter(extract=extract, cancel_asked_at=None).update(cancel_asked_at=timezone.now())
    # Looked at afterwards: it may have been loaded at this very moment.
    if not asked or not Extract.objects.filter(pk=extract.pk, state__in=AT_WORK).exists():
        raise NotNow
    audit.record(actor=actor, verb="asked to halt", thing=extract)


@transaction.atomic
def resume(*, actor: Any, extract: Extract) -> None:
    """Give the work to another worker: the former says nothing any more. What it had not finished is done anew, from the file kept."""
    held = locked(extract)
    if not held.is_at_work:
        raise NotNow
    go_on(held)
    have_worked(held, actor)
    audit.record(actor=actor, verb="had resumed", thing=held)


@transaction.atomic
def resume_or_give_up(*, extract: Extract) -> None:
    """Give the work to another worker; an extract over which so many fell silent goes back to where a person must look. Raises `NotNow`."""
    held = locked(extract)
    if not held.is_at_work:
        raise NotNow
    lost = Progress.objects.filter(extract=held).values_list("resumed", flat=True).first() or 0
    if lost < MOST_TAKEN_UP:
        resume(actor=None, extract=held)
    else:
        _let_go(held, lost + 1)


def _let_go(held: Extract, lost: int) -> None:
    """Nothing is half done: a file that cannot be read is not kept, any other is there to be gone on with or thrown away."""
    is_read = held.state != ExtractState.HANDED_IN
    words = {} if is_read else {"refusal": UNREADABLE.format(lost)}
    move(held, GIVES_UP[ExtractState(held.state)], actor=None, **words)
    if is_read:
        give_up(held)
    else:
        forget(held)
