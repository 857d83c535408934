"""Timeframes as people write them, made a range with a precision and the words themselves.

The rules are those of the interchange format: a lone date is the end; "Ongoing" has no dates and is continuous;
seasons and terms, quarters and years stay as vague as they were written; Excel's damage ("26-Jul" for Jul-26) is
undone and reported; an impossible date is kept as text and reported.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field

from .model import Dependency, Milestone, Notice, Period, Phase, Precision, Timeframe
from .words import plain

MONTHS = {
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
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR4 = r"(?P<year>(?:19|20)\d\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"
#: First and last month of the seasons and terms that universities write, and how many years the last one is later.
SEASONS = {
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
_CONTINUOUS = re.compile(
    r"\b(on-?\s?going|continuous(ly)?|continual(ly)?|continuing|throughout|rolling|annual(ly)?|each year|every year|"
    r"yearly|per annum|bi-?annual(ly)?|biennial(ly)?|every (?:\w+ )?(months?|years?|weeks?|terms?|semesters?|quarters?|summer|spring|autumn|winter)|termly|each term|quarterly|"
    r"monthly|weekly|bi-?monthly|regular(ly)?|permanent(ly)?|in place|as (and when|required|needed)|business as usual|bau|"
    r"recurring|standing item)\b",
    re.I,
)
_UNKNOWN = re.compile(r"^\W*(tb[cad]|to be (confirmed|agreed|decided|determined|advised)|n/?a|none|-+|\?+)\W*$", re.I)
_DEPENDS = re.compile(
    r"(?:\bto )?\b(?:follow(?:s|ing)?(?: on)?(?: from)?|(?:fit|align) (?:in )?with(?:in)?|dependent (?:up)?on|"
    r"depend(?:s|ing)? (?:up)?on|subject to|after completion of|once|after|on completion of|pending)\b\s*:?\s*(?P<what>.+)",
    re.I,
)


@dataclass(slots=True)
class Reading:
    """What a timeframe cell says: its range, its dated stages, what it waits for, and what is doubtful."""

    timeframe: Timeframe
    milestones: list[Milestone] = field(default_factory=list)
    depends_on: list[Dependency] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class _Date:
    """A date found at text[at:to]; `start` and `end` bound it, both as precise as the author was."""

    at: int
    to: int
    start: str
    end: str
    precision: Precision
    mangled: bool = False


_FINENESS: dict[str, int] = {"day": 5, "month": 4, "quarter": 3, "term": 2, "year": 1, "none": 0}


def _full_year(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month_number(name: str) -> int:
    return MONTHS[name.casefold().rstrip(".")]


def _day(match: re.Match[str]) -> tuple[str, Precision] | None:
    groups = match.groupdict()
    year = _full_year(groups["year"])
    month = int(groups["m"]) if groups.get("m") else _month_number(groups["month"])
    day = int(groups["day"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}", "day"


_DAY_FORMS = [
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<year>(?:19|20)\d\d|\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})-(?P<m>\d{1,2})-(?P<year>(?:19|20)\d\d)\b"),
    re.compile(
        r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+"
        + _MONTH + r",?[\s-]+(?P<year>(?:19|20)\d\d|['’]?\d\d(?!\d|:))", re.I),
    re.compile(r"\b" + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,\s*" + _YEAR4, re.I),
]  # fmt: skip
#: "May-19 Jul-19" is two months, not the nineteenth of July; nor does "Year 1 Jan 2021" name a day.
_AFTER_MONTH = re.compile(r"\b(?:(?:" + "|".join(MONTHS) + r")\.?\s*[-–]?|year|yr|phase|stage|term)\s*$", re.I)
_MONTH_YEAR = re.compile(r"\b" + _MONTH + r"\s*(?:[-–/,]|\bof\b|)\s*" + _YEAR + r"(?!\d)(?!\s*(?:st|nd|rd|th)\b)", re.I)
_MANGLED = re.compile(
    r"(?<![\w/-])(?P<year>\d{1,2})[-–](?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![\w-])", re.I
)
_NUMERIC_MONTH = re.compile(r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d)(?![\d/.-])")
_ISO_MONTH = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d/-])")
_SHARED_YEAR = re.compile(
    r"\b(?P<first>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?\s*(?:-|–|to|and|/|&|until)\s*" + _MONTH
    + r"[\s-]*" + _YEAR + r"(?!\d)", re.I)  # fmt: skip
_QUARTER = re.compile(
    r"\b(?:Q(?P<q>[1-4])(?:\s*[-–/]\s*Q(?P<q2>[1-4]))?[\s,-]*(?:of\s+)?(?P<year>(?:19|20)\d\d|['’]?\d\d)(?![\d/])"
    r"|(?P<year2>(?:19|20)\d\d)[\s,-]*Q(?P<q3>[1-4])"
    r"|(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter (?:of\s+)?(?P<year3>(?:19|20)\d\d))", re.I)  # fmt: skip
_HALF = re.compile(
    r"\b(?:H(?P<h>[12])|(?P<word>first|second|early|mid|late)(?: half(?: of)?)?)[\s-]*(?P<year>(?:19|20)\d\d)\b", re.I
)
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|winter|michaelmas|lent|easter|trinity)(?P<term>\s+(?:term|semester))?[\s,/-]*"
    r"(?:of\s+)?(?P<year>(?:19|20)\d\d|['’]?\d\d)(?:\s*[/-]\s*(?P<later>(?:19|20)?\d\d))?(?!\d)", re.I)  # fmt: skip
_YEAR_SPAN = re.compile(
    r"(?<![\w/-])(?P<a>(?:19|20)\d\d)\s*(?:[-–/]|to|and)\s*(?P<b>(?:19|20)\d\d|\d\d)(?![\w/-])", re.I
)
_LONE_YEAR = re.compile(r"(?<![\w/-])" + _YEAR4 + r"(?![\w/-]|\s*(?:technicians|staff|hours|people|£))")
_LIKE_A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:" + "|".join(MONTHS) + r"|\d{1,2})[\s/.-]+(?:19|20)\d\d\b", re.I
)


def _found(text: str, period: Period) -> tuple[list[_Date], list[str]]:
    """Every date in the text, left to right without overlaps, and the impossible ones as written."""
    dates: list[_Date] = []
    impossible: list[str] = []
    taken = bytearray(len(text))

    def free(match: re.Match[str]) -> bool:
        return not any(taken[match.start() : match.end()])

    def take(match: re.Match[str]) -> None:
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())

    def add(match: re.Match[str], start: str, end: str, precision: Precision, mangled: bool = False) -> None:
        take(match)
        dates.append(_Date(match.start(), match.end(), start, end, precision, mangled))

    for form in _DAY_FORMS:
        for match in form.finditer(text):
            if not free(match) or _AFTER_MONTH.search(text[: match.start()]):
                continue
            day = _day(match)
            if day:
                add(match, day[0], day[0], day[1])
            else:
                take(match)
                impossible.append(match.group().strip())
    for match in _LIKE_A_DAY.finditer(text):
        if free(match) and not _AFTER_MONTH.search(text[: match.start()]):
            take(match)
            impossible.append(match.group().strip())
    for match in _SEASON.finditer(text):
        if free(match):
            start, end = _season_range(match)
            add(match, start, end, "term")
    for match in _QUARTER.finditer(text):
        if free(match):
            start, end = _quarter_range(match)
            add(match, start, end, "quarter")
    for match in _SHARED_YEAR.finditer(text):
        if free(match):
            year = _full_year(match["year"])
            first, last = _month_number(match["first"]), _month_number(match["month"])
            add(match, f"{year - (first > last)}-{first:02}", f"{year}-{last:02}", "month")
    for match in _MONTH_YEAR.finditer(text):
        if free(match):
            month = f"{_full_year(match['year'])}-{_month_number(match['month']):02}"
            add(match, month, month, "month")
    for match in _MANGLED.finditer(text):
        if free(match) and _plausible(_full_year(match["year"]), period):
            month = f"{_full_year(match['year'])}-{_month_number(match['month']):02}"
            add(match, month, month, "month", mangled=True)
    for form in (_NUMERIC_MONTH, _ISO_MONTH):
        for match in form.finditer(text):
            if free(match):
                month = f"{match['year']}-{int(match['month']):02}"
                add(match, month, month, "month")
    for match in _HALF.finditer(text):
        if free(match):
            add(match, match["year"], match["year"], "year")
    for match in _YEAR_SPAN.finditer(text):
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if free(match) and first < last <= first + 15:
            add(match, str(first), str(last), "year")
    for match in _LONE_YEAR.finditer(text):
        if free(match):
            add(match, match["year"], match["year"], "year")
    return sorted(dates, key=lambda d: d.at), impossible


def _plausible(year: int, period: Period) -> bool:
    """Whether a spreadsheet-damaged date can mean this year: within the plan's years, give or take one."""
    first = int((period.start or "2014")[:4]) - 1
    last = int((period.end or "2041")[:4]) + 1
    return first <= year <= max(last, first + 3)


