"""Word tables: cells laid on the table's own grid, merged areas by identity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from .docx_styles import is_on
from .model import Cell, Grid, Row, Source
from .xml import Element, attribute, child, children, local

NARROW = 120
WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"}
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    bold: bool = False


@dataclass(slots=True)
class Placed:
    """A cell at its place: columns [left, right) of the table's grid, rows [top, top + rowspan)."""

    left: int
    right: int
    content: Content
    continues: bool
    top: int = 0
    rowspan: int = 1


@dataclass(slots=True)
class PlacedRow:
    cells: list[Placed] = field(default_factory=list)
    header: bool = False
    page: int | None = None


def table_rows(table: Element) -> Iterator[Element]:
    """The w:tr of a table, also from within content controls; rows whose deletion is tracked are left out."""
    for row in _unwrapped(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is None:
            yield row


def row_cells(row: Element) -> Iterator[Element]:
    return _unwrapped(row, "tc")


def build_grid(
    table: Element, number: int, read_cell: Callable[[Element], Content], page: Callable[[], int | None]
) -> Grid | None:
    """The grid of w:tbl; None for a table without rows. `page` is asked before each row is read."""
    rows = [_place_row(row, read_cell, page) for row in table_rows(table)]
    if not rows:
        return None
    _merge_down(rows)
    columns = _columns(table, rows)
    built = []
    for index, row in enumerate(rows):
        source = Source(None, row.page, number, index + 1)
        built.append(Row(tuple(_row_cells(row, index, columns, source)), source, row.header))
    return Grid(tuple(built), Source(None, rows[0].page, number, 1))


def _unwrapped(element: Element, name: str) -> Iterator[Element]:
    for part in element:
        if local(part) == name:
            yield part
        elif local(part) in WRAPPERS:
            yield from _unwrapped(part, name)


def _place_row(row: Element, read_cell: Callable[[Element], Content], page: Callable[[], int | None]) -> PlacedRow:
    properties = child(row, "trPr")
    placed = PlacedRow(header=bool(is_on(properties, "tblHeader")), page=page())
    left = _count(child(properties, "gridBefore"), 0)
    for cell in row_cells(row):
        details = child(cell, "tcPr")
        right = left + _count(child(details, "gridSpan"), 1)
        merge = child(details, "vMerge")
        sideways = child(details, "hMerge")
        content = read_cell(cell)
        if sideways is not None and attribute(sideways, "val") != "restart" and placed.cells and not content.text:
            placed.cells[-1].right = right
        else:
            continues = merge is not None and attribute(merge, "val") != "restart"
            placed.cells.append(Placed(left, right, content, continues))
        left = right
    return placed


def _merge_down(rows: list[PlacedRow]) -> None:
    """Joins each continuing cell to the one above that begins at the same column; text in it is not shown by Word,
    but kept with the anchor's so that none is lost."""
    above: dict[int, Placed] = {}
    for index, row in enumerate(rows):
        current: dict[int, Placed] = {}
        for cell in row.cells:
            cell.top = index
            anchor = above.get(cell.left) if cell.continues else None
            if anchor is None:
                cell.continues = False
                current[cell.left] = cell
                continue
            anchor.rowspan = index - anchor.top + 1
            if cell.content.text:
                joined = "\n".join(filter(None, (anchor.content.text, cell.content.text)))
                anchor.content = replace(anchor.content, text=joined)
            cell.top = anchor.top
            current[cell.left] = anchor
        above = current


def _columns(table: Element, rows: list[PlacedRow]) -> dict[int, int]:
    """Grid line to column index: lines at which no cell begins, and lines a hair's breadth apart, are one column."""
    starts = sorted({cell.left for row in rows for cell in row.cells})
    layout = child(table, "tblGrid")
    widths = [_count_width(each) for each in children(layout, "gridCol")] if layout is not None else []
    exact = {(cell.left, cell.right) for row in rows for cell in row.cells}
    columns: dict[int, int] = {}
    for start in starts:
        before = max(columns, default=None)
        narrow = before is not None and start <= len(widths) and 0 < sum(widths[before:start]) < NARROW
        if before is None:
            columns[start] = 0
        elif narrow and (before, start) not in exact:
            columns[start] = columns[before]
        else:
            columns[start] = columns[before] + 1
    return columns


def _row_cells(row: PlacedRow, index: int, columns: dict[int, int], source: Source) -> list[Cell]:
    width = max(columns.values(), default=-1) + 1
    cells = [Cell("", replace(source, column=column + 1)) for column in range(width)]
    for placed in row.cells:
        left = columns[placed.left]
        following = [columns[line] for line in columns if line >= placed.right]
        right = min(following, default=width)
        right = max(right, left + 1)
        for column in range(left, right):
            cells[column] = replace(cells[column], anchor=(placed.top, left))
        if not placed.continues:
            cells[left] = Cell(
                placed.content.text, cells[left].source, None, None, right - left, placed.rowspan, placed.content.bold
            )
    return cells


def _count(element: Element | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else None
    return min(int(value), MOST_COLUMNS) if value and value.isdecimal() else default


def _count_width(element: Element) -> int:
    value = attribute(element, "w") or "0"
    return int(value) if value.isdecimal() else 0
