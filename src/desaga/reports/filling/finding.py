"""The fields of a Word form: content controls, lists, old form fields, boxes to tick, table cells with a label, headings with room under them.

Of each field: `key`, which is the same in next year's form where label and order are; `kind`; `label`; what else is `asked` near it; and
`limit`, the most words or characters that its own words name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lxml import etree

from .boxes import second_copies, ticks_in
from .lists import items_in, list_in
from .package import Form, W

Element = etree._Element
PLACEHOLDER = re.compile(
    r"^\W*(?:\[.*\]|<[^<>]+>|\{.*\}|[_.…\s]{3,}|(?:click|tap)\b.*\b(?:text|date|here)\W*|(?:please )?(?:insert|type|write|enter)\b.{0,80}\bhere\W*)$",
    re.IGNORECASE | re.DOTALL,
)
WORDS = re.compile(r"(\d{1,2},\d{3}|\d{2,5})[\s-]*words?\b", re.IGNORECASE)
CHARACTERS = re.compile(r"(\d{1,2},\d{3}|\d{2,6})[\s-]*characters?\b", re.IGNORECASE)
YEARS = re.compile(r"\b(?:19|20)\d{2}\b(?:\s*[-–/]\s*(?:20)?\d{2}\b)?")
LONGEST_LABEL = 300
#: Where a label is looked for no further.
ROOMS = ("body", "txbxContent", "hdr", "ftr")
LONGEST_HEADING = 160
MOST_GUIDANCE = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write in; see the module for what each says. `unit` is "words" or "characters" where there is a limit, `items` what a list has."""

    key: str
    kind: str
    label: str
    asked: str = ""
    limit: int | None = None
    unit: str = ""
    items: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A field and where it is: the elements that are written into."""

    field: Field
    elements: Sequence[Element]

    @property
    def root(self) -> Element:
        """The tree that it is in: the document, a header, or a footer."""
        return self.elements[0].getroottree().getroot()


@dataclass(frozen=True, slots=True)
class Found:
    """A place before it has a key."""

    kind: str
    label: str
    asked: str
    elements: Sequence[Element]
    characters: int | None = None
    items: tuple[str, ...] = ()


def fields_of(form: Form) -> list[Place]:
    """The fields of a document, in its order, and after them those of headers and footers; the same document answers the same keys."""
    found = _found_in(form.body, form.body)
    for root in form.edges.values():
        found += _found_in(root)
    seen: Counter[str] = Counter()
    places = []
    for one in found:
        stem = _stem(one.kind, one.label)
        seen[stem] += 1
        places.append(Place(_field(one, stem, seen[stem]), one.elements))
    return places


def _found_in(body: Element, *rooms: Element) -> list[Found]:
    """The places of one part, in its order. Headings count in `rooms` and in text boxes: those of a header are its title."""
    taken: set[Element] = set(second_copies(body))
    found = [*_ticks(body, taken), *_controls(body, taken), *_old_fields(body, taken), *_cells(body, taken)]
    for room in (*rooms, *body.iter(f"{W}txbxContent")):
        found += _under_headings(room, taken)
    order = {element: number for number, element in enumerate(body.iter())}
    found.sort(key=lambda one: order[one.elements[0]])
    return found


def fingerprint_of(fields: Sequence[Field]) -> str:
    """What two years' editions of one form share: the kinds and labels of their fields, whatever year stands in them.

    Lists are left out: they were no fields once, and what was said of a form then still holds.
    """
    return hashlib.sha256("\n".join(one.key for one in fields if one.kind != "list").encode()).hexdigest()


def _field(one: Found, stem: str, number: int) -> Field:
    near = f"{one.label} {one.asked}"
    limit, unit = one.characters, "characters" if one.characters else ""
    for pattern, what in ((WORDS, "words"), (CHARACTERS, "characters")):
        if limit is None and (told := pattern.search(near)):
            limit, unit = int(told[1].replace(",", "")), what
    label, asked = one.label[:LONGEST_LABEL], one.asked[:LONGEST_LABEL]
    return Field(f"{stem}-{number}", one.kind, label, asked, limit, unit, one.items)


def _stem(kind: str, label: str) -> str:
    words = re.sub(r"[\W_]+", "-", YEARS.sub("", label).casefold()).strip("-")
    return f"{kind}-{words[:60].strip('-')}"


# ---- Boxes to tick


def _ticks(body: Element, taken: set[Element]) -> Iterator[Found]:
    """Each box is called by the words after it, or by those before it where a line of boxes ends with one."""
    for box in ticks_in(body):
        if box in taken:
            continue
        if box.tag == f"{W}sdt":
            taken.update(box.iter())
        label, asked = _beside(box)
        name = _named(box.find(f"{W}sdtPr"))
        yield Found("tick", name or label or _before(box) or "Box without a name", asked, [box])


def _beside(box: Element) -> tuple[str, str]:
    """What a box is called in its own line, and what is asked before the first box of that line."""
    here: Element | None = box
    while here is not None and (above := here.getparent()) is not None and above.tag != f"{W}p":
        here = above
    line = here.getparent() if here is not None else None
    if line is None:
        return "", ""
    texts, number = [""], 0
    for one in line:
        if one is here:
            number = len(texts)
        if next(ticks_in(one), None) is not None:
            texts.append("")
        else:
            texts[-1] += _texts(one)
    told = [_line(text) for text in texts]
    return (told[number], told[0]) if told[-1] else (told[number - 1], "")


# ---- Content controls


def _controls(body: Element, taken: set[Element]) -> Iterator[Found]:
    for control in body.iter(f"{W}sdt"):
        content, properties = control.find(f"{W}sdtContent"), control.find(f"{W}sdtPr")
        if control in taken or content is None or not _is_simple(control, content):
            continue
        items = items_in(properties)
        if not items and not _is_text(properties):
            continue
        taken.update(control.iter())
        label, asked = _named(properties) or _before(control), _before(control) if _named(properties) else ""
        kind = "list" if items else "control"
        yield Found(kind, label or "Field without a name", asked, [control], items=items)
    for control in body.iter(f"{W}sdt"):
        if control not in taken:
            taken.update(one for one in control.iter(f"{W}sdtPr"))


def _is_simple(control: Element, content: Element) -> bool:
    """Whether a control is a place to write in, and no frame around rows, tables or other controls."""
    around = (f".//{W}sdt", f".//{W}tbl", f".//{W}tr")
    return all(control.find(path) is None for path in around) and len(content.findall(f"{W}tc")) <= 1


def _is_text(properties: Element | None) -> bool:
    """Whether a control holds text or a day; lists without items, pictures and tables of contents are for the person."""
    if properties is None:
        return True
    if list_in(properties) is not None:
        return False
    names = {etree.QName(one).localname for one in properties if isinstance(one.tag, str)}
    return not names & {
        "checkbox",
        "picture",
        "docPartObj",
        "docPartList",
        "group",
        "citation",
        "bibliography",
        "repeatingSection",
    }


def _named(properties: Element | None) -> str:
    for name in ("alias", "tag"):
        found = None if properties is None else properties.find(f"{W}{name}")
        if found is not None and (value := _line(found.get(f"{W}val", ""))):
            return value
    return ""


def _before(element: Element) -> str:
    """The text that stands before an element: in its paragraph, in the cell to its left, or in the paragraph above."""
    around: Element | None = element
    while around is not None and etree.QName(around).localname not in ("p", "tc", *ROOMS):
        told = _line(" ".join(_texts(one) for one in reversed(list(around.itersiblings(preceding=True)))))
        if told:
            return told
        around = around.getparent()
    while around is not None and etree.QName(around).localname not in ROOMS:
        for one in around.itersiblings(preceding=True):
            if told := _line(_texts(one)):
                return told
        around = around.getparent()
    return ""


# ---- Old form fields


def _old_fields(body: Element, taken: set[Element]) -> Iterator[Found]:
    for paragraph in body.iter(f"{W}p"):
        found = [] if paragraph in taken else list(_old_fields_of(paragraph))
        if found:
            taken.update(paragraph.iter())
        yield from found


def _old_fields_of(paragraph: Element) -> Iterator[Found]:
    """The fields of one paragraph; each is called by the words since the one before."""
    runs = [one for one in paragraph if one.tag == f"{W}r"]
    since = 0
    for at, run in enumerate(runs):
        data = run.find(f"{W}fldChar/{W}ffData")
        results = _result_of(runs[at:]) if data is not None and data.find(f"{W}textInput") is not None else []
        if data is None or not results:
            continue
        name, most = data.find(f"{W}name"), data.find(f"{W}textInput/{W}maxLength")
        label = _line("".join(map(_texts, runs[since:at]))) or _before(paragraph)
        label = label or (name.get(f"{W}val", "") if name is not None else "") or "Field without a name"
        yield Found("old", label, "", results, int(most.get(f"{W}val") or 0) or None if most is not None else None)
        since = runs.index(results[-1]) + 1


def _result_of(runs: Sequence[Element]) -> list[Element]:
    """The runs between the marks that part and end a field."""
    found = [one.find(f"{W}fldChar") for one in runs]
    marks = [one.get(f"{W}fldCharType") if one is not None else "" for one in found]
    if "separate" not in marks or "end" not in marks:
        return []
    return list(runs[marks.index("separate") + 1 : marks.index("end")])


# ---- Table cells


def _cells(body: Element, taken: set[Element]) -> Iterator[Found]:
    for table in body.iter(f"{W}tbl"):
        rows = [[cell for cell in row if cell.tag == f"{W}tc"] for row in table if row.tag == f"{W}tr"]
        for number, row in enumerate(rows):
            above = rows[number - 1] if number else []
            for at, cell in enumerate(row):
                label = _label_of(row, at, above)
                if label and _is_room(cell) and cell not in taken and cell.find(f".//{W}tbl") is None:
                    taken.update(cell.iter())
                    yield Found("cell", label, "", [cell])


def _label_of(row: Sequence[Element], at: int, above: Sequence[Element]) -> str:
    """The words to the left, else those above where the whole row is empty; nothing where neither has any."""
    if at and not _is_room(row[at - 1]):
        return _line(_texts(row[at - 1]))
    if all(map(_is_room, row)) and len(above) == len(row) and not any(map(_is_room, above)):
        return _line(_texts(above[at]))
    return ""


def _is_room(element: Element) -> bool:
    """Whether an element is empty, or holds only words that want to be written over; what breaks a page is no room."""
    if next(element.iter(f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sdt", f"{W}fldChar"), None) is not None:
        return False
    if any(one.get(f"{W}type") for one in element.iter(f"{W}br")):
        return False
    text = _line(_texts(element))
    return not text or PLACEHOLDER.match(text) is not None


# ---- Headings


def _under_headings(body: Element, taken: set[Element]) -> Iterator[Found]:
    paragraphs = list(body)
    for at, paragraph in enumerate(paragraphs):
        if paragraph.tag != f"{W}p" or not _is_heading(paragraph):
            continue
        guidance: list[str] = []
        for one in paragraphs[at + 1 :]:
            if one.tag != f"{W}p" or _is_heading(one) or len(guidance) > MOST_GUIDANCE or one in taken:
                break
            if _is_room(one) and one.find(f".//{W}sectPr") is None:
                taken.update(one.iter())
                yield Found("heading", _line(_texts(paragraph)), _line(" ".join(guidance)), [one])
                break
            guidance.append(_texts(one))


def _is_heading(paragraph: Element) -> bool:
    text = _line(_texts(paragraph))
    if not text or len(text) > LONGEST_HEADING:
        return False
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = style.get(f"{W}val", "") if style is not None else ""
    if re.match(r"heading|title|subtitle", name, re.IGNORECASE) or paragraph.find(f"{W}pPr/{W}outlineLvl") is not None:
        return True
    runs = [run for run in paragraph.iter(f"{W}r") if _texts(run).strip()]
    return bool(runs) and all(run.find(f"{W}rPr/{W}b") is not None for run in runs)


def _texts(element: Element) -> str:
    """The words of an element, those of paragraphs, tabs and breaks apart."""
    told = []
    for one in element.iter(f"{W}t", f"{W}p", f"{W}tab", f"{W}br"):
        told.append(one.text or "" if one.tag == f"{W}t" else " ")
    return "".join(told)


def _line(text: str) -> str:
    return " ".join(text.split()).strip(" :")
