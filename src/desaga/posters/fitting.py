"""Setting a poster so that nothing lies over anything else: the page is laid out, looked at, and its words made smaller until it fits. No Django."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from .designs import DESIGNS, PAPERS, SCALES, Told, page_of

#: What may lie over nothing else, by its class.
PARTS = ("words", "name", "summary", "facts", "code", "whose", "credit", "picture")
#: Bench writes who made the picture on the picture.
MAY_LIE_OVER = {("bench", frozenset({"credit", "picture"}))}
#: A point in the middle of nothing: a picture's place is its style's, so what it shows need not be read to see what fits.
NOTHING = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00IEND\xaeB`\x82"
IN_A_MILLIMETRE = 96 / 25.4
ROUNDING = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """Where a part stands, in millimetres from the sheet's upper left corner."""

    part: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_over(self, other: Box) -> bool:
        return (
            self.left < other.right - ROUNDING and other.left < self.right - ROUNDING
            and self.top < other.bottom - ROUNDING and other.top < self.bottom - ROUNDING
        )  # fmt: skip


def fitted(told: Told, design: str, paper: str, sans: Path | None, serif: Path | None) -> str:
    """The poster as a web page, its words as large as they may be; empty where they are too many at any size."""
    tried = replace(told, picture=NOTHING, picture_kind="image/png") if told.picture else told

    def page(scale: float, quoted: float, **how: Any) -> str:
        return page_of(told if not how else tried, design, paper, sans, serif, scale=scale, quoted=quoted, **how)

    def fits(scale: float, quoted: float) -> bool:
        return not clashes(boxes_of(page(scale, quoted, is_endless=True)), design, paper)

    if fits(1.0, 1.0):
        return page(1.0, 1.0)
    both = largest(SCALES, lambda one: fits(one, one))
    if not both:
        return ""
    # What stands apart need not both be small: first the quotation takes what room there is, then the rest.
    larger = [one for one in SCALES if one > both]
    quoted = largest(larger, lambda one: fits(both, one)) or both
    return page(largest(larger, lambda one: fits(one, quoted)) or both, quoted)


def largest(scales: Sequence[float], fits: Callable[[float], bool]) -> float:
    """The largest of some scales, in falling order, at which something fits; none if at none. What fits, fits smaller too, so halves are asked."""
    first, last = 0, len(scales)
    while first < last:
        middle = (first + last) // 2
        first, last = (first, middle) if fits(scales[middle]) else (middle + 1, last)
    return scales[first] if first < len(scales) else 0.0


def clashes(boxes: list[Box], design: str, paper: str) -> list[tuple[str, str]]:
    """Parts that lie over each other, or over the edge of the sheet."""
    width, height, larger = PAPERS[paper]
    edge = DESIGNS[design].edge * larger - ROUNDING
    over_edge = [
        (one.part, "edge") for one in boxes
        if one.part != "picture" and not (edge <= one.left and edge <= one.top and one.right <= width - edge and one.bottom <= height - edge)
    ]  # fmt: skip
    return over_edge + [
        (one.part, other.part)
        for one, other in combinations(boxes, 2)
        if one.lies_over(other) and (design, frozenset({one.part, other.part})) not in MAY_LIE_OVER
    ]


def boxes_of(page: str) -> list[Box]:
    """Each part with the space that it and all within it takes up."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols={"data"})).render()
    # What a page is laid out as is not told otherwise.
    return list(parts_in(document.pages[0]._page_box))


def parts_in(box: Any) -> Iterator[Box]:
    """The outermost parts: what stands within one moves with it."""
    part = class_of(box)
    if part in PARTS:
        yield around(part, [one for one in within(box) if one.border_width() and one.border_height()])
        return
    for child in getattr(box, "children", ()):
        yield from parts_in(child)


def within(box: Any) -> Iterator[Any]:
    """A box and all that it holds, lines of letters too, and what is placed by its style."""
    yield box
    for child in getattr(box, "children", ()):
        yield from within(child)


def class_of(box: Any) -> str:
    element = getattr(box, "element", None)
    return element.get("class", "") if element is not None else ""


def around(part: str, boxes: list[Any]) -> Box:
    edges = (
        min(one.border_box_x() for one in boxes), min(one.border_box_y() for one in boxes),
        max(one.border_box_x() + one.border_width() for one in boxes), max(one.border_box_y() + one.border_height() for one in boxes),
    )  # fmt: skip
    return Box(part, *(one / IN_A_MILLIMETRE for one in edges))
