"""Plain text: one line is one block; tabs, bars and aligned columns become grids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .budget import Budget
from .build import grid_from_texts
from .columns import find_columns
from .lines import Line, split_lines
from .markers import Levels, match_item
from .model import Block, Grid, Source, Text
from .pipes import find_pipe_table
from .tabbed import find_tabbed_run

HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*$")
RULE = re.compile(r"\s*([-=_*~]\s?){3,}$")


def read_text(text: str, budget: Budget) -> list[Block]:
    """The blocks of a plain text file, in order, each with its line in `source.row`."""
    return TextReader(split_lines(text), budget).read()


class TextReader:
    """Walks over the lines once, asking at each what begins there."""

    def __init__(self, lines: Sequence[Line], budget: Budget) -> None:
        self.lines = lines
        self.budget = budget
        self.blocks: list[Block] = []
        self.levels = Levels()
        self.tables = 0
        self.blank = 0

    def read(self) -> list[Block]:
        index = 0
        while index < len(self.lines) and not self.budget.spent:
            if self.lines[index].blank and not self._is_empty_row(index):
                self.blank += 1
                index += 1
            else:
                index = self._table(index) or self._line(index)
        return self.blocks

    def _is_empty_row(self, index: int) -> bool:
        """A line of nothing but tabs between two rows."""
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        return bool("\t" in self.lines[index].text and self.blocks and "\t" in following.strip() and not self.blank)

    def _table(self, index: int) -> int | None:
        line = self.lines[index]
        if "\t" in line.text and (tabbed := find_tabbed_run(self.lines, index)):
            return self._add_grid(index, tabbed.rows, tabbed.numbers, tabbed.end)
        if ("|" in line.text or "+-" in line.text) and (piped := find_pipe_table(self.lines, index)):
            headers = frozenset({0}) if piped.header else frozenset[int]()
            return self._add_grid(index, piped.rows, piped.numbers, piped.end, headers)
        if "  " in line.text.strip() and (aligned := find_columns(self.lines, index)):
            return self._add_grid(index, aligned.rows, aligned.numbers, aligned.end, ruled=False)
        return None

    def _add_grid(
        self, index: int, rows: list[list[str]], numbers: list[int], end: int,
        headers: frozenset[int] = frozenset(), ruled: bool = True,
    ) -> int:  # fmt: skip
        if not any(cell for row in rows for cell in row):
            self.blank += 1
            return end
        self.tables += 1
        width = max(map(len, rows))
        if self.budget.take(len(rows) * width, sum(len(cell) for row in rows for cell in row)):
            page = self.lines[index].page
            grid = grid_from_texts(rows, lines=numbers, page=page, table=self.tables, headers=headers, ruled=ruled)
            self._append(grid)
        return end

    def _line(self, index: int) -> int:
        line = self.lines[index]
        source = Source(page=line.page, row=line.number)
        heading = HEADING.match(line.text)
        if not self.budget.take(1, len(line.text)):
            return index + 1
        if heading and heading[2]:
            self.levels.reset()
            self._append(Text(heading[2], "heading", len(heading[1]), blank_before=self.blank, source=source))
        elif item := match_item(line.text):
            level = self.levels.level(item.indent)
            self._append(Text(item.text, "item", level, item.marker, self.blank, source=source))
        elif self._is_underlined(index):
            level = 1 if "=" in self.lines[index + 1].text else 2
            self._append(Text(line.text.strip(), "heading", level, blank_before=self.blank, source=source))
            return index + 2
        elif RULE.match(line.text):
            self.blank += 1
        else:
            if not line.text[0].isspace():
                self.levels.reset()
            self._append(Text(line.text.strip(), blank_before=self.blank, source=source))
        return index + 1

    def _is_underlined(self, index: int) -> bool:
        if index + 1 >= len(self.lines):
            return False
        over, under = self.lines[index].text.strip(), self.lines[index + 1].text.strip()
        return (
            bool(UNDERLINE.match(under))
            and not RULE.match(over)
            and abs(len(over) - len(under)) <= max(3, len(over) // 3)
        )

    def _append(self, block: Text | Grid) -> None:
        self.blocks.append(block)
        self.blank = 0
