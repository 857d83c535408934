"""Read a document once for two purposes: the plan in it, and the very rows that each action came from.

Pure Python: it runs in a child process with limits, which knows no database (see `desaga.documents.sandbox`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desaga.documents.model import Document, Grid, Row, Source, Text

LONGEST_CONTINUATION = 12
HEADS_KNOWN = 0.5
WORD = re.compile(r"\w{3,}")


@dataclass(slots=True)
class SourceRow:
    """A row of the file as it stands there: where, under which headings, and its cells' texts."""

    source: Source
    cells: list[str]
    heads: list[str] = field(default_factory=list)
    is_head: bool = False

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.cells).casefold().split())

    @property
    def words(self) -> set[str]:
        return set(WORD.findall(" ".join(self.cells).casefold()))

    def as_dict(self) -> dict[str, Any]:
        """Where as words, and pairs of heading and text; empty cells are left out."""
        named = zip(self.heads + [""] * len(self.cells), self.cells, strict=False)
        cells = [{"head": head, "text": text} for head, text in named if text.strip()]
        return {"where": place(self.source), "cells": cells}


def read_confined(name: str, content: bytes, hints: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What `read_with_rows` answers, worked out in a child process with limits on memory and time.

    Raises `desaga.documents.UnreadableDocument`, whose text is a sentence for whoever handed the document in.
    """
    from desaga.documents.sandbox import read_limited

    return read_limited("desaga.plans.sources:read_with_rows", name, content, hints)


def read_with_rows(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The plan in the interchange format, and for each action the rows of the file that it was read from.

    `{"plan": {…}, "rows": [[{"where", "cells": [{"head", "text"}]}]], "format": "xlsx"}`: one list of rows an action.
    `payload` is `{"path": …, "hints": …}`, the hints as plain data (`reading.hints.hints_from`), perhaps none. Those that
    were of use are given as `used`, pairs of kind and words.
    A file that Desaga wrote is read cell by cell, and its sheet is given as `sheet`.
    Raises `desaga.documents.UnreadableDocument`.
    """
    from desaga.documents import read_document
    from desaga.plans.reading import hints_from, understand
    from desaga.plans.reading.hints import heeding
    from desaga.plans.roundtrip.own import read_own

    if own := read_own(Path(payload["path"])):
        return own
    document = read_document(Path(payload["path"]))
    hints = hints_from(payload.get("hints") or {})
    plan = understand(document, hints=hints).as_dict()
    with heeding(hints):
        rows = rows_of(document)
    by_address = _by_address(rows)
    places = [_place_of(action, rows, by_address) for action in plan["actions"]]
    starts = {at for at in places if at is not None}
    return {
        "plan": plan,
        "rows": [_rows_from(at, starts, rows, action) for at, action in zip(places, plan["actions"], strict=True)],
        "format": document.format,
        "used": sorted(hints.used),
    }


def rows_of(document: Document) -> list[SourceRow]:
    """Every row and line of a document in reading order, each row with the headings above it."""
    found: list[SourceRow] = []
    heads: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            found.append(SourceRow(block.source, [block.text]))
            continue
        for row in block.rows:
            new = SourceRow(_source(row, block), row.texts, is_head=_is_head(row))
            if new.is_head:
                heads = _joined_heads(heads if found and found[-1].is_head else [], row.texts)
            new.heads = heads if len(heads) == len(new.cells) and not new.is_head else []
            found.append(new)
    return found


def _joined_heads(upper: list[str], texts: Sequence[str]) -> list[str]:
    """The headings of a row; where it completes the heading row above it, an empty cell keeps what stood there."""
    lower = [" ".join(text.split()) for text in texts]
    return [low or up for low, up in zip(lower, upper, strict=True)] if len(upper) == len(lower) else lower


def place(source: Source | Mapping[str, Any]) -> str:
    """Where something stands, as one says it: "sheet Action plan, row 6", "page 3, row 2", "line 12"."""
    told = source if isinstance(source, Mapping) else {name: getattr(source, name) for name in ("sheet", "page", "row")}
    words = [f"sheet {told['sheet']}"] if told["sheet"] else []
    words += [f"page {told['page']}"] if told["page"] else []
    row = "row" if words else "line"
    words += [f"{row} {told['row']}"] if told["row"] else []
    return ", ".join(words)


def _source(row: Row, grid: Grid) -> Source:
    if row.source != Source():
        return row.source
    return next((cell.source for cell in row.cells if cell.source != Source()), grid.source)


def _is_head(row: Row) -> bool:
    from desaga.plans.reading.headings import column_of

    texts = [text for text in row.texts if text.strip()]
    if len(texts) < 2 or sum(map(len, texts)) > 60 * len(texts):
        return False
    if row.header:
        return True
    return sum(column_of(text).role is not None for text in texts) > HEADS_KNOWN * len(texts)


def _texts_of(action: Mapping[str, Any]) -> set[str]:
    texts = [
        action["code"] or "",
        action["title"],
        action["how"],
        action["success"],
        action["comments"],
        action["timeframe"]["text"],
    ]
    texts += [owner["text"] for owner in action["owners"]] + [a["text"] for a in action["alignments"]]
    texts += [update["text"] for update in action["updates"]]
    return set(WORD.findall(" ".join(texts).casefold()))


Address = tuple[str | None, int | None, int | None]


def _by_address(rows: Sequence[SourceRow]) -> dict[Address, list[int]]:
    found: dict[Address, list[int]] = {}
    for index, row in enumerate(rows):
        found.setdefault((row.source.sheet, row.source.page, row.source.row), []).append(index)
    return found


def _place_of(
    action: Mapping[str, Any], rows: Sequence[SourceRow], by_address: Mapping[Address, list[int]]
) -> int | None:
    """The index of an action's first row. Tables of one page may count alike: the one with more of its words is it."""
    told = action["source"]
    at = by_address.get((told["sheet"], told["page"], told["row"]), [])
    if len(at) < 2:
        return at[0] if at else None
    words = _texts_of(action)
    return max(at, key=lambda index: len(rows[index].words & words))


def _rows_from(
    at: int | None, starts: set[int], rows: Sequence[SourceRow], action: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The action's first row and those that continue it: rows of its own words, before the next action's."""
    if at is None:
        return []
    taken, words = [rows[at]], _texts_of(action)
    for index in range(at + 1, min(at + LONGEST_CONTINUATION, len(rows))):
        row = rows[index]
        if index in starts:
            break
        if row.is_head or not row.words:
            continue
        if len(row.words & words) < 0.6 * len(row.words) or row.text == (action["theme"] or "").casefold():
            break
        taken.append(row)
    return [row.as_dict() for row in taken]