def _season_range(match: re.Match[str]) -> tuple[str, str]:
    name = match["season"].casefold()
    term = match["term"] or ""
    first, last, later = SEASONS.get(f"{name} term" if term else name, SEASONS[name])
    year = _full_year(match["year"])
    if match["later"] and name not in {"autumn", "michaelmas", "winter"}:
        year += 1  # "Spring 2025/26" stands in the academic year's second half
    return f"{year}-{first:02}", f"{year + later}-{last:02}"


def _quarter_range(match: re.Match[str]) -> tuple[str, str]:
    order = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
    first = int(match["q"] or match["q3"] or order[match["word"].casefold()])
    last = int(match["q2"] or first)
    year = _full_year(match["year"] or match["year2"] or match["year3"])
    return f"{year}-{first * 3 - 2:02}", f"{year}-{last * 3:02}"


def read_timeframe(text: str, *, phases: list[Phase] = (), period: Period | None = None) -> Reading:  # type: ignore[assignment]
    """What the words of a timeframe cell say. `phases` is the document's own key; `period` the plan's years."""
    text = text.strip()
    reading = Reading(Timeframe(text=text))
    flat = plain(text)
    if not flat or _UNKNOWN.match(flat):
        return reading
    if phases and _read_phases(flat, list(phases), reading):
        return reading
    dates, impossible = _found(flat, period or Period())
    for words in impossible:
        reading.notices.append(
            Notice("timeframe", "impossible_date", f"“{words}” is not a day of the calendar. The words were kept.")
        )
    reading.timeframe.continuous = bool(_CONTINUOUS.search(flat))
    _read_dependency(flat, reading)
    if dates:
        _settle_range(flat, dates, reading)
        _read_milestones(flat, dates, reading)
    elif not reading.timeframe.continuous and not reading.depends_on and not impossible:
        _note_undated(flat, reading)
    return reading


