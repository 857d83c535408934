"""Whether a `$filter` is one that OData has: what is legal and not offered is answered otherwise than what cannot be understood.

Of columns, values, comparisons, `in`, arithmetic, `and`, `or` and `not`, with their types as far as the feed has them:
https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .schema import Edm, EntitySet

Token = tuple[str, str]
DEEPEST = 40
END = ("end", "")
COMPARE = {"eq", "ne", "gt", "ge", "lt", "le"}
#: From what binds least to what binds most.
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"eq", "ne"}),
    frozenset({"gt", "ge", "lt", "le", "in"}),
    frozenset({"add", "sub"}),
    frozenset({"mul", "div", "divby", "mod"}),
)
#: What a literal must be read by, and its type; null is of any.
LITERALS: Mapping[str, tuple[Callable[[str], object], Edm]] = {
    "text": (str, Edm.TEXT),
    "number": (Decimal, Edm.NUMBER),
    "day": (date.fromisoformat, Edm.DAY),
    "moment": (lambda told: datetime.fromisoformat(told.replace("Z", "+00:00")), Edm.MOMENT),
}
WORDS: Mapping[str, Edm | None] = {"true": Edm.TRUTH, "false": Edm.TRUTH, "null": None}


class _NotLegal(Exception):
    """It is no expression of OData's."""


def is_legal(of: EntitySet, tokens: Sequence[Token]) -> bool:
    """Whether these are an expression that is true or false of a row of the set."""
    reader = _Reader(of, tokens)
    try:
        return _fits(reader.level(0, 0), Edm.TRUTH) and reader.peek() == END
    except (_NotLegal, ValueError, InvalidOperation):
        return False


def _fits(one: Edm | None, other: Edm | None) -> bool:
    return one is None or other is None or one == other


class _Reader:
    """Reads an expression for its type alone. Whole numbers are numbers."""

    def __init__(self, of: EntitySet, tokens: Sequence[Token]) -> None:
        self.of, self.tokens, self.at = of, tokens, 0

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else END

    def takes(self, kind: str, *words: str) -> str:
        """The next word where it is one of these; else nothing."""
        found = self.peek()
        if found[0] != kind or found[1] not in words:
            return ""
        self.at += 1
        return found[1]

    def needs(self, mark: str) -> None:
        if not self.takes("mark", mark):
            raise _NotLegal

    def level(self, number: int, depth: int) -> Edm | None:
        """An expression whose operators bind at least so much."""
        if number == len(LEVELS):
            return self.single(depth)
        found = self.level(number + 1, depth)
        while op := self.takes("word", *LEVELS[number]):
            found = self.of_list(found, depth) if op == "in" else joined(op, found, self.level(number + 1, depth))
        return found

    def of_list(self, left: Edm | None, depth: int) -> Edm:
        self.needs("(")
        while True:
            if not _fits(left, self.level(0, depth + 1)):
                raise _NotLegal
            if not self.takes("mark", ","):
                break
        self.needs(")")
        return Edm.TRUTH

    def single(self, depth: int) -> Edm | None:
        if depth > DEEPEST:
            raise _NotLegal
        if self.takes("word", "not"):
            return needed(Edm.TRUTH, self.single(depth + 1))
        if self.takes("minus", "-"):
            return needed(Edm.NUMBER, self.single(depth + 1))
        if self.takes("mark", "("):
            found = self.level(0, depth + 1)
            self.needs(")")
            return found
        return self.value()

    def value(self) -> Edm | None:
        kind, told = self.peek()
        self.at += 1
        if kind in LITERALS:
            read, found = LITERALS[kind]
            read(told)
            return found
        if told in WORDS:
            return WORDS[told]
        column = self.of.column(told)
        if column is None:
            raise _NotLegal
        return Edm.NUMBER if column.type == Edm.WHOLE else column.type


def joined(op: str, left: Edm | None, right: Edm | None) -> Edm | None:
    """The type of two joined by an operator. Raises where it does not join these."""
    if op in COMPARE:
        if not _fits(left, right):
            raise _NotLegal
        return Edm.TRUTH
    wanted = Edm.TRUTH if op in ("and", "or") else Edm.NUMBER
    needed(wanted, left)
    return needed(wanted, right)


def needed(wanted: Edm, found: Edm | None) -> Edm:
    if not _fits(found, wanted):
        raise _NotLegal
    return wanted
