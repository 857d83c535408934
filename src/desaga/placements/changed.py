"""A change of an award in words: for each thing what was, and what is to be or is. Pure: no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from .agreeing import said_day
from .defining import Nouns
from .wording import money

#: What can be another: the field of a change, what it is called, and how what was is read again from what is kept.
FIELDS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("starts_on", "First day", date.fromisoformat),
    ("ends_on", "Last day", date.fromisoformat),
    ("host", "{host}", str),
    ("amount", "Award", Decimal),
)


class Change(Protocol):
    was: Any
    ends_on: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: `was` is empty where nobody wrote it down at the time."""

    label: str
    was: str
    now: str

    @property
    def words(self) -> str:
        return f"{self.label.lower()} {self.now}{f' (was {self.was})' if self.was else ''}"


def as_kept(held: Mapping[str, Any], report_due_on: date | None) -> dict[str, str]:
    """What holds when a change is asked for, of what is to be another; with the last day also when the report was due."""
    told = {name: str(value) for name, value in held.items() if value not in (None, "")}
    return told | ({"report_due_on": str(report_due_on)} if report_due_on and "ends_on" in told else {})


def lines_of(change: Change, nouns: Nouns) -> list[Line]:
    return [*_lines(change, nouns), *_report(change)]


def _lines(change: Change, nouns: Nouns) -> Iterator[Line]:
    for name, label, read in FIELDS:
        if value := getattr(change, name):
            kept = change.was.get(name, "")
            yield Line(label.format(host=nouns.host_noun.capitalize()), _said(read(kept)) if kept else "", _said(value))


def _report(change: Change) -> Iterator[Line]:
    """The report is due as much later, or earlier, as the award ends."""
    due, ended = change.was.get("report_due_on"), change.was.get("ends_on")
    if due and ended and change.ends_on:
        moved: timedelta = change.ends_on - date.fromisoformat(ended)
        before = date.fromisoformat(due)
        yield Line("Report due", said_day(before), said_day(before + moved))


def _said(value: Any) -> str:
    if isinstance(value, date):
        return said_day(value)
    return money(value) if isinstance(value, Decimal) else str(value)


def in_a_line(change: Change, nouns: Nouns) -> str:
    return "; ".join(one.words for one in lines_of(change, nouns))
