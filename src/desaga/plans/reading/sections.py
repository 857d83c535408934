"""The document as sections: a heading or lead-in, the items under it, and what each item brings along."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desaga.documents.model import Text

from .alignments import Principles, alignments_of_heading
from .announced import announces, breaks_off, promises
from .fields import Fields, label_line, read_fields
from .rows import THEME_LABEL
from .values import split_code
from .verbs import is_promise, says_to_do
from .words import plain, starts_torn

_CODE_MARKER = re.compile(r"[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})+[a-z]?[.)]?|[A-Z]{1,4}-?\d{1,2}[a-z]?[.)]?")
_NUMBER_DASH = re.compile(r"^(?P<code>\d{1,2})\s*[–—-]\s+(?=[A-Z])")
_WHOLE_NUMBER = re.compile(r"^\d{1,2}(?:[.):]|\s*[–—-])\s*(?=[A-Z])")
_TICK = re.compile(r"^\[(?P<tick>[xX✓✔ ]?)\]\s+")
_PILLAR_LEVEL, _LINE_LEVEL = 7, 8


@dataclass(slots=True)
class Item:
    """A bullet, a numbered paragraph or a promise, with its fields, its steps and the paragraphs under it."""

    text: Text
    words: str
    code: str | None
    fields: Fields
    parts: list[Text] = field(default_factory=list)
    prose: list[Text] = field(default_factory=list)
    numbered: bool = False


@dataclass(slots=True)
class Section:
    """A heading with the items under it; `path` holds the headings above, outermost first."""

    heading: Text | None
    path: list[Text] = field(default_factory=list)
    lead_in: str = ""
    fields: Fields = field(default_factory=Fields)
    """Labelled lines over the first item: they hold for every item."""
    items: list[Item] = field(default_factory=list)
    used: list[Text] = field(default_factory=list)

    def share(self, test: Callable[[Item], bool]) -> float:
        """How many of the items pass the test, from 0 to 1."""
        return sum(test(item) for item in self.items) / max(1, len(self.items))

    @property
    def headings(self) -> list[str]:
        """The heading and those above it, nearest first."""
        nearest = [self.heading] if self.heading is not None else []
        return [plain(text.text) for text in [*nearest, *reversed(self.path)]]


def is_theme_heading(line: str, principles: Principles) -> bool:
    """Whether a heading is a pillar or a labelled theme ("Objective 2 – Secure skills")."""
    return bool(alignments_of_heading(line, principles)) or bool(THEME_LABEL.match(line))


def sections_of(texts: Sequence[Text], principles: Principles) -> list[Section]:
    """The document's sections in order, with their items; nested items belong to the item above them."""
    builder = _Builder(principles)
    filled = [(text, plain(text.text)) for text in texts if plain(text.text)]
    for number, (text, line) in enumerate(filled):
        following = filled[number + 1][0] if number + 1 < len(filled) else None
        builder.take(text, line, following)
    return builder.sections


class _Builder:
    """Holds the sections made so far and the headings that stand over the next line."""

    def __init__(self, principles: Principles) -> None:
        self.principles = principles
        self.sections = [Section(None)]
        self.path: list[tuple[int, Text]] = []

    def take(self, text: Text, line: str, following: Text | None) -> None:
        section = self.sections[-1]
        if self._leads_in(text, line, following):
            self.sections.append(Section(section.heading, section.path, line, used=[text]))
            return
        level = self._heading_level(text, line, following)
        if level:
            self.path = [p for p in self.path if p[0] < level]
            self.sections.append(Section(text, [p[1] for p in self.path]))
            self.path.append((level, text))
            return
        item = _item_of(text, line)
        if item is None or _tells_how(section, item):
            _continue(section, text, line)
        elif section.items and text.kind == "item" and _is_part(section.items[-1], text):
            section.items[-1].parts.append(text)
        else:
            section.items.append(item)

    def _leads_in(self, text: Text, line: str, following: Text | None) -> bool:
        """Whether a paragraph announces, promises or half-says the list under it."""
        if text.kind != "paragraph" or following is None or not _is_listed(following) or label_line(line):
            return False
        items = self.sections[-1].items
        if items and items[-1].numbered and promises(line):
            return False  # "1.1 Title", "We will:" and bullets: those are the steps of 1.1
        return announces(line) or promises(line) or breaks_off(line)

    def _heading_level(self, text: Text, line: str, following: Text | None) -> int:
        """The level of a heading, 0 for any other line."""
        if text.kind == "heading":
            return text.level
        if text.kind == "item":
            return _LINE_LEVEL if _is_numbered_heading(text, line, following) else 0
        if _numbers_a_list(line, following):
            return _PILLAR_LEVEL
        if (
            len(line.split()) > 12
            or line.endswith((".", ",", ";"))
            or re.search(r"https?:|@", line)
            or label_line(line)
        ):
            return 0
        if is_theme_heading(line, self.principles):
            return _PILLAR_LEVEL
        return _LINE_LEVEL if text.bold or _stands_over(line, following) else 0


