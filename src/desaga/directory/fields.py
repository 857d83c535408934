"""What somebody may show of themselves, each by a tick of its own. Pure: no models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: The field, what the tick says, and what is asked.
FIELDS = {
    "name": "Your name",
    "job": "Your job",
    "employer": "Where you work",
    "place": "Your town",
    "skills": "Your skills",
    "equipment": "The equipment that you know",
    "offers": "What you offer to others",
}
LISTS = ("skills", "equipment")
LONGEST_WORD, MOST_WORDS = 80, 30
SEPARATORS = re.compile(r"[\n;,]+")


def in_list(text: str) -> list[str]:
    """Lines, or what commas separate, each once, in order, as it was written first."""
    found: dict[str, str] = {}
    for one in SEPARATORS.split(text):
        plain = " ".join(one.split())[:LONGEST_WORD]
        if plain:
            found.setdefault(plain.lower(), plain)
    return list(found.values())[:MOST_WORDS]


def ticked(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is left: fields that were ticked and have something in them. What was not ticked is not kept."""
    left: dict[str, Any] = {}
    for name in FIELDS:
        value = told.get(name) if told.get(f"show_{name}") else None
        left[name] = (value or []) if name in LISTS else (value or "").strip()
    return left


def words_of(told: Mapping[str, Any]) -> str:
    """All that is shown, to be searched."""
    return " ".join(" ".join(told[name]) if name in LISTS else told[name] for name in FIELDS).strip()
