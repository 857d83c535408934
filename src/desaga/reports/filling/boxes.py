"""Boxes of a Word form: those to tick, of both kinds, and those that hold text, which Word keeps twice."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from .package import W

Element = etree._Element
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TICKED, UNTICKED = "\u2612", "\u2610"
NO = frozenset({"no", "0", "false"})


def ticks_in(body: Element) -> Iterator[Element]:
    """The boxes to tick: content controls, and the `checkBox` of old form fields."""
    for one in body.iter(f"{W}sdt", f"{W}checkBox"):
        if one.tag == f"{W}checkBox" or one.find(f"{W}sdtPr/{W14}checkbox") is not None:
            yield one


def tick(box: Element, text: str) -> None:
    """Tick a box, or take the tick out where the text says no."""
    is_on = text.strip().casefold() not in NO
    if box.tag == f"{W}checkBox":
        _set(box, f"{W}checked", f"{W}val", is_on)
        return
    settings = box.find(f"{W}sdtPr/{W14}checkbox")
    assert settings is not None
    _set(settings, f"{W14}checked", f"{W14}val", is_on)
    told = settings.find(f"{W14}{'checkedState' if is_on else 'uncheckedState'}")
    sign = chr(int(told.get(f"{W14}val", "0"), 16)) if told is not None else ""
    words = box.find(f"{W}sdtContent//{W}t")
    if words is not None:
        words.text = sign.strip("\x00") or (TICKED if is_on else UNTICKED)


def _set(around: Element, name: str, attribute: str, is_on: bool) -> None:
    found = around.find(name)
    if found is None:
        found = etree.SubElement(around, name)
    found.set(attribute, "1" if is_on else "0")


def second_copies(body: Element) -> Iterator[Element]:
    """What stands in a document for programs that do not know how Word draws a text box: the same text once more."""
    for fallback in body.iter(f"{MC}Fallback"):
        yield from fallback.iter()


def mirror_text_boxes(body: Element) -> None:
    """Let the second copy of each text box say what the first says."""
    for both in body.iter(f"{MC}AlternateContent"):
        first = both.findall(f"{MC}Choice//{W}txbxContent")
        second = both.findall(f"{MC}Fallback//{W}txbxContent")
        for one, other in zip(first, second, strict=False):
            other[:] = [deepcopy(child) for child in one]
