"""The words of a story: what stands in a version, as it will be shown, and what a consent leaves of it. Pure: no models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from desaga.ui.languages import ENGLISH, WELSH

#: The sections of a story, in the order in which they are read: the field and its heading.
SECTIONS = {
    "what_i_do": "What I do",
    "what_i_love": "What I love about my job",
    "skills": "The skills I use most",
    "how_i_got_here": "How I got here",
    "advice": "My advice",
}
#: The same headings in each language.
HEADINGS = {
    ENGLISH: SECTIONS,
    WELSH: {
        "what_i_do": "Beth rydw i’n ei wneud",
        "what_i_love": "Beth rwy’n ei garu am fy swydd",
        "skills": "Y sgiliau rwy’n eu defnyddio fwyaf",
        "how_i_got_here": "Sut y cyrhaeddais i yma",
        "advice": "Fy nghyngor",
    },
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
    words: Mapping[str, Any],
    pictures: Iterable[Mapping[str, Any]],
    video: Mapping[str, Any] | None,
    language: str = ENGLISH,
) -> dict[str, Any]:
    """A version's content: plain data that JSON can hold, with the marks of pictures and film rather than their bytes."""
    told: dict[str, Any] = {name: str(words.get(name) or "").strip().replace("\r\n", "\n") for name in WORDS}
    told |= {name: sorted(words.get(name) or []) for name in TAGS}
    # Versions that were approved before there was another language keep their mark.
    told |= {} if language == ENGLISH else {"language": language}
    return {**told, "pictures": [dict(one) for one in pictures], "video": dict(video) if video else None}


def language_of(content: Mapping[str, Any]) -> str:
    return str(content.get("language", ENGLISH))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a version: the same words, pictures and film, the same mark."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def title_of(content: Mapping[str, Any]) -> str:
    """ "Meet Ada Quill"; without a name, whom one meets by what they do."""
    return title_in_welsh(content) if language_of(content) == WELSH else title_in_english(content)


def title_in_english(content: Mapping[str, Any]) -> str:
    if content["name"]:
        return f"Meet {content['name']}"
    job = content["job"]
    return (
        f"Meet {'an' if job[:1].lower() in 'aeiou' else 'a'} {job[:1].lower()}{job[1:]}" if job else "Meet a technician"
    )


def title_in_welsh(content: Mapping[str, Any]) -> str:
    """ "Dyma Ada Quill"; a job stands alone, as "Dyma" would change its first letter."""
    if content["name"]:
        return f"Dyma {content['name']}"
    job = str(content["job"])
    return f"{job[:1].upper()}{job[1:]}" if job else "Dyma dechnegydd"


def sections_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Headings with their text, those that have some, in the language of the story."""
    return [(heading, content[name]) for name, heading in HEADINGS[language_of(content)].items() if content[name]]


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


def in_words(content: Mapping[str, Any]) -> str:
    """Summary, sections and quotation, for whoever says them in another language."""
    told = [content["summary"], *(f"{heading}\n{text}" for heading, text in sections_of(content)), content["quote"]]
    return "\n\n".join(one for one in told if one)


def lacking(content: Mapping[str, Any], in_english: Collection[str] = ()) -> list[str]:
    """What a version needs before somebody can be asked to approve it, as sentences. `in_english`: what its pictures show, as the English one says it."""
    found = []
    if not content["name"]:
        found.append("Say whom one meets.")
    if not content["job"]:
        found.append("Say what their job is.")
    if not content["summary"]:
        found.append("Write one sentence that makes one read on.")
    if not sections_of(content):
        found.append("Write at least one of the sections.")
    same = [one["alt"] for one in content["pictures"] if not one["is_decorative"] and one["alt"] in in_english]
    return found + [f"Say in Welsh what the picture shows: “{alt}”." for alt in same]
