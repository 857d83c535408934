"""The report of a scheme's year: begun, written into, published, taken down. Its files are made by the worker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.documents.out import PAPERS, Imprint
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.ui.fonts import font_files

from ..fund.papers import report_paper
from ..fund.written import known_remarks, names_consent, without_consent
from ..models import Budget, FundPublication, FundPublicationFile, FundReport, FundReportDraft, FundReportText
from ..queries import reported

#: A report is made in seconds; what has not come by then is asked for anew.
GIVEN_UP_AFTER = timedelta(minutes=10)


class SchemeIsNotOpen(Refused):
    """The scheme has no public page yet. Open the scheme first."""


class NothingTold(Refused):
    """No panel of this year has told its outcomes yet, so there is nothing to publish."""


class YearNotOver(Refused):
    """This year is not over, or one of its panels has still to tell its outcomes. A year is counted once, when all of it is known."""


class DaysArePublished(Refused):
    """Some of these days are in a report that is published already. A day is counted once."""


class OtherThanRead(Refused):
    """The report is not what you read any more. Read it anew, and publish it then."""


class TextChanged(Refused):
    """Somebody else has written into this report meanwhile. Your words are below: look at theirs first."""


class NotPublished(Refused):
    """This report is not published."""


@transaction.atomic
def begin_report(*, budget: Budget, actor: Any) -> FundReport:
    """The report of a year; begun once however often."""
    report, is_new = FundReport.objects.get_or_create(
        budget=budget, defaults={"organisation_id": budget.organisation_id, "scheme_id": budget.scheme_id}
    )
    if is_new:
        audit.record(actor=actor, verb="began", thing=report)
    return report


@transaction.atomic
def write_report_text(
    *,
    report: FundReport,
    foreword: str,
    remarks: Mapping[str, str],
    seen: int,
    actor: Any,
    now: datetime | None = None,
) -> FundReportText:
    """Keep what was written as a new version; the same words are none. `seen` is the version that was on the page. Raises `TextChanged`."""
    now = now or timezone.now()
    held = locked(report)
    former = reported.text_of(held)
    told = {"foreword": foreword.strip(), "remarks": known_remarks(remarks)}
    if (former.foreword, former.remarks) == (told["foreword"], told["remarks"]):
        return former
    if former.number != seen:
        raise TextChanged
    text = FundReportText.objects.create(
        organisation_id=held.organisation_id, report=held, number=former.number + 1, at=now, by=actor, **told
    )
    audit.record(actor=actor, verb="wrote into", thing=held, note=str(text), now=now)
    return text


@transaction.atomic
def publish_report(*, report: FundReport, seen: str, actor: Any, now: datetime | None = None) -> FundPublication:
    """Freeze what was read, and have its files made; it is public once they are. `seen` is the digest of what was read.

    Raises `SchemeIsNotOpen`, `NothingTold`, `YearNotOver`, `DaysArePublished`, `OtherThanRead`.
    """
    now = now or timezone.now()
    held = locked(report)
    budget = locked(held.budget)
    _refuse_early(held, budget, now)
    content = reported.content_of(held, today=timezone.localdate(now))
    if reported.digest_of(content) != seen:
        raise OtherThanRead
    if held.starts_on is None:
        held.starts_on, held.ends_on = budget.starts_on, budget.ends_on
        held.save(update_fields=["starts_on", "ends_on"])
    number = FundPublication.objects.filter(report=held).count() + 1
    _replace(held, now)
    publication = FundPublication.objects.create(
        organisation_id=held.organisation_id, report=held, scheme=held.scheme, number=number, content={**content, "is_published": True},
        asked_at=now, asked_by=actor,
    )  # fmt: skip
    audit.record(actor=actor, verb="published", thing=held, note=f"version {number}", now=now)
    _make_later(publication, actor)
    return publication


def _refuse_early(report: FundReport, budget: Budget, now: datetime) -> None:
    if not report.scheme.is_published:
        raise SchemeIsNotOpen
    if report.starts_on is not None:
        return
    if budget.ends_on >= timezone.localdate(now) or reported.panels_to_tell(budget):
        raise YearNotOver
    if not reported.has_outcomes(budget):
        raise NothingTold
    if reported.published_between(report, budget.starts_on, budget.ends_on):
        raise DaysArePublished


def _replace(report: FundReport, now: datetime) -> None:
    """What was published before is public no more: its files go, its content stays for those who run the scheme."""
    former = FundPublication.objects.filter(report=report, replaced_at=None)
    FundPublicationFile.objects.filter(publication__in=former).delete()
    former.update(replaced_at=now, published_at=None)


def _make_later(publication: FundPublication, actor: Any) -> None:
    from .. import tasks

    tasks.make_fund_report.later(organisation=publication.organisation, actor=actor, publication_id=publication.pk)


@transaction.atomic
def make_again(*, report: FundReport, actor: Any, now: datetime | None = None) -> FundPublication:
    """Have the files made once more, where nothing came of it for a while. Raises `NotPublished`."""
    now = now or timezone.now()
    publication = _holding(locked(report))
    if not publication.files.exists() and publication.asked_at < now - GIVEN_UP_AFTER:
        publication.asked_at = now
        publication.save(update_fields=["asked_at"])
        _make_later(publication, actor)
    return publication


def _holding(report: FundReport) -> FundPublication:
    publication = (
        FundPublication.objects.select_for_update(of=("self",)).filter(report=report, replaced_at=None).first()
    )
    if publication is None:
        raise NotPublished
    return publication


@transaction.atomic
def make_files(*, publication_id: int, now: datetime | None = None) -> FundPublication | None:
    """Make both files of what was frozen, and publish. Done already, or replaced meanwhile, it does nothing."""
    now = now or timezone.now()
    held = FundPublication.objects.select_for_update(of=("self",)).filter(pk=publication_id, replaced_at=None).first()
    if held is None or held.files.exists():
        return held
    first = held.first_published_at or now
    for ending, content in written(held.content, held.organisation.name, timezone.localdate(first)).items():
        FundPublicationFile.objects.create(
            organisation_id=held.organisation_id, publication=held, ending=ending, content=content,
            sha256=hashlib.sha256(content).hexdigest(), size=len(content), made_at=now,
        )  # fmt: skip
    held.first_published_at, held.published_at = first, now
    held.save(update_fields=["first_published_at", "published_at"])
    return held


def written(content: Mapping[str, Any], organisation: str, day: Any) -> dict[str, bytes]:
    """The report in each format that a paper can be written in."""
    return {ending: write_one(content, ending, organisation, day) for ending in PAPERS}


def write_one(content: Mapping[str, Any], ending: str, organisation: str, day: Any) -> bytes:
    imprint = Imprint(content["title"], organisation, day, font_files())
    return PAPERS[ending].write_paper(report_paper(content), imprint)


@transaction.atomic
def ask_for_draft(*, report: FundReport, digest: str, actor: Any, now: datetime | None = None) -> FundReportDraft:
    """Have the worker make the PDF of what was read, once however often it is asked for; anew where nothing came of it for a while."""
    from .. import tasks

    now = now or timezone.now()
    held = locked(report)
    draft = FundReportDraft.objects.filter(report=held).first()
    if draft and draft.digest == digest and (draft.made_at or draft.asked_at > now - GIVEN_UP_AFTER):
        return draft
    told = {
        "organisation_id": held.organisation_id,
        "digest": digest,
        "asked_at": now,
        "made_at": None,
        "content": None,
    }
    draft, _ = FundReportDraft.objects.update_or_create(report=held, defaults=told)
    tasks.make_fund_draft.later(organisation=held.organisation, actor=actor, draft_id=draft.pk)
    return draft


@transaction.atomic
def make_draft(*, draft_id: int, now: datetime | None = None) -> FundReportDraft | None:
    """Make it of the report as it stands; where that became another meanwhile, this is that other."""
    now = now or timezone.now()
    held = FundReportDraft.objects.select_for_update(of=("self",)).filter(pk=draft_id).first()
    if held is None or held.made_at:
        return held
    report = reported.report_of(held.report_id)
    content = reported.content_of(report)
    held.digest, held.made_at = reported.digest_of(content), now
    held.content = write_one(content, "pdf", report.organisation.name, timezone.localdate(now))
    held.save()
    return held


@transaction.atomic
def take_report_down(*, report: FundReport, actor: Any, now: datetime | None = None) -> None:
    """Off the page at once. Its figures stay as they were counted: published again, they are the same. Raises `NotPublished`."""
    now = now or timezone.now()
    held = locked(report)
    _holding(held)
    _replace(held, now)
    audit.record(actor=actor, verb="took down", thing=held, now=now)


def take_consent_out(*, consent: int, now: datetime) -> int:
    """An award leaves every report that tells of it: from the content, and with the files, which are made anew. Call inside a transaction; answers how many."""
    told = [
        one for one in FundPublication.objects.select_for_update(of=("self",)) if names_consent(one.content, consent)
    ]
    for one in told:
        one.content = without_consent(one.content, consent)
        is_held = one.replaced_at is None
        one.published_at, one.asked_at = None, now
        one.save(update_fields=["content", "published_at", "asked_at"])
        FundPublicationFile.objects.filter(publication=one).delete()
        if is_held:
            _make_later(one, None)
    return len(told)
