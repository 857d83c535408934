"""How long a text is, as word processors count: what stands between blanks and holds a letter or a digit."""

from __future__ import annotations

import re

WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def length_words(number: int, limit: int | None) -> str:
    """How long something is: "312 of 400 words", "3 words", "420 of 400 words, 20 too many"."""
    if limit is None:
        return f"{number:,} word{'' if number == 1 else 's'}"
    over = f", {number - limit:,} too many" if number > limit else ""
    return f"{number:,} of {limit:,} words{over}"
