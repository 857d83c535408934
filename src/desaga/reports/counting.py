"""How long a text is, as word processors count: what stands between blanks and holds a letter or a digit."""

from __future__ import annotations

import re

WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    return len(WORD.findall(text))
