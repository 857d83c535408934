"""Patterns of words for job titles: whole words in a row, `*` for any letters, ` * ` for any words between.

No regular expression comes from a user: each pattern is gone through from left to right once, whatever it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
STARRED = re.compile(r"[^\W_*]*(?:['’*][^\W_*]*)*")
LONGEST = 80
MOST_WORDS = 8


def folded(text: str) -> str:
    """Words without the accidents of case, spaces, accents and ligatures."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """Runs of words; between two runs any words may stand. Each word is its parts between stars."""

    text: str
    runs: tuple[tuple[tuple[str, ...], ...], ...]

    def found_in(self, title: str) -> str:
        """The words of the title that it fits, as they stand there; empty where it fits none."""
        words = [(match.start(), match.end()) for match in WORD.finditer(title)]
        plain = [folded(title[start:end]) for start, end in words]
        at, first = 0, None
        for run in self.runs:
            found = _find(run, plain, at)
            if found is None:
                return ""
            first = found if first is None else first
            at = found + len(run)
        return title[words[first or 0][0] : words[at - 1][1]]


def _find(run: tuple[tuple[str, ...], ...], words: list[str], at: int) -> int | None:
    for start in range(at, len(words) - len(run) + 1):
        if all(_fits(parts, words[start + n]) for n, parts in enumerate(run)):
            return start
    return None


def _fits(parts: tuple[str, ...], word: str) -> bool:
    """Whether the parts stand in the word in their order, the first at its beginning and the last at its end."""
    if len(parts) == 1:
        return word == parts[0]
    if not word.startswith(parts[0]) or not word.endswith(parts[-1]):
        return False
    at, end = len(parts[0]), len(word) - len(parts[-1])
    for part in parts[1:-1]:
        found = word.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """The pattern of a text; `fault_of` says what is wrong with it."""
    runs: list[list[tuple[str, ...]]] = [[]]
    for word in _words_of(text):
        if set(word) == {"*"}:
            runs.append([])
        else:
            runs[-1].append(tuple(re.split(r"\*+", word)))
    return Pattern(text, tuple(tuple(run) for run in runs if run))


def _words_of(text: str) -> list[str]:
    return [word for word in STARRED.findall(folded(text)) if word]


def fault_of(text: str) -> str:
    """What is wrong with a pattern, in a sentence; empty where nothing is."""
    words = _words_of(text)
    if len(text) > LONGEST or len(words) > MOST_WORDS:
        return f"“{text[:LONGEST]}” is too long: at most {MOST_WORDS} words and {LONGEST} letters."
    if not any(word.strip("*") for word in words):
        return f"“{text}” has no word in it. Write a word such as technician, with * for any letters."
    return ""
