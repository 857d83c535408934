"""Technical staff in figures, as anybody reads them: the same for everybody, made of the public copy alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View

from desaga.documents.out.separated import disarm
from desaga.workforce.figuring import BY_KEY
from desaga.workforce.models import PublicFigures
from desaga.workforce.releasing.over_time import OverTime, trends
from desaga.workforce.releasing.pages import OVER_TIME, headlines, sections_of
from desaga.workforce.releasing.papers import OTHERS, whom_in_short
from desaga.workforce.releasing.queries import MOST_PERIODS_OF_ROWS, public_figures_of, public_figures_told
from desaga.workforce.releasing.sections import beside_of, key_of, since
from desaga.workforce.releasing.tables import Shown, shown

from .public import etag_of, frame_of, kept_answer, unchanged

HEADINGS = (
    "Period", "Day", "Compared with", "Figure", "Cut", "Row", "Column", "Value", "Shown", "In", "Policy",
    "Whose, where not ours", "Source", "What is counted", "Who is counted",
)  # fmt: skip
Period = dict[str, Any]
NOTHING = "Nothing is published at this address."


def figures_of(owner: str) -> PublicFigures:
    found = public_figures_of(owner)
    if found is None:
        raise Http404(NOTHING)
    return found


class ShowPublicFiguresView(View):
    """The newest period, and how it came to be so."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        found = public_figures_told(owner)
        if found is None:
            raise Http404(NOTHING)
        frame = frame_of(found.organisation)
        etag = etag_of(found.digest, found.organisation.name, frame["site"])
        if known := unchanged(request, etag):
            return known
        context = {
            **_page(found.digest, owner),
            **frame,
            "canonical": f"{settings.SITE_ADDRESS}{request.path}",
            "owner": found.organisation,
        }
        return kept_answer(request, HttpResponse(render_to_string("public/show_public_figures.html", context)), etag)


@lru_cache(maxsize=32)
def _page(digest: str, owner: str) -> dict[str, Any]:
    """What the page says, made once of each content: whoever asks later reads neither older periods nor their tables."""
    content = figures_of(owner).content
    newest = content[0]
    tables = _tables(newest)
    on = date.fromisoformat(newest["on"])
    sections = sections_of(
        tables, on, trends(_over_time(content), OVER_TIME, of_rows=_of_rows(content)), _before(newest)
    )
    numbers_url = reverse("public:take_public_figures", args=[owner])
    said = {"sections": sections, "policy": {"sentence": newest["policy"]}, "numbers_url": numbers_url}
    return {
        "period": newest["name"],
        "on": on,
        "replaces": newest["replaces"],
        "definition": newest["definition"],
        "headlines": headlines(tables),
        "sections": render_to_string("workforce/sections.html", said),
        "numbers_url": numbers_url,
    }


def _before(period: Period) -> date | None:
    """With which day the figures of a period are compared. Copies of some time ago do not say it."""
    told = period.get("before")
    return date.fromisoformat(told) if told else None


def _over_time(content: list[Period]) -> dict[str, OverTime]:
    """The headcount over the periods, the oldest first. Of older periods nothing else is made."""
    told: dict[str, list[tuple[date, Shown]]] = {cut: [] for cut in OVER_TIME}
    for period in reversed(content):
        for one in period["tables"]:
            if one["figure"] == key_of("headcount") and one["cut"] in told:
                told[one["cut"]].append((date.fromisoformat(period["on"]), shown(one)))
    return {cut: along[-MOST_PERIODS_OF_ROWS:] if cut else along for cut, along in told.items()}


def _of_rows(content: list[Period]) -> int | None:
    """Over how many periods rows are followed, where there are earlier ones."""
    return MOST_PERIODS_OF_ROWS if len(content) > MOST_PERIODS_OF_ROWS else None


def _tables(period: Period, wanted: frozenset[str] = frozenset()) -> dict[tuple[str, str], Shown]:
    """The tables of a period; of some figures, where these are named."""
    told = [one for one in period["tables"] if not wanted or one["figure"] in wanted]
    return {table.key: table for table in map(shown, told)}


class TakePublicFiguresView(View):
    """What the public reads, as CSV: all of it, or what stands under one question, of the newest period or `over-time`."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        found, wanted = figures_of(owner), self.wanted(request)
        is_newest = bool(wanted) and "over-time" not in request.GET
        etag = etag_of(found.digest, "csv", *sorted(wanted), is_newest)
        if known := unchanged(request, etag):
            return known
        content = _csv(found.content[:1] if is_newest else found.content, wanted)
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{owner}-technical-staff.csv"'
        answer.headers["X-Robots-Tag"] = "noindex"
        return kept_answer(request, answer, etag)

    def wanted(self, request: HttpRequest) -> frozenset[str]:
        """The figures that are asked for; none for all."""
        told = [key_of(slug) for slug in request.GET.get("figures", "").split(",") if slug]
        known = frozenset(told) & BY_KEY.keys()
        if told and not known:
            raise Http404(NOTHING)
        return known


def _csv(content: list[Period], wanted: frozenset[str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for period in content:
        whom = whom_in_short(period["definition"])
        for table in _tables(period, wanted).values():
            for row in _rows(period, table):
                told = [*row, table.definition, whom]
                writer.writerow([disarm(one) if isinstance(one, str) else one for one in told])
    return out.getvalue()


def _rows(period: Period, table: Shown) -> Iterator[list[Any]]:
    """The cells, and after them the shares of others that were entered for the table, each with its source."""
    before = since(table.figure, _before(period))
    head = [period["name"], period["on"], before.isoformat() if before else "", table.name, table.cut_words]
    for row, column, cell in table.places():
        value = "" if cell.value is None else cell.value
        yield [*head, row.words, column.words, value, cell.words, table.unit, period["policy"], "", ""]
    for one in beside_of(table):
        yield [*head, one.group, OTHERS, one.words, one.words, "per cent", "", one.whose, one.source]