def _note_undated(flat: str, reading: Reading) -> None:
    if re.search(r"\b(?:phase|year|yr|y|p)s?\s?\.?\d", flat, re.I):
        message = f"“{flat}” names a phase or year, and the document has no key that dates it."
        reading.notices.append(Notice("timeframe", "phase_without_key", message))
    elif re.search(r"\d", flat):
        reading.notices.append(Notice("timeframe", "date_not_understood", f"No date was understood in “{flat}”."))


def _settle_range(flat: str, dates: list[_Date], reading: Reading) -> None:
    frame = reading.timeframe
    frame.precision = min((d.precision for d in dates), key=lambda p: _FINENESS[p])
    first, last = min(dates, key=lambda d: d.start), max(dates, key=lambda d: _upper(d.end))
    vague = first.start != first.end
    if len(dates) == 1 and not vague:
        before = flat[: first.at].casefold()
        after = flat[first.to :].casefold()
        opens = re.search(
            r"\b(from|since|start(s|ing|ed)?( in| on)?|begin(s|ning)?|commenc\w+|launch\w*|after|not before|no earlier than|earliest)\b[\s:]*(the )?(in |on |of )?$",
            before,
        )
        onwards = re.match(r"\s*(-|–)?\s*(onwards?|on\b|and ongoing|ongoing|\+|to (date|present)|-\s*$)", after)
        if opens or onwards or (frame.continuous and re.search(r"\b(from|ongoing,?( from| since)?)\s*$", before)):
            frame.start = first.start
            frame.continuous = frame.continuous or bool(onwards)
        else:
            frame.end = first.end
    elif len(dates) == 1:
        only_end = re.search(
            r"\b(by|before|until|end of|no later than|due)( the)?( end)?( of)?\s*$", flat[: first.at].casefold()
        )
        frame.start, frame.end = (None if only_end else first.start), first.end
    else:
        frame.start = first.start
        frame.end = last.end
        if re.search(r"\b(by|before|until)\s*$", flat[: first.at].casefold()):
            frame.start = None
    for date in dates:
        if date.mangled:
            words = flat[date.at : date.to]
            message = f"“{words}” was read as {date.end}: a spreadsheet turns a month and year into a day and month."
            reading.notices.append(Notice("timeframe", "excel_date", message))
    if frame.start and frame.end and frame.start > _upper(frame.end):
        reading.notices.append(Notice("timeframe", "end_before_start", f"“{flat}” ends before it starts."))


def _upper(date: str) -> str:
    """A string that sorts after every date inside the given one."""
    return date + "~"


