"""Dates in running words: days, months, quarters, terms, years and spans of them, as precise as they were written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .model import Period, Precision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
#: First and last month of the seasons and terms that universities write, and how many years the last one is later.
_SEASONS = {
    "spring": (3, 5, 0),
    "spring term": (1, 4, 0),
    "summer": (6, 8, 0),
    "summer term": (4, 7, 0),
    "autumn": (9, 12, 0),
    "autumn term": (9, 12, 0),
    "winter": (12, 2, 1),
    "michaelmas": (10, 12, 0),
    "lent": (1, 3, 0),
    "easter": (3, 4, 0),
    "trinity": (4, 6, 0),
}
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}

_ANY_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_ANY_MONTH})\b\.?"
_YEAR4 = r"(?P<year>(?:19|20)\d\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"


@dataclass(slots=True, frozen=True)
class Date:
    """A date found at text[at:to]; `start` and `end` bound it (ISO), both as precise as the author was.

    `mangled` is set where a spreadsheet had turned a month and year into a day and month.
    """

    at: int
    to: int
    start: str
    end: str
    precision: Precision
    mangled: bool = False


@dataclass(slots=True, frozen=True)
class _Range:
    start: str
    end: str
    precision: Precision
    mangled: bool = False


#: What a form reads where the words name a day that the calendar does not have.
_IMPOSSIBLE = _Range("", "", "none")


def find_dates(text: str, period: Period | None = None) -> tuple[list[Date], list[str]]:
    """Every date in one line of text, left to right without overlaps, and the impossible ones as written.

    `period` is the plan's own years: a spreadsheet's "26-Jul" means July 2026 only where that lies near them.
    """
    if not re.search(r"\d", text):
        return [], []
    dates, impossible = _scan(
        text, (period.start if period else None) or "2014", (period.end if period else None) or "2041"
    )
    return list(dates), list(impossible)


def upper(date: str) -> str:
    """A string that sorts after every date inside the given one."""
    return date + "~"


@lru_cache(maxsize=4096)
def _scan(text: str, first: str, last: str) -> tuple[tuple[Date, ...], tuple[str, ...]]:
    dates: list[Date] = []
    impossible: list[str] = []
    taken = bytearray(len(text))
    for form, read in _FORMS:
        for match in form.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            found = read(match)
            if found is None or found.mangled and not _near(found, first, last):
                continue
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            if found is _IMPOSSIBLE:
                impossible.append(match.group().strip())
            else:
                dates.append(Date(match.start(), match.end(), found.start, found.end, found.precision, found.mangled))
    return tuple(sorted(dates, key=lambda date: date.at)), tuple(impossible)


def _near(found: _Range, first: str, last: str) -> bool:
    """Whether a spreadsheet-damaged date lies within the plan's years, give or take one."""
    low, high = int(first[:4]) - 1, int(last[:4]) + 1
    return low <= int(found.start[:4]) <= max(high, low + 3)