def _is_listed(text: Text) -> bool:
    return text.kind == "item" or bool(re.match(r"\d{1,2}\.\d|Action \d", text.text))


def _stands_over(line: str, following: Text | None) -> bool:
    """Whether a short line stands right over a list, or over a labelled line that stands over one."""
    if following is None or not (_is_listed(following) or label_line(following.text)):
        return False
    if line.endswith(":"):
        return len(line.split()) <= 5 and line[0].isupper()
    return bool(re.match(r"(?:\d{1,2} )?[A-Z]", line)) and not split_code(line)[0]


def _is_numbered_heading(text: Text, line: str, following: Text | None) -> bool:
    """ "1. Communications" over "1.1 …" or over a paragraph; a numbered imperative is an item."""
    marker = text.marker or ""
    if not re.fullmatch(r"\d{1,2}[.)]?|[A-Z][.)]?", marker) or len(line.split()) > 8 or following is None:
        return False
    deeper = re.match(rf"{re.escape(marker.rstrip('.)'))}\.\d", f"{following.marker or ''}{following.text}")
    if deeper or line.endswith("."):
        return bool(deeper)
    if following.kind == "item":
        bullet = not re.search(r"[\da-z][.)]$", following.marker or "") and not read_fields(line).texts
        return bullet and (not says_to_do(line) or bool(read_fields(following.text).texts))
    over = following.kind == "paragraph" and following.blank_before > 0 and not label_line(following.text)
    return over and not says_to_do(line) and not split_code(following.text)[0]


def _numbers_a_list(line: str, following: Text | None) -> bool:
    """ "1 – Promote professional identity" right over bullets is their objective, unless it has fields of its own."""
    if following is None or following.kind != "item" or not _WHOLE_NUMBER.match(line) or len(line.split()) > 40:
        return False
    return not re.search(r"[\da-z][.)]$", following.marker or "") and not read_fields(line).texts


def _item_of(text: Text, line: str) -> Item | None:
    """A bullet, a numbered paragraph, or a sentence of what will be done."""
    if text.kind == "item":
        tick = _TICK.match(line)
        line = line[tick.end() :] if tick else line
        code = (text.marker or "").rstrip(".)") if _CODE_MARKER.fullmatch(text.marker or "") else None
        own, words = split_code(line)
        item = Item(text, words, own or code, read_fields(words), numbered=bool(code or own))
        if tick and tick["tick"].strip():
            item.fields.texts["status"] = "Complete"
        return item
    dashed = _NUMBER_DASH.match(line)
    code, words = (dashed["code"], line[dashed.end() :]) if dashed else split_code(line)
    if code and len(words.split()) >= 3:
        return Item(text, words, code, read_fields(words), numbered=True)
    if is_promise(line) and len(line.split()) <= 90 and not line.endswith(":"):
        return Item(text, line, None, read_fields(line))
    return None


def _tells_how(section: Section, item: Item) -> bool:
    """A promise right under a numbered item says how it will be done."""
    return bool(section.items) and section.items[-1].numbered and item.code is None and item.text.kind == "paragraph"


def _is_part(item: Item, text: Text) -> bool:
    """Whether an item belongs under the one before it: nested deeper, or a bullet under a numbered paragraph."""
    if text.level > item.text.level and item.text.kind == "item":
        return True
    return (
        item.numbered
        and not re.search(r"\d", text.marker or "")
        and not split_code(plain(text.text))[0]
        and item.text.kind != text.kind
    )


def _continue(section: Section, text: Text, line: str) -> None:
    """A line under an item: its field, the rest of its sentence, or a paragraph about it; before any item, a lead-in."""
    labelled = label_line(text.text)
    if not section.items:
        if labelled and section.heading is not None:
            labelled.pour(section.fields.texts)
            section.used.append(text)
        else:
            section.lead_in = line
        return
    last = section.items[-1]
    if labelled:
        labelled.pour(last.fields.texts)
        last.parts.append(text)
    elif (
        text.blank_before == 0
        and not last.prose
        and (starts_torn(line) or not re.search(r"[.!?)]$", last.words))
        and not _NUMBER_DASH.match(plain(last.text.text))
    ):
        texts = last.fields.texts
        last.words = f"{last.words} {line}"
        last.fields = read_fields(last.words)
        last.fields.texts = {**texts, **last.fields.texts}
        last.parts.append(text)
    else:
        last.prose.append(text)
