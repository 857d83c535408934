"""A figure as it may be seen, and the one place that writes it down.

`show` and `words` are for people, `number` and `flag` for files: the number column stays numeric or empty, the reason
stands in a column of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .policies import Policy
from .rounding import rounded


class Kind(StrEnum):
    """What a cell says. Under a rounding policy a true and a rounded zero are one kind, so that they cannot be told apart."""

    VALUE = "value"
    SUPPRESSED = "suppressed"
    ZERO = "zero"
    NOT_COLLECTED = "not collected"


MARKS = {Kind.SUPPRESSED: "..", Kind.NOT_COLLECTED: "–"}
WORDS = {
    Kind.SUPPRESSED: "hidden, to protect people",
    Kind.ZERO: "none",
    Kind.NOT_COLLECTED: "not collected",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One protected figure; `value` is None unless it may be seen."""

    kind: Kind
    value: int | Decimal | None = None

    def as_data(self) -> dict[str, object]:
        """`{kind, value}` for JSON."""
        value = float(self.value) if isinstance(self.value, Decimal) else self.value
        return {"kind": self.kind.value, "value": value}


HIDDEN = Cell(Kind.SUPPRESSED)
NOT_COLLECTED = Cell(Kind.NOT_COLLECTED)


def count_cell(value: int | Decimal, policy: Policy, *, people: int | None = None, hidden: bool = False) -> Cell:
    """A count, FPE or FTE under a policy; `people` are those behind it, for the threshold is on people, also for FTE."""
    if hidden or policy.hides(value if people is None else people):
        return HIDDEN
    seen = rounded(value, policy.base)
    return Cell(Kind.VALUE, seen) if seen else Cell(Kind.ZERO, 0)


def share_cell(part: int | Decimal, whole: int | Decimal, policy: Policy, *, people: int | None = None) -> Cell:
    """A percentage to one place, from unrounded numbers; hidden on too few, or where part or rest is under the threshold."""
    few = whole < policy.least_for_share or whole == 0
    behind = part if people is None else people
    if few or policy.hides(behind) or policy.hides(whole - part):
        return HIDDEN
    percent = Decimal(part) * 1000 / Decimal(whole)
    value = Decimal(rounded_whole(percent)) / 10
    return Cell(Kind.VALUE, value) if value else Cell(Kind.ZERO, 0)


def average_cell(total: int | Decimal, people: int | Decimal, policy: Policy) -> Cell:
    """An average to one place; hidden on 7 people or fewer where the policy is HESA's, and under the threshold."""
    if people == 0 or people <= policy.most_without_average or policy.hides(people):
        return HIDDEN
    value = Decimal(rounded_whole(Decimal(total) * 10 / Decimal(people))) / 10
    return Cell(Kind.VALUE, value) if value else Cell(Kind.ZERO, 0)


def rounded_whole(number: Decimal) -> int:
    """The nearest whole number, halves up."""
    return int(rounded(number * 2, 2)) // 2


def show(cell: Cell, *, after: str = "") -> str:
    """For a screen: `1,240`, `0`, `..` for hidden, an en dash for not collected; `after` is a unit such as ` %`."""
    if cell.kind in MARKS:
        return MARKS[cell.kind]
    return f"{cell.value:,}{after}"


def words(cell: Cell) -> str:
    """For who hears the page: the number, or why there is none."""
    return WORDS.get(cell.kind) or show(cell)


def number(cell: Cell) -> int | Decimal | None:
    """For a file's number column: empty where the cell is hidden or not collected."""
    return cell.value


def flag(cell: Cell) -> str:
    """For the flag column beside: empty for a value."""
    return "" if cell.kind in (Kind.VALUE, Kind.ZERO) else cell.kind.value
