"""What a page gets for a figure: two drawings, the same numbers as a table, and words for who cannot see either."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from lxml import etree

from .colours import HATCH, INK, LINE, WHITE

WIDE, NARROW = 640, 342
FONT = "Atkinson Hyperlegible Next, Verdana, sans-serif"
SVG = "{http://www.w3.org/2000/svg}"
Number = int | float


@dataclass(frozen=True)
class Table:
    """The numbers of a chart: one heading a column, one label and its numbers a row; words where there is no number to be shown."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number | str, ...]], ...]


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

    drawn = vl_convert.vegalite_to_svg(spec, vl_version="5.21")
    return _labelled(_hatched(drawn, sha256(f"{spec}{title}".encode()).hexdigest()[:10]), title, described)


def _hatched(svg: str, mark: str) -> str:
    """What is filled with `HATCH` is hatched, which no chart library draws. Each drawing has a pattern of its own: one of a hidden drawing draws nothing."""
    if HATCH not in svg:
        return svg
    name = f"dsg-hidden-{mark}"
    lines = f'<rect width="6" height="6" fill="{WHITE}"/><path d="M0 0V6" stroke="{LINE}" stroke-width="3"/>'
    pattern = f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{lines}</pattern>'
    head, rest = svg.split(">", 1)
    return f"{head}><defs>{pattern}</defs>{rest}".replace(f'fill="{HATCH}"', f'fill="url(#{name})"')


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
