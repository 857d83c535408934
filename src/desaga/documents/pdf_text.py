"""Characters of a page gathered into words and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BOLD = re.compile(r"bold|black|heavy|semib|demi|[-,]bd\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\(cid:\d+\)")
WORD_GAP = 0.17
SAME_LINE = 0.35


class Char(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float
    bold: bool


@dataclass(slots=True)
class Word:
    """`spaced` tells whether the file itself writes a space before the word."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float
    bold: bool
    spaced: bool = False


@dataclass(slots=True)
class Line:
    """Words on one baseline, from left to right."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


@dataclass(slots=True)
class PageText:
    """The characters of a page, each once, turned by `turns` quarters so that most of them read from left to right.
    `slanted` is what runs across the page at an angle, such as a watermark."""

    chars: list[Char]
    turns: int
    slanted: str


def page_text(raw: Iterable[dict[str, Any]], width: float, height: float) -> PageText:
    """What a page says. A text that runs up or down a page whose other texts do not, such as the upright heading of a
    narrow column, is kept as one long character in its place."""
    directions: dict[int | None, list[dict[str, Any]]] = {}
    for char in raw:
        if char["text"]:
            directions.setdefault(_direction(char), []).append(char)
    slanted = "".join(char["text"] for char in directions.pop(None, []))
    if not directions:
        return PageText([], 0, slanted)
    turns = max(directions, key=lambda each: len(directions[each])) or 0
    chars = _chars(directions.pop(turns), turns, width, height)
    for other, held in directions.items():
        chars += _sideways(_chars(held, other or 0, width, height), other or 0, turns, width, height)
    return PageText(chars, turns, slanted.strip())


def _direction(char: dict[str, Any]) -> int | None:
    """The quarter turns after which a character reads from left to right; None where no quarter turn does it."""
    along, up = char["matrix"][:2]
    if abs(up) <= 0.05 * abs(along):
        return 0
    if abs(along) > 0.05 * abs(up):
        return None
    return 1 if up > 0 else 3


def _chars(raw: Iterable[dict[str, Any]], turns: int, width: float, height: float) -> list[Char]:
    chars: list[Char] = []
    seen: set[tuple[str, int, int]] = set()
    bold: dict[str, bool] = {}
    for char in raw:
        font = char["fontname"]
        if font not in bold:
            bold[font] = bool(BOLD.search(str(font)))
        box = turn((char["x0"], char["top"], char["x1"], char["bottom"]), turns, width, height)
        text = _clean(char["text"])
        key = (text, round(box[0] * 2), round(box[1] * 2))
        if key not in seen:
            seen.add(key)
            chars.append(Char(box[0], box[2], box[1], box[3], text, max(char["size"], 1.0), bold[font]))
    return chars


def _sideways(chars: Sequence[Char], own: int, turns: int, width: float, height: float) -> Iterable[Char]:
    """Lines of another direction, each as one character in the page's own coordinates."""
    for line in build_lines(chars):
        box = line.x0, line.top, line.x1, line.bottom
        if own:
            box = turn(box, 4 - own, *((height, width) if own % 2 else (width, height)))
        x0, top, x1, bottom = turn(box, turns, width, height)
        yield Char(x0, x1, top, bottom, line.text, line.size, line.bold)


def turn(
    box: tuple[float, float, float, float], turns: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box (x0, top, x1, bottom) seen after turning the page; text that ran upwards (1) or downwards (3) reads on."""
    x0, top, x1, bottom = box
    if turns == 1:
        return height - bottom, x0, height - top, x1
    if turns == 3:
        return top, width - x1, bottom, width - x0
    return box


def build_lines(chars: Sequence[Char]) -> list[Line]:
    """Lines from top to bottom. Characters share a line where their middles lie within a third of a letter's height."""
    rows: list[list[Char]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda each: each.top + each.bottom):
        own = (char.top + char.bottom) / 2
        if rows and abs(own - middle) <= SAME_LINE * max(min(size, char.size), 4):
            rows[-1].append(char)
            if char.size > size:
                middle, size = own, char.size
        else:
            rows.append([char])
            middle, size = own, char.size
    lines = (Line(build_words(row)) for row in rows)
    return [line for line in lines if line.words]


def build_words(row: Iterable[Char]) -> list[Word]:
    """Words of one line: parted by spaces or by gaps as wide as one."""
    words: list[Word] = []
    open_word = spaced = False
    for char in sorted(row, key=lambda each: each.x0):
        if char.text.isspace():
            open_word, spaced = False, True
            continue
        last = words[-1] if words else None
        if last and open_word and char.x0 - last.x1 <= WORD_GAP * max(last.size, char.size):
            last.text += char.text
            last.x1 = max(last.x1, char.x1)
            last.top, last.bottom = min(last.top, char.top), max(last.bottom, char.bottom)
            last.bold = last.bold and char.bold
            last.size = max(last.size, char.size)
        else:
            words.append(Word(char.x0, char.x1, char.top, char.bottom, char.text, char.size, char.bold, spaced))
        open_word, spaced = True, False
    return words


def _clean(text: str) -> str:
    if len(text) > 1 and UNKNOWN.match(text):
        return "\ufffd"
    return LIGATURES.get(text, text).replace("\xa0", " ").replace("\x00", "")
