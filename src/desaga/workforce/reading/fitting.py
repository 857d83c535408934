"""Whether a column's values are those of a field: what a heading says is believed only as far as they bear it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from .codes import CodeList, code_list, code_lists
from .fields import Field
from .values import Bad, day, hours, is_marked, number, part_reader, share_reader, soc

#: Less than this share of values that fit, and the column is not the field.
LEAST_FIT = 0.3
#: For what may be a word for a code that no list has yet, or a number where most files have words.
PERHAPS = 0.5
#: More than a week has; figures before the point that make a number money, and no grade.
HOURS_OF_WEEK, FIGURES_OF_MONEY = 168, 4
MONEY = re.compile(r"\D{0,2}(\d[\d,]*)(?:\.\d+)?\D{0,2}")
NAMES = frozenset({"surname", "forename", "name"})

Looks = Literal["number", "day", "letters", "mixed"]


def fit(values: Sequence[str], one: Field, year: int) -> float | None:
    """The share of values that the field can read, what is doubtful counting in part; None without a value."""
    if not values:
        return None
    marks = _marker(values, one, year)
    marked = sum(marks(text) * times for text, times in Counter(values).items()) / len(values)
    if one.kind == "number":
        # Numbers of people, or of contracts, differ.
        return marked * min(1.0, 2 * len(set(values)) / len(values))
    return marked


def _marker(values: Sequence[str], one: Field, year: int) -> Callable[[str], float]:
    """How well one value fits, from 0 to 1."""
    match one.kind:
        case "code" | "codes":
            codes = code_list(one.codes, year)
            return lambda text: _as_code(text, codes)
        case "number":
            return lambda text: _as_number_of(text, one)
        case "words":
            return lambda text: _as_words(text, one)
        case "fte" | "share":
            # As the column will be read: what are shares, what per cents, the column as a whole says.
            return _if_read(share_reader(set(values)))
        case "part":
            return _if_read(part_reader(set(values)))
        case "date":
            return _if_read(day)
        case "hours":
            return lambda text: _if_read(hours)(text) and float(hours(text) <= HOURS_OF_WEEK)
        case "mark":
            return _if_read(is_marked)
        case "soc":
            return _if_read(soc)
        case "count":
            return _if_read(number)


def _if_read(read: object) -> Callable[[str], float]:
    def mark(text: str) -> float:
        try:
            read(text)  # type: ignore[operator]
        except (Bad, ValueError):
            return 0.0
        return 1.0

    return mark


def _as_code(text: str, codes: CodeList) -> float:
    """A code or a word that the list knows; perhaps another word, never another number or a date."""
    if _if_read(codes.code_of)(text):
        return 1.0
    return PERHAPS if _looks(text) in ("letters", "mixed") or _was_code(text, codes.key) else 0.0


def _was_code(text: str, key: str) -> bool:
    """Whether a number is a code of another year's list, or one with a nought before it."""
    plain = text.strip().lstrip("0")
    return any(_if_read(one.code_of)(plain) for one in code_lists()[key])


def _as_number_of(text: str, one: Field) -> float:
    """A number, perhaps with letters; somebody's name is none, nor is a date."""
    looks = _looks(text)
    if looks == "day" or (one.key == "staff_number" and _is_of_words(text)):
        return 0.0
    return PERHAPS if looks == "letters" else 1.0


def _is_of_words(text: str) -> bool:
    return sum(part.isalpha() for part in re.split(r"[,\s]+", text)) > 1


def _as_words(text: str, one: Field) -> float:
    looks = _looks(text)
    if looks == "day":
        return 0.0
    if one.key in NAMES:
        return {"letters": 1.0, "mixed": PERHAPS}.get(looks, 0.0)
    if one.key == "job_title":
        return float(looks != "number")
    if one.key == "grade":
        return float(not _is_amount(text))
    return PERHAPS if looks == "number" and one.key in ("unit", "job_family") else 1.0


def _is_amount(text: str) -> bool:
    found = MONEY.fullmatch(text.strip())
    return found is not None and len(found[1].replace(",", "").lstrip("0")) >= FIGURES_OF_MONEY


@lru_cache(maxsize=5_000)
def _looks(text: str) -> Looks:
    """What a value looks like to whoever does not know its heading. Excel's numbers of days are numbers."""
    if _if_read(number)(text):
        return "number"
    if _if_read(day)(text):
        return "day"
    if not any(map(str.isalpha, text)):
        return "number" if any(map(str.isdigit, text)) and "/" not in text else "mixed"
    return "mixed" if any(map(str.isdigit, text)) else "letters"
