"""Terms of reference as paragraphs, and what two versions of them say differently. Knows neither database nor page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

HEADING, ITEM = re.compile(r"#{1,6}\s+"), re.compile(r"[-*•]\s+")
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
#: Paragraphs that share less than this are two different ones, not one that was changed.
ALIKE = 0.4

Kind = Literal["heading", "text", "list"]
Change = Literal["same", "added", "gone"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a list with its items, a line each."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether both versions have them. `is_replaced`: gone, with others in their place."""

    change: Change
    words: str
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of either version, in pieces."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.change != "same" for piece in self.pieces)


def blocks_of(text: str) -> list[Block]:
    """A text as its author meant it: "# " begins a heading, "- " an item of a list, an empty line a new paragraph."""
    blocks: list[Block] = []
    fresh = True
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            fresh = True
            continue
        kind, words = _told(stripped)
        last = blocks[-1] if blocks else None
        goes_on = last is not None and last.kind == kind and kind != "heading" and (kind == "list" or not fresh)
        if goes_on and last is not None:
            blocks[-1] = Block(kind, (*last.lines, words))
        else:
            blocks.append(Block(kind, (words,)))
        fresh = False
    return blocks


def _told(line: str) -> tuple[Kind, str]:
    if found := HEADING.match(line):
        return "heading", line[found.end() :]
    if found := ITEM.match(line):
        return "list", line[found.end() :]
    return "text", line


def compare(old: str, new: str) -> list[Passage]:
    """What stands in both, what is gone and what was added, in the order of reading; a changed paragraph word by word."""
    before, after = _passages(old), _passages(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    passages: list[Passage] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            passages += [Passage(kind, (Piece("same", words),)) for kind, words in before[a:b]]
        else:
            passages += _changed(before[a:b], after[c:d])
    return passages


def _passages(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, line) for block in blocks_of(text) for line in _lines(block)]


def _lines(block: Block) -> tuple[str, ...]:
    """The items of a list one by one, a paragraph as one, however it was broken into lines."""
    return block.lines if block.kind == "list" else (" ".join(block.lines),)


def _changed(before: list[tuple[Kind, str]], after: list[tuple[Kind, str]]) -> Iterator[Passage]:
    for was, now in zip_longest(before, after):
        if was and now and was[0] == now[0] and _alike(was[1], now[1]):
            yield Passage(now[0], _pieces(was[1], now[1]))
            continue
        if was:
            yield Passage(was[0], (Piece("gone", was[1]),))
        if now:
            yield Passage(now[0], (Piece("added", now[1]),))


def _alike(was: str, now: str) -> bool:
    return SequenceMatcher(None, WORDS.findall(was), WORDS.findall(now), autojunk=False).ratio() >= ALIKE


def _pieces(was: str, now: str) -> tuple[Piece, ...]:
    a, b = WORDS.findall(was), WORDS.findall(now)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(a[i:j])))
            continue
        gone, added = "".join(a[i:j]), "".join(b[k:m])
        if gone:
            pieces.append(Piece("gone", gone, is_replaced=bool(added)))
        if added:
            pieces.append(Piece("added", added))
    return tuple(pieces)
