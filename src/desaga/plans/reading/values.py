"""Status and RAG as people write them: words, letters, colours, ticks; and action codes."""

from __future__ import annotations

import re
from typing import cast

from .hints import hints_now
from .model import Rag, Status
from .words import plain

_STATUS: tuple[tuple[Status, str], ...] = (
    ("not_started", r"not (?:yet )?(?:started|begun|commenced|due)|yet to (?:start|begin)|to be (?:started|commenced)|^planned$|^to ?do$|^future$|^pending$|^new$|^scheduled$|^open$|^not complete"),
    ("stopped", r"\bstopped|\bcancelled|\bcanceled|\babandon|\bwithdrawn|\bdiscontinued|no longer|\bclosed - not|\bsuperseded|\bnot (?:progressed|pursued|taken forward)|^dropped|^removed|^failed|\bnot achieved"),
    ("paused", r"\bon hold\b|\bpaused|\bdeferred|\bpostponed|\bsuspended|\bparked"),
    ("delayed", r"\bdelay|\boverdue|\blate\b|\bbehind|\bslipp|\boff[ -]track|\bat risk\b|\bmissed"),
    ("in_progress", r"partial(?:ly)?|\bpart[- ]complete|nearly complete|almost complete|\bin[ -]progress|\bunder ?way|\bongoing|\bon-going|\bstarted|\bcommenced|\bcontinu|\bon[ -]track|\bongoing|\bactive|\bprogressing|\bin hand|\bunder development|^wip$|\bin development|\bbegun|^current$|\brolling"),
    ("complete", r"\bcomplete|\bachieved|^done\b|\bfinished|\bdelivered|\bclosed|\bimplemented|\bembedded|^yes$|^y$|^[✓✔☑✅]|^met$|^fully met"),
)  # fmt: skip
_STATUSES = tuple((status, re.compile(pattern, re.I)) for status, pattern in _STATUS)
_RAG = re.compile(
    r"^\W*(?:(?P<red>red|r)|(?P<amber>amber|orange|yellow|a|y)|(?P<green>green|g)|(?P<blue>blue|b))(?:\W|$)", re.I
)
#: "A - waiting" is amber; "A plan was made" is a sentence.
_LETTER_ALONE = re.compile(r"^\W*[RAGY]\s*(?:[^\w\s]|$)")
_RAG_MARKS: dict[str, Rag] = {
    "🔴": "red",
    "🟠": "amber",
    "🟡": "amber",
    "🟢": "green",
    "🟥": "red",
    "🟧": "amber",
    "🟨": "amber",
    "🟩": "green",
}
_BLUE_MARKS = ("🔵", "🟦")
#: "N8-1a", "TR-10a", "NTDC SR-2a", "A1", "1.2", "V3", "1a", "Action 4"
CODE = re.compile(
    r"^(?:Action |Objective |Obj\.? ?|Ref:? ?|No\.? ?)?(?:[A-Z][A-Za-z&]{0,7}\d{0,2}[ .\-/]?)?(?:[A-Z]{1,4}[ .\-]?)?\d{1,3}(?:[.\-/]\d{1,3}){0,3}[.\-]?\(?[a-z]?\)?(?:\([ivx]+\))?[.):]?$"
)


def read_status(text: str) -> Status | None:
    """The delivery status that the words say, or None. Only the first clause counts in a longer text."""
    flat = plain(text).strip(" .")
    if not flat:
        return None
    if (told := hints_now().status_of(flat)) is not None:
        return cast(Status, told) if told else None
    if re.fullmatch(r"\(?100 ?%\)?", flat):
        return "complete"
    if re.fullmatch(r"0 ?%", flat):
        return "not_started"
    if re.fullmatch(r"\d{1,2} ?%", flat):
        return "in_progress"
    clause = re.split(r"[.;:,(–]| - ", flat, maxsplit=1)[0] if len(flat.split()) > 4 else flat
    for status, pattern in _STATUSES:
        if pattern.search(clause):
            return status
    return None


def read_rag(text: str) -> tuple[Rag | None, Status | None]:
    """Confidence as a colour, and the status that a blue mark (complete) stands for."""
    flat = plain(text)
    for mark, rag in _RAG_MARKS.items():
        if mark in text:
            return rag, None
    if any(mark in text for mark in _BLUE_MARKS):
        return "blue", "complete"
    match = _RAG.match(flat)
    if not match:
        return None, None
    if len(flat) > 1 and len(match.group().strip()) == 1 and not _LETTER_ALONE.match(flat):
        return None, None
    if match["blue"]:
        return "blue", "complete"
    return ("red" if match["red"] else "amber" if match["amber"] else "green"), None


def is_code(text: str) -> bool:
    """Whether a cell is an action's label and nothing else."""
    flat = plain(text)
    return len(flat) <= 16 and bool(CODE.match(flat))


def tidy_code(text: str) -> str:
    """The label as the document writes it, without the dot or bracket after it."""
    flat = plain(text).rstrip(".:")
    return flat[:-1] if flat.endswith(")") and "(" not in flat else flat


#: A code that can be nothing else may stand before a torn sentence too.
_SURE = re.compile(r"^(?P<code>(?:[A-Z]{2,6} )?[A-Z]{1,4}\d{0,2}-\d{1,3}[a-z]?)[.):]?\s+(?=\S)")
_LEADING = re.compile(
    r"^(?P<code>(?:(?:Action|Objective|Ref|Activity|Step)\s+\d{1,2}(?=\s*[-–:])|(?:Action|Objective|Ref|Activity|Step)?\s*(?:[A-Z]{1,4}\d{0,2}[.\-]?\d{1,3}(?:[.\-]\d{1,2})*[a-z]?|\d{1,2}(?:\.\d{1,2})+[a-z]?|\d{1,2}[a-z]|\d{1,2}(?=[.):])))[.):]?)\s*[-–:]?\s+(?=[\"“'A-Z])"
)


def split_code(text: str) -> tuple[str | None, str]:
    """Code and text of "1.2 Review the panel"; a sentence that merely begins with a number has no code."""
    match = _LEADING.match(text.strip()) or _SURE.match(text.strip())
    if not match:
        return None, text.strip()
    return re.sub(r"^(?:Action|Objective|Ref|Activity|Step)\s*(?=[\dA-Z])", "", tidy_code(match["code"])), text.strip()[
        match.end() :
    ]
