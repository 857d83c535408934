"""Lists of a Word form to choose from: drop-down and combo controls. What is chosen is one of their items, never other words."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from .package import W

Element = etree._Element
#: A form's list has some dozens of items, of all countries some hundreds.
MOST_ITEMS = 1000


def list_in(properties: Element | None) -> Element | None:
    """What a control's properties say of its list; None where it is no list."""
    if properties is None:
        return None
    found = properties.find(f"{W}dropDownList")
    return found if found is not None else properties.find(f"{W}comboBox")


def items_in(properties: Element | None) -> tuple[str, ...]:
    """The items as a person reads them; one without a value only says that something is to be chosen."""
    told = list_in(properties)
    items = [] if told is None else told.findall(f"{W}listItem")[:MOST_ITEMS]
    return tuple(_shown(one) for one in items if one.get(f"{W}value") and _shown(one))


def item_of(items: Iterable[str], text: str) -> str | None:
    """The item that a text says, whatever its case and spaces; None where it says none."""
    return next((one for one in items if _alike(one) == _alike(text)), None) if text.strip() else None


def mark_chosen(control: Element, item: str) -> None:
    """Let a drop-down list know its item's value, which programs read in place of its words."""
    told = list_in(control.find(f"{W}sdtPr"))
    if told is None:
        return
    for one in told.findall(f"{W}listItem"):
        if one.get(f"{W}value") and _shown(one) == item:
            told.set(f"{W}lastValue", one.get(f"{W}value", ""))
            return


def _shown(item: Element) -> str:
    return " ".join((item.get(f"{W}displayText") or item.get(f"{W}value") or "").split())


def _alike(text: str) -> str:
    return " ".join(text.split()).casefold()
