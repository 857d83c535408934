"""A text cut into numbered lines with pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    """The lines of `text`; `page` is set only where form feeds divide it into pages. Soft breaks stay inside a line."""
    paged = "\f" in text.strip()
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(LINE_END.split(text.translate(SOFT_BREAKS)), start=1):
        for index, part in enumerate(raw.split("\f")):
            page += index > 0
            lines.append(Line(number, page if paged else None, part))
    return lines
