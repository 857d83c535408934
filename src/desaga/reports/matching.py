"""What a report, its figures and its organisation offer to a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from .drafting import DRAFTS
from .figures import figures_of
from .filling.meanings import LEAVE, Meaning, chosen
from .models import OfficialForm, Report, ReportSection
from .papers import said_day
from .queries import frozen_of
from .recorded import recorded_of

BOXES = (
    Meaning("tick:yes", "Boxes", "Ticked", "Yes", ""),
    Meaning("tick:no", "Boxes", "Not ticked", "No", ""),
)


def meanings_of(report: Report) -> list[Meaning]:
    """Everything of a report that a field can be filled with: its sections, facts and figures."""
    sections = ReportSection.objects.filter(report=report)
    told = [
        Meaning(f"section:{one.key}", "Sections", one.title, one.text, one.asks, _names(one.drafts)) for one in sections
    ]
    figures, signed = figures_of(recorded_of(report.plan, report.starts_on, report.ends_on)), _signed(report)
    counted = [
        Meaning(f"figure:{one.key}", "Figures", one.label, signed.get(one.label, one.value), f"number of {one.label}")
        for one in figures
    ]
    return [*told, *_facts(report), *counted, *BOXES]


def _signed(report: Report) -> dict[str, str]:
    """The figures as they were signed off, by what they are called: a form says nothing else than the report."""
    frozen = frozen_of(report)
    return {one["label"]: one["value"] for one in frozen.content.get("figures", ())} if frozen else {}


def _names(drafts: Sequence[str]) -> tuple[str, ...]:
    """What a section is about, besides its title: what its drafts are called."""
    return tuple(DRAFTS[key].label for key in drafts if key in DRAFTS)


def _facts(report: Report) -> list[Meaning]:
    organisation, writer = report.organisation, report.made_by
    period = f"{said_day(report.starts_on)} to {said_day(report.ends_on)}"
    facts = (
        ("organisation", "Name of the organisation", organisation.name, "organisation institution university employer signatory name"),
        ("short_name", "Short name of the organisation", organisation.short_name, ""),
        ("home_page", "Home page", organisation.home_page, "website web address"),
        ("contact", "Who writes the report", writer.get_full_name() if writer else "", "contact lead institutional name person"),
        ("email", "Their e-mail", writer.email if writer else "", "contact email mail address"),
        ("plan", "Name of the plan", report.plan.title, "action plan title"),
        ("period", "Period of the report", period, "reporting period dates covered"),
        ("signed_on", "Day of signing", said_day(report.signed_on) if report.signed_on else "", "date signed joined commitment"),
        ("signatory", "Who signs off", report.signatory_words, "head of organisation sign off signature approved by"),
        ("today", "Today’s date", said_day(timezone.localdate()), "date of submission completed on"),
    )  # fmt: skip
    return [Meaning(f"fact:{key}", "Facts", label, value, words) for key, label, value, words in facts]


def matched(form: OfficialForm, known: dict[str, str], meanings: list[Meaning]) -> list[dict[str, Any]]:
    """Each field with what it is filled with, whether somebody said so, how much too long that is, and whether a list has no such item."""
    by_key = {one.key: one for one in meanings}
    rows = []
    for field in form.fields:
        key, is_said = chosen(field, known, meanings)
        meaning = by_key.get(key)
        if meaning and not meaning.fits(field["kind"]):
            meaning = None
        over = meaning.too_much(field["limit"], field["unit"]) if meaning else 0
        rows.append(
            {
                "field": field,
                "key": key if meaning else LEAVE,
                "meaning": meaning,
                "is_said": is_said,
                "over": over,
                "is_unlisted": meaning is not None and meaning.is_unlisted(field),
            }
        )
    return rows


def values_of(form: OfficialForm, known: dict[str, str], meanings: list[Meaning]) -> dict[str, str]:
    """By field, the words to write: only what somebody said, and what a list has; what is only proposed is not written."""
    return {
        row["field"]["key"]: row["meaning"].value
        if row["meaning"] and row["is_said"] and not row["is_unlisted"]
        else ""
        for row in matched(form, known, meanings)
    }
