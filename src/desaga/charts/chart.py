"""What a page gets for a figure: two drawings, the same numbers as a table, and words for who cannot see either."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from .colours import INK

WIDE, NARROW = 640, 342
FONT = "Atkinson Hyperlegible Next, Verdana, sans-serif"
SVG = "{http://www.w3.org/2000/svg}"
Number = int | float


@dataclass(frozen=True)
class Table:
    """The numbers of a chart: one heading a column, one label and its numbers a row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]


@dataclass(frozen=True)
class Chart:
    """A figure.

    `title` says what one sees, `counted` what is counted and when, `described` the same as one plain sentence.
    `wide` and `narrow` are SVG for 640 and 342 px, safe to put into a page as they are; a page shows one of them.
    """

    title: str
    counted: str
    described: str
    wide: str
    narrow: str
    table: Table


def draw(spec: Mapping[str, Any], *, title: str, described: str) -> str:
    """A Vega-Lite specification as SVG with a role, a label, a title and a description, and no style attributes."""
    return _drawn(json.dumps(spec, sort_keys=True), title, described)


@lru_cache(maxsize=256)
def _drawn(spec: str, title: str, described: str) -> str:
    import vl_convert  # Imported late: it costs half a second, and most processes draw nothing.

    return _labelled(vl_convert.vegalite_to_svg(spec, vl_version="5.21"), title, described)


def _labelled(svg: str, title: str, described: str) -> str:
    root = etree.fromstring(svg.encode())
    for element in root.iter(etree.Element):
        for name in [str(name) for name in element.attrib]:
            if name == "role" or name.startswith("aria-") or name in ("class", "pointer-events"):
                del element.attrib[name]
    for path in root.findall(f".//{SVG}path[@d='']"):
        parent = path.getparent()
        if parent is not None:
            parent.remove(path)
    root.set("role", "img")
    root.set("aria-label", f"{title}. {described}")
    for position, (name, text) in enumerate((("title", title), ("desc", described))):
        element = etree.Element(f"{SVG}{name}")
        element.text = text
        root.insert(position, element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def base_spec(width: int, step: int, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What all our charts share: our type, no frame, no grid, horizontal rows of `step` pixels."""
    return {
        "width": width,
        "height": {"step": step},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 0,
        "data": {"values": list(values)},
        "config": {
            "background": None,
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": INK, "labelFontSize": 14},
            "text": {"fontSize": 14, "fill": INK},
        },
    }
