"""`$filter`, read word by word: comparisons of a column with a value, joined by and, or, not and brackets.

https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part2-url-conventions.html, 5.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from .conditions import ORDERS, Comparison, Condition, Joined, NotOffered, NotUnderstood, known
from .legal import is_legal
from .schema import Edm, EntitySet, Property

LONGEST_FILTER = 2_000
NOT_OFFERED = "The feed's $filter compares a column with a value: first the column, then eq, ne, gt, ge, lt or le, then the value. It does not have the rest of OData's."
DEEPEST = 40

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<mark>[(),])|(?P<moment>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d))"
    r"|(?P<day>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<minus>-))"
)

#: A word before a bracket, outside of texts, that is none of ours.
FUNCTION = re.compile(r"^(?:[^']|'[^']*')*?\b(?!and\b|or\b|not\b)([A-Za-z]+)\(")


def filtered(of: EntitySet, told: str) -> Condition:
    """A condition: comparisons (eq, ne, gt, ge, lt, le) of a column with a value, joined by and, or, not and brackets."""
    if len(told) > LONGEST_FILTER:
        raise NotUnderstood("$filter is too long.")
    if called := FUNCTION.search(told):
        raise NotOffered(
            f"The feed's $filter has no functions, such as {called[1][:40]}. It compares columns with values."
        )
    tokens = list(_tokens(told))
    try:
        return _read(of, tokens)
    except NotUnderstood:
        if is_legal(of, tokens):
            raise NotOffered(NOT_OFFERED) from None
        raise


def _read(of: EntitySet, tokens: list[tuple[str, str]]) -> Condition:
    reader = _Reader(of, tokens)
    found = reader.either(0)
    if reader.more():
        raise NotUnderstood(f"$filter cannot be understood from “{reader.peek()[1][:40]}” on.")
    return found


def _tokens(told: str) -> Iterator[tuple[str, str]]:
    at, told = 0, told.rstrip()
    while at < len(told):
        match = TOKEN.match(told, at)
        if match is None:
            raise NotUnderstood(f"$filter cannot be understood from “{told[at : at + 40]}” on.")
        at = match.end()
        yield str(match.lastgroup), str(match[str(match.lastgroup)])


class _Reader:
    """Reads a filter word by word: `or` binds least, then `and`, then `not`."""

    def __init__(self, of: EntitySet, tokens: list[tuple[str, str]]) -> None:
        self.of, self.tokens, self.at = of, tokens, 0

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.more() else ("end", "the end")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def takes(self, word: str) -> bool:
        if self.peek()[1] != word or self.peek()[0] == "text":
            return False
        self.at += 1
        return True

    def either(self, depth: int) -> Condition:
        return self._joined("or", self.both, depth)

    def both(self, depth: int) -> Condition:
        return self._joined("and", self.single, depth)

    def _joined(self, how: str, part: Callable[[int], Condition], depth: int) -> Condition:
        parts = [part(depth)]
        while self.takes(how):
            parts.append(part(depth))
        return parts[0] if len(parts) == 1 else Joined(how, tuple(parts))

    def single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise NotUnderstood("$filter is nested too deep.")
        if self.takes("not"):
            return Joined("not", (self.single(depth + 1),))
        if self.takes("("):
            inner = self.either(depth + 1)
            if not self.takes(")"):
                raise NotUnderstood("In $filter a bracket is not closed.")
            return inner
        return self.comparison()

    def comparison(self) -> Condition:
        kind, name = self.take()
        if kind != "word":
            raise NotUnderstood(f"In $filter a column is expected where “{name[:40]}” stands.")
        column = known(self.of, name)
        _, op = self.take()
        if op not in ("eq", "ne", *ORDERS):
            raise NotUnderstood(f"In $filter after {name} comes eq, ne, gt, ge, lt or le.")
        return Comparison(column, op, value_of(column, *self.take()))


def value_of(column: Property, kind: str, told: str) -> Any:
    """A literal as the column's type has it. Raises `NotUnderstood`."""
    if (kind, told) == ("word", "null"):
        return None
    try:
        return READ[column.type](kind, told)
    except (KeyError, ValueError, InvalidOperation):
        raise NotUnderstood(f"{column.name} is {column.type.value}, and “{told[:40]}” is none.") from None


def _text(kind: str, told: str) -> str:
    if kind != "text":
        raise ValueError
    return told[1:-1].replace("''", "'")


READ: dict[Edm, Callable[[str, str], Any]] = {
    Edm.TEXT: _text,
    Edm.WHOLE: lambda kind, told: int({"number": told}[kind]),
    Edm.NUMBER: lambda kind, told: Decimal({"number": told}[kind]),
    Edm.DAY: lambda kind, told: date.fromisoformat({"day": told}[kind]),
    Edm.MOMENT: lambda kind, told: datetime.fromisoformat({"moment": told}[kind].replace("Z", "+00:00")),
    Edm.TRUTH: lambda kind, told: {"true": True, "false": False}[told],
}
