"""The columns of the sheet: how each writes its part of an action, and how it reads it back.

A cell is compared as text. A cell that was not touched changes nothing, so that what a sheet cannot hold (an owner's
kind, where an alignment comes from) survives the journey.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import dates
from ..lines import (
    alignment_line,
    alignment_of,
    dependency_line,
    milestone_line,
    milestone_of,
    one_line,
    owner_line,
    owner_of,
)
from ..reading.values import read_rag, read_status
from ..states import Rag, Status

Data = Mapping[str, Any]
#: A spreadsheet's cell holds 32,767 characters.
LONGEST_CELL = 32_000
YES = "yes"
NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class CellNotUnderstood(ValueError):
    """A cell holds what its column cannot; the text is a sentence for whoever brought the file."""


@dataclass(frozen=True)
class SheetColumn:
    """`write` gives the cell of an action; `read` answers the fields of the action that a changed cell stands for."""

    key: str
    heading: str
    width: int
    write: Callable[[Data], str]
    read: Callable[[str, Data], dict[str, Any]]


def clean(text: str) -> str:
    """Text as a cell can hold it: line breaks of one kind, nothing that no sheet can show, no blanks around it."""
    return NOT_IN_A_CELL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cell_of(column: SheetColumn, data: Data) -> str:
    """What stands in an action's cell."""
    return clean(column.write(data))[:LONGEST_CELL].rstrip()


def cells_of(data: Data) -> dict[str, str]:
    """All cells of an action by the keys of their columns."""
    return {column.key: cell_of(column, data) for column in COLUMNS}