def _full_year(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month_number(name: str) -> int:
    return _MONTHS[name.casefold().rstrip(".")]


def _one_month(year: int, month: int, *, mangled: bool = False) -> _Range:
    iso = f"{year}-{month:02}"
    return _Range(iso, iso, "month", mangled)


def _years(first: int, last: int) -> _Range:
    return _Range(str(first), str(last), "year")


#: "May-19 Jul-19" is two months, not the nineteenth of July; nor does "Year 1 Jan 2021" name a day.
_AFTER_MONTH = re.compile(rf"\b(?:(?:{_ANY_MONTH})\.?\s?[-–]?|year|yr|phase|stage|term)\s?$", re.I)


def _follows_month(match: re.Match[str]) -> bool:
    return bool(_AFTER_MONTH.search(match.string, max(0, match.start() - 16), match.start()))


def _read_day(match: re.Match[str]) -> _Range | None:
    if _follows_month(match):
        return None
    groups = match.groupdict()
    year = _full_year(groups["year"])
    month = int(groups["m"]) if groups.get("m") else _month_number(groups["month"])
    day = int(groups["day"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return _IMPOSSIBLE
    iso = f"{year}-{month:02}-{day:02}"
    return _Range(iso, iso, "day")


def _read_like_a_day(match: re.Match[str]) -> _Range | None:
    return None if _follows_month(match) else _IMPOSSIBLE


def _read_season(match: re.Match[str]) -> _Range:
    name = match["season"].casefold()
    first, last, later = _SEASONS.get(f"{name} term" if match["term"] else name, _SEASONS[name])
    year = _full_year(match["year"])
    if match["later"] and name not in {"autumn", "michaelmas", "winter"}:
        year += 1  # "Spring 2025/26" stands in the academic year's second half
    return _Range(f"{year}-{first:02}", f"{year + later}-{last:02}", "term")


def _read_quarter(match: re.Match[str]) -> _Range:
    first = int(match["q"] or match["q3"] or _QUARTERS[match["word"].casefold()])
    last = int(match["q2"] or first)
    year = _full_year(match["year"] or match["year2"] or match["year3"])
    return _Range(f"{year}-{first * 3 - 2:02}", f"{year}-{last * 3:02}", "quarter")


def _read_shared_year(match: re.Match[str]) -> _Range:
    year = _full_year(match["year"])
    first, last = _month_number(match["first"]), _month_number(match["month"])
    return _Range(f"{year - (first > last)}-{first:02}", f"{year}-{last:02}", "month")


def _read_month(match: re.Match[str]) -> _Range:
    return _one_month(_full_year(match["year"]), _month_number(match["month"]))


def _read_mangled(match: re.Match[str]) -> _Range:
    return _one_month(_full_year(match["year"]), _month_number(match["month"]), mangled=True)


def _read_numeric_month(match: re.Match[str]) -> _Range:
    return _one_month(_full_year(match["year"]), int(match["month"]))


def _read_year(match: re.Match[str]) -> _Range:
    year = _full_year(match["year"])
    return _years(year, year)


def _read_year_span(match: re.Match[str]) -> _Range | None:
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    return _years(first, last) if first < last <= first + 15 else None


#: In order: words that an earlier form has taken are not read again by a later one.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Range | None]], ...] = (
    (re.compile(rf"\b{_YEAR4}-(?P<m>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T ]00:00(?::00)?)?\b"), _read_day),
    (re.compile(r"\b(?P<day>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<year>(?:19|20)\d\d|\d\d)\b"), _read_day),
    (re.compile(rf"\b(?P<day>\d{{1,2}})-(?P<m>\d{{1,2}})-{_YEAR4}\b"), _read_day),
    (
        re.compile(
            r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
            rf"(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d|['’]?\d\d(?!\d|:))",
            re.I,
        ),
        _read_day,
    ),
    (re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s*{_YEAR4}", re.I), _read_day),
    (
        re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?[\s/.-]+(?:{_ANY_MONTH}|\d{{1,2}})[\s/.-]+(?:19|20)\d\d\b", re.I),
        _read_like_a_day,
    ),
    (
        re.compile(
            r"\b(?P<season>spring|summer|autumn|winter|michaelmas|lent|easter|trinity)(?P<term>\s+(?:term|semester))?"
            rf"[\s,/-]*(?:of\s+)?{_YEAR}(?:\s*[/-]\s*(?P<later>(?:19|20)?\d\d))?(?!\d)",
            re.I,
        ),
        _read_season,
    ),
    (
        re.compile(
            rf"\b(?:Q(?P<q>[1-4])(?:\s*[-–/]\s*Q(?P<q2>[1-4]))?[\s,-]*(?:of\s+)?{_YEAR}(?![\d/])"
            r"|(?P<year2>(?:19|20)\d\d)[\s,-]*Q(?P<q3>[1-4])"
            r"|(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter (?:of\s+)?(?P<year3>(?:19|20)\d\d))",
            re.I,
        ),
        _read_quarter,
    ),
    (
        re.compile(
            rf"\b(?P<first>{_ANY_MONTH})\b\.?\s*(?:-|–|to|and|/|&|until)\s*{_MONTH}[\s-]*{_YEAR}(?!\d)",
            re.I,
        ),
        _read_shared_year,
    ),
    (re.compile(rf"\b{_MONTH}\s*(?:[-–/,]|\bof\b|)\s*{_YEAR}(?!\d)(?!\s*(?:st|nd|rd|th)\b)", re.I), _read_month),
    (
        re.compile(
            r"(?<![\w/-])(?P<year>\d{1,2})[-–](?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![\w-])", re.I
        ),
        _read_mangled,
    ),
    (re.compile(rf"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])[/.]{_YEAR4}(?![\d/.-])"), _read_numeric_month),
    (re.compile(rf"(?<![\d/-]){_YEAR4}-(?P<month>0[1-9]|1[0-2])(?![\d/-])"), _read_numeric_month),
    (re.compile(rf"\b(?:H[12]|(?:first|second|early|mid|late)(?: half(?: of)?)?)[\s-]*{_YEAR4}\b", re.I), _read_year),
    (
        re.compile(r"(?<![\w/-])(?P<a>(?:19|20)\d\d)\s*(?:[-–/]|to|and)\s*(?P<b>(?:19|20)\d\d|\d\d)(?![\w/-])", re.I),
        _read_year_span,
    ),
    (re.compile(rf"(?<![\w/£$€-]){_YEAR4}(?![\w/-]|\s*(?:technicians|staff|hours|people|£))"), _read_year),
)
