"""Web pages (.html): tables with their spans, headings, lists and paragraphs, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .budget import Budget
from .build import grid_from_texts
from .docx_styles import spell_number
from .html_text import BLOCKS, InlineText, TooDeep, decode_html, is_bold, is_hidden, lines_of, parse_html, tag_of
from .kinds import notice, refuse
from .lines import pieces
from .markers import split_marker
from .model import Document, Grid, Text
from .spans import SpanningCell, SpanningRow, lay_out
from .text import read_text
from .xml import Element

LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
SIDE_PARTS = {"nav", "footer"}


def read_html(data: bytes, document: Document, budget: Budget) -> None:
    """Adds the blocks of a page; nothing is fetched, scripts and styles are not read."""
    text, guessed = decode_html(data)
    if guessed:
        document.notices.append(notice("encoding_guessed", encoding=guessed))
    try:
        _read_elements(text, document, budget)
    except (TooDeep, RecursionError):
        document.blocks.clear()
        document.blocks += read_text(lines_of(text), budget)
        document.notices.append(
            notice("part_unreadable", what="the page nests its elements too deeply, so only its text was read")
        )


def _read_elements(text: str, document: Document, budget: Budget) -> None:
    root, entities = parse_html(text)
    if root is None:
        raise refuse("empty", document.name)
    if entities:
        document.notices.append(notice("entities_ignored"))
    reader = HtmlReader(document, budget)
    reader.walk(root)
    reader.flush()
    title = " ".join((root.findtext(".//title") or "").split())
    heading = next(
        (b.text for b in document.blocks if isinstance(b, Text) and b.kind == "heading" and b.level == 1), None
    )
    document.title = heading or title or None


class HtmlReader:
    def __init__(self, document: Document, budget: Budget) -> None:
        self.document = document
        self.budget = budget
        self.inline = InlineText()
        self.tables = 0
        self.level = 0
        self.pending: Text = Text("")
        self.side = False
        self.ends_list = False

    def walk(self, element: Element, bold: bool = False) -> None:
        """Reads what is in `element`, block by block."""
        self.inline.add(element.text, bold)
        for part in element:
            if isinstance(part.tag, str) and not is_hidden(part) and not self.budget.spent:
                self._part(part, is_bold(part, bold))
            self.inline.add(part.tail, bold)

    def flush(self) -> None:
        """Ends the block that is being gathered."""
        text = self.inline.text.strip()
        if text:
            first = not self.document.blocks
            tight = self.pending.kind == "item" and not self.ends_list
            block = replace(
                self.pending,
                text=text,
                bold=self.inline.bold,
                blank_before=0 if first or tight else 1,
                running=self.side,
            )
            typed = split_marker(text) if block.kind == "paragraph" and not self.side else None
            if typed:
                block = replace(block, kind="item", level=1, marker=typed[0], text=typed[1])
            for piece in pieces(block.text):
                if self.budget.take(1, len(piece)):
                    self.document.blocks.append(replace(block, text=piece.strip()))
            self.ends_list = block.kind != "item"
            self.pending = Text("")
        self.inline = InlineText()

    def _part(self, part: Element, bold: bool) -> None:
        tag = tag_of(part)
        if tag == "br":
            self.inline.line_break()
        elif tag == "select":
            self.inline.add(_chosen(part), bold)
        elif tag == "table":
            self.flush()
            self._table(part)
        elif tag in {"ul", "ol", "menu", "dir"}:
            self.flush()
            self._list(part, tag, bold)
        elif tag == "dl" and not self.side and (pairs := _pairs(part)):
            self.flush()
            self._definitions(pairs)
        elif tag == "pre":
            self.flush()
            self._preformatted(part)
        elif tag in BLOCKS:
            self._block(part, tag, bold)
        else:
            self.walk(part, bold)

    def _block(self, part: Element, tag: str, bold: bool) -> None:
        self.flush()
        outer, self.side = self.side, self.side or tag in SIDE_PARTS
        if tag[0] == "h" and tag[1:].isdecimal() and not self.side:
            self.pending = Text("", "heading", int(tag[1:]))
            heading = InlineText()
            _gather(part, heading, bold)
            self.inline = heading
        else:
            self.walk(part, bold)
        self.flush()
        self.pending = Text("") if tag not in {"p", "div", "span"} else self.pending
        self.side = outer

    def _list(self, element: Element, tag: str, bold: bool) -> None:
        self.level += 1
        number = _number(element.get("start"), 1)
        for item in element:
            if not isinstance(item.tag, str) or is_hidden(item):
                continue
            if tag_of(item) != "li":
                self._part(item, bold)
                continue
            number = _number(item.get("value"), number)
            marker = "•"
            if tag == "ol":
                marker = spell_number(number, LIST_FORMATS.get(element.get("type") or "", "decimal")) + "."
            if not self.side:
                self.pending = Text("", "item", self.level, marker)
            self.walk(item, is_bold(item, bold))
            self.flush()
            self.pending = Text("")
            number += 1
        self.level -= 1
        self.ends_list = self.ends_list or self.level == 0

    def _definitions(self, pairs: list[tuple[str, str]]) -> None:
        self.tables += 1
        if self.budget.take(2 * len(pairs), sum(len(term) + len(meaning) for term, meaning in pairs)):
            self.document.blocks.append(grid_from_texts(pairs, table=self.tables, ruled=False))

    def _preformatted(self, element: Element) -> None:
        text = "".join(str(text) for text in element.itertext())
        for block in read_text(text.strip("\n"), self.budget):
            if isinstance(block, Grid):
                self.tables += 1
                source = replace(block.source, table=self.tables)
                block = replace(block, source=source)
            self.document.blocks.append(block)

    def _table(self, element: Element) -> None:
        rows = list(_rows(element))
        cells = [cell for _, row in rows for cell in _cells(row)]
        inner = [nested for cell in cells for nested in cell.iter("table")]
        layout = element.get("role") in {"presentation", "none"} or len(cells) < 2
        if self.side or layout or any(sum(1 for _ in nested.iter("td", "th")) > len(cells) for nested in inner):
            for cell in cells:
                self._block(cell, "td", False)
            return
        self.tables += 1
        spanning = [_row(row, in_head) for in_head, row in rows]
        grid = lay_out(spanning, self.tables, _caption(element))
        size = sum(len(cell.text) for row in spanning for cell in row.cells)
        if grid and size and self.budget.take(len(grid.rows) * len(grid.rows[0].cells), size):
            self.document.blocks.append(grid)
            self.ends_list = True


def _gather(element: Element, inline: InlineText, bold: bool) -> None:
    """All visible text of `element` as one text; cells of a table within it parted by bars."""
    inline.add(element.text, bold)
    for part in element:
        if isinstance(part.tag, str) and not is_hidden(part):
            tag, strong = tag_of(part), is_bold(part, bold)
            if tag == "br":
                inline.line_break()
            elif tag == "select":
                inline.add(_chosen(part), bold)
            elif tag in {"td", "th"} and part.getprevious() is not None:
                inline.add(" | ", bold)
                _gather(part, inline, strong)
            elif tag in BLOCKS and tag not in {"td", "th"}:
                _gather_block(part, tag, inline, strong)
            else:
                _gather(part, inline, strong)
        inline.add(part.tail, bold)


def _gather_block(part: Element, tag: str, inline: InlineText, bold: bool) -> None:
    inline.line_break(once=True)
    if tag == "li":
        parent = part.getparent()
        ordered = parent is not None and tag_of(parent) == "ol"
        place = 1 + sum(1 for _ in part.itersiblings("li", preceding=True))
        inline.add(f"{place}. " if ordered else "• ", bold)
    _gather(part, inline, bold)
    inline.line_break(once=True)


def _row(row: Element, in_head: bool) -> SpanningRow:
    cells = list(_cells(row))
    built = []
    for cell in cells:
        inline = InlineText()
        strong = is_bold(cell, tag_of(cell) == "th")
        _gather(cell, inline, strong)
        text = inline.text.strip() or _alternative(cell)
        built.append(SpanningCell(text, inline.bold, _number(cell.get("colspan"), 1), _rowspan(cell)))
    heads = sum(1 for cell in cells if tag_of(cell) == "th")
    return SpanningRow(tuple(built), in_head or (heads > 1 and heads == len(cells)))


def _rows(table: Element) -> Iterator[tuple[bool, Element]]:
    """The rows of this table, not of one inside it, and whether they stand in its head; the foot comes last."""
    feet = []
    for part in table:
        tag = tag_of(part)
        if not isinstance(part.tag, str) or is_hidden(part):
            continue
        if tag == "tr":
            yield False, part
        elif tag == "tfoot":
            feet.append(part)
        elif tag in {"thead", "tbody"} or (part.get("role") == "rowgroup"):
            yield from ((tag == "thead", row) for row in part if tag_of(row) == "tr" and not is_hidden(row))
        elif tag not in {"caption", "colgroup", "col"}:
            yield from _rows(part)
    for foot in feet:
        yield from ((False, row) for row in foot if tag_of(row) == "tr" and not is_hidden(row))


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if tag_of(cell) in {"td", "th"} and not is_hidden(cell))


def _caption(table: Element) -> str | None:
    caption = next((part for part in table if tag_of(part) == "caption" and not is_hidden(part)), None)
    if caption is None:
        return None
    inline = InlineText()
    _gather(caption, inline, False)
    return inline.text.strip() or None


def _pairs(element: Element) -> list[tuple[str, str]]:
    """Terms with their meanings; empty where the list is used for anything else."""
    pairs: list[tuple[str, str]] = []
    parts = [part for group in element for part in (group if tag_of(group) == "div" else [group])]
    for part in parts:
        if not isinstance(part.tag, str) or is_hidden(part):
            continue
        tag = tag_of(part)
        if tag not in {"dt", "dd"} or any(True for _ in part.iter("table", "ul", "ol", "h1", "h2", "h3", "h4")):
            return []
        inline = InlineText()
        _gather(part, inline, False)
        text = inline.text.strip()
        if tag == "dt":
            pairs.append((text, ""))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{text}".strip())
        else:
            return []
    return pairs if all(meaning for _, meaning in pairs) else []


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib] or options[:1]
    return ", ".join("".join(str(text) for text in option.itertext()).strip() for option in chosen)


def _alternative(cell: Element) -> str:
    """A cell that shows only a picture, such as a coloured spot, says what the picture's text says."""
    return " ".join(alt.strip() for image in cell.iter("img") if (alt := image.get("alt") or "").strip())


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 7 else default


def _rowspan(cell: Element) -> int:
    rows = _number(cell.get("rowspan"), 1)
    return rows if rows else 65_534
