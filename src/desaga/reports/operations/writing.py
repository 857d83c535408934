"""A report is started, drafted, written, and talked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Plan

from ..drafting import Draft, Recorded, draft_of, text_of
from ..figures import as_data, figures_of
from ..kinds import Kind
from ..models import Report, ReportSection, SectionComment
from ..recorded import recorded_of


class NotBeingWritten(Refused):
    """This report is not being written any more: it waits for sign-off, or was signed off."""


class SectionChangedMeanwhile(Refused):
    """Somebody changed this section while you wrote. What they wrote is shown; your words are still in the field."""


class PeriodRunsBackwards(Refused):
    """The period ends before it begins. Change one of the days."""


class AlreadyResolved(Refused):
    """This comment is resolved already."""


@transaction.atomic
def start_report(
    *,
    actor: Any,
    plan: Plan,
    kind: Kind,
    title: str,
    starts_on: date,
    ends_on: date,
    now: datetime | None = None,
    **fields: Any,
) -> Report:
    """Start a report of a plan and a period: its sections come from the kind, each with a first draft. Raises `PeriodRunsBackwards`."""
    now = now or timezone.now()
    _refuse_backwards(starts_on, ends_on)
    told = _with_due(kind, fields)
    recorded = recorded_of(plan, starts_on, ends_on)
    report = add_row(
        Report, actor=actor, verb="started", organisation=plan.organisation, plan=plan, kind=kind.key, title=title, starts_on=starts_on,
        ends_on=ends_on, made_by=actor, figures=as_data(figures_of(recorded)), counted_at=now, **told,
    )  # fmt: skip
    for order, one in enumerate(kind.sections):
        draft = draft_of(one.drafts, recorded)
        ReportSection.objects.create(
            organisation=plan.organisation, report=report, order=order, key=one.key, title=one.title, asks=one.asks, limit=one.limit,
            drafts=list(one.drafts), draft=draft, text=text_of(draft), drafted_at=now, changed_at=now,
        )  # fmt: skip
    return report


@transaction.atomic
def edit_report(*, actor: Any, report: Report, kind: Kind, **fields: Any) -> Report:
    """Change what a report is called, its period, and when it is due. Raises `NotBeingWritten`, `PeriodRunsBackwards`."""
    open_report(report)
    _refuse_backwards(fields["starts_on"], fields["ends_on"])
    report = change_row(report, actor=actor, fields=_with_due(kind, fields))
    _keep_figures(report, recorded_of(report.plan, report.starts_on, report.ends_on), timezone.now())
    return report


@transaction.atomic
def redraft(*, actor: Any, report: Report, now: datetime | None = None) -> int:
    """Draft every section anew from what is recorded now. What somebody wrote stays, with the new draft beside it; what nobody touched follows
    the draft. Answers how many drafts changed. Raises `NotBeingWritten`."""
    now = now or timezone.now()
    report = open_report(report)
    recorded = recorded_of(report.plan, report.starts_on, report.ends_on)
    _keep_figures(report, recorded, now)
    sections = ReportSection.objects.select_for_update().filter(report=report)
    changed = sum(_redraft(one, draft_of(one.drafts, recorded), now) for one in sections)
    audit.record(actor=actor, verb="drafted anew", thing=report, note=f"{changed} sections changed", now=now)
    return changed


def _keep_figures(report: Report, recorded: Recorded, now: datetime) -> None:
    """What the report's page shows until it is drafted anew; what is sent and taken out is counted anew."""
    report.figures, report.counted_at = as_data(figures_of(recorded)), now
    report.save(update_fields=["figures", "counted_at"])


def _redraft(section: ReportSection, draft: Draft, now: datetime) -> bool:
    is_other = draft != section.draft
    section.draft, section.drafted_at = draft, now
    if section.is_untouched and section.text != text_of(draft):
        section.text, section.changed_at = text_of(draft), now
    section.save(update_fields=["draft", "drafted_at", "text", "changed_at"])
    return is_other


@transaction.atomic
def write_section(
    *,
    actor: Any,
    section: ReportSection,
    text: str,
    with_tables: bool,
    is_done: bool,
    seen: datetime | None,
    now: datetime | None = None,
) -> ReportSection:
    """Save what a section says. `seen` is when it was changed last as whoever writes saw it. Too long is said, not refused: people shorten later.

    Raises `NotBeingWritten`, `SectionChangedMeanwhile`.
    """
    open_report(section.report)
    section = locked(section)
    text = text.replace("\r\n", "\n").strip()
    if seen and section.changed_at != seen:
        raise SectionChangedMeanwhile
    fields = {"text": text, "with_tables": with_tables, "is_done": is_done}
    before = audit.snapshot(section, *fields)
    for name, value in fields.items():
        setattr(section, name, value)
    changes = audit.differences(before, audit.snapshot(section, *fields))
    if changes:
        section.changed_at, section.changed_by = now or timezone.now(), actor
        section.save(update_fields=[*fields, "changed_at", "changed_by"])
        audit.record(
            actor=actor, verb="wrote", thing=section, changes=changes, note=f"Report: {section.report.title}", now=now
        )
    return section


@transaction.atomic
def add_draft(*, actor: Any, section: ReportSection, now: datetime | None = None) -> ReportSection:
    """Put what was drafted last under what the section says. Raises `NotBeingWritten`."""
    open_report(section.report)
    section = locked(section)
    text = "\n\n".join(filter(None, [section.text, text_of(section.draft)]))
    return write_section(
        actor=actor,
        section=section,
        text=text,
        with_tables=section.with_tables,
        is_done=False,
        seen=section.changed_at,
        now=now,
    )


@transaction.atomic
def comment(*, actor: Any, section: ReportSection, text: str, now: datetime | None = None) -> SectionComment:
    """Say something of a section. Raises `NotBeingWritten`."""
    open_report(section.report)
    return add_row(
        SectionComment, actor=actor, verb="commented on", organisation=section.organisation, section=section, text=text, by=actor,
        said_at=now or timezone.now(),
    )  # fmt: skip


@transaction.atomic
def resolve(*, actor: Any, comment: SectionComment, now: datetime | None = None) -> SectionComment:
    """Say that a comment is dealt with. Raises `AlreadyResolved`, `NotBeingWritten`."""
    open_report(comment.section.report)
    if locked(comment).resolved_at is not None:
        raise AlreadyResolved
    fields = {"resolved_at": now or timezone.now(), "resolved_by": actor}
    return change_row(comment, actor=actor, verb="resolved", fields=fields)


def open_report(report: Report) -> Report:
    """The report, held, with its plan. Raises `NotBeingWritten`."""
    held = locked(report)
    if not held.is_open:
        raise NotBeingWritten
    return held


def _refuse_backwards(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise PeriodRunsBackwards


def _with_due(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and the due date that the kind says where nobody gave one."""
    told = dict(fields)
    due = kind.due(told.get("stage") or "", told.get("signed_on"))
    told["due_words"] = due.words if due and told.get("due_on") in (None, due.on) else ""
    if due and not told.get("due_on"):
        told["due_on"] = due.on
    return told
