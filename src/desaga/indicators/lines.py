"""A line: one thing that has readings, to be named in an address or a form: an indicator, a part of one, or a series kept by hand."""

from __future__ import annotations

from dataclasses import dataclass

BETWEEN = "|"


class NoSuchLine(ValueError):
    """Words that name no line."""


@dataclass(frozen=True, slots=True)
class Line:
    """`key` of an indicator with `cut` and `part` where only a part is meant; or the id of a manual `series`."""

    key: str = ""
    cut: str = ""
    part: str = ""
    series: int | None = None

    def __str__(self) -> str:
        return f"series{BETWEEN}{self.series}" if self.series else BETWEEN.join((self.key, self.cut, self.part))


def line_of(words: str) -> Line:
    """What `str(line)` names. Raises `NoSuchLine`."""
    parts = words.split(BETWEEN, 2)
    if len(parts) == 2 and parts[0] == "series" and parts[1].isascii() and parts[1].isdecimal():
        return Line(series=int(parts[1]))
    if len(parts) == 3 and parts[0] and bool(parts[1]) == bool(parts[2]):
        return Line(*parts)
    raise NoSuchLine(words)
