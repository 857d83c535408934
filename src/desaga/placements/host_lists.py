"""A list of hosts from a spreadsheet: what each row says, what is wrong with it, and what it would do to the directory. Pure: writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desaga.organisations.loading import LARGEST_LOAD, TooManyRows
from desaga.organisations.refusals import Refused
from desaga.organisations.sheets import Line

from .countries import code_of, name_of

ROR = re.compile("0[a-z0-9]{6}[0-9]{2}")
LONGEST_NAME = 300
#: What the words of a heading begin with; the first that fits names the column.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ror": ("ror",),
    "country": ("countr", "land"),
    "name": ("name", "host", "partner", "organi", "institut"),
}


class NothingToLoad(Refused):
    """No table with a heading row was found. The first row must name the columns: Name, Country and, where you know it, ROR."""


class Does(StrEnum):
    """What a row does to the directory."""

    ADDS = "adds"
    NUMBERS = "numbers"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Known:
    """A name in the directory, and the entry that stands for it: `place` is its number, `called` its words, `ror` its ROR number; `also` that of a double."""

    name: str
    code: str
    place: int
    called: str
    ror: str = ""
    also: str = ""


@dataclass(frozen=True)
class HostRow:
    """One row as understood; `number` is its row in the file, `errors` sentences about it. `place` is the entry that is meant, where there is one."""

    number: int
    name: str
    country: str
    ror: str = ""
    errors: tuple[str, ...] = ()
    does: Does = Does.ADDS
    place: int | None = None
    called: str = ""


def ror_of(typed: str) -> str | None:
    """A ROR number as people paste it, as an address or without; None where it is none."""
    number = typed.strip().lower().rstrip("/").rpartition("ror.org/")[2]
    return number if not number or ROR.fullmatch(number) else None


def rows_of(tables: Iterable[Sequence[Line]]) -> list[HostRow]:
    """The rows of the first table whose headings are understood. Raises `NothingToLoad` or `TooManyRows`; errors of single rows are kept with the row."""
    for lines in tables:
        for at, (_, heading) in enumerate(lines[:5]):
            columns = _columns_of(heading)
            if {"name", "country"} <= set(columns):
                return checked(_read(lines[at + 1 :], columns))
    raise NothingToLoad


def _columns_of(heading: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, text in enumerate(heading):
        words = re.findall(r"[a-z]+", text.casefold())
        field = next((field for field, begin in COLUMNS.items() if any(word.startswith(begin) for word in words)), None)
        if field and field not in found and len(words) <= 8:
            found[field] = at
    return found


def _read(lines: Iterable[Line], columns: Mapping[str, int]) -> list[HostRow]:
    rows = []
    for number, texts in lines:
        cells = {field: " ".join(texts[at].split()) for field, at in columns.items() if at < len(texts)}
        if any(cells.values()):
            rows.append(HostRow(number, cells.get("name", ""), cells.get("country", ""), cells.get("ror", "")))
    if len(rows) > LARGEST_LOAD:
        raise TooManyRows
    return rows


def checked(rows: Iterable[HostRow]) -> list[HostRow]:
    """Each with its country and its number as the directory keeps them, and all that is wrong with it."""
    seen: dict[object, int] = {}
    found = []
    for row in rows:
        ror, code = ror_of(row.ror), code_of(row.country)
        wrong = [*_wrong(row, ror, code)]
        keys = [(f"“{row.name}”", (row.name.casefold(), code)), (f"The ROR number {ror}", ror)]
        wrong += [f"{said} stands in row {seen[key]} already." for said, key in keys if key in seen and row.name]
        for _, key in keys:
            if key:
                seen.setdefault(key, row.number)
        found.append(
            replace(row, country=name_of(row.country), ror=row.ror if ror is None else ror, errors=tuple(wrong))
        )
    return found


def _wrong(row: HostRow, ror: str | None, code: str) -> Iterator[str]:
    if not row.name:
        yield "The name is missing."
    if len(row.name) > LONGEST_NAME:
        yield f"The name has more than {LONGEST_NAME} characters."
    if not row.country:
        yield "The country is missing."
    elif not code:
        yield f"“{row.country}” is no country that is known. Write its English name or its two letters, such as Germany or DE."
    if ror is None:
        yield f"“{row.ror}” is no ROR number. Write its nine signs, such as 024mrxd33, or leave it empty."


def beside(rows: Iterable[HostRow], known: Iterable[Known]) -> list[HostRow]:
    """Rows beside the directory: which add an entry, which are there already, by ROR number or by name and country, and which do not fit what is there."""
    entries = list(known)
    by_ror = {ror: one for one in entries for ror in (one.also, one.ror) if ror}
    by_name = {(one.name.casefold(), one.code): one for one in entries}
    found = [
        _beside(row, by_ror.get(row.ror), by_name.get((row.name.casefold(), code_of(row.country)))) for row in rows
    ]
    numbered: dict[int | None, HostRow] = {}
    for row in found:
        if row.does == Does.NUMBERS:
            numbered.setdefault(row.place, row)
    return [_once(row, numbered.get(row.place)) for row in found]


def _once(row: HostRow, first: HostRow | None) -> HostRow:
    if row.does != Does.NUMBERS or first is None or first.number == row.number:
        return row
    words = f"{row.called} gets the ROR number {first.ror} by row {first.number} already."
    return replace(row, errors=(*row.errors, words))


def _beside(row: HostRow, same_ror: Known | None, same_name: Known | None) -> HostRow:
    if same_ror and same_name and same_ror.place != same_name.place:
        words = f"Its ROR number is that of {same_ror.called}, its name that of {same_name.called}. Merge the two in the directory, or mend the row."
        return replace(row, errors=(*row.errors, words))
    if same_name and row.ror and same_name.ror and same_name.ror != row.ror:
        words = f"The directory has the ROR number {same_name.ror} for {same_name.called}. Mend the row, or the entry."
        return replace(row, errors=(*row.errors, words))
    if entry := same_ror or same_name:
        does = Does.NUMBERS if row.ror and not entry.ror else Does.NOTHING
        return replace(row, does=does, place=entry.place, called=entry.called)
    return row


def packed(rows: Iterable[HostRow]) -> list[list[str | int]]:
    """Rows as JSON can carry them from the preview to the confirmation; they are looked at anew there."""
    return [[row.number, row.name, row.country, row.ror] for row in rows]


def unpacked(told: Iterable[Sequence[object]]) -> list[HostRow]:
    return checked(HostRow(int(str(number)), str(name), str(country), str(ror)) for number, name, country, ror in told)
