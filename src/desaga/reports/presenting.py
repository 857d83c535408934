"""What a page shows of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from .drafting import DRAFTS, Draft, drafted_from
from .models import FrozenReport, Report, ReportSection
from .papers import said_day
from .states import Way


@dataclass(frozen=True, slots=True)
class Link:
    """A record that a sentence was drafted from."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    links: list[Link]
    more: int


MOST_LINKS = 4


def sentences_of(draft: Draft, report: Report) -> list[Sentence]:
    """What was drafted, each sentence with links to the records that it was made of."""
    return [
        Sentence(
            one["text"].removeprefix("- "),
            [Link(source["label"], _url(source, report)) for source in one["sources"][:MOST_LINKS]],
            max(0, len(one["sources"]) - MOST_LINKS),
        )
        for one in draft.get("paragraphs", ())
    ]


def _url(source: Mapping[str, Any], report: Report) -> str:
    slug = report.organisation.slug
    if source["kind"] == "action":
        return reverse("plans:show_action", args=[slug, report.plan_id, source["pk"]])
    if source["kind"] == "review":
        return reverse("reviews:show_minutes", args=[slug, source["pk"]])
    if source["kind"] == "evidence":
        return reverse("evidence:show_evidence", args=[slug, source["pk"]])
    return reverse("plans:show_plan", args=[slug, report.plan_id])


def why_empty(section: ReportSection) -> list[str]:
    """Why nothing was drafted, in words; nothing where something was."""
    if section.draft.get("paragraphs") or section.draft.get("tables"):
        return []
    return [DRAFTS[key].none for key in section.drafts if key in DRAFTS] or [
        "This section is yours to write: nothing is drafted for it."
    ]


def drafted_words(section: ReportSection) -> str:
    """What the draft was made of: "Drafted from 14 updates"."""
    made_of = drafted_from(section.draft)
    return f"Drafted from {made_of}" if made_of else ""


def signed_words(frozen: FrozenReport | None) -> str:
    """Who signed off, and when."""
    if frozen is None:
        return ""
    by = f"Signed off by {frozen.signed_by}{_as_whom(frozen.content)} on {said_day(timezone.localdate(frozen.frozen_at))}, {Way(frozen.way).label}."
    return f"{by} Kept as {frozen.digest[:12]}."


def _as_whom(content: Mapping[str, Any]) -> str:
    """In what office: as the head of organisation, or for the head and why. Nothing is known of what was signed before heads were stated."""
    head, because = content.get("head"), content.get("signs", {}).get("because", "")
    if not head:
        return ""
    if because:
        return f" for {head['name']}, {head['title']} ({because.rstrip('.')})"
    return f", {head['title']},"
