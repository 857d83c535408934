"""Parties and glossary from a spreadsheet: what each row says, and what is wrong with it. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .refusals import Refused
from .sheets import Line
from .states import PartyKind

PARTIES, GLOSSARY = "parties", "glossary"
LARGEST_LOAD = 2000
# Begins where a word does, and no part is longer than RFC 5321, 4.5.3.1 allows: so a long line without one costs no more than its length.
ADDRESS = re.compile(r"(?<![^\s@;,<>()])[^\s@;,<>()]{1,64}@[^\s@;,<>()]{1,190}\.[^\s@;,<>()]{1,63}")
BETWEEN_ADDRESSES = re.compile(r"[\s;,]+")

# The first of these that a heading contains names the column; the longest words are tried first.
COLUMNS = {
    "code": ("abbreviation", "acronym", "short form", "initials", "code", "term"),
    "contacts": ("e-mail address", "email address", "contact address", "e-mail", "email", "addresses", "mailbox"),
    "kind": ("kind", "type"),
    "name": (
        "stands for",
        "meaning",
        "definition",
        "full name",
        "party",
        "role",
        "title",
        "group",
        "name",
        "description",
    ),
    "contact": ("contact", "person", "holder", "who"),
    "comment": ("comment", "notes", "note", "remark"),
}
LENGTHS = {"code": 40, "name": 200, "contact": 200}
KINDS = {label.casefold(): value for value, label in PartyKind.choices} | {value: value for value in PartyKind.values}


class NothingToLoad(Refused):
    """No table with a heading row was found. The first row must name the columns, such as Code, Meaning and E-mail."""


class TooManyRows(Refused):
    """There are more than 2,000 rows. Load them in parts."""


@dataclass(frozen=True)
class LoadRow:
    """One row as understood; `number` is its row in the file, `errors` sentences about it."""

    number: int
    code: str = ""
    name: str = ""
    kind: str = ""
    contact: str = ""
    contacts: tuple[str, ...] = ()
    comment: str = ""
    errors: tuple[str, ...] = ()


def rows_of(tables: Iterable[Sequence[Line]], kind: str) -> list[LoadRow]:
    """The rows of the first table whose headings are understood.

    Raises `NothingToLoad` or `TooManyRows`. Errors of single rows are kept with the row.
    """
    for lines in tables:
        for index, (_, heading) in enumerate(lines[:5]):
            columns = columns_of(heading)
            if "name" in columns and (kind == PARTIES or "code" in columns):
                return checked(read_rows(lines[index + 1 :], columns), kind)
    raise NothingToLoad


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the words of the heading row."""
    found: dict[str, int] = {}
    for index, text in enumerate(heading):
        words = " ".join(text.casefold().split())
        field = next((field for field, names in COLUMNS.items() if any(name in words for name in names)), None)
        if field and field not in found and len(words) <= 60:
            found[field] = index
    return found


def read_rows(lines: Iterable[Line], columns: dict[str, int]) -> list[LoadRow]:
    read = []
    for number, texts in lines:
        cells = {field: " ".join(texts[index].split()) for field, index in columns.items() if index < len(texts)}
        if any(cells.values()):
            read.append(understood(number, cells))
    if len(read) > LARGEST_LOAD:
        raise TooManyRows
    return read


def understood(number: int, cells: dict[str, str]) -> LoadRow:
    contacts = [word for word in BETWEEN_ADDRESSES.split(cells.get("contacts", "")) if word]
    wrong = [f"“{word}” is not an e-mail address." for word in contacts if not ADDRESS.fullmatch(word)]
    kind = KINDS.get(cells.get("kind", "").casefold(), "")
    if cells.get("kind") and not kind:
        wrong.append(f"“{cells['kind']}” is not a kind. Write person, role, group or unit.")
    wrong += [
        f"The {field} has more than {most} characters."
        for field, most in LENGTHS.items()
        if len(cells.get(field, "")) > most
    ]
    return LoadRow(
        number=number,
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        kind=kind,
        contact=cells.get("contact", ""),
        contacts=tuple(contacts),
        comment=cells.get("comment", ""),
        errors=tuple(wrong),
    )


def checked(rows: Sequence[LoadRow], kind: str) -> list[LoadRow]:
    """The rows with what is missing or given twice added to their errors."""
    seen: dict[str, int] = {}
    result = []
    for row in rows:
        wrong = list(row.errors)
        if not row.name:
            wrong.append("The meaning is missing." if kind == GLOSSARY else "The name is missing.")
        if kind == GLOSSARY and not row.code:
            wrong.append("The abbreviation is missing.")
        key = (row.code or row.name).casefold()
        if key and key in seen:
            wrong.append(f"“{row.code or row.name}” stands in row {seen[key]} already.")
        seen.setdefault(key, row.number)
        result.append(LoadRow(**{**asdict(row), "contacts": row.contacts, "errors": tuple(wrong)}))
    return result


def packed(rows: Sequence[LoadRow]) -> list[dict[str, Any]]:
    """Rows as JSON can carry them from the preview to the confirmation."""
    return [asdict(row) for row in rows]


def unpacked(rows: Iterable[dict[str, Any]]) -> list[LoadRow]:
    return [LoadRow(**{**row, "contacts": tuple(row["contacts"]), "errors": tuple(row["errors"])}) for row in rows]
