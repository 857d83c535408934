"""What the reference data are made of: the kinds of entries, their fields, and what may be written in them. Pure: no models.

Facts carry their source and the day on which they were taken over; figures stand apart, each with its year. `complaints` says what is wrong, as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "northern_ireland": "Northern Ireland"}
#: How stories name the way in (stories.states.Route), and how routes do.
WAYS = {
    "apprenticeship": "Apprenticeship",
    "t_level": "T Level",
    "degree": "Degree",
    "career_change": "Career change",
    "other": "Another way",
}
LEARNS = {"earning": "In a job, with a wage", "college": "At a school or college", "university": "At a university"}
FROM = {"at_16": "After GCSEs, National 5s or similar", "at_18": "After A levels, Highers or similar", "working": "From a job, at any age"}  # fmt: skip
FAMILIES = {
    "science": "Science",
    "engineering": "Engineering and computing",
    "teaching": "Teaching and supporting learning",
    "outside": "Outside science, and for every discipline",
}
Shape = Literal["line", "text", "lines", "ticks", "choice", "address", "figures", "sources", "asks"]
LONGEST_LINE, LONGEST_TEXT = 200, 2000


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an entry: how it is called on screen, its shape, what may be chosen."""

    name: str
    label: str
    shape: Shape = "line"
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry; `has_facts` asks for sources."""

    key: str
    label: str
    parts: tuple[Part, ...]
    has_facts: bool = True


SOURCES = Part("sources", "Sources", "sources", "One a line: what it is | address | day on which it was read, as 2026-11-29.")  # fmt: skip
FIGURES = Part("figures", "Figures", "figures", "One a line: what it is: the figure | its year. A figure without its year is not shown.")  # fmt: skip
ASKS = Part("ask", "Who to ask", "asks", "One a line. An address may follow after |.")
NAME = Part("name", "Name", needed=True)

KINDS = {
    kind.key: kind
    for kind in (
        Kind("route", "Routes in", (
            NAME, Part("nations", "Nations", "ticks", choices=NATIONS, needed=True), Part("way", "Way in, as stories have it", "choice", choices=WAYS, needed=True),
            Part("learns", "How you learn", "ticks", choices=LEARNS, needed=True), Part("from", "When you can start", "ticks", choices=FROM, needed=True),
            Part("what", "What it is", "text", needed=True), Part("how_long", "How long", "text", needed=True), Part("needs", "What it needs", "text", needed=True),
            Part("leads_to", "Where it leads", "text", needed=True), ASKS, FIGURES, SOURCES,
        )),
        Kind("field", "Fields of work", (
            NAME, Part("story_field", "As stories name it", needed=True), Part("likes", "Who may like it", "lines", "Keys of interests, one a line."),
            Part("what", "What you do", "text", needed=True), Part("jobs", "Jobs", "lines", "One a line."),
        ), has_facts=False),
        Kind("interest", "Interests", (
            NAME, Part("because", "As a reason", hint="It follows “because”, such as: you like to mend things.", needed=True),
        ), has_facts=False),
        Kind("title", "Registration and titles", (
            NAME, Part("long_name", "In full", needed=True), Part("family", "Family", "choice", choices=FAMILIES, needed=True),
            Part("awarded_by", "Who awards it", needed=True), Part("what", "Who it is for", "text", needed=True), Part("takes", "What it takes", "text", needed=True),
            Part("how", "How to apply", "text", needed=True), Part("help", "Who can help", "asks", "One a line. An address may follow after |."), FIGURES, SOURCES,
        )),
        Kind("benchmark", "Gatsby Benchmarks", (NAME, Part("helps", "How this site helps", "text", needed=True)), has_facts=False),
        Kind("about_benchmarks", "About the benchmarks", (NAME, Part("words", "Words", "text", needed=True), SOURCES)),
        Kind("stage", "Stages of school", (
            NAME, *(Part(key, label, needed=True) for key, label in NATIONS.items()), SOURCES,
        )),
        Kind("note", "Notes for teachers", (
            NAME, Part("words", "What to do", "text", needed=True), Part("minutes", "Minutes"), Part("stages", "Stages", "lines", "Keys of stages, one a line: 11-14, 14-16, 16-18."),
            Part("benchmarks", "Benchmarks", "lines", "Their numbers, one a line."), Part("ways", "With routes and stories of this way in", "ticks", choices=WAYS),
            Part("fields", "With stories of these fields", "lines", "Keys of fields, one a line."), Part("pages", "With these pages", "lines", "Addresses on this site, one a line, from the first slash."),
        ), has_facts=False),
        Kind("vacancies", "Where vacancies are", (
            NAME, Part("nations", "Nations", "ticks", choices=NATIONS, needed=True), Part("address", "Address", "address", needed=True), Part("what", "What it is", "text", needed=True), SOURCES,
        )),
    )
}  # fmt: skip

MANY: tuple[Shape, ...] = ("lines", "ticks", "figures", "sources", "asks")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: what it is, its address, the day on which it was read."""

    what: str
    address: str
    seen: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, with the year that it is of."""

    what: str
    year: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom one can ask; the address may be empty."""

    whom: str
    address: str = ""


