"""The dry run's heart: a table and its mapping to people and contracts, and every fault on the way.

Works column by column: each different text of a column is read once, since most columns repeat themselves. That is what makes
a hundred thousand rows a matter of seconds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .codes import code_list, code_reader
from .doubles import people_again
from .faults import KINDS, Found
from .fields import BY_KEY, SEVERAL, Field
from .gather import Gathering, Person
from .table import Table
from .vacant import vacant_posts
from .values import (
    Bad,
    count,
    day,
    has_day_first,
    is_marked,
    is_nothing,
    may_be_either,
    number_of,
    part_reader,
    share_reader,
    soc,
    words,
)

#: One American date beside so many that can only be British is a slip; more often, the column may be American.
A_SLIP_IN = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What the check needs to know beside the table. `choices`: code list to folded words to code. `units`: folded name or code to id."""

    as_at: date
    year: int
    grain: str
    full_time_hours: Decimal
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Checked:
    """What a file holds. `values` has for each field that was mapped the value of every row, which people and contracts point into,
    and `name_words` for each name its words as they are compared.

    `vacant` are the posts that nobody holds (`vacant.py`). `faulty` counts the rows with a fault to be mended. `lists` has the version of each code list that was used.
    """

    people: dict[str, Person]
    name_words: Mapping[str, str]
    values: Mapping[str, list[Any]]
    faults: list[Found]
    rows: int
    has_equality: bool
    lists: dict[str, str]
    vacant: list[dict[str, Any]] = field(default_factory=list)

    @property
    def contracts(self) -> int:
        return sum(len(person.contracts) for person in self.people.values())

    @property
    def present(self) -> int:
        return sum(person.is_present for person in self.people.values())

    @property
    def faulty(self) -> int:
        return len({found.row for found in self.faults if KINDS[found.kind].weight == "fault"})


Tick = Callable[[str, int, int], None]


def check(table: Table, columns: Mapping[int, str], settings: Settings, tick: Tick = lambda *_: None) -> Checked:
    """People and contracts of a table, and all faults by row. Columns that are mapped to nothing are not looked at.

    A value that is wrong is left empty; a row without a number is left out. `tick(step, done, total)` is called on the way,
    and may raise to stop.
    """
    with not_collecting():
        return _check(table, columns, settings, tick)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Without looking for garbage meanwhile: among millions of values that all stay it finds none, and takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check(table: Table, columns: Mapping[int, str], settings: Settings, tick: Tick) -> Checked:
    faults: list[Found] = []
    read: dict[str, list[Any]] = {}
    for done, (n, key) in enumerate(sorted(columns.items())):
        tick("Reading the columns", done, len(columns))
        read_column(table, n, BY_KEY[key], settings, read, faults)
    gathered = Gathering(table, columns, read, faults, settings.as_at, settings.grain, settings.units)
    gathered.run(tick)
    people, names = gathered.people, gathered.words_of()
    number = gathered.column_of.get("staff_number")
    faults += [
        Found(table.rows[one.at], number, "staff_number", "person_again", f"as row {table.rows[before.at]}")
        for one, before in people_again(people.values(), names)
    ]
    faults += [Found(row, None, "", "totals_row", "") for row in table.left_out]
    faults += [Found(row, None, "", "heading_again", "") for row in table.repeated]
    faults.sort(key=lambda one: (one.row, one.column is None, one.column or 0))
    fields = [BY_KEY[key] for key in columns.values()]
    lists = {one.codes: code_list(one.codes, settings.year).version for one in fields if one.codes}
    has_equality = any(one.is_equality for one in fields)
    posts = vacant_posts(read, gathered.vacant)
    return Checked(people, names, read, faults, len(table.rows), has_equality, dict(sorted(lists.items())), posts)


def read_column(
    table: Table, n: int, one: Field, settings: Settings, read: dict[str, list[Any]], faults: list[Found]
) -> None:
    """Read one column into `read`. Of a field that several columns may be, the values are gathered in lists."""
    texts = table.columns[n]
    known, wrong = read_different(set(texts), one, settings)
    if wrong:
        faults += [
            Found(table.rows[at], n, one.key, wrong[text], text) for at, text in enumerate(texts) if text in wrong
        ]
    values = list(map(known.__getitem__, texts))
    if one.key in SEVERAL and one.key in read:
        read[one.key] = [
            (before or []) + (more or []) or None for before, more in zip(read[one.key], values, strict=True)
        ]
    else:
        read[one.key] = values


def read_different(texts: set[str], one: Field, settings: Settings) -> tuple[dict[str, Any], dict[str, str]]:
    """Each different text's value, and the kind of fault of those that have none."""
    reader = reader_of(one, texts, settings)
    known: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for text in texts:
        known[text] = None
        empty = is_nothing(text)
        # "None" under disabilities is an answer: a list may know a word that means nothing elsewhere.
        if empty and one.kind not in ("code", "codes"):
            continue
        try:
            known[text] = reader(text)
        except Bad as bad:
            if not empty:
                wrong[text] = bad.kind
    if one.kind == "date":
        _doubt(known, wrong)
    return known, wrong


def _doubt(known: dict[str, Any], wrong: dict[str, str]) -> None:
    """Where dates of a column have the month first, and not as a slip among many that have the day first, none is believed that may be either."""
    american = sum(kind == "american_date" for kind in wrong.values())
    if not american or sum(map(has_day_first, known)) >= A_SLIP_IN * american:
        return
    for text in filter(may_be_either, known):
        known[text], wrong[text] = None, "american_column"


def reader_of(one: Field, texts: set[str], settings: Settings) -> Callable[[str], Any]:
    """How a field's cells are read."""
    if one.kind in ("code", "codes"):
        reader = code_reader(code_list(one.codes, settings.year), settings.choices.get(one.codes, {}))
        return _several(reader) if one.kind == "codes" else reader  # type: ignore[return-value,arg-type]
    if one.kind in ("fte", "share", "hours", "part"):
        filled = {text for text in texts if not is_nothing(text)}
        if one.kind == "part":
            return part_reader(filled)
        whole = settings.full_time_hours if one.kind == "hours" else None
        return share_reader(filled, whole=whole, is_fte=one.kind == "fte")
    plain: dict[str, Callable[[str], Any]] = {
        "number": number_of,
        "words": words,
        "date": day,
        "soc": soc,
        "count": count,
        "mark": is_marked,
    }
    return plain[one.kind]


def _several(reader: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Several codes in one cell, between semicolons, bars or commas."""

    def codes(text: str) -> list[str]:
        try:
            return [reader(text)]
        except Bad:
            parts = [part for part in text.replace("|", ";").replace(",", ";").split(";") if part.strip()]
            if len(parts) < 2:
                raise
            return [reader(part) for part in parts]

    return codes


def missing_fields(columns: Mapping[int, str]) -> list[Field]:
    """The fields that must be mapped and are not."""
    mapped = set(columns.values())
    return [one for one in BY_KEY.values() if one.is_required and one.key not in mapped]
