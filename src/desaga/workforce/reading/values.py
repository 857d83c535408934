"""One cell's text to a value, or the kind of fault that it has. Nothing here knows where the cell stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*|Z|[+-]\d{2}:?\d{2})?$")
UK = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?: .*)?$")
SPELT = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2}|\d{4})(?: .*)?$")
SOLID = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})$")
SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?$")
#: 1.23457E+11, as Excel shows a number of twelve figures in a narrow column.
SHORTENED = re.compile(r"\s*\d(?:[.,]\d+)?[Ee]\+\d{1,3}\s*$")
#: Day nought of Excel's calendar, whose 1900 had a 29 February.
EXCEL_ZERO = date(1899, 12, 30)
#: More of anything that is counted in a cell is a slip.
MOST_COUNTED = 100_000
#: Up to here a number is a share of 1, with some overtime; above, per cents.
MOST_SHARE, HUNDRED = Decimal("1.5"), Decimal(100)
FIRST_SERIAL, LAST_SERIAL = 3_000, 80_000
FIRST_YEAR = 1900
#: What systems write where they know no end: no date at all.
ENDLESS = {date(4712, 12, 31), date(9999, 12, 31), date(2999, 12, 31), date(2099, 12, 31)}
#: SAP's empty date, as its tables have it; and the last day of 9999 as Excel counts it.
NO_DAY = {"00000000", "2958465"}
PUNCTUATION = re.compile(r"[^\w%+&]+")
NOTHING = {
    "", "-", "--", "n/a", "na", "null", "none", "nil", "#n/a", ".", "00.00.0000", "00/00/0000", "00-00-0000", "0000-00-00",
}  # fmt: skip


class Bad(Exception):
    """A text that is no such value; `kind` is a key of `faults.KINDS`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Words as they are compared: lower case, one space for whatever stands between them."""
    return PUNCTUATION.sub(" ", text.casefold()).replace("_", " ").strip()


def is_nothing(text: str) -> bool:
    return text.strip().casefold() in NOTHING


def staff_number(text: str) -> str:
    """A number as it is compared: without blanks, and without the noughts in front that Excel takes off."""
    if text.isdigit():
        return text.lstrip("0") or "0"
    number = re.sub(r"\s+", "", text).upper()
    number = re.sub(r"\.0+$", "", number)
    return number.lstrip("0") or "0" if number.isdigit() else number


def number_of(text: str) -> str:
    """A staff or contract number. One that a sheet wrote in powers of ten is several people's."""
    if SHORTENED.match(text):
        raise Bad("shortened_number")
    return staff_number(text)


def day(text: str) -> date | None:
    """A date as the UK writes it, ISO, spelt, solid, or Excel's serial number. An end that stands for no end is None."""
    plain = text.strip()
    if plain in NO_DAY or plain in NOTHING:
        return None
    found = _day(plain)
    if found.year < FIRST_YEAR:
        raise Bad("odd_year")
    return None if found in ENDLESS else found


