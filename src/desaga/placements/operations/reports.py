"""The report: written, sent, given back or accepted; then the placement is finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..agreeing import said_day
from ..answering import Wrong, is_asked, read
from ..awarding import CLAIM_OPEN, CLAIM_WRITTEN, ClaimState, Letter, ReportState
from ..defining import Definition, Follow
from ..models import Award, Claim, PlacementReport
from ..states import ApplicationState
from .agreements import drop_waiting
from .awards import DayIsPast, SayWhy
from .claims import move_claim, total_of
from .gate import NotNow, move, note_event
from .outcome_files import with_files
from .posting import post
from .standing import refuse_partial
from .writing import MOST_KEPT, TooMuch


class ReportNotComplete(Refused):
    """Some questions are not answered yet."""


class ClaimsAreOpen(Refused):
    """A claim is not settled yet. Approve and pay it, or give it back, before the placement is finished."""


class ClaimNotSent(Refused):
    """They have not sent a claim."""


class AdvanceNotSettled(Refused):
    """Part of the advance is not accounted for. Approve the costs, or note what came back, before the placement is finished."""


class ReportNotRead(Refused):
    """Read the report first, and accept it."""


def looked(follow: Follow, definition: Definition, typed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the answers to a follow-up mean, and what is wrong with those that cannot be understood or are missing."""
    values: dict[str, Any] = {}
    troubles: dict[str, str] = {}
    for question in follow.questions:
        try:
            values[question.key] = read(question, typed.get(question.key), definition)
        except Wrong as wrong:
            troubles[question.key] = str(wrong)
    asked = {question.key for question in follow.questions if is_asked(question, values)}
    return values, {key: words for key, words in troubles.items() if key in asked}


