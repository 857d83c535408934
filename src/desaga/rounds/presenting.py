"""What a round looks like on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desaga.notifications.queries import Fate, fates_of

from .models import RequestedAction, RequestEvent, Round, UpdateRequest
from .preparing import is_silent
from .states import LOST, RequestState

TONES = {
    RequestState.ANSWERED: "done",
    RequestState.PARTLY: "going",
    RequestState.PASSED_ON: "done",
    RequestState.NOT_THEIRS: "late",
    RequestState.BOUNCED: "late",
    RequestState.SILENT: "late",
    RequestState.REVOKED: "stopped",
    RequestState.WAITING: "waiting",
}


@dataclass(frozen=True)
class Asked:
    """A request as a row of the round's table; its lines and events must be prefetched."""

    request: UpdateRequest
    lines: Sequence[RequestedAction]
    events: Sequence[RequestEvent]
    state: RequestState

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "plain")

    @property
    def answered(self) -> int:
        return sum(line.update_id is not None for line in self.lines)

    @property
    def last(self) -> RequestEvent | None:
        return self.events[-1] if self.events else None

    @property
    def is_waiting(self) -> bool:
        return self.request.revoked_at is None and any(line.is_waiting for line in self.lines)


def asked_of(round_: Round, requests: Iterable[UpdateRequest], today: date) -> list[Asked]:
    rows = []
    for request in requests:
        lines, events = list(request.lines.all()), list(request.events.all())
        rows.append(Asked(request, lines, events, state_of(round_, request, lines, events, today)))
    return rows


def state_of(
    round_: Round,
    request: UpdateRequest,
    lines: Sequence[RequestedAction],
    events: Sequence[RequestEvent],
    today: date,
) -> RequestState:
    """Where a request stands: what was done with it goes before what the mail's fate was."""
    if request.revoked_at:
        return RequestState.REVOKED
    if any(line.not_theirs and line.update_id is None for line in lines):
        return RequestState.NOT_THEIRS
    if lines and not any(line.is_waiting for line in lines):
        return RequestState.ANSWERED if any(line.update_id for line in lines) else RequestState.PASSED_ON
    if any(line.update_id for line in lines):
        return RequestState.PARTLY
    if request.asked_at is None:
        return RequestState.WAITING
    if any(event.kind in LOST for event in events):
        return RequestState.BOUNCED
    return RequestState.SILENT if is_silent(round_, today) else RequestState.ASKED


def fates(events: Iterable[RequestEvent]) -> dict[int, Fate]:
    """What became of the mails of a log, by their ids."""
    return fates_of([event.mail_id for event in events if event.mail_id])


@dataclass(frozen=True)
class Sum:
    """How far a round is, in requests and in actions."""

    requests: int
    answered: int
    actions: int
    actions_answered: int

    @property
    def left(self) -> int:
        return self.requests - self.answered


def sum_of(rows: Sequence[Asked]) -> Sum:
    asked = [row for row in rows if row.state != RequestState.REVOKED]
    keys = {(line.action_id, line.unit_id) for row in asked for line in row.lines}
    answered = {(line.action_id, line.unit_id) for row in asked for line in row.lines if line.update_id}
    return Sum(len(asked), sum(not row.is_waiting for row in asked), len(keys), len(answered))
