"""Readiness as people read it: lines by field, and as a file. No queries.

The HR data steward sees exact shares. Whoever else may look sees those of a release, and what stands with a field follows from what is shown of it:
beside a rounded share, a state of exact counts would tell on which side of a limit the exact one lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desaga.disclosure import STEWARD, share_cell, show
from desaga.documents.out import Column, Table

from .figuring import declared
from .figuring.quality import BY_NAME, LOOKED, Looked
from .models import Readiness
from .readiness.fields import BY_PATH, Codes, year_words
from .releasing.tables import Cell, CellKind, Place, Shown

#: What is filled in for so many per cent is as ready as it gets: nobody must answer everything.
ENOUGH = 95
READY, MEND, ABSENT, UNCHECKED, HIDDEN = "Ready", "To mend", "Not in the extract", "Not checked", "Not shown"
#: In the order in which they are shown.
TONES = {MEND: "late", ABSENT: "waiting", UNCHECKED: "stopped", HIDDEN: "stopped", READY: "done"}
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


@dataclass(frozen=True, slots=True)
class Share:
    """A share as it is shown. `value` is None where it is hidden or was not collected."""

    words: str
    value: float | None = None
    is_collected: bool = True


NONE_COLLECTED = Share("", is_collected=False)


def lines_of(readiness: Readiness, codes: Mapping[str, Codes]) -> list[Line]:
    """A line for each field that was looked at, exactly: what is to be mended first, then what is missing, not checked, and ready."""
    told = [(looked, readiness.lines[looked.name]) for looked in LOOKED if looked.name in readiness.lines]
    return _in_order(
        _line(looked, _exact(counts["filled"], readiness.people), _exact(counts["valid"], counts["filled"] or 0), codes)
        for looked, counts in told
    )


def lines_released(tables: Mapping[Place, Shown], codes: Mapping[str, Codes]) -> list[Line]:
    """The same of released tables; none where the release has no such table."""
    filled, valid = (tables.get((one.key, declared.BY_FIELD.key)) for one in (declared.FILLED, declared.VALID))
    if filled is None:
        return []
    told = [(BY_NAME[row.key], row.key) for row in filled.rows if row.key in BY_NAME]
    return _in_order(
        _line(looked, _released(filled.cell(key)), _released(valid.cell(key)) if valid else NONE_COLLECTED, codes)
        for looked, key in told
    )


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: list(TONES).index(line.state))


def _exact(part: int | None, whole: int) -> Share:
    if part is None:
        return NONE_COLLECTED
    cell = share_cell(part, whole, STEWARD)
    return Share(show(cell, after=" %"), 100 * part / whole if whole else None)


def _released(cell: Cell) -> Share:
    value = None if cell.value is None else float(cell.value)
    return Share(cell.words, value, cell.kind != CellKind.NOT_COLLECTED)


def _line(looked: Looked, filled: Share, valid: Share, codes: Mapping[str, Codes]) -> Line:
    state, mend = _state(looked, filled, valid, codes)
    field = BY_PATH.get(looked.path)
    return Line(
        label=looked.words,
        path=looked.path,
        # not a count of people: how long the bar is drawn
        bar=None if filled.value is None else {"spent": round(filled.value, 1)},
        filled_words=filled.words if filled.is_collected else ABSENT,
        valid_words=_valid_words(looked, filled, valid, codes),
        state=state,
        mend=mend,
        source=field.source if field else "",
    )


def _valid_words(looked: Looked, filled: Share, valid: Share, codes: Mapping[str, Codes]) -> str:
    if not filled.is_collected or not looked.codes:
        return ""
    return valid.words if is_certain(looked, codes) and valid.is_collected else UNCHECKED


def is_certain(looked: Looked, codes: Mapping[str, Codes]) -> bool:
    return looked.codes in codes and codes[looked.codes].is_certain


def _state(looked: Looked, filled: Share, valid: Share, codes: Mapping[str, Codes]) -> tuple[str, str]:
    """What stands with a field, and what to do: of the shown shares alone."""
    if not filled.is_collected:
        return ABSENT, f"Add {looked.words[:1].lower()}{looked.words[1:]} to the extract, or map its column."
    if filled.value is not None and filled.value < ENOUGH:
        return MEND, MENDS.get(looked.name, "Fill it in in the HR system for those who have no value.")
    if valid.value is not None and valid.value < 100:
        return MEND, f"Give the HR system’s words codes of the list {codes[looked.codes].version}."
    if filled.value is None or (valid.is_collected and valid.value is None):
        return HIDDEN, ""
    field = BY_PATH.get(looked.path)
    is_checked = valid.is_collected and is_certain(looked, codes)
    if (looked.codes and not is_checked) or (field is not None and not field.is_certain):
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
