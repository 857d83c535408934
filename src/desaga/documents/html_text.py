"""Parsing of web pages and the visible text inside one of their elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree
from lxml import html as lxml_html

from .encoding import BOMS, ENCODING_NAMES, decode
from .xml import Element

SKIPPED = frozenset(
    "script style template noscript head datalist object iframe canvas audio video svg math map".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul caption".split()
)  # fmt: skip
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)", re.IGNORECASE)
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
UNSHOWN = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript|head)\b.*?</\1\s*>|<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
BLOCK_TAG = re.compile(rf"</?(?:br|{'|'.join(sorted(BLOCKS))})\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
ROLES = {"table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td", "gridcell": "td",
         "columnheader": "th", "rowheader": "th", "list": "ul", "listitem": "li", "navigation": "nav",
         "contentinfo": "footer"}  # fmt: skip


class TooDeep(Exception):
    """The page's elements lie deeper in each other than a page would need."""


def decode_html(data: bytes) -> tuple[str, str | None]:
    """The text of a page by byte order mark, by its own declaration, else by looking; and the guess for people."""
    if not data.startswith(tuple(bom for bom, _ in BOMS)):
        declared = CHARSET.search(data[:4096]) or XML_CHARSET.search(data[:200])
        if declared:
            name = declared[1].decode("ascii").lower()
            name = "cp1252" if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
            try:
                return data.decode(name), None
            except (LookupError, UnicodeDecodeError):
                pass
    text, guessed = decode(data)
    return text, guessed if guessed not in ENCODING_NAMES else ENCODING_NAMES[guessed or ""]


def parse_html(text: str) -> tuple[Element | None, bool]:
    """The root of a page, and whether it declared entities of its own, which are dropped. Raises `TooDeep`."""
    text = PROLOG.sub("", text.replace("\x00", ""))
    doctype = DOCTYPE.search(text[:10_000])
    entities = bool(doctype and doctype[1])
    text = DOCTYPE.sub("", text, count=1) if doctype else text
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise TooDeep
    return root, entities


def lines_of(text: str) -> str:
    """The text of a page whose elements are not understood: each on a line of its own, tags taken off."""
    text = UNSHOWN.sub("", text)
    return unescape(TAG.sub("", BLOCK_TAG.sub("\n", SPACES.sub(" ", text))))


def tag_of(element: Element) -> str:
    """The element's name, or what its ARIA role makes of it."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    role = (element.get("role") or "").strip().lower()
    return ROLES.get(role, tag.lower().rpartition(":")[2]) if role else tag.lower().rpartition(":")[2]


def is_hidden(element: Element) -> bool:
    """Not shown by a browser: by element, attribute or inline style."""
    tag = element.tag
    if not isinstance(tag, str) or tag.lower() in SKIPPED or "hidden" in element.attrib:
        return True
    if tag == "input" or (tag == "dialog" and "open" not in element.attrib):
        return True
    return bool(HIDDEN_STYLE.search(element.get("style") or ""))


@dataclass(slots=True)
class InlineText:
    """Collects text as a browser lays it out: spaces collapsed, `<br>` and blocks as line breaks."""

    text: str = ""
    bold_characters: int = 0
    shown_characters: int = 0

    def add(self, raw: str | None, bold: bool) -> None:
        text = SPACES.sub(" ", raw or "")
        if self.text.endswith((" ", "\n")) or not self.text:
            text = text.lstrip(" ")
        self.text += text
        count = len(text.replace(" ", ""))
        self.shown_characters += count
        self.bold_characters += count if bold else 0

    def line_break(self, *, once: bool = False) -> None:
        self.text = self.text.rstrip(" ")
        if self.text and not (once and self.text.endswith("\n")):
            self.text += "\n"

    @property
    def bold(self) -> bool:
        return self.shown_characters > 0 and self.bold_characters == self.shown_characters


def is_bold(element: Element, inherited: bool) -> bool:
    if tag_of(element) in {"b", "strong"}:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        "font-weight:bold" in style or "font-weight:700" in style or (inherited and "font-weight:normal" not in style)
    )
