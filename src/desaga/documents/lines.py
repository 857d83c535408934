"""A text cut into numbered lines with pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 20_000
"""Characters of one line or paragraph; what is longer becomes several."""

WIDEST_WHITE = re.compile(" {401,}")
LINE_END = re.compile("\r\n|\r|\n|\x85")
SOFT_BREAKS = str.maketrans({"\x0b": "\n", "\u2028": "\n", "\u2029": "\n", "\x00": ""})


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    page: int | None
    text: str

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def split_lines(text: str) -> list[Line]:
    """The lines of `text`; `page` is set only where form feeds divide it into pages. Soft breaks stay inside a line.
    A line too long to be one is cut into several of the same number; spaces by the hundred are shortened."""
    text = WIDEST_WHITE.sub(" " * 400, text)
    paged = "\f" in text.strip()
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(LINE_END.split(text.translate(SOFT_BREAKS)), start=1):
        for index, part in enumerate(raw.split("\f")):
            page += index > 0
            lines += [Line(number, page if paged else None, piece) for piece in pieces(part)]
    return lines


def pieces(text: str) -> list[str]:
    """`text` in stretches of at most `LONGEST` characters, parted at white space where there is any; never empty."""
    found: list[str] = []
    place = 0
    while len(text) - place > LONGEST:
        limit = place + LONGEST
        end = text.rfind(" ", place + LONGEST // 2, limit)
        end = limit if end < 0 else end + 1
        found.append(text[place:end])
        place = end
    return [*found, text[place:]]
