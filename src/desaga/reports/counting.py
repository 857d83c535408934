"""How long a text is, as word processors and the script of the page count: what stands between blanks."""

from __future__ import annotations


def count_words(text: str) -> int:
    return len(text.split())


def length_words(number: int, limit: int | None) -> str:
    """How long something is: "312 of 400 words", "3 words", "420 of 400 words, 20 too many"."""
    if limit is None:
        return f"{number:,} word{'' if number == 1 else 's'}"
    over = f", {number - limit:,} too many" if number > limit else ""
    return f"{number:,} of {limit:,} words{over}"
