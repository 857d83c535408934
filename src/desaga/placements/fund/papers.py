"""The report as a paper: what `desaga.documents.out` writes as PDF/UA and Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desaga.documents.out import Block, Column, Contents, Heading, Picture, Points, Table, Words

from ..agreeing import said_day
from .drawing import chart_of
from .written import HIDES, counted_line, day_of, hides, paragraphs

LABEL, NUMBER = 34, 14


def report_paper(content: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Words(about(content), is_quiet=True)]
    if content.get("foreword"):
        blocks += [Heading("Foreword"), *(Words(one) for one in paragraphs(content["foreword"]))]
    blocks.append(Contents())
    for section in content["sections"]:
        blocks += _section(section, content)
    return blocks


def about(content: Mapping[str, Any]) -> str:
    """Which days, and from when the figures are."""
    first, last = day_of(content["starts_on"]), day_of(content["ends_on"])
    kind = "" if content.get("is_published") else " Draft."
    return f"{said_day(first)} to {said_day(last)}. Counted on {said_day(day_of(content['counted_on']))}.{kind}"


def _section(section: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(section["title"])
    for words in section["words"]:
        yield Words(words)
    for table in section["tables"]:
        yield from _table(table, content)
    for award in section.get("awards", ()):
        yield from _award(award, content.get("nouns", {}).get("host_noun", "host"))
    for words in paragraphs(section.get("remark", "")):
        yield Words(words)


def _table(table: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(table["title"], 3)
    chart = chart_of(table, counted_line(content))
    if chart:
        yield Picture(chart.wide, f"{chart.title}. {chart.described}")
    columns = [
        Column(name or "What", "text" if at == 0 else "number", LABEL if at == 0 else NUMBER)
        for at, name in enumerate(table["columns"])
    ]
    rows = [[label, *(seen for seen, _ in cells)] for label, cells in table["rows"]]
    yield Table(table["key"], "", columns, rows, notes=(HIDES,) if hides(table) else ())


def _award(award: Mapping[str, str], host_noun: str) -> Iterator[Block]:
    who = ", ".join(filter(None, (award["name"], award["home"])))
    yield Heading(award["title"], 3)
    yield Points([f"Who: {who}", f"{host_noun.capitalize()}: {award['host']}"])
    if award["sentence"]:
        yield Words(award["sentence"])
