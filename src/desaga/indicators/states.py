"""In what series are counted, which way is good, and who may be guessed from them."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import TextChoices


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


def said(value: Decimal | float | None, unit: str) -> str:
    """A value as people write it: "1,200", "80 %", "£1,500"; what is hidden is "fewer than 5 people"."""
    if value is None:
        return f"fewer than {FEWEST_PEOPLE} people"
    text = f"{value:,.{1 if unit == Unit.PER_CENT else 2}f}".rstrip("0").rstrip(".")
    return f"£{text}" if unit == Unit.POUNDS else f"{text}{AFTER.get(Unit(unit), '')}"
