"""In what series are counted, which way is good, and who may be guessed from them."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import TextChoices

from desaga.disclosure import Cell, Kind, show, words


class Unit(TextChoices):
    NUMBER = "number", "Number"
    PER_CENT = "per_cent", "Per cent"
    HOURS = "hours", "Hours"
    DAYS = "days", "Days"
    POUNDS = "pounds", "Pounds"


class Better(TextChoices):
    """Which way is good."""

    MORE = "more", "More is better"
    LESS = "less", "Less is better"
    NEITHER = "neither", "Neither way"


class Disclosure(TextChoices):
    """Whether a value could tell of one person."""

    OPEN = "open", "Nobody can be told from it"
    SMALL_HIDDEN = "small_hidden", "Small numbers hidden"


#: The least number of people that is shown: what fewer stand behind is neither shown nor kept.
FEWEST_PEOPLE = 5

AFTER = {Unit.PER_CENT: " %", Unit.HOURS: " hours", Unit.DAYS: " days"}


#: What has a number to read.
SHOWN = (Kind.VALUE, Kind.ZERO)


def cell_of(value: Decimal | float | None, kind: str = "") -> Cell:
    """A value as a cell. Without a `kind` it is one that is shown, or hidden where there is none."""
    if value is None:
        return Cell(Kind(kind) if kind and kind not in SHOWN else Kind.SUPPRESSED)
    return Cell(Kind.VALUE, Decimal(str(value)))


def said(value: Decimal | float | None, unit: str, kind: str = "") -> str:
    """A value as people write it: "1,200", "80 %", "£1,500"; what is not shown says so in the words of `disclosure`."""
    cell = cell_of(value, kind)
    if cell.value is None:
        return words(cell)
    text = show(Cell(Kind.VALUE, plain(Decimal(cell.value), 1 if unit == Unit.PER_CENT else 2)))
    return f"£{text}" if unit == Unit.POUNDS else f"{text}{AFTER.get(Unit(unit), '')}"


def plain(value: Decimal, places: int = 2) -> Decimal:
    """The value with no more places than it needs."""
    some = round(value, places).normalize()  # not a count of people: those come as they were released
    return some if some.as_tuple().exponent <= 0 else some.quantize(Decimal(1))  # type: ignore[operator]  # not a count of people: 1E+1 as 10
