"""What a document is once it has been read: blocks in reading order, each knowing where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of text stands in its file. Numbers count from 1, as a person would.

    `row` is the sheet's row in a workbook, the line in a text file, the row of the table elsewhere; `table`
    counts the tables of a document; `column` is set on cells only.
    """

    sheet: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid.

    `text` is what a reader of the file sees, stripped at both ends, with line breaks inside kept. `stored` is
    the value behind it where that differs ("2025-07-26" behind a displayed "26-Jul"). A merged area keeps its
    text in its top-left cell; every other cell of the area has `text == ""` and `anchor` set to the
    (row index, column index) of that cell within the grid.
    """

    text: str
    source: Source = Source()
    stored: str | None = None
    anchor: tuple[int, int] | None = None
    span: int = 1
    rowspan: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid; `header` is set where the format itself says so (th, repeated header row, pipe table)."""

    cells: tuple[Cell, ...]
    source: Source = Source()
    header: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table or a sheet: rows of equal length. `ruled` is False where the columns were inferred from positions."""

    rows: tuple[Row, ...]
    source: Source = Source()
    title: str | None = None
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A line or paragraph outside any table.

    In text files and PDFs one line is one block; in .docx, .html and .md one paragraph is. `blank_before` is the
    number of empty lines above it (1 between paragraphs of formats that have no lines). For `item`, `level`
    counts nesting from 1 and `marker` is what stood before the text ("•", "3.", "a)"); for `heading`, `level` is
    1 to 6. `running` marks what repeats on every page: page headers, footers and page numbers.
    """

    text: str
    kind: Literal["heading", "paragraph", "item"] = "paragraph"
    level: int = 0
    marker: str | None = None
    blank_before: int = 0
    bold: bool = False
    source: Source = Source()
    running: bool = False


Block = Grid | Text


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about the reading. `kind` is one of a fixed list; `message` is a sentence."""

    kind: str
    message: str
    source: Source = Source()


@dataclass(slots=True)
class Document:
    """A file once read. `format` is what the content is, whatever the file's name says."""

    name: str
    format: Literal["txt", "csv", "tsv", "xlsx", "xlsm", "xls", "ods", "docx", "docm", "pdf", "html", "md"]
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    title: str | None = None


class UnreadableDocument(Exception):
    """The file cannot be read; `str(error)` is a sentence for the person who chose it. `kind` names the reason."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
