"""Words into the fields of a form: in the form's own letters, split into paragraphs, and nothing else touched."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from desaga.documents.out.model import text_of

from .boxes import tick
from .finding import Place
from .lists import item_of, mark_chosen
from .package import W

Element = etree._Element
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What marks words as a hint to be written over.
HINTS = ("rStyle", "color", "i", "vanish", "highlight")
#: What of a paragraph holds words; bookmarks and the like stay.
SAID = tuple(f"{W}{name}" for name in ("r", "hyperlink", "ins", "smartTag", "sdt", "proofErr"))


def write_into(place: Place, text: str) -> None:
    """Put a text in place of what a field holds. An empty line parts paragraphs, where the field has room for several."""
    parts = [part.strip() for part in text_of(text).split("\n\n") if part.strip()]
    first = place.elements[0]
    if place.field.kind == "tick":
        tick(first, text)
    elif place.field.kind == "list":
        _choose(first, item_of(place.field.items, text))
    elif place.field.kind == "control":
        _into_control(first, parts)
    elif place.field.kind == "old":
        _into_runs(place.elements, parts)
    elif place.field.kind == "cell":
        _into_paragraphs([one for one in first if one.tag == f"{W}p"], parts)
    else:
        _into_paragraphs([first], parts)


def _choose(control: Element, item: str | None) -> None:
    """An item of a list; what is none of them is left for the person."""
    if item is not None:
        mark_chosen(control, item)
        _into_control(control, [item])


def _into_control(control: Element, parts: Sequence[str]) -> None:
    content = control.find(f"{W}sdtContent")
    assert content is not None
    for mark in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        _drop(mark)
    cell = content.find(f"{W}tc")
    room = cell if cell is not None else content
    paragraphs = [one for one in room if one.tag == f"{W}p"]
    if paragraphs:
        _into_paragraphs(paragraphs, parts)
        return
    model = content.find(f"{W}r")
    for one in list(content):
        content.remove(one)
    content.append(_run("\n\n".join(parts), model))


def _into_runs(runs: Sequence[Element], parts: Sequence[str]) -> None:
    """Into the result of an old form field, which is one line of runs."""
    first = runs[0]
    first.addprevious(_run("\n\n".join(parts), first))
    for run in runs:
        _drop(run)


def _into_paragraphs(paragraphs: Sequence[Element], parts: Sequence[str]) -> None:
    """The first paragraph is written over and is the model of those that follow; the others of the field go."""
    first = paragraphs[0]
    model = first.find(f".//{W}r")
    last = first
    for number, part in enumerate(parts):
        here = first if number == 0 else _like(first)
        for one in list(here):
            if one.tag in SAID:
                here.remove(one)
        here.append(_run(part, model))
        if number:
            last.addnext(here)
        last = here
    for one in paragraphs[1:]:
        _drop(one)


def _like(paragraph: Element) -> Element:
    """A paragraph that looks the same; a break of the section stays with the first."""
    made = etree.Element(f"{W}p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        made.append(deepcopy(properties))
        for mark in made.findall(f"{W}pPr/{W}sectPr"):
            _drop(mark)
    return made


def _run(text: str, model: Element | None) -> Element:
    """A run in the letters of another, without what marks that as a hint."""
    made = etree.Element(f"{W}r")
    properties = model.find(f"{W}rPr") if model is not None else None
    if properties is not None:
        kept = deepcopy(properties)
        for name in HINTS:
            for one in kept.findall(f"{W}{name}"):
                kept.remove(one)
        made.append(kept)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(made, f"{W}br")
        words = etree.SubElement(made, f"{W}t")
        words.text = line
        words.set(SPACE, "preserve")
    return made


def _drop(element: Element) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)