def _day(text: str) -> date:
    try:
        if found := ISO.match(text):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if found := UK.match(text):
            if int(found[2]) > 12 >= int(found[1]):
                raise Bad("american_date")
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if found := SPELT.match(text):
            return date(_year(found[3]), MONTHS[found[2].lower()], int(found[1]))
        if found := SOLID.match(text):
            return date(int(found[1] + found[2]), int(found[3]), int(found[4]))
    except (ValueError, KeyError) as error:
        raise Bad("no_date") from error
    if SERIAL.match(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return EXCEL_ZERO + timedelta(days=int(float(text)))
    raise Bad("no_date")


def may_be_either(text: str) -> bool:
    """Whether a date reads well with the day first and with the month first, and differently."""
    found = UK.match(text.strip())
    return found is not None and int(found[1]) != int(found[2]) and max(int(found[1]), int(found[2])) <= 12


def has_day_first(text: str) -> bool:
    """Whether a date can only have its day first."""
    found = UK.match(text.strip())
    return found is not None and int(found[1]) > 12 >= int(found[2])


def _year(text: str) -> int:
    """Two figures: the century in which the year lies at most twenty years ahead of 2020."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 40 else 1900)


def number(text: str) -> Decimal:
    """A number, with a comma or a point before its fraction, perhaps with a per cent sign."""
    plain = text.strip().rstrip("%").strip().replace(" ", "")
    if re.fullmatch(r"-?\d+,\d{1,4}", plain):
        plain = plain.replace(",", ".")
    try:
        found = Decimal(plain.replace(",", ""))
    except InvalidOperation as error:
        raise Bad("no_number") from error
    if not found.is_finite():
        raise Bad("no_number")
    return found


def hours(text: str) -> Decimal:
    """Hours a week as a number, or as hours and minutes: "36:30" is 36.5."""
    if told := re.fullmatch(r"\s*(\d{1,3}):([0-5]\d)(?::00)?\s*", text):
        return Decimal(told[1]) + Decimal(told[2]) / 60
    return number(text)


def count(text: str) -> int:
    """How many: a whole number from 0 up."""
    found = number(text)
    if found != int(found) or not 0 <= found <= MOST_COUNTED:
        raise Bad("no_count")
    return int(found)


YES = {"yes", "y", "true", "t", "1", "x", "primary", "p", "main", "m", "primary job", "primary assignment", "main post", "substantive"}  # fmt: skip
NO = {"no", "n", "false", "f", "0", "secondary", "s", "other", "additional", "secondary job", "secondary assignment", "non primary", "not main"}  # fmt: skip


#: Of them those that say whether somebody has a part in something.
WORDS_OF_PART = {"yes", "y", "true", "no", "n", "false"}


def is_marked(text: str) -> bool:
    """Yes or no, as systems mark one of several."""
    said = folded(text)
    if said not in YES | NO:
        raise Bad("no_mark")
    return said in YES


def share_reader(texts: set[str], *, whole: Decimal | None = None, is_fte: bool = False) -> Callable[[str], Decimal]:
    """A reader for a column of shares: as shares of 1, as per cents, or, with `whole`, as so many hours of a full week.

    A cell's own per cent sign holds for that cell. What the others are, the column says: one cell of "1" alone may be one per cent
    or all. Where both are in it, none is believed that may be either. `is_fte`: nobody's is one per cent.
    """
    divisor, doubtful = whole or Decimal(1), Decimal(0)
    if not whole:
        divisor, doubtful = _way_of(texts, is_fte)
    reads = hours if whole else number

    def share(text: str) -> Decimal:
        is_signed = text.rstrip().endswith("%")
        found = reads(text)
        if not is_signed and 0 < found <= doubtful:
            raise Bad("mixed_share")
        found /= HUNDRED if is_signed else divisor
        if not 0 <= found <= MOST_SHARE:
            raise Bad("odd_share")
        # A share, not a count of people.
        return found.quantize(Decimal("0.0001"))

    return share


def part_reader(texts: set[str]) -> Callable[[str], Decimal]:
    """A reader for a column that says whether somebody has a part in something, as yes and no, or how large it is, as shares. Yes is 1: how large it is was not said."""
    said = {text: is_marked(text) for text in texts if folded(text) in WORDS_OF_PART}
    share = share_reader(texts - said.keys())
    return lambda text: Decimal(said[text]) if text in said else share(text)


def _way_of(texts: set[str], is_fte: bool) -> tuple[Decimal, Decimal]:
    """What the numbers without a sign are parts of, and up to which of them may be the other way."""
    signed, plain = (_numbers(text for text in texts if ("%" in text) is is_signed) for is_signed in (True, False))
    has_fractions = any(0 < found < 1 for found in plain)
    if are_per_cents(plain):
        has_ones_only = not (is_fte or signed or has_fractions)
        return HUNDRED, Decimal(0) if has_ones_only else MOST_SHARE
    # Beside "100%" and without a "0.5", "1" may be either.
    return Decimal(1), MOST_SHARE if HUNDRED in signed and not has_fractions else Decimal(0)


def _numbers(texts: Iterable[str]) -> list[Decimal]:
    found = []
    for text in texts:
        with suppress(Bad):
            found.append(number(text))
    return found


def are_per_cents(numbers: Sequence[Decimal]) -> bool:
    """Whether numbers without a sign are per cents: most are above 1.5."""
    return sum(found > MOST_SHARE for found in numbers) > len(numbers) / 2


def soc(text: str) -> str:
    """A SOC2020 unit group of four figures, perhaps with its name behind it."""
    found = re.match(r"\s*(\d+)(?:\.0+)?(?!\d)", text)
    if not found:
        raise Bad("no_soc")
    if len(found[1]) == 3:
        raise Bad("short_soc")
    if len(found[1]) != 4 or found[1][0] not in "123456789":
        raise Bad("no_soc")
    return found[1]


def words(text: str) -> str:
    return " ".join(text.split())[:200]
