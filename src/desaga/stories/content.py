"""The words of a story: what stands in a version, as it will be shown, and what a consent leaves of it. Pure: no models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

#: The sections of a story, in the order in which they are read: the field and its heading.
SECTIONS = {
    "what_i_do": "What I do",
    "what_i_love": "What I love about my job",
    "skills": "The skills I use most",
    "how_i_got_here": "How I got here",
    "advice": "My advice",
}
#: The short facts beside it.
FACTS = ("name", "job", "employer", "summary", "place", "route", "registration", "quote")
TAGS = ("pillars", "fields")
WORDS = (*FACTS, *SECTIONS)
HINTS = {
    "what_i_do": "A usual day, for somebody of fourteen who has never seen your workshop.",
    "what_i_love": "What makes you get up for it.",
    "skills": "With your hands, your head, other people.",
    "how_i_got_here": "School, detours, who helped.",
    "advice": "What you would tell yourself at sixteen.",
}


def frozen(
    words: Mapping[str, Any], pictures: Iterable[Mapping[str, Any]], video: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A version's content: plain data that JSON can hold, with the marks of pictures and film rather than their bytes."""
    told: dict[str, Any] = {name: str(words.get(name) or "").strip().replace("\r\n", "\n") for name in WORDS}
    told |= {name: sorted(words.get(name) or []) for name in TAGS}
    return {**told, "pictures": [dict(one) for one in pictures], "video": dict(video) if video else None}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a version: the same words, pictures and film, the same mark."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def title_of(content: Mapping[str, Any]) -> str:
    """ "Meet Ada Quill"; without a name, whom one meets by what they do."""
    if content["name"]:
        return f"Meet {content['name']}"
    job = content["job"]
    return (
        f"Meet {'an' if job[:1].lower() in 'aeiou' else 'a'} {job[:1].lower()}{job[1:]}" if job else "Meet a technician"
    )


def sections_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Headings with their text, those that have some."""
    return [(heading, content[name]) for name, heading in SECTIONS.items() if content[name]]


def as_consented(content: Mapping[str, Any], what: Collection[str]) -> dict[str, Any]:
    """What is left of a version where not all of it may be shown. Never anything that is not in the version."""
    left = dict(content)
    for name in ("name", "quote", "employer"):
        if name not in what:
            left[name] = ""
    if "image" not in what:
        left["pictures"] = [one for one in content["pictures"] if not one["shows_person"]]
        left["video"] = None
    return left


def lacking(content: Mapping[str, Any]) -> list[str]:
    """What a version needs before somebody can be asked to approve it, as sentences."""
    found = []
    if not content["name"]:
        found.append("Say whom one meets.")
    if not content["job"]:
        found.append("Say what their job is.")
    if not content["summary"]:
        found.append("Write one sentence that makes one read on.")
    if not sections_of(content):
        found.append("Write at least one of the sections.")
    return found