def in_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def source_of(line: str) -> Source | None:
    """Read from "what | address | 2026-11-29"; None where it is not that."""
    cells = in_cells(line)
    if len(cells) != 3 or not all(cells) or not is_address(cells[1]):
        return None
    try:
        return Source(cells[0], cells[1], date.fromisoformat(cells[2]))
    except ValueError:
        return None


def figure_of(line: str) -> Figure | None:
    """Read from "what: the figure | 2025"; None where it is not that."""
    cells = in_cells(line)
    is_one = len(cells) == 2 and cells[0] and re.fullmatch(r"(19|20)\d\d", cells[1])
    return Figure(cells[0], int(cells[1])) if is_one else None


def ask_of(line: str) -> Ask | None:
    cells = in_cells(line)
    if len(cells) == 1:
        return Ask(cells[0])
    return Ask(cells[0], cells[1]) if len(cells) == 2 and is_address(cells[1]) else None


def is_address(text: str) -> bool:
    return bool(re.fullmatch(r"https://[^\s<>\"']+", text))


TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
#: Numbers written out, as far as anybody writes them out before a unit: "eight", "thirty-six", "a hundred".
IN_WORDS = rf"(?:(?:{TENS})(?:[\s-](?:{ONES}))?|{ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|hundred|thousand)"
#: Money, shares, big numbers and measured spans, in digits or in words: they change, so they stand among the figures. Ages, levels and names of years do not.
LOOSE = re.compile(
    rf"[£€]\s?\d|\d\s?%|\bper cent\b|\d{{1,3}}(,\d{{3}})+|\b(\d+(\.\d+)?\s?|{IN_WORDS}[\s-])(hours?|days?|weeks?|months?|years|million|points|pounds)\b|\b{IN_WORDS} year\b",
    re.IGNORECASE,
)  # fmt: skip


def loose_figures(text: str) -> list[str]:
    """Figures in running text."""
    return [found.group(0) for found in LOOSE.finditer(text)]


def complaints(kind: Kind, content: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by field; nothing where all is well."""
    found: dict[str, str] = {}
    for part in kind.parts:
        value = content.get(part.name) or ([] if part.shape in MANY else "")
        if told := complaint(part, value):
            found[part.name] = told
    if kind.has_facts and not content.get("sources"):
        found.setdefault("sources", "Say where it is written, and when you read it.")
    return found


def complaint(part: Part, value: Any) -> str:
    """What is wrong with one field; empty where nothing is."""
    if part.needed and not value:
        return "This is needed."
    if part.shape == "text" and (figures := loose_figures(value)):
        return f"“{figures[0]}” changes from year to year: write it among the figures, with its year."
    if part.shape in ("choice", "ticks"):
        chosen = [value] if isinstance(value, str) else value
        return "" if all(one in part.choices for one in chosen if one) else "Choose from what is there."
    if part.shape == "address" and value and not is_address(value):
        return "Give an address that begins with https://."
    reader = {"sources": source_of, "figures": figure_of, "asks": ask_of}.get(part.shape)
    if reader and (wrong := next((line for line in value if reader(line) is None), None)):
        return f"“{wrong}” is not as the hint says."
    return ""


def tidied(kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the kind has, and no other: plain data that JSON can hold."""
    told: dict[str, Any] = {}
    for part in kind.parts:
        value = content.get(part.name)
        if part.shape in MANY:
            told[part.name] = [one.strip() for one in _lines(value) if one.strip()]
        else:
            told[part.name] = str(value or "").strip().replace("\r\n", "\n")
    return told


def _lines(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return value.splitlines()
    return [str(one) for one in value or ()]
