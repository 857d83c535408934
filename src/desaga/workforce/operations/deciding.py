"""What only a person can say before an extract is loaded: who is who, and that a big change is right."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..counting import exact
from ..models import Extract, Match
from ..states import ExtractState, MatchState
from .checking import stops_of
from .gate import NotNow


class AlreadyLoaded(Refused):
    """The extract is loaded, so who is who in it stays as it was decided."""


@transaction.atomic
def settle_match(*, actor: Any, match: Match, is_same: bool) -> Match:
    """Say whether two are one person; can be said anew until the extract is loaded."""
    extract = locked(match.extract)
    if extract.state != ExtractState.CHECKED:
        raise AlreadyLoaded if extract.state == ExtractState.COMMITTED else NotNow
    held = locked(match)
    held.state, held.decided_by, held.decided_at = _said(is_same), actor, timezone.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(actor=actor, verb="decided who is who in", thing=extract, note=str(MatchState(held.state).label))
    return held


@transaction.atomic
def settle_rest(*, actor: Any, extract: Extract, is_same: bool) -> int:
    """Say the same of all that is still undecided; answers of how many."""
    held = locked(extract)
    if held.state != ExtractState.CHECKED:
        raise NotNow
    said = {"state": _said(is_same), "decided_by": actor, "decided_at": timezone.now()}
    number = Match.objects.filter(extract=held, state=MatchState.PROPOSED).update(**said)
    audit.record(
        actor=actor, verb="decided who is who in", thing=held, note=f"All the rest at once: {said['state'].label}"
    )
    return number


def _said(is_same: bool) -> MatchState:
    return MatchState.SAME if is_same else MatchState.OTHER


@transaction.atomic
def agree_change(*, actor: Any, extract: Extract) -> Extract:
    """Say that the head count has changed so much: it stops the file no more."""
    held = locked(extract)
    if held.state != ExtractState.CHECKED:
        raise NotNow
    held.change_agreed = True
    held.stops = [stop for stop in stops_of(held, held.counts) if stop["kind"] != "change"]
    held.save(update_fields=["change_agreed", "stops"])
    audit.record(actor=actor, verb="said that the change in head count is right in", thing=held)
    return held


def reasons_to_wait(extract: Extract) -> list[str]:
    """Why an extract cannot be loaded now, in sentences; none where it can."""
    words = [stop["words"] for stop in extract.stops if not (stop["kind"] == "change" and extract.change_agreed)]
    if number := queries.unsettled(extract):
        what = "1 match waits" if number == 1 else f"{exact(number)} matches wait"
        words.append(f"{what} for you to say who is who.")
    return words
