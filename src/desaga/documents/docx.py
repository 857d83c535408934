"""Word documents (.docx, .docm), read from their XML (ECMA-376): paragraphs and tables in the order of the body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .archive import Archive
from .budget import Budget
from .docx_styles import paragraph_numbering, read_numbering, read_styles
from .docx_tables import WRAPPERS, Content, build_grid, row_cells, table_rows
from .docx_text import Inline, read_inline
from .kinds import notice, refuse
from .markers import split_marker
from .model import Document, Grid, Source, Text
from .reflow import reflow
from .xml import Element, attribute, child, children, local, parse_xml, relations


def read_docx(archive: Archive, document: Document, budget: Budget) -> None:
    """Adds headers, body, footnotes and footers, in this order; comments and hidden text become notices."""
    reader = DocxReader(archive, document, budget)
    reader.running("header")
    reader.body()
    reader.notes()
    reader.running("footer")
    reader.comments()


class DocxReader:
    def __init__(self, archive: Archive, document: Document, budget: Budget) -> None:
        self.archive = archive
        self.document = document
        self.budget = budget
        roots = relations(archive, "")
        self.part = next((target for kind, target in roots.values() if kind == "officeDocument"), "word/document.xml")
        if self.part not in archive:
            raise refuse("corrupt", archive.name)
        self.relations = relations(archive, self.part)
        self.styles = read_styles(archive, self._target("styles"))
        self.numbering = read_numbering(archive, self._target("numbering"))
        self.tables = 0
        self.page: int | None = None
        self.rendered = False
        self.blank = 0
        self.in_list = False
        self.is_running = False
        self.tracked = False

    def body(self) -> None:
        root = parse_xml(self.archive.read(self.part), self.archive.name)
        body = child(root, "body")
        if body is None:
            raise refuse("corrupt", self.archive.name)
        self.rendered = next(root.iter("{*}lastRenderedPageBreak"), None) is not None
        explicit = any(attribute(each, "type") == "page" for each in root.iter("{*}br"))
        self.page = 1 if self.rendered or explicit else None
        before = len(self.document.blocks)
        self._blocks(body)
        self.document.blocks[before:] = reflow(self.document.blocks[before:], self.tables)
        self.page = None
        if self.tracked:
            self.document.notices.append(notice("tracked_changes"))

    def running(self, kind: str) -> None:
        """Headers or footers of all sections, each wording once, marked as running text."""
        self.is_running = True
        before = len(self.document.blocks)
        for name, target in sorted(set(self.relations.values())):
            if name == kind and target in self.archive:
                self._blocks(parse_xml(self.archive.read(target), self.archive.name))
        seen: set[str] = set()
        kept = []
        for block in self.document.blocks[before:]:
            if isinstance(block, Grid) or block.text not in seen:
                kept.append(block)
                seen.add(block.text if isinstance(block, Text) else "")
        self.document.blocks[before:] = kept
        self.is_running = False
        self.blank = 0

    def notes(self) -> None:
        """Footnotes and endnotes, after the body."""
        for name in ("footnotes", "endnotes"):
            if self._target(name) in self.archive:
                for note in parse_xml(self.archive.read(self._target(name)), self.archive.name):
                    if attribute(note, "type") not in {"separator", "continuationSeparator", "continuationNotice"}:
                        self._blocks(note)

    def comments(self) -> None:
        if self._target("comments") in self.archive:
            for comment in parse_xml(self.archive.read(self._target("comments")), self.archive.name):
                if text := self._flat(comment):
                    self.document.notices.append(notice("comment", text=text))

    def _target(self, kind: str) -> str:
        return next((target for found, target in self.relations.values() if found == kind), "")

    def _blocks(self, holder: Element) -> None:
        for element in holder:
            if self.budget.spent:
                return
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in WRAPPERS:
                self._blocks(element)
            elif name == "altChunk":
                self.document.notices.append(notice("part_unreadable", what="a file placed inside this one"))

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._style(properties)
        inline = self._inline(element, style)
        page = self._turn_pages(inline, properties)
        mark, depth = self._mark(properties, style)
        text = inline.text.strip(" \n")
        text = " ".join(text.split("\t")).strip() if self.styles.is_contents(style) else text
        level = self.styles.heading_level(style) or self._own_outline(properties)
        if not mark and not level and (typed := split_marker(text.strip())):
            mark, text = typed
        if text.strip() and self.budget.take(1, len(text)):
            block = Text(
                text, "paragraph", 0, mark, self._blank_above(mark), inline.bold, Source(page=page), self.is_running
            )
            if level:
                block = replace(block, kind="heading", level=level)
            elif mark:
                block = replace(block, kind="item", level=depth + 1)
            if self.styles.is_title(style) and self.document.title is None:
                self.document.title = text.replace("\n", " ")
            self._add(block, in_list=bool(mark))
        elif not text.strip():
            self.blank += 1
        for box in inline.boxes:
            self._blocks(box)

    def _table(self, element: Element) -> None:
        if self._is_layout(element):
            for row in table_rows(element):
                for cell in row_cells(row):
                    self._blocks(cell)
            return
        self.tables += 1
        grid = build_grid(element, self.tables, self._cell, lambda: self.page)
        if grid is None:
            return
        size = sum(len(cell.text) for row in grid.rows for cell in row.cells)
        if self.budget.take(len(grid.rows) * len(grid.rows[0].cells), size) and size:
            self._add(grid, in_list=False)

    def _add(self, block: Text | Grid, *, in_list: bool) -> None:
        self.document.blocks.append(block)
        self.blank = 0
        self.in_list = in_list

    def _blank_above(self, mark: str | None) -> int:
        if not self.document.blocks:
            return 0
        return self.blank if mark and self.in_list else self.blank + 1

    @staticmethod
    def _is_layout(table: Element) -> bool:
        """A table that only holds another in place: one within it has more cells than it has itself."""
        cells = [cell for row in table_rows(table) for cell in row_cells(row)]
        inner = [nested for cell in cells for nested in children(cell, "tbl")]
        return any(sum(1 for _ in nested.iter("{*}tc")) > len(cells) for nested in inner)

    def _cell(self, element: Element) -> Content:
        parts: list[tuple[str, bool]] = []
        self._cell_parts(element, parts)
        filled = [part for part in parts if part[0]]
        return Content("\n".join(text for text, _ in parts).strip(), bool(filled) and all(bold for _, bold in filled))

    def _cell_parts(self, holder: Iterable[Element], parts: list[tuple[str, bool]]) -> None:
        for element in holder:
            name = local(element)
            if name == "p":
                properties = child(element, "pPr")
                style = self._style(properties)
                inline = self._inline(element, style)
                self._turn_pages(inline, properties)
                mark, _ = self._mark(properties, style)
                text = inline.text.strip()
                parts.append((f"{mark} {text}".strip() if mark else text, inline.bold))
                for box in inline.boxes:
                    self._cell_parts(box, parts)
            elif name == "tbl":
                for row in table_rows(element):
                    parts.append((" | ".join(self._cell(cell).text for cell in row_cells(row)), False))
            elif name in WRAPPERS:
                self._cell_parts(element, parts)

    def _flat(self, holder: Element) -> str:
        parts: list[tuple[str, bool]] = []
        self._cell_parts(holder, parts)
        return "\n".join(text for text, _ in parts).strip()

    def _inline(self, element: Element, style: str | None) -> Inline:
        inline = read_inline(element, self.styles, self.styles.bold(style))
        self.tracked = self.tracked or inline.tracked
        if inline.hidden.strip():
            self.document.notices.append(notice("hidden_text", Source(page=self.page), text=inline.hidden.strip()))
        return inline

    def _turn_pages(self, inline: Inline, properties: Element | None) -> int | None:
        """Counts the page breaks of a paragraph; the page on which its text begins. Breaks that Word has written down
        as it laid the document out are trusted alone where there are any."""
        if self.page is None:
            return None
        counted = [position for position, explicit in inline.breaks if explicit != self.rendered]
        lead = len(inline.text) - len(inline.text.lstrip())
        begins = self.page + sum(1 for position in counted if position <= lead)
        self.page += len(counted)
        return begins

    def _style(self, properties: Element | None) -> str | None:
        style = child(properties, "pStyle")
        return attribute(style, "val") if style is not None else "Normal"

    def _own_outline(self, properties: Element | None) -> int | None:
        outline = child(properties, "outlineLvl")
        value = attribute(outline, "val") if outline is not None else None
        return min(int(value) + 1, 6) if value and value.isdecimal() and int(value) < 9 else None

    def _mark(self, properties: Element | None, style: str | None) -> tuple[str | None, int]:
        numbering = paragraph_numbering(properties) or self.styles.numbering(style)
        if not numbering:
            return None, 0
        return self.numbering.mark(*numbering), max(numbering[1], self.styles.list_depth(style))
