"""Styles and numbering of a Word document: which paragraph is a heading, what stands before a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .archive import Archive
from .xml import Element, attribute, child, children, parse_xml

HEADING_NAME = re.compile(r"(?:heading|überschrift|titre)\s*([1-9])\b", re.IGNORECASE)
LIST_NAME = re.compile(r"List (?:Bullet|Number) ([2-5])$", re.IGNORECASE)
SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf02d": "–", "\uf06f": "o"}
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(slots=True)
class Style:
    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    numbering: tuple[str, int] | None = None
    bold: bool | None = None


@dataclass(slots=True)
class Styles:
    """Styles by id, inheritance resolved on asking."""

    styles: dict[str, Style] = field(default_factory=dict)

    def heading_level(self, style_id: str | None) -> int | None:
        """1 to 6 for a heading, 1 for the title, None for other styles."""
        for style in self._chain(style_id):
            found = HEADING_NAME.search(style.name)
            if found:
                return min(int(found[1]), 6)
            if style.name.lower() == "title":
                return 1
            if style.name.lower() == "subtitle":
                return 2
            if style.outline is not None:
                return min(style.outline + 1, 6) if style.outline < 9 else None
        return None

    def is_title(self, style_id: str | None) -> bool:
        return any(style.name.lower() == "title" for style in self._chain(style_id))

    def is_contents(self, style_id: str | None) -> bool:
        return any(style.name.lower().startswith("toc ") for style in self._chain(style_id))

    def numbering(self, style_id: str | None) -> tuple[str, int] | None:
        return next((style.numbering for style in self._chain(style_id) if style.numbering), None)

    def list_depth(self, style_id: str | None) -> int:
        """1 for "List Bullet 2": Word's own list styles tell depth by their name."""
        names = (LIST_NAME.match(style.name) for style in self._chain(style_id))
        return next((int(found[1]) - 1 for found in names if found), 0)

    def bold(self, style_id: str | None) -> bool:
        return next((style.bold for style in self._chain(style_id) if style.bold is not None), False)

    def _chain(self, style_id: str | None) -> list[Style]:
        chain: list[Style] = []
        while style_id in self.styles and len(chain) < 20:
            chain.append(self.styles[style_id])
            style_id = chain[-1].based_on
        return chain


@dataclass(slots=True)
class Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts list items as Word does and says the mark that it shows."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, list_id: str, depth: int) -> str | None:
        """The next mark of the list at this depth (from 0): "•", "3.", "2.1"; None for an unnumbered one."""
        abstract = self.lists.get(list_id)
        levels = self.levels.get(abstract or "", {})
        level = levels.get(depth)
        if abstract is None or level is None or list_id == "0":
            return None
        if level.format == "bullet":
            return SYMBOLS.get(level.text, level.text.strip() or "•")
        if level.format == "none":
            return None
        self.counts[abstract, depth] = self.counts.get((abstract, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self.counts.pop((abstract, deeper), None)
        return (
            re.sub(r"%(\d)", lambda place: self._number(abstract, levels, int(place[1]) - 1), level.text).strip()
            or None
        )

    def _number(self, abstract: str, levels: dict[int, Level], depth: int) -> str:
        level = levels.get(depth, Level())
        return spell_number(self.counts.get((abstract, depth), level.start), level.format)


def read_styles(archive: Archive, part: str) -> Styles:
    styles = Styles()
    if part in archive:
        for element in children(parse_xml(archive.read(part), archive.name), "style"):
            styles.styles[attribute(element, "styleId") or ""] = _style(element)
    return styles


def read_numbering(archive: Archive, part: str) -> Numbering:
    numbering = Numbering()
    if part not in archive:
        return numbering
    root = parse_xml(archive.read(part), archive.name)
    for element in children(root, "abstractNum"):
        levels = {_depth(level): _level(level) for level in children(element, "lvl")}
        numbering.levels[attribute(element, "abstractNumId") or ""] = levels
    for element in children(root, "num"):
        list_id, abstract = attribute(element, "numId") or "", _value(child(element, "abstractNumId")) or ""
        overrides = children(element, "lvlOverride")
        if overrides:
            abstract = _overridden(numbering, list_id, abstract, overrides)
        numbering.lists[list_id] = abstract
    return numbering


def paragraph_numbering(properties: Element | None) -> tuple[str, int] | None:
    """(list id, depth) of w:numPr; the id "0" switches a style's numbering off."""
    holder = child(properties, "numPr")
    if holder is None:
        return None
    depth = _value(child(holder, "ilvl")) or "0"
    list_id = _value(child(holder, "numId"))
    return (list_id, int(depth) if depth.isdecimal() else 0) if list_id else None


def is_on(properties: Element | None, name: str) -> bool | None:
    """A toggle such as w:b: None where it is not given."""
    mark = child(properties, name)
    if mark is None:
        return None
    return (attribute(mark, "val") or "1") not in {"0", "false", "off", "none"}


def spell_number(number: int, format_: str) -> str:
    """3 as "3", "c", "C", "iii" or "III"."""
    if format_ in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        spelt = ""
        for value, letters in ROMAN:
            spelt += letters * (number // value)
            number %= value
        return spelt.upper() if format_ == "upperRoman" else spelt
    return f"{number:02d}" if format_ == "decimalZero" else str(number)


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    outline = _value(child(properties, "outlineLvl"))
    return Style(
        _value(child(element, "name")) or "",
        _value(child(element, "basedOn")),
        int(outline) if outline and outline.isdecimal() else None,
        paragraph_numbering(properties),
        is_on(child(element, "rPr"), "b"),
    )


def _overridden(numbering: Numbering, list_id: str, abstract: str, overrides: list[Element]) -> str:
    """A list that restarts or changes levels counts by itself."""
    levels = dict(numbering.levels.get(abstract, {}))
    for override in overrides:
        depth, given = _depth(override), child(override, "lvl")
        base = _level(given) if given is not None else levels.get(depth, Level())
        start = _value(child(override, "startOverride"))
        levels[depth] = Level(base.format, base.text, int(start) if start and start.isdecimal() else base.start)
    numbering.levels[f"num-{list_id}"] = levels
    return f"num-{list_id}"


def _level(element: Element) -> Level:
    start = _value(child(element, "start")) or "1"
    return Level(
        _value(child(element, "numFmt")) or "decimal",
        _value(child(element, "lvlText")) or "",
        int(start) if start.isdecimal() else 1,
    )


def _depth(element: Element) -> int:
    depth = attribute(element, "ilvl") or "0"
    return int(depth) if depth.isdecimal() else 0


def _value(element: Element | None) -> str | None:
    return attribute(element, "val") if element is not None else None
