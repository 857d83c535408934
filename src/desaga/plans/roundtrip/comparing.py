"""What differs between a plan as it is and as a file has it: new, changed and gone, field by field.

Rows are known again by id, then by code, then by a title that is nearly the same (and that is said). Only columns that the
file has are compared, and what the file merely did not follow (it has what the plan had when it was taken out) is no change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .columns import BY_KEY, CellNotUnderstood, accounts_of, cells_of, changed, period_key, update_of
from .sheet import Row

STAYS = "What was said of a past period stays. Say what holds now in another update."
OF_A_PERIOD = "update:"
#: Titles whose letters agree to this share, of 100, are taken for the same action where no id or code says so.
NEARLY = 88


@dataclass(frozen=True)
class Known:
    """An action of the plan: its id, its primary key or position, and its data in the interchange format."""

    id: str
    pk: int
    data: Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """One cell that differs. `problem` says why it cannot be taken; `changed_here` that the plan moved on meanwhile.

    `wants_update`: it can be said, but only as an update, which holds more than a cell.
    """

    key: str
    heading: str
    was: str
    now: str
    problem: str = ""
    changed_here: bool = False
    wants_update: bool = False

    def token(self, of: str) -> str:
        """A name for this very change: another value on either side is another change."""
        told = "\x1f".join((of, self.key, self.was, self.now)).encode()
        return hashlib.sha256(told).hexdigest()[:24]

    @property
    def is_of_a_period(self) -> bool:
        return self.key.startswith(OF_A_PERIOD)

    @property
    def as_update(self) -> dict[str, Any]:
        """What a cell of a period says, in the interchange format."""
        return update_of(self.key.removeprefix(OF_A_PERIOD), self.now)


@dataclass(frozen=True)
class Changed:
    """An action of the plan that the file has otherwise; `because` says by what it was known, unless by its id."""

    known: Known
    row: Row
    fields: Sequence[FieldChange]
    because: str = ""


@dataclass(frozen=True)
class Added:
    """A row of the file that the plan has no action for."""

    row: Row
    fields: Sequence[FieldChange]

    @property
    def token(self) -> str:
        told = "\x1f".join([self.row.id, str(self.row.number), *(f.now for f in self.fields)]).encode()
        return hashlib.sha256(told).hexdigest()[:24]


@dataclass(frozen=True)
class Comparison:
    """`was_read`: the reader understood the document, so that its columns and words can be said otherwise."""

    added: Sequence[Added] = ()
    changed: Sequence[Changed] = ()
    gone: Sequence[Known] = ()
    same: int = 0
    was_read: bool = False

    @property
    def field_count(self) -> int:
        return sum(len(one.fields) for one in self.changed)


@dataclass
class _Book:
    """The plan's actions, by everything that a row may be known by."""

    left: dict[int, Known] = field(default_factory=dict)

    def take(self, row: Row) -> tuple[Known, str] | None:
        for known in self.left.values():
            if row.id and known.id == row.id:
                return self._taken(known, "")
        code = row.cells.get("code", "").casefold()
        coded = [k for k in self.left.values() if code and (k.data["code"] or "").casefold() == code]
        if len(coded) == 1:
            return self._taken(coded[0], "known by its code")
        return self._nearly(row.cells.get("title", ""))

    def _nearly(self, title: str) -> tuple[Known, str] | None:
        from rapidfuzz import fuzz, process

        if len(title) < 12:
            return None
        titles = {pk: known.data["title"] for pk, known in self.left.items()}
        found = process.extractOne(title, titles, scorer=fuzz.ratio, score_cutoff=NEARLY)
        return self._taken(self.left[found[2]], "known by its title, which is nearly the same") if found else None

    def _taken(self, known: Known, because: str) -> tuple[Known, str]:
        del self.left[known.pk]
        return known, because


def compare(
    plan: Iterable[Known],
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    whole: bool = True,
    base: Mapping[str, Mapping[str, str]] | None = None,
    changed_here: Mapping[int, set[str]] | None = None,
) -> Comparison:
    """What taking the rows over would change in the plan.

    `columns` are those that the file has; `whole` says that an action without a row is gone; `base` has the cells of each
    id when the file was taken out, as far as they are known; `changed_here` the columns of each pk that the plan changed since.
    """
    book = _Book({known.pk: known for known in plan})
    pairs = _pairs(book, rows)
    added, differing, same = [], [], 0
    for row, pair in pairs:
        if pair is None:
            added.append(Added(row, _fields_of_new(row)))
            continue
        known, because = pair
        fields = _differences(
            known, row, columns, (base or {}).get(known.id, {}), (changed_here or {}).get(known.pk, set())
        )
        if fields:
            differing.append(Changed(known, row, fields, because))
        else:
            same += 1
    return Comparison(added, differing, list(book.left.values()) if whole else (), same)


def _pairs(book: _Book, rows: Sequence[Row]) -> list[tuple[Row, tuple[Known, str] | None]]:
    """Each row with its action. Those known by id first, so that a copied row's code cannot take another's place."""
    by_id = {known.id: known for known in book.left.values()}
    taken: Counter[str] = Counter()
    sure: dict[int, tuple[Known, str]] = {}
    for at, row in enumerate(rows):
        if row.id in by_id and not taken[row.id]:
            taken[row.id] += 1
            sure[at] = book._taken(by_id[row.id], "")
    # A row that repeats another's id is a copy: a new action, whatever its code and title say.
    return [(row, sure[at] if at in sure else None if taken[row.id] else book.take(row)) for at, row in enumerate(rows)]


def _differences(
    known: Known, row: Row, columns: Sequence[str], base: Mapping[str, str], moved: set[str]
) -> list[FieldChange]:
    here, fields = cells_of(known.data), []
    for key in columns:
        now = row.cells.get(key, "")
        if now == here[key] or now == base.get(key):
            continue
        problem = _problem(known.data, key, now)
        fields.append(FieldChange(key, BY_KEY[key].heading, here[key], now, problem, key in moved))
    return fields + list(_said_of_periods(known, row, base, moved))


def _said_of_periods(known: Known, row: Row, base: Mapping[str, str], moved: set[str]) -> Iterator[FieldChange]:
    """What the row says of past periods that nobody said yet; a cell that was emptied takes nothing away, and that is said."""
    told = accounts_of(known.data)
    for period, text in row.periods.items():
        key, accounts = period_key(period), told.get(period, [])
        newest = accounts[-1] if accounts else ""
        if text not in (newest, base.get(key)) and text not in accounts:
            problem = "" if text else STAYS
            yield FieldChange(key, f"Update: {period}", newest, text, problem, key in moved)


def _fields_of_new(row: Row) -> list[FieldChange]:
    from ..interchange import blank_action

    told = [
        FieldChange(key, BY_KEY[key].heading, "", text, _problem(blank_action(), key, text))
        for key, text in row.cells.items()
        if text
    ]
    return told + [FieldChange(period_key(p), f"Update: {p}", "", text) for p, text in row.periods.items() if text]


def _problem(data: Mapping[str, Any], key: str, text: str) -> str:
    try:
        changed(data, {key: text})
    except CellNotUnderstood as error:
        return str(error)
    return ""


def data_with(data: Mapping[str, Any], fields: Iterable[FieldChange]) -> dict[str, Any]:
    """An action's data with these changes taken; past periods are added to its updates, none is replaced."""
    chosen = [one for one in fields if not one.problem]
    cells = {one.key: one.now for one in chosen if not one.is_of_a_period}
    told = {**data, **changed(data, cells)}
    past = [one.as_update for one in chosen if one.is_of_a_period]
    return {**told, "updates": [*data["updates"], *past]}
