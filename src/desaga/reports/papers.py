"""A report as a paper: what `desaga.documents.out` writes as PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from desaga.documents.out import Block, Column, Heading, Points, Table, Words

FIGURES = (Column("Figure", width=20), Column("Value", "number", 10), Column("How it was counted", width=60))
NARROW, WIDE = 12, 40


def report_paper(content: Mapping[str, Any], signed: str = "") -> list[Block]:
    """A report from its content (`freezing.py`); `signed` says who signed it off and when, or that nobody has."""
    blocks: list[Block] = [Words(line_of(content), is_quiet=True), Words(signed or "Not signed off.", is_quiet=True)]
    for section in content["sections"]:
        blocks += [Heading(section["title"]), *text_blocks(section["text"])]
        blocks += [_table(one) for one in section["tables"]]
    return [*blocks, Heading("How the figures were counted"), _figures(content["figures"])]


def line_of(content: Mapping[str, Any]) -> str:
    """What is reported of, on one line."""
    first, last = date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"])
    return f"{content['kind']}. {content['plan']}, {said_day(first)} to {said_day(last)}."


def text_blocks(text: str) -> Iterator[Block]:
    """What people typed: an empty line parts paragraphs, lines that begin with a hyphen are a list."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        points: list[str] = []
        lines: list[str] = []
        for line in filter(str.strip, part.splitlines()):
            if line.lstrip().startswith("- "):
                yield from _words(lines)
                lines = []
                points.append(line.lstrip()[2:].strip())
            else:
                yield from _points(points)
                points = []
                lines.append(line.strip())
        yield from _words(lines)
        yield from _points(points)


def _words(lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Words("\n".join(lines))


def _points(points: Sequence[str]) -> Iterator[Block]:
    if points:
        yield Points(list(points))


def _table(told: Mapping[str, Any]) -> Table:
    columns = [
        Column(name, width=WIDE if number == 0 or name in ("Aim", "Not answered") else NARROW)
        for number, name in enumerate(told["columns"])
    ]
    return Table(told["key"], told["title"], columns, told["rows"])


def _figures(told: Sequence[Mapping[str, str]]) -> Table:
    return Table("figures", "", FIGURES, [[one["label"], one["value"], one["how"]] for one in told])


def said_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
