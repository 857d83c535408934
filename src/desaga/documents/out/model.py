"""A table as it leaves Desaga, whatever the format: a screen's view without the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "number", "date"]
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands under it, and how wide it is in characters."""

    heading: str
    kind: Kind = "text"
    width: int = 20


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, each row as long as there are columns. `key` is a short name for files and sheets ("coverage").

    `subtitle` says what is counted and when; `notes` are sentences that stand under the table.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    subtitle: str = ""
    notes: Sequence[str] = ()