def kept_of(follow: Follow, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions that are asked, as they were typed. Raises `TooMuch`."""
    known = {one.key for one in follow.questions}
    kept = {key: value for key, value in answers.items() if key in known}
    if len(json.dumps(kept)) > MOST_KEPT:
        raise TooMuch
    return kept


@transaction.atomic
def save_report(
    *, award: Award, answers: Mapping[str, Any], actor: Any, now: datetime | None = None
) -> PlacementReport:
    """Keep what was typed, right or wrong. Raises `NotNow`, `TooMuch`."""
    held = locked(award)
    report = _report(held)
    if held.application.state != ApplicationState.AGREED or not report.is_written:
        raise NotNow
    follow = held.application.definition.report
    report.answers = with_files(held, follow, report.answers | kept_of(follow, answers))
    report.changed_at = now or timezone.now()
    report.save(update_fields=["answers", "changed_at"])
    return report


@transaction.atomic
def send_report(
    *, award: Award, answers: Mapping[str, Any], actor: Any, now: datetime | None = None
) -> PlacementReport:
    """Send it to be read. Raises `NotNow`, `TooMuch`, `ReportNotComplete`."""
    now = now or timezone.now()
    held = locked(award)
    report = save_report(award=held, answers=answers, actor=actor, now=now)
    definition = held.application.definition
    if looked(definition.report, definition, report.answers)[1]:
        raise ReportNotComplete
    move(held.application, "report", actor=actor, now=now)
    report.state, report.sent_at, report.first_sent_at = ReportState.SENT, now, report.first_sent_at or now
    report.save(update_fields=["state", "sent_at", "first_sent_at"])
    return report


@transaction.atomic
def move_due(*, award: Award, due_on: date, because: str, actor: Any, now: datetime | None = None) -> PlacementReport:
    """Another day by which the report is due, with the reason; it is called to mind by that one. Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `SayWhy`, `DayIsPast`."""
    now = now or timezone.now()
    if not because.strip():
        raise SayWhy
    if due_on < timezone.localdate(now):
        raise DayIsPast("This day is past already. Choose a later one.")
    held = locked(award)
    refuse_partial(held.application, actor)
    report = _report(held)
    if not report.is_written or held.application.state not in (ApplicationState.ACCEPTED, ApplicationState.AGREED):
        raise NotNow
    report.due_on = due_on
    report.save(update_fields=["due_on"])
    words = f"{said_day(due_on)}. {because.strip()}"
    note_event(held.application, "report_later", actor=actor, now=now, words=words)
    audit.record(actor=actor, verb="gave another day for the report of", thing=held, note=words[:300], now=now)
    post(held, Letter.REPORT_LATER, now=now, about=str(due_on), note=because.strip())
    return report


@transaction.atomic
def return_report(*, award: Award, words: str, actor: Any, now: datetime | None = None) -> PlacementReport:
    """Give it back with words. Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `SayWhy`."""
    now = now or timezone.now()
    if not words.strip():
        raise SayWhy
    held, report = _to_be_read(award)
    refuse_partial(held.application, actor)
    held.application = move(held.application, "ask_report_again", actor=actor, now=now, words=words.strip())
    _read(report, ReportState.RETURNED, actor, now, words)
    post(held, Letter.REPORT_RETURNED, now=now, about=str(int(now.timestamp())), note=words.strip())
    return report


@transaction.atomic
def accept_report(*, award: Award, actor: Any, words: str = "", now: datetime | None = None) -> PlacementReport:
    """Accept it. Raises `NotNow`, `YourOwn`, `NotYoursToDecide`."""
    now = now or timezone.now()
    held, report = _to_be_read(award)
    refuse_partial(held.application, actor)
    _read(report, ReportState.ACCEPTED, actor, now, words)
    audit.record(actor=actor, verb="accepted the report of", thing=held, now=now)
    return report


@transaction.atomic
def finish(*, award: Award, actor: Any, anyway: bool = False, now: datetime | None = None) -> Award:
    """The placement is complete; what was not claimed is free again. A claim that was never sent, or given back and not sent again, ends where it is told to go on `anyway`.

    Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `ReportNotRead`, `ClaimsAreOpen`, `ClaimNotSent`, `AdvanceNotSettled`.
    """
    now = now or timezone.now()
    held = locked(award)
    if held.application.state != ApplicationState.REPORTED:
        raise NotNow
    refuse_partial(held.application, actor)
    if _report(held).state != ReportState.ACCEPTED:
        raise ReportNotRead
    if Claim.objects.filter(award=held, state__in=CLAIM_OPEN).exists():
        raise ClaimsAreOpen
    unsent = _unsent(held)
    lost = sum((total_of(one) for one in unsent), Decimal(0))
    if lost and not anyway:
        raise ClaimNotSent(
            f"{held.application.name} has not sent a claim of £{lost:,.2f}. Once it is finished it cannot be claimed any more."
        )
    if held.purse.outstanding:
        raise AdvanceNotSettled
    for one in unsent:
        move_claim(one, ClaimState.WITHDRAWN, "ended a claim that was not sent", actor=actor, now=now)
    drop_waiting(held, now=now)
    held.application = move(held.application, "close", actor=actor, now=now)
    later = "You will be asked later what came of it." if held.application.definition.outcomes else ""
    settled = "" if lost else " and your claims are settled"
    if lost:
        later = (
            f"A claim of £{lost:,.2f} was not sent, and cannot be any more: write to us if that is not right. {later}"
        )
    post(held, Letter.FINISHED, now=now, later=later, settled=settled)
    return held


def _unsent(award: Award) -> list[Claim]:
    """Those that are still with the technician, held."""
    rows = list(Claim.objects.select_for_update(of=("self",)).filter(award=award, state__in=CLAIM_WRITTEN))
    for one in rows:
        one.award = award
    return rows


def _report(award: Award) -> PlacementReport:
    return PlacementReport.objects.select_for_update(of=("self",)).get(award=award)


def _to_be_read(award: Award) -> tuple[Award, PlacementReport]:
    held = locked(award)
    report = _report(held)
    if report.state != ReportState.SENT or held.application.state != ApplicationState.REPORTED:
        raise NotNow
    return held, report


def _read(report: PlacementReport, state: ReportState, actor: Any, now: datetime, words: str) -> None:
    report.state, report.read_at, report.read_by, report.words = state, now, actor, words.strip()
    report.save(update_fields=["state", "read_at", "read_by", "words"])
