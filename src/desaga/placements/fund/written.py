"""What people write into a report, and how a kept report is changed when somebody takes back a consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desaga.disclosure.cells import MARKS, Kind

from ..agreeing import said_day
from .telling import SECTIONS


def with_words(content: Mapping[str, Any], *, title: str, foreword: str, remarks: Mapping[str, str]) -> dict[str, Any]:
    """The report with its title, its foreword and the remark of each section."""
    sections = [one | {"remark": remarks.get(one["key"], "").strip()} for one in content["sections"]]
    return {**content, "title": title, "foreword": foreword.strip(), "sections": sections}


def known_remarks(remarks: Mapping[str, str]) -> dict[str, str]:
    """Those that are under a section, and say something."""
    return {key: words for key in SECTIONS if (words := remarks.get(key, "").strip())}


def names_consent(content: Mapping[str, Any], consent: int) -> bool:
    return any(award["consent"] == consent for one in content["sections"] for award in one.get("awards", ()))


def without_consent(content: Mapping[str, Any], consent: int) -> dict[str, Any]:
    """The report without what somebody does not agree to any more."""
    sections = [
        one | {"awards": [award for award in one.get("awards", ()) if award["consent"] != consent]}
        for one in content["sections"]
    ]
    return {**content, "sections": sections}


HIDES = "Two dots (..) stand where a figure is hidden, to protect people."


def hides(table: Mapping[str, Any]) -> bool:
    """Whether a figure of a table is hidden: then `HIDES` stands under it."""
    return any(seen == MARKS[Kind.SUPPRESSED] for _, cells in table["rows"] for seen, _ in cells)


def paragraphs(text: str) -> list[str]:
    """An empty line parts paragraphs."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def day_of(iso: str) -> date:
    return date.fromisoformat(iso)


def counted_line(content: Mapping[str, Any]) -> str:
    return f"{content['year']}, counted on {said_day(day_of(content['counted_on']))}"