def changed(data: Data, cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an action that these changed cells stand for. Raises `CellNotUnderstood`."""
    told: dict[str, Any] = {}
    for key, text in cells.items():
        column = BY_KEY[key]
        if len(clean(column.write(data))) > LONGEST_CELL:
            raise CellNotUnderstood(
                f"“{column.heading}” is longer than a sheet can hold. Change it on the action’s page."
            )
        told |= column.read(text, {**data, **told})
    return told


# ---- Kinds of columns


def _text(key: str, heading: str, width: int = 40) -> SheetColumn:
    return SheetColumn(key, heading, width, lambda data: data[key], lambda text, _: {key: text})


def _optional(key: str, heading: str, width: int) -> SheetColumn:
    return SheetColumn(key, heading, width, lambda data: data[key] or "", lambda text, _: {key: text or None})


def _lines(
    key: str, heading: str, width: int, write: Callable[[Any], str], read: Callable[[str], Any], parts: str = ""
) -> SheetColumn:
    """A list, one thing a line; a new line may name several, parted by one of `parts`."""

    def understand(text: str, data: Data) -> dict[str, Any]:
        left, found = list(data[key]), []
        for line in _told(text):
            same = next((one for one in left if clean(write(one)) == line), None)
            if same is not None:
                left.remove(same)
                found.append(same)
                continue
            for piece in _told(re.sub(f"[{parts}]", "\n", line) if parts else line):
                found.append(_understood(heading, read, piece))
        return {key: found}

    return SheetColumn(key, heading, width, lambda data: "\n".join(map(write, data[key])), understand)


def _told(text: str) -> Iterable[str]:
    return filter(None, (line.strip() for line in text.splitlines()))


def _understood(heading: str, read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except dates.NotADate as error:
        raise CellNotUnderstood(f"“{text}” under “{heading}”: {error}") from None


def _day(key: str, heading: str) -> SheetColumn:
    def read(text: str, data: Data) -> dict[str, Any]:
        day = _understood(heading, dates.understood, text) or None
        when = {**data["timeframe"], key: day}
        return {"timeframe": {**when, "precision": dates.coarsest(when["start"], when["end"])}}

    return SheetColumn(key, heading, 16, lambda data: dates.said(data["timeframe"][key]), read)


def _when_words() -> SheetColumn:
    def read(text: str, data: Data) -> dict[str, Any]:
        return {"timeframe": {**data["timeframe"], "text": text}}

    return SheetColumn("when", "When, in words", 20, lambda data: data["timeframe"]["text"], read)


def _ongoing() -> SheetColumn:
    def read(text: str, data: Data) -> dict[str, Any]:
        return {"timeframe": {**data["timeframe"], "continuous": _yes("Ongoing", text)}}

    return SheetColumn("ongoing", "Ongoing", 10, lambda data: YES if data["timeframe"]["continuous"] else "", read)


def _usual() -> SheetColumn:
    heading = "Business as usual"
    return SheetColumn(
        "business_as_usual",
        heading,
        12,
        lambda data: YES if data["business_as_usual"] else "",
        lambda text, _: {"business_as_usual": _yes(heading, text)},
    )


def _yes(heading: str, text: str) -> bool:
    word = text.casefold()
    if word in ("yes", "y", "x", "true", "1"):
        return True
    if word in ("", "no", "n", "false", "0"):
        return False
    raise CellNotUnderstood(f"“{text}” under “{heading}” is neither yes nor no.")


def status_of(text: str) -> str | None:
    """A status as somebody wrote it. Raises `CellNotUnderstood`."""
    if not text:
        return None
    named = next((one for one in Status if text.casefold() in (one.label.casefold(), one.value)), None)
    found = named.value if named else read_status(text)
    if found is None:
        labels = ", ".join(one.label for one in Status)
        raise CellNotUnderstood(f"“{one_line(text)}” is no status. Write one of: {labels}.")
    return found


def rag_of(text: str) -> str | None:
    """A RAG as somebody wrote it. Raises `CellNotUnderstood`."""
    if not text:
        return None
    found = read_rag(text)[0]
    if found is None:
        raise CellNotUnderstood(f"“{one_line(text)}” is no RAG. Write Red, Amber, Green or Blue.")
    return found


def _named(key: str, heading: str, choices: Any, understand: Callable[[str], str | None]) -> SheetColumn:
    return SheetColumn(
        key,
        heading,
        14,
        lambda data: choices(data[key]).label if data[key] else "",
        lambda text, _: {key: understand(text)},
    )


COLUMNS: Sequence[SheetColumn] = (
    _optional("code", "Code", 10),
    _optional("theme", "Theme", 26),
    _text("title", "Action", 50),
    _text("how", "How", 44),
    _text("success", "How we will know", 40),
    _when_words(),
    _day("start", "From"),
    _day("end", "Until"),
    _ongoing(),
    _lines("owners", "Who carries it", 24, owner_line, owner_of, ";"),
    _lines("alignments", "What it answers", 28, alignment_line, alignment_of, ";"),
    _lines("milestones", "Stages", 30, milestone_line, milestone_of),
    _lines("depends_on", "Waits for", 26, dependency_line, lambda line: {"text": line}),
    _named("status", "Status", Status, status_of),
    _named("rag", "RAG", Rag, rag_of),
    _text("comments", "Comments", 40),
    _usual(),
)
BY_KEY = {column.key: column for column in COLUMNS}
BY_HEADING = {column.heading.casefold(): column for column in COLUMNS}

#: What is said of how an action goes: a change of these is an update, and what was said before stays.
GOING = ("status", "rag", "comments")

# ---- Past periods


def update_cell(update: Data) -> str:
    """What was said of one period, as one cell: "In progress. Amber. Two of four are written"."""
    marks = [
        Status(update["status"]).label if update["status"] else "",
        Rag(update["rag"]).label if update["rag"] else "",
    ]
    return clean(". ".join(filter(None, [*marks, update["text"]])))[:LONGEST_CELL].rstrip()


def update_of(period: str, text: str) -> dict[str, Any]:
    """One period's cell as an update; leading words that name a status or a RAG are taken as such."""
    status = rag = None
    rest = text
    for _ in range(2):
        first, dot, after = rest.partition(".")
        word = first.strip().casefold()
        if status is None and (named := next((s for s in Status if s.label.casefold() == word), None)):
            status, rest = named.value, after.strip()
        elif rag is None and (colour := next((r for r in Rag if r.label.casefold() == word), None)):
            rag, rest = colour.value, after.strip()
        if not dot:
            break
    return {"period": period, "status": status, "rag": rag, "text": rest}


def accounts_of(data: Data) -> dict[str, list[str]]:
    """What was said of each past period, as cells, the newest last."""
    told: dict[str, list[str]] = {}
    for one in data["updates"]:
        if period := clean(one["period"]):
            told.setdefault(period, []).append(update_cell(one))
    return told


def periods_of(data: Data) -> dict[str, str]:
    """The newest account of each past period, as cells."""
    return {period: accounts[-1] for period, accounts in accounts_of(data).items()}


def period_key(period: str) -> str:
    """The key of a past period's column, beside those of `COLUMNS`."""
    return f"update:{period}"
