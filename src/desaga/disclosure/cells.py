"""A figure as it may be seen, and the one place that writes it down.

`show` and `words` are for people, `number` and `flag` for files: the number column stays numeric or empty, the reason
stands in a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .policies import Policy
from .rounding import least_behind, rounded


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

    @property
    def is_seen(self) -> bool:
        """Whether there is a number to be read."""
        return self.value is not None

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


def share_cell(
    part: int | Decimal,
    whole: int | Decimal,
    policy: Policy,
    *,
    people: int | None = None,
) -> Cell:
    """A percentage; hidden on too few, or where part or rest is under the threshold.

    Where counts are rounded it is worked out from the rounded ones, to the whole per cent: who has these learns nothing more from it.
    HESA takes the unrounded numbers, from which, beside the rounded counts, few pairs of part and whole are left to choose from.
    """
    if policy.hides(whole - part):
        return HIDDEN
    return rate_cell(part, (whole,), policy, people=people)


def rate_cell(
    part: int | Decimal,
    wholes: Sequence[int | Decimal],
    policy: Policy,
    *,
    people: int | None = None,
    scale: Decimal = Decimal(1),
) -> Cell:
    """A count out of the mean of others, in per cent, `scale` times: leavers a year out of the staff of two days. As `share_cell`; it has no rest.

    Whether the mean is too small is asked of the least that can stand behind the rounded numbers, so that hiding tells nothing either.
    """
    seen = [rounded(one, policy.base) for one in wholes]
    whole = Decimal(sum(seen)) / len(seen)
    least = Decimal(sum(least_behind(one, policy.base) for one in seen)) / len(seen)
    few = whole == 0 or least < policy.least_for_share
    if few or policy.hides(part if people is None else people) or any(policy.hides(one) for one in wholes):
        return HIDDEN
    percent = Decimal(rounded(part, policy.base)) * 100 * scale / whole
    value = Decimal(rounded_whole(percent)) if policy.base > 1 else Decimal(rounded_whole(percent * 10)) / 10
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
