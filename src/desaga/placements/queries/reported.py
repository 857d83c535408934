"""Reads of a scheme's yearly reports: for those who run it, and for anybody once they are published."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..figures import Shown, shown_of
from ..fund.telling import content_of as counted_of
from ..fund.telling import with_awards
from ..fund.written import with_words
from ..models import (
    Budget,
    FundPublication,
    FundPublicationFile,
    FundReport,
    FundReportDraft,
    FundReportText,
    Round,
    Scheme,
)
from ..states import RoundState
from .fund import awards_shown, heard_in, year_of


def reports_of(scheme: Scheme) -> list[tuple[Budget, FundReport | None, FundPublication | None]]:
    """Each year that has money, the newest first, with its report and what is published of it, as far as there is."""
    reports = {one.budget_id: one for one in FundReport.objects.filter(scheme=scheme)}
    held = FundPublication.objects.filter(scheme=scheme, replaced_at=None).defer("content")
    published = {one.report_id: one for one in held}
    budgets = Budget.objects.filter(scheme=scheme).order_by("-starts_on")
    return [(one, reports.get(one.pk), _of(reports.get(one.pk), published)) for one in budgets]


def _of(report: FundReport | None, published: dict[int, FundPublication]) -> FundPublication | None:
    return published.get(report.pk) if report else None


def budget_or_404(scheme: Scheme, pk: int) -> Budget:
    return get_object_or_404(Budget.objects.filter(scheme=scheme).select_related("scheme"), pk=pk)


WITH = ("budget__scheme", "scheme__organisation", "organisation")


def report_or_404(scheme: Scheme, pk: int) -> FundReport:
    """By its year's budget."""
    return get_object_or_404(FundReport.objects.filter(scheme=scheme).select_related(*WITH), budget=pk)


def report_of(pk: int) -> FundReport:
    return FundReport.objects.select_related(*WITH).get(pk=pk)


def draft_of(report: FundReport) -> FundReportDraft | None:
    """The PDF that was asked for last."""
    return FundReportDraft.objects.filter(report=report).first()


def text_of(report: FundReport) -> FundReportText:
    """What was last written into it; an empty version 0 where nothing was."""
    return FundReportText.objects.filter(report=report).first() or FundReportText(report=report, number=0, remarks={})


def texts_of(report: FundReport) -> QuerySet[FundReportText]:
    return FundReportText.objects.filter(report=report).select_related("by__person")


def first_publication(report: FundReport) -> FundPublication | None:
    return FundPublication.objects.filter(report=report).order_by("number").first()


def holding(report: FundReport) -> FundPublication | None:
    """What is published now, or is being made to be."""
    return FundPublication.objects.filter(report=report, replaced_at=None).first()


def content_of(report: FundReport, *, today: date | None = None) -> dict[str, Any]:
    """The report as it stands: with the figures that were first published, else counted now; with what was last written."""
    today = today or timezone.localdate()
    first, text = first_publication(report), text_of(report)
    if first:
        counted = with_awards(_as_counted(first.content), awards_shown(report.budget))
    else:
        counted = counted_of(year_of(report.budget, today), today)
    title = f"{report.scheme.name}: report of {counted['year']}"
    return with_words(counted, title=title, foreword=text.foreword, remarks=text.remarks)


def _as_counted(content: dict[str, Any]) -> dict[str, Any]:
    """What was counted then, without what was written."""
    return {key: value for key, value in content.items() if key not in ("title", "foreword", "is_published")}


def digest_of(content: dict[str, Any]) -> str:
    """The same for the same report, and for no other."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_changed(publication: FundPublication, content: dict[str, Any]) -> bool:
    """Whether the report reads otherwise than it was published."""
    return {**content, "is_published": True} != publication.content


def panels_to_tell(budget: Budget) -> bool:
    """Whether a panel of the year has still to tell its outcomes."""
    within = (budget.starts_on, budget.ends_on)
    rows = Round.objects.filter(scheme=budget.scheme_id, meets_on__range=within)
    return rows.exclude(state__in=(RoundState.RELEASED, RoundState.CALLED_OFF)).exists()


def has_outcomes(budget: Budget) -> bool:
    return heard_in(budget).exists()


def published_between(report: FundReport, first: date, last: date) -> bool:
    """Whether another report that was published has one of these days."""
    rows = FundReport.objects.filter(scheme=report.scheme_id, starts_on__lte=last, ends_on__gte=first)
    return rows.exclude(pk=report.pk).exists()


# ---- What anybody reads: asked as nobody, row-level security shows no others


def published_reports(scheme: Scheme) -> list[FundPublication]:
    """The newest year first, with their files' sizes."""
    rows = FundPublication._base_manager.filter(scheme=scheme, published_at__lte=timezone.now())
    return sorted(rows, key=lambda one: one.content["starts_on"], reverse=True)


def published_file(scheme: Scheme, number: int, ending: str) -> FundPublicationFile:
    """A frozen file by the number of its publication's row; 404 where it is not public."""
    rows = FundPublicationFile._base_manager.filter(
        publication=number, publication__scheme=scheme, publication__published_at__lte=timezone.now()
    )
    return get_object_or_404(rows.select_related("publication"), ending=ending)


def figures_published(publications: list[FundPublication]) -> list[tuple[str, list[Shown]]]:
    """By year, the newest first, the tables that were published of it."""
    return [(one.content["year"], [shown_of(told) for told in one.content["figures"]]) for one in publications]
