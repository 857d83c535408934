"""Markdown: paragraphs joined from their lines, headings, lists, pipe tables; the markup itself is taken off."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from .budget import Budget
from .lines import Line, pieces, split_lines
from .markers import match_item
from .model import Block, Cell, Grid, Row, Source, Text
from .text import HEADING, RULE, UNDERLINE, TextReader

FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\))?[^()]*\)|\[[^\[\]]*\])")
AUTOLINK = re.compile(r"<((?:https?|mailto):[^>\s]+)>")
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
TAG = re.compile(r"</?(?:a|abbr|b|code|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)  # fmt: skip
EMPHASIS = (
    re.compile(r"(\*\*\*|\*\*|\*)(?=\S)(.+?)(?<=\S)\1", re.DOTALL),
    re.compile(r"(?<!\w)(___|__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL),
    re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1", re.DOTALL),
)
STRONG = re.compile(
    r"\s*(\*\*|__)(?=\S)((?!\1).)+(?<=\S)\1[:.]?\s*$|\s*<(b|strong)>.*</\3>\s*$", re.DOTALL | re.IGNORECASE
)
LONGEST_MARKED = 20_000
HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


def read_markdown(text: str, budget: Budget) -> list[Block]:
    """The blocks of a Markdown file; `source.row` is the line where each begins."""
    return MarkdownReader(split_lines(_without_comments(text)), budget).read()


def strip_inline(text: str) -> tuple[str, bool]:
    """`text` without inline markup, and whether all of it was strong."""
    if len(text) > LONGEST_MARKED:
        return text.strip(), False
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[found.lastindex or 0].strip() if found.re is CODE else found[1])
        return f"\ue000{len(kept) - 1}\ue001"

    strong = bool(STRONG.match(text))
    plain = ESCAPED.sub(keep, CODE.sub(keep, text))
    plain = TAG.sub("", BREAK.sub("\n", AUTOLINK.sub(r"\1", LINK.sub(r"\1", plain))))
    for pattern in EMPHASIS:
        plain = pattern.sub(r"\2", pattern.sub(r"\2", plain))
    plain = html.unescape(plain)
    return re.sub("\ue000(\\d+)\ue001", lambda place: kept[int(place[1])], plain).strip(), strong


def _without_comments(text: str) -> str:
    """Comments go, their line breaks stay, so that lines keep their numbers."""
    parts: list[str] = []
    place = 0
    while (begin := text.find("<!--", place)) >= 0 and (end := text.find("-->", begin)) >= 0:
        parts += [text[place:begin], "\n" * text.count("\n", begin, end)]
        place = end + 3
    return "".join(parts) + text[place:]


class MarkdownReader(TextReader):
    """As for plain text, but lines that belong together become one block."""

    def __init__(self, lines: Sequence[Line], budget: Budget) -> None:
        super().__init__([replace(line, text=re.sub(r"^\s{0,3}(?:>\s?)+", "", line.text)) for line in lines], budget)

    def _line(self, index: int) -> int:
        line = self.lines[index]
        fence = FENCE.match(line.text)
        if fence:
            return self._fenced(index + 1, fence[1])
        heading = HEADING.match(line.text)
        if heading:
            self.levels.reset()
            self._add(heading[2], index, "heading", len(heading[1]))
            return index + 1
        if RULE.match(line.text) and not match_item(line.text):
            self.blank += 1
            return index + 1
        if item := match_item(line.text):
            end = self._paragraph_end(index)
            level = self.levels.level(item.indent)
            self._add(self._joined([item.text, *self._texts(index + 1, end)]), index, "item", level, item.marker)
            return end
        return self._paragraph(index)

    def _paragraph(self, index: int) -> int:
        end = self._paragraph_end(index)
        texts = self._texts(index, end)
        if not texts[0][:1].isspace():
            self.levels.reset()
        underline = UNDERLINE.match(self.lines[end].text) if end < len(self.lines) else None
        if underline:
            self._add(self._joined(texts), index, "heading", 1 if underline[1][0] == "=" else 2)
            return end + 1
        self._add(self._joined(texts), index)
        return end

    def _paragraph_end(self, index: int) -> int:
        end = index + 1
        while end < len(self.lines) and not self._begins_block(end):
            end += 1
        return end

    def _begins_block(self, index: int) -> bool:
        text = self.lines[index].text
        if self.lines[index].blank or HEADING.match(text) or FENCE.match(text) or match_item(text):
            return True
        return bool(UNDERLINE.match(text) or RULE.match(text)) or self.lines[index].page != self.lines[index - 1].page

    def _texts(self, start: int, end: int) -> list[str]:
        return [line.text for line in self.lines[start:end]]

    @staticmethod
    def _joined(texts: list[str]) -> str:
        """Lines of one paragraph with spaces between; Markdown's hard breaks stay line breaks."""
        parts = [HARD_BREAK.sub("", text).strip() + ("\n" if HARD_BREAK.search(text) else " ") for text in texts]
        return "".join(parts).strip()

    def _fenced(self, index: int, fence: str) -> int:
        while index < len(self.lines) and not self.lines[index].text.strip().startswith(fence):
            line = self.lines[index]
            if line.blank:
                self.blank += 1
            elif self.budget.take(1, len(line.text)):
                source = Source(page=line.page, row=line.number)
                self._append(Text(line.text.rstrip(), blank_before=self.blank, source=source))
            index += 1
        return index + 1

    def _add(self, raw: str, index: int, kind: str = "paragraph", level: int = 0, marker: str | None = None) -> None:
        text, bold = strip_inline(raw)
        for piece in filter(None, map(str.strip, pieces(text))):
            if not self.budget.take(1, len(piece)):
                break
            source = Source(page=self.lines[index].page, row=self.lines[index].number)
            block = Text(piece, "paragraph", level, marker, self.blank, bold, source)
            if kind == "heading":
                block = replace(block, kind="heading")
            elif kind == "item":
                block = replace(block, kind="item")
            self._append(block)

    def _append(self, block: Text | Grid) -> None:
        super()._append(_stripped(block) if isinstance(block, Grid) else block)


def _stripped(grid: Grid) -> Grid:
    return replace(grid, rows=tuple(_stripped_row(row) for row in grid.rows))


def _stripped_row(row: Row) -> Row:
    return replace(row, cells=tuple(_stripped_cell(cell) for cell in row.cells))


def _stripped_cell(cell: Cell) -> Cell:
    if not cell.text:
        return cell
    text, bold = strip_inline(cell.text)
    return replace(cell, text=text, bold=bold)
