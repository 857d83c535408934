"""A table of advertised posts: one row a unit with how many, or one row a post; as recruitment systems write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .fields import BY_KEY
from .table import Table
from .values import Bad, count, folded, is_nothing

UNITS = frozenset({*BY_KEY["unit"].names, "unit name", "hiring department", "hiring unit", "advertised by"})
POSTS = frozenset({"posts", "posts advertised", "advertised posts", "number of posts", "no of posts", "vacancies", "number of vacancies", "adverts"})  # fmt: skip
APPLICANTS = frozenset({*BY_KEY["applicants"].names, "applicants for them together", "total applicants", "applied"})
MOST_NAMED = 5


class NoPosts(Exception):
    """The table cannot be read as posts; the words are for whoever handed it in."""


@dataclass(slots=True)
class Posts:
    """The posts of one unit, and how many applied for all of them; None where any is not known."""

    posts: int = 0
    applicants: int | None = 0

    def add(self, posts: int, applicants: int | None) -> None:
        self.posts += posts
        self.applicants = None if applicants is None or self.applicants is None else self.applicants + applicants


def posts_of(table: Table, units: Mapping[str, int]) -> dict[int, Posts]:
    """Posts by unit. `units` are the units' folded names and codes. All or nothing: raises `NoPosts`, with the rows that are wrong."""
    heads = [folded(head) for head in table.heads]
    unit, posts, applicants = (_column(heads, names) for names in (UNITS, POSTS, APPLICANTS))
    if unit is None:
        raise NoPosts("No column is headed Unit or Department. Say in one which unit each row is of.")
    found: dict[int, Posts] = {}
    wrong = []
    for at, row in enumerate(table.rows):
        try:
            number = _number(table, posts, at)
            told = (
                _unit(table.columns[unit][at], units),
                1 if posts is None else number,
                _number(table, applicants, at),
            )
        except NoPosts as error:
            wrong.append(f"Row {row}: {error}")
            continue
        # That a unit advertised none is said by 0; an empty cell says nothing.
        if told[1] is not None:
            found.setdefault(told[0], Posts()).add(told[1], told[2] if told[1] else 0)
    if wrong:
        more = f" So are {len(wrong) - MOST_NAMED} more." if len(wrong) > MOST_NAMED else ""
        raise NoPosts(f"Nothing was taken in. {' '.join(wrong[:MOST_NAMED])}{more}")
    if not found:
        raise NoPosts("There is no post in the file.")
    return found


def _column(heads: list[str], names: frozenset[str]) -> int | None:
    return next((n for n, head in enumerate(heads) if head in names), None)


def _unit(text: str, units: Mapping[str, int]) -> int:
    found = units.get(folded(text))
    if found is None:
        raise NoPosts(f"no unit of yours is called “{text}”." if text.strip() else "it says no unit.")
    return found


def _number(table: Table, n: int | None, at: int) -> int | None:
    text = "" if n is None else table.columns[n][at]
    if is_nothing(text):
        return None
    try:
        return count(text)
    except Bad:
        raise NoPosts(f"“{text}” is no whole number.") from None
