"""Readiness as people read it: lines by field, and as a file. No queries.

The HR data steward sees exact shares. Whoever else may look sees them under the organisation's internal policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desaga.disclosure import NOT_COLLECTED, Cell, Policy, share_cell, show
from desaga.documents.out import Column, Table

from .figuring.quality import LOOKED, Looked
from .models import Readiness
from .readiness.fields import BY_PATH, Codes, year_words

#: What is filled in for so many per cent is as ready as it gets: nobody must answer everything.
ENOUGH = 95
READY, MEND, ABSENT, UNCHECKED = "Ready", "To mend", "Not in the extract", "Not checked"
#: In the order in which they are shown.
TONES = {MEND: "late", ABSENT: "waiting", UNCHECKED: "stopped", READY: "done"}
#: What mends a field that HR has filled in, where that is not HR's to do.
MENDS = {"unit": "Give your units the names or codes that the extract has, or add the units that are missing."}


@dataclass(frozen=True, slots=True)
class Line:
    """One field. The words say what share is filled in, and valid; `bar` draws the first, None where it is not to be seen."""

    label: str
    path: str
    bar: dict[str, float] | None
    filled_words: str
    valid_words: str
    state: str
    mend: str
    source: str

    @property
    def is_in_extract(self) -> bool:
        return self.state != ABSENT

    @property
    def tone(self) -> str:
        return TONES[self.state]


def lines_of(readiness: Readiness, codes: Mapping[str, Codes], policy: Policy) -> list[Line]:
    """A line for each field that was looked at: what is to be mended first, then what is missing, not checked, and ready."""
    told = [(looked, readiness.lines[looked.name]) for looked in LOOKED if looked.name in readiness.lines]
    lines = [_line(looked, counts, readiness.people, codes, policy) for looked, counts in told]
    return sorted(lines, key=lambda line: list(TONES).index(line.state))


def _line(
    looked: Looked, counts: Mapping[str, int | None], people: int, codes: Mapping[str, Codes], policy: Policy
) -> Line:
    told, good = counts["filled"], counts["valid"]
    state, mend = _state(looked, _share(told, people), _share(good, told or 0), codes)
    field, filled = BY_PATH.get(looked.path), _cell(told, people, policy)
    return Line(
        label=looked.words,
        path=looked.path,
        bar={"spent": float(filled.value)} if filled.value is not None else None,
        filled_words=ABSENT if told is None else show(filled, after=" %"),
        valid_words=_valid_words(looked, counts, codes, policy),
        state=state,
        mend=mend,
        source=field.source if field else "",
    )


def _cell(part: int | None, whole: int, policy: Policy) -> Cell:
    return NOT_COLLECTED if part is None else share_cell(part, whole, policy)


def _share(part: int | None, whole: int) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _valid_words(looked: Looked, counts: Mapping[str, int | None], codes: Mapping[str, Codes], policy: Policy) -> str:
    told = counts["filled"]
    if told is None or not looked.codes:
        return ""
    return show(_cell(counts["valid"], told, policy), after=" %") if is_certain(looked, codes) else UNCHECKED


def is_certain(looked: Looked, codes: Mapping[str, Codes]) -> bool:
    return looked.codes in codes and codes[looked.codes].is_certain


def _state(looked: Looked, filled: float | None, valid: float | None, codes: Mapping[str, Codes]) -> tuple[str, str]:
    """What stands with a field, and what to do."""
    if filled is None:
        return ABSENT, f"Add {looked.words[:1].lower()}{looked.words[1:]} to the extract, or map its column."
    if filled < ENOUGH:
        return MEND, MENDS.get(looked.name, "Fill it in in the HR system for those who have no value.")
    if valid is not None and valid < 100:
        return MEND, f"Give the HR system’s words codes of the list {codes[looked.codes].version}."
    field = BY_PATH.get(looked.path)
    if (looked.codes and not is_certain(looked, codes)) or (field is not None and not field.is_certain):
        return UNCHECKED, "Its code list or form was not read in a manual of HESA’s: look it up before you rely on it."
    return READY, ""


COLUMNS = (
    Column("Field", width=32), Column("In the Staff record", width=26), Column("Filled in", width=14), Column("Valid", width=14),
    Column("State", width=20), Column("What to do", width=60), Column("Source", width=60),
)  # fmt: skip


def readiness_as_table(lines: list[Line], on: date, year: int) -> Table:
    """The same that the page shows."""
    rows = [[one.label, one.path, one.filled_words, one.valid_words, one.state, one.mend, one.source] for one in lines]
    title = f"Readiness for the Staff record, {on.day} {on:%B %Y}, codes of {year_words(year)}"
    return Table(
        "readiness",
        title,
        COLUMNS,
        rows,
        notes=("Shares are of technical staff. “..” stands for a share that would tell of few people.",),
    )


FINDING_COLUMNS = (
    Column("Row", "number", width=8), Column("Staff number", width=18), Column("Field", width=26), Column("Weight", width=12),
    Column("Rule", width=60), Column("Source", width=60),
)  # fmt: skip
UNCHECKED_COLUMNS = (Column("Field", width=26), Column("Why it was not checked", width=80))


def report_as_tables(report: Any) -> Iterator[Table]:
    """The validation report: what was found, and what was not looked at."""
    found = [[one.row, one.number, one.field, one.weight.value, one.rule, one.source] for one in report.findings]
    notes = () if found else ("Nothing was found.",)
    yield Table("findings", "Errors and warnings", FINDING_COLUMNS, found, notes=notes)
    yield Table("not-checked", "Not checked", UNCHECKED_COLUMNS, [[one.field, one.why] for one in report.not_checked])
