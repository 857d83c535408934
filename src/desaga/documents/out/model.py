"""A table as it leaves Desaga, whatever the format: a screen's view without the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a paper: `level` 2 opens a part of it, 3 a section of a part."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; line breaks within it stay. `is_quiet`: said beside, such as what is counted and when."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and the same in words."""

    svg: str
    described: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Under a heading of its own, the headings of a paper, each leading to where it stands; a PDF says on which page."""


#: What a paper to be read is made of. The title of a table within it is a heading of level 3; an empty one is none.
Block = Heading | Words | Points | Picture | Contents | Table


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every file says of itself: what it is called, whose it is, and the day it was made. It names no person.

    `fonts` are files of letters that a PDF is set in, the first that has a letter; else what the machine has.
    """

    title: str
    organisation: str
    made_on: date
    fonts: tuple[Path, ...] = ()

    @property
    def day(self) -> str:
        """The day in words: "3 March 2027"."""
        return f"{self.made_on.day} {self.made_on:%B %Y}"


#: What XML, and so no office file, can hold.
NOT_IN_A_FILE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_of(value: Value) -> str:
    """A value as the text that a file can hold: line breaks of one kind, nothing that no program can show."""
    if value is None:
        return ""
    return NOT_IN_A_FILE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def headings_of(blocks: Sequence[Block]) -> list[Heading]:
    return [block for block in blocks if isinstance(block, Heading)]
