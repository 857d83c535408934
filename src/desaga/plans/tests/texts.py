"""When a text that was read is the text that a truth means: plain beginnings, hashes, shingles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any


def collapse(text: str | None) -> str:
    return " ".join((text or "").split()).rstrip(".;:,")


def short_hash(text: str, length: int = 12) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def words(text: str | None) -> list[str]:
    return re.findall(r"[^\W_]+", (text or "").casefold())


def shingles(text: str | None) -> list[str]:
    found = words(text)
    return [short_hash(" ".join(found[i : i + 3]), 8) for i in range(max(1, len(found) - 2))]


def text_fits(actual: str | None, expected: Any) -> bool:
    """Whether a text that was read is the one the truth means; a plain expectation needs only its beginning."""
    if expected is None:
        return not collapse(actual)
    if isinstance(expected, str):
        begins = words(expected)
        return words(actual)[: len(begins)] == begins
    if "any_of" in expected:
        return any(text_fits(actual, option) for option in expected["any_of"])
    if "hash" in expected:
        return short_hash(collapse(actual)) == expected["hash"]
    if "first_words" in expected:
        return short_hash(" ".join(words(actual)[: expected["n"]])) == expected["first_words"]
    return "shingles" not in expected or _overlap(expected["shingles"], shingles(actual)) == 1


def resemblance(actual: str | None, expected: Any) -> float:
    """From 0 to 1, how far a text resembles the expected one; a torn or longer text still resembles it."""
    if expected is None or not collapse(actual):
        return 0.0
    if isinstance(expected, Mapping) and "any_of" in expected:
        return max(resemblance(actual, option) for option in expected["any_of"])
    if text_fits(actual, expected):
        return 1.0
    if isinstance(expected, str):
        wanted, got = words(expected), words(actual)
        return _overlap(shingles(expected), shingles(" ".join(got[: len(wanted) + 12]))) if wanted else 0.0
    return _overlap(expected["shingles"], shingles(actual)) if "shingles" in expected else 0.0


def _overlap(wanted: Sequence[str], got: Sequence[str]) -> float:
    return len(set(wanted) & set(got)) / len(set(wanted))


def same(a: str | None, b: str | None) -> bool:
    return words(a) == words(b)


def options(expected: Any) -> list[Any]:
    return list(expected["any_of"]) if isinstance(expected, Mapping) and "any_of" in expected else [expected]


def accepts(expected: Any, actual: Any) -> bool:
    """Whether a scalar is the expected one, one of a list of accepted ones, or both say "nothing"."""
    accepted = [option for one in options(expected) for option in (one if isinstance(one, list) else [one])]
    return (actual or None) in [None if value == "none" else value or None for value in accepted]
