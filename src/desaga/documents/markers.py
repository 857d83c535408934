"""Bullets and numbers at the start of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

BULLETS = "-*+•–‣◦▪▫●○■□·∙⁃§➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
BULLET = re.compile(rf"([{re.escape(BULLETS)}]|o(?=[ \t]))[ \t\u00a0]+(?=\S)|([•‣▪●\uf0b7\uf0a7])(?=\S)")
NUMBER = re.compile(
    r"(\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{2,5})\)|[a-z][.)]|[A-Z]\)|[ivx]{2,5}[.)])[ \t\u00a0]+(?=\S)"
)
TAB_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Item:
    indent: int
    marker: str
    text: str


def split_marker(text: str) -> tuple[str, str] | None:
    """("•", "Publish…") for "• Publish…"; None where no bullet or number stands first."""
    found = BULLET.match(text) or NUMBER.match(text)
    if not found:
        return None
    return next(group for group in found.groups() if group), text[found.end() :]


def match_item(line: str) -> Item | None:
    """The list item that a line of text is, with its indentation in columns; None for any other line."""
    expanded = line.expandtabs(TAB_WIDTH)
    indent = len(expanded) - len(expanded.lstrip())
    parts = split_marker(line.strip())
    return Item(indent, parts[0], parts[1].strip()) if parts else None


@dataclass(slots=True)
class Levels:
    """Turns indentations of consecutive items into levels, 1 for the outermost."""

    indents: list[int] = field(default_factory=list)

    def level(self, indent: int) -> int:
        while self.indents and indent < self.indents[-1] - 1:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return len(self.indents)

    def reset(self) -> None:
        self.indents.clear()
