"""What a heading or the line over a list says of the things under it: that they are actions, how they stand, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .dates import find_dates
from .timeframes import read_timeframe
from .values import read_status
from .words import plain

_THINGS = r"(?:goals?|objectives?|actions?(?! plan)|priorities|activit(?:y|ies)|commitments?|targets?|milestones?|pledges?|deliverables)"
_NUMBER = r"(?:\d|one|two|three|four|five)\b"
_OPENS = (
    r"\b(?:are|is|being|includes?|including|as follows|follow(?:s|ing)?|below|here|these|namely|examples)\s*(?::|-)?$"
)
#: "… our top three actions are:", "… some of our objectives include:", "Priority actions:"
_LEAD_IN = re.compile(
    rf"\b{_THINGS}\b.{{0,120}}{_OPENS}"
    rf"|\b(?:following|our|key|priority|planned|agreed|next|main|top|these) (?:\w+ ){{0,3}}{_THINGS}\s*(?::|-)$",
    re.I,
)
#: "… the third plan available to see here -"
_PLAN_HERE = re.compile(
    rf"\b(?:action|implementation|delivery|third|second|new|latest|current) plan\b.{{0,120}}{_OPENS}", re.I
)
_PROMISE = re.compile(
    r"\b(?:projects?|work ?streams?|strands?|we|university|college|institute|school|department) will\s*:?$", re.I
)
#: "The Concordat aims to", "focus groups which:": what follows ends a sentence and is no list of actions.
_HALF_SENTENCE = re.compile(
    r"\b(?:to|which|that|who|in order to|responsible for|expected to|should|must)\s*(?::|-)?$", re.I
)
_GOALS_OF = re.compile(
    rf"^(?:{_THINGS}\b.{{0,30}}\b(?:complete|completed|achieved|in progress|to be \w+|explored|planned|ahead|for (?:the )?(?:future|next)\b|for 20\d\d|underway)"
    rf"|(?:future|planned|next|proposed|short|medium|long|completed|achieved|outstanding|remaining|ongoing)[- ](?:\w+ ){{0,2}}{_THINGS}\b"
    rf"|(?:year|yr|phase) {_NUMBER}.{{0,40}}\b(?:{_THINGS}|plans?|progress|review)\b)",
    re.I,
)
_STATUS = re.compile(
    r"\b(?P<said>(?:already |now |been |fully )*(?:achieved|completed?|delivered)|in progress|under ?way|on track|on hold|delayed|not (?:yet )?started)\b",
    re.I,
)
_YEAR = re.compile(rf"\b(?:year|yr|phase|stage)\s*{_NUMBER}", re.I)
_LAST = re.compile(r"\s*[-–—(:]\s*(?P<said>[^-–—():]{2,24})\)?$")


@dataclass(frozen=True, slots=True)
class Said:
    """The status and the time that a heading gives to all that stands under it; empty where it gives none."""

    status: str = ""
    when: str = ""


def announces(lead_in: str) -> bool:
    """Whether the line over a list says that actions follow: "Key objectives for the future include:"."""
    line = plain(lead_in)
    return bool(_LEAD_IN.search(line) or _PLAN_HERE.search(line)) and not _HALF_SENTENCE.search(line)


def promises(lead_in: str) -> bool:
    """Whether the line opens sentences of what will be done: "This project will:"."""
    return bool(_PROMISE.search(plain(lead_in)))


def breaks_off(lead_in: str) -> bool:
    """Whether the list under the line ends its sentence ("The Concordat aims to"), other than as a promise."""
    return bool(_HALF_SENTENCE.search(plain(lead_in))) and not promises(lead_in)


def heads_goals(heading: str) -> bool:
    """Whether a heading says of goals or actions how or when: "Year 1 goals complete", "Activity to be explored"."""
    return bool(_GOALS_OF.match(plain(heading)))


def said_by_lead_in(lead_in: str) -> Said:
    """ "Year 1 goals have been completed, some examples of these are:" is complete, in year 1."""
    line = plain(lead_in)
    if not _LEAD_IN.search(line) or not announces(line):
        return Said()
    status = _STATUS.search(line)
    return Said(status["said"] if status else "", _when(line))


def said_by_heading(heading: str) -> Said:
    """("complete", "Year 1 (2023-24)") of "Year 1 goals (2023–24) – complete"; empty where it says neither."""
    pieces = re.split(r"\s+[-–—]\s+|:\s*|\(|\)", heading)[1:] + heading.split()[-1:]
    short = (p for p in pieces if len(p.split()) <= 4 and read_status(p) and not find_dates(p)[0])
    status = next(short, "").strip()
    if not status and heads_goals(heading) and (said := _STATUS.search(heading)):
        status = said["said"]
    return Said(status, _when(heading))


def _when(line: str) -> str:
    year = _YEAR.search(line)
    dates = find_dates(line)[0]
    dated = line[dates[0].at : dates[-1].to] if dates else ""
    when = f"{year.group()} ({dated})" if year and dated else year.group() if year else dated
    return when if read_timeframe(when).timeframe.text else ""


def without_status(heading: str) -> str:
    """The heading without a status at its end ("Year 1 goals – complete")."""

    def cut(match: re.Match[str]) -> str:
        return "" if read_status(match["said"]) and not re.search(r"\d", match["said"]) else match.group()

    return _LAST.sub(cut, heading).strip() or heading
