"""Timeframes as people write them, made a range with a precision and the words themselves.

The rules are those of the interchange format: a lone date is the end; "Ongoing" has no dates and is continuous;
seasons and terms, quarters and years stay as vague as they were written; Excel's damage ("26-Jul" for Jul-26) is
undone and reported; an impossible date is kept as text and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .dates import Date, find_dates, upper
from .hints import hints_now
from .model import Dependency, Milestone, Notice, Period, Phase, Precision, Timeframe
from .words import plain

CONTINUOUS = re.compile(
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
_OPENS = re.compile(
    r"\b(from|since|start(s|ing|ed)?( in| on)?|begin(s|ning)?|commenc\w+|launch\w*|after|not before|no earlier than|"
    r"earliest)\b[ :]*(the )?(in |on |of )?$"
)
_ONWARDS = re.compile(r" ?(-|–)? ?(onwards?|on\b|and ongoing|ongoing|\+|to (date|present)|- ?$)")
_BY = re.compile(r"\b(by|before|until) ?$")
_ONLY_END = re.compile(r"\b(by|before|until|end of|no later than|due)( the)?( end)?( of)? ?$")
_BEFORE_DATE = re.compile(
    r"(?:^|\s)(?:and|then|from|in|by|on|due|the end of|end of|to|until|start(?:s|ing)?|for|within \d+ \w+) ?$", re.I
)
#: Words before a date that name no stage of the action.
_FILLER = frozenset(
    "by from the end of early late mid beginning start until before to in on date due deadline target complete completed "
    "completion no later than during academic year ay fy and ongoing within winter spring summer autumn through first "
    "second half between approx approximately circa about review reviewed annually launched started commence w/c week "
    "month".split()
)


@dataclass(slots=True)
class Reading:
    """What a timeframe cell says: its range, its dated stages, what it waits for, and what is doubtful."""

    timeframe: Timeframe
    milestones: list[Milestone] = field(default_factory=list)
    depends_on: list[Dependency] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


_FINENESS: dict[str, int] = {"day": 5, "month": 4, "quarter": 3, "term": 2, "year": 1, "none": 0}


def read_timeframe(text: str, *, phases: Sequence[Phase] = (), period: Period | None = None) -> Reading:
    """What the words of a timeframe cell say. `phases` is the document's own key; `period` the plan's years."""
    text = text.strip()
    reading = Reading(Timeframe(text=text))
    flat = plain(text)
    if not flat or _UNKNOWN.match(flat):
        return reading
    if phases and _read_phases(flat, phases, reading):
        return reading
    dates, impossible = find_dates(flat, period)
    for words in impossible:
        reading.notices.append(
            Notice("timeframe", "impossible_date", f"“{words}” is not a day of the calendar. The words were kept.")
        )
    reading.timeframe.continuous = bool(CONTINUOUS.search(flat))
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


def _settle_range(flat: str, dates: list[Date], reading: Reading) -> None:
    frame = reading.timeframe
    frame.precision = min((d.precision for d in dates), key=lambda p: _FINENESS[p])
    first, last = min(dates, key=lambda d: d.start), max(dates, key=lambda d: upper(d.end))
    before, after = flat[: first.at].casefold(), flat[first.to :].casefold()
    if len(dates) > 1:
        frame.start, frame.end = (None if _BY.search(before) else first.start), last.end
    elif first.start != first.end:
        frame.start, frame.end = (None if _ONLY_END.search(before) else first.start), first.end
    elif _opens(before, after, frame.continuous):
        frame.start = first.start
        frame.continuous = frame.continuous or bool(_ONWARDS.match(after))
    else:
        frame.end = first.end
    _note_range(flat, dates, reading)


def _opens(before: str, after: str, continuous: bool) -> bool:
    """Whether a lone date is a beginning ("from March 2025", "Ongoing from 2025", "2025 onwards")."""
    goes_on = continuous and re.search(r"\b(from|ongoing,?( from| since)?) ?$", before)
    return bool(_OPENS.search(before) or _ONWARDS.match(after) or goes_on)


def _note_range(flat: str, dates: list[Date], reading: Reading) -> None:
    for date in dates:
        if date.mangled:
            words = flat[date.at : date.to]
            message = f"“{words}” was read as {date.end}: a spreadsheet turns a month and year into a day and month."
            reading.notices.append(Notice("timeframe", "excel_date", message))
    frame = reading.timeframe
    if frame.start and frame.end and frame.start > upper(frame.end):
        reading.notices.append(Notice("timeframe", "end_before_start", f"“{flat}” ends before it starts."))


def _read_phases(flat: str, phases: Sequence[Phase], reading: Reading) -> bool:
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
    hints_now().note_phases(chosen, flat)
    starts = [p.start for p in chosen if p.start]
    ends = [p.end for p in chosen if p.end]
    frame = reading.timeframe
    frame.start, frame.end = min(starts, default=None), max(ends, key=upper, default=None)
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
        dated, _ = find_dates(what)
        if dated and dated[0].at <= 3:
            continue  # "after March 2025" is a date, not a dependency
        if len(what) > 3:
            reading.depends_on.append(Dependency(what))


def _read_milestones(flat: str, dates: list[Date], reading: Reading) -> None:
    """Labelled dates ("Scoping: Dec-24, Implementation TBC") are stages of the action."""
    marks: list[tuple[int, int, Date | None]] = [(d.at, d.to, d) for d in dates]
    marks += [(match.start(), match.end(), None) for match in re.finditer(r"\bTB[CAD]\b", flat)]
    marks.sort(key=lambda mark: mark[0])
    stages: list[Milestone] = []
    at = 0
    for start, to, date in marks:
        label, opens = _label_of(flat[at:start])
        behind = re.match(r" ?\((?P<label>[A-Za-z][^()]{2,40})\)", flat[to:])
        if behind and not label:
            label, to = behind["label"], to + behind.end()
        at = to
        if re.search(r"[A-Za-z]{3}", label) and not CONTINUOUS.fullmatch(label) and not _is_filler(label):
            stages.append(_stage(label, date, opens))
    if len(stages) >= 2 or (stages and len(marks) == 1 and _is_stage(flat, stages[0])):
        reading.milestones = stages


def _label_of(before: str) -> tuple[str, bool]:
    """What the words before a date call it, and whether they say that it begins there."""
    label = re.split(r"(?<=[a-z])\.\s+(?=[A-Z])", before.strip(" \t,;.:()-–&/"))[-1]
    opens = re.search(r"\b(from|start(?:s|ing)?|begin(?:s|ning)?) ?$", label, re.I)
    label = _BEFORE_DATE.sub("", label).strip(" ,:;-(")
    return re.sub(r"^(?:and|then|by|from|the|in)\b\s*", "", label, flags=re.I), bool(opens)


def _stage(label: str, date: Date | None, opens: bool) -> Milestone:
    if date is None:
        return Milestone(label)
    if opens:
        return Milestone(label, start=date.start)
    return Milestone(label, start=date.start if date.start != date.end else None, end=date.end)


def _is_filler(label: str) -> bool:
    return all(word.casefold().strip(".,:") in _FILLER for word in label.split())


def _is_stage(flat: str, stage: Milestone) -> bool:
    return bool(re.match(r"\w[\w &/-]{2,40}:\s", flat)) or bool(
        re.search(r"[a-z]\. [A-Z]", flat[: flat.find(stage.label) + 1])
    )