def _read_phases(flat: str, phases: list[Phase], reading: Reading) -> bool:
    """Read "P1,2,3", "Y1-3" or "Phase 2" by the document's own key. False where the words are no phase."""
    by_number: dict[tuple[str, int], Phase] = {}
    for phase in phases:
        match = re.fullmatch(r"\D*?([A-Za-z]*)\s*(\d+)", phase.code)
        if match:
            by_number[(match[1][:1].casefold() or "p", int(match[2]))] = phase
    letters = {letter for letter, _ in by_number}
    mended = _mend_phase_debris(flat)
    match = re.fullmatch(
        r"\(?(?:(?P<word>[A-Za-z]+)\.?\s*)(?P<list>\d+(?:\s*(?:,|-|/|&|and|to|\s|;)\s*(?:[A-Za-z]+\s*)?\d+)*)\)?\.?",
        mended,
    )
    if not match or match["word"][:1].casefold() not in letters:
        return False
    letter = match["word"][:1].casefold()
    numbers = _numbers(match["list"])
    if not numbers or any((letter, n) not in by_number for n in numbers):
        return False
    chosen = [by_number[(letter, n)] for n in numbers]
    starts = [p.start for p in chosen if p.start]
    ends = [p.end for p in chosen if p.end]
    frame = reading.timeframe
    frame.start, frame.end = min(starts, default=None), max(ends, key=_upper, default=None)
    frame.precision = _precision_of(frame.end or frame.start)
    if mended != flat:
        reading.notices.append(
            Notice("timeframe", "mended_by_key", f"“{flat}” was read as “{mended}” by the document's key.")
        )
    return True


def _precision_of(date: str | None) -> Precision:
    return {10: "day", 7: "month", 4: "year"}.get(len(date or ""), "none")  # type: ignore[return-value]


def _mend_phase_debris(flat: str) -> str:
    """ "PI" and "Pl" are what scanning makes of "P1"."""
    return re.sub(r"^([PY])[Il|](?=\W|$)", r"\g<1>1", flat)


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    pending_range = False
    for token in re.findall(r"\d+|-|to", text):
        if token in {"-", "to"}:
            pending_range = bool(numbers)
        elif pending_range:
            numbers.extend(range(numbers[-1] + 1, min(int(token), numbers[-1] + 12) + 1))
            pending_range = False
        else:
            numbers.append(int(token))
    return numbers


def _read_dependency(flat: str, reading: Reading) -> None:
    for sentence in re.split(r"(?<=[a-z0-9)])[.;]\s+(?=[A-Z])", flat):
        match = _DEPENDS.search(sentence)
        if not match:
            continue
        what = match["what"].strip(" .;,")
        dated, _ = _found(what, Period())
        if dated and dated[0].at <= 3:
            continue  # "after March 2025" is a date, not a dependency
        if len(what) > 3:
            reading.depends_on.append(Dependency(what))


def _read_milestones(flat: str, dates: list[_Date], reading: Reading) -> None:
    """Labelled dates ("Scoping: Dec-24, Implementation TBC") are stages of the action."""
    marks = [(d.at, d.to, d) for d in dates]
    for match in re.finditer(r"\bTB[CAD]\b", flat):
        marks.append((match.start(), match.end(), None))  # type: ignore[arg-type]
    marks.sort(key=lambda mark: mark[0])
    stages: list[Milestone] = []
    at = 0
    for start, to, date in marks:
        before = flat[at:start]
        label = re.split(r"(?<=[a-z])\.\s+(?=[A-Z])", re.sub(r"^[\s,;.:()\-–&/]+|[\s,;.:()\-–&/]+$", "", before))[-1]
        opens = re.search(r"\b(from|start(?:s|ing)?|begin(?:s|ning)?)\s*$", label, re.I)
        label = re.sub(
            r"(?:^|\s)(?:and|then|from|in|by|on|due|the end of|end of|to|until|start(?:s|ing)?|for|within \d+ \w+)\s*$",
            "",
            label,
            flags=re.I,
        ).strip(" ,:;-(")
        label = re.sub(r"^(?:and|then|by|from|the|in)\b\s*", "", label, flags=re.I)
        behind = re.match(r"\s*\((?P<label>[A-Za-z][^()]{2,40})\)", flat[to:])
        if behind and not label:
            label, to = behind["label"], to + behind.end()
        at = to
        if not re.search(r"[A-Za-z]{3}", label) or _CONTINUOUS.fullmatch(label) or _is_filler(label):
            continue
        if date is None:
            stages.append(Milestone(label))
        elif opens:
            stages.append(Milestone(label, start=date.start))
        elif date.start != date.end:
            stages.append(Milestone(label, start=date.start, end=date.end))
        else:
            stages.append(Milestone(label, end=date.end))
    if len(stages) >= 2 or (stages and len(marks) == 1 and _is_stage(flat, stages[0])):
        reading.milestones = stages


def _is_filler(label: str) -> bool:
    filler = "by from the end of early late mid beginning start until before to in on date due deadline target complete completed completion no later than during academic year ay fy and ongoing within winter spring summer autumn through first second half between approx approximately circa about review reviewed annually launched started commence w/c week month"
    return all(word.casefold().strip(".,:") in filler.split() for word in label.split())


def _is_stage(flat: str, stage: Milestone) -> bool:
    return bool(re.match(r"\w[\w &/-]{2,40}:\s", flat)) or bool(
        re.search(r"[a-z]\. [A-Z]", flat[: flat.find(stage.label) + 1])
    )
