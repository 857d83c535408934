"""Rows of a sheet that are nobody's: totals at its end, and subtotals anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from .fields import BY_KEY
from .values import Bad, day, folded

TOTALS = ("total", "totals", "grand total", "sum", "count", "subtotal", "end of report", "report total")
#: A row whose first words begin or end so is one wherever it stands, as below each unit.
TOTAL_WORDS = frozenset({"total", "totals", "subtotal", "subtotals"})
BEFORE_TOTAL = frozenset({"grand", "sub"})
NAME_FIELDS, BIRTH_FIELDS = ("surname", "forename", "name"), ("birth_date",)
#: More rows than these are not all named.
MOST_NAMED = 10
Numbered = Sequence[tuple[int, Sequence[str]]]


def rows_of_totals(numbered: Numbered, heads: Sequence[str]) -> set[int]:
    """Rows that are no person's: anywhere those that call themselves totals; at the end also those that have a value or two where others have many."""
    usual = sorted(sum(map(bool, row)) for _, row in numbered[:200])[len(numbered[:200]) // 2] if numbered else 0
    names, births = _columns_headed(heads, NAME_FIELDS), _columns_headed(heads, BIRTH_FIELDS)
    found = {
        number
        for number, row in numbered
        if "total" in _first(row).casefold() and _is_called_total(row, usual) and not _is_person(row, names, births)
    }
    for number, row in reversed(numbered[-5:]):
        filled = [cell.strip() for cell in row if cell.strip()]
        said = folded(filled[0]) if filled else ""
        if number in found or (_seems_total(said, len(filled), usual) and not _is_person(row, names, births)):
            found.add(number)
        else:
            break
    return found


def _first(row: Sequence[str]) -> str:
    """The first cell with anything in it."""
    return row[0].strip() or next((cell.strip() for cell in row if cell.strip()), "")


def _is_called_total(row: Sequence[str], usual: int) -> bool:
    """Whether the first cell ends with the word, or begins with it beside nothing but figures, or hardly anything: not "Total Quality Manager"."""
    said = folded(_first(row)).split()
    if said[-1] in TOTAL_WORDS:
        return True
    if said[0] not in TOTAL_WORDS and not (said[0] in BEFORE_TOTAL and said[1] in TOTAL_WORDS):
        return False
    _, *others = [cell for cell in row if cell.strip()]
    return 2 * len(others) < usual or not any(map(_has_letters, others))


def _is_person(row: Sequence[str], names: Sequence[int], births: Sequence[int]) -> bool:
    """Whether a row has both a name and a date of birth, whatever it is called."""
    cells = dict(enumerate(row))
    return any(_has_letters(cells.get(n, "")) for n in names) and any(_is_day(cells.get(n, "")) for n in births)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_day(text: str) -> bool:
    try:
        return day(text) is not None
    except Bad:
        return False


def _columns_headed(heads: Sequence[str], keys: Sequence[str]) -> list[int]:
    """Columns that are headed as these fields are."""
    known = {name for key in keys for name in (*BY_KEY[key].names, folded(BY_KEY[key].label))}
    return [n for n, head in enumerate(heads) if folded(head) in known]


def _seems_total(said: str, filled: int, usual: int) -> bool:
    """By its first words and how many of its cells are filled. A row as full as most is somebody's, whatever they are called."""
    if filled >= usual:
        return False
    is_called = any(said == name or said.startswith(f"{name} ") for name in TOTALS)
    return is_called or (usual > 5 and filled <= 2)


def words_of_totals(rows: Sequence[int]) -> str:
    """Which rows are left out. Their numbers, not counts of people."""
    if len(rows) == 1:
        return f"Row {rows[0]} seems to hold totals, and is left out."
    first, others = ", ".join(map(str, rows[: min(MOST_NAMED, len(rows) - 1)])), len(rows) - MOST_NAMED
    last = f"{others} others" if others > 1 else str(rows[-1])
    return f"Rows {first} and {last} seem to hold totals, and are left out."
