"""Yearly reports on pledges: written as a draft, published, and asked for when they are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Pledge, Report, ReportLine, Signature
from ..queries import pledges_of, writes_for
from ..states import SignatureState
from .gate import NotNow, NotOurs, note, side_here
from .keeping import a_year_after
from .mails import tell

FIRST_YEAR = 2010


class NoSuchYear(Refused):
    """There is no report for this year to write."""


class SaysNothing(Refused):
    """Write for at least one aim what was done."""


@transaction.atomic
def write_report(
    *,
    actor: Any,
    signature: Signature,
    year: int,
    summary: str,
    lines: Mapping[str, Mapping[str, str]],
    now: datetime | None = None,
) -> Report:
    """Write or change a year's report: for each aim's code `done`, `evidence`, `evidence_url`, `next`. A published one becomes a draft again only by hiding it.

    Raises `gate.NotNow`, `gate.NotOurs`, `NoSuchYear`.
    """
    now = now or timezone.now()
    held = open_to_report(signature)
    if not FIRST_YEAR <= year <= timezone.localdate(now).year:
        raise NoSuchYear
    report, _ = Report._base_manager.get_or_create(
        signature=held, year=year, defaults={"organisation_id": held.organisation_id, "signatory_id": held.signatory_id}
    )
    if report.is_published:
        raise NotNow
    report.summary, report.changed_at = summary.strip(), now
    report.save(update_fields=["summary", "changed_at"])
    for pledge in pledges_of(held):
        if pledge.code in lines:
            keep_line(report, pledge, lines[pledge.code])
    audit.record(actor=actor, verb=f"wrote the report for {year} of", thing=held, now=now)
    return report


def keep_line(report: Report, pledge: Pledge, said: Mapping[str, str]) -> None:
    """One line of a report, made or changed."""
    line = ReportLine._base_manager.filter(report=report, code=pledge.code).first() or ReportLine(
        organisation_id=report.organisation_id, signatory_id=report.signatory_id, report=report, code=pledge.code
    )
    line.title = pledge.title
    for name, value in said.items():
        setattr(line, name, value.strip())
    line.save()


@transaction.atomic
def publish_report(*, actor: Any, report: Report, now: datetime | None = None) -> Report:
    """Show it; the next is due a year after this one was. Raises `SaysNothing`, `gate.NotNow`, `gate.NotOurs`."""
    now = now or timezone.now()
    signature = open_to_report(report.signature)
    held = locked(report)
    if held.is_published:
        raise NotNow
    if not ReportLine._base_manager.filter(report=held).exclude(done="").exists():
        raise SaysNothing
    held.published_at = now
    held.save(update_fields=["published_at"])
    if signature.report_due_on:
        signature.report_due_on, signature.reminded_at = a_year_after(signature.report_due_on), None
        signature.save(update_fields=["report_due_on", "reminded_at"])
    note(signature, f"reported for {held.year}", now=now)
    audit.record(actor=actor, verb=f"published the report for {held.year} of", thing=signature, now=now)
    if signature.signatory_id is not None:
        tell(signature, signature.organisation, "reported", year=held.year)
    return held


@transaction.atomic
def hide_report(*, actor: Any, report: Report, now: datetime | None = None) -> Report:
    """Take a report from the public to mend it. Raises `gate.NotNow`, `gate.NotOurs`."""
    signature, held = open_to_report(report.signature), locked(report)
    if not held.is_published:
        raise NotNow
    held.published_at = None
    held.save(update_fields=["published_at"])
    note(signature, f"report for {held.year} hidden", now=now or timezone.now())
    audit.record(actor=actor, verb=f"hid the report for {held.year} of", thing=signature)
    return held


def open_to_report(signature: Signature) -> Signature:
    """The signature, locked. Raises `NotNow` where nothing is to be reported, `NotOurs` where the other side reports."""
    held = locked(signature)
    if held.state != SignatureState.CONFIRMED or held.charter.is_historic:
        raise NotNow
    if not writes_for(held, side_here(held)):
        raise NotOurs
    return held


@transaction.atomic
def remind(*, signature: Signature, now: datetime | None = None) -> Signature:
    """Tell the signatory's leads, once, that a report is due within a month."""
    now, held = now or timezone.now(), locked(signature)
    if held.reminded_at or held.state != SignatureState.CONFIRMED:
        return held
    held.reminded_at = now
    held.save(update_fields=["reminded_at"])
    note(held, "reminded of the report", now=now)
    audit.record(actor=None, verb="reminded of the report of", thing=held, now=now)
    tell(held, held.signatory, "due")
    return held
