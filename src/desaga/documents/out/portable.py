"""Tables as PDF/UA-1: tagged, with a title and a language, so that a screen reader can walk the tables by their heads.

What is checked of it, and what is not: `documents/tests/pdf_checks.py`.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .model import Block, Column, Contents, Heading, Imprint, Picture, Points, Table, Value, Words, headings_of, text_of
from .widths import ON_A_LINE, ON_A_LINE_UPRIGHT, shares_of, size_of

STYLE = """
@page { size: A4 landscape; margin: 15mm 12mm 14mm; font-family: FAMILY; @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt; color: #565C64; } }
body { font-family: FAMILY; font-size: 8pt; line-height: 1.35; color: #1A1D21; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 6mm 0 1mm; }
p { margin: 0 0 2mm; }
.quiet { color: #565C64; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 2mm 0 4mm; }
th, td { padding: 1mm 1.5mm; border-bottom: 0.4pt solid #B9B4A9; text-align: left; vertical-align: top; overflow-wrap: break-word; white-space: pre-line; }
tr { break-inside: avoid; }
h1, h2, .above { break-after: avoid; }
thead th { border-bottom: 0.8pt solid #1A1D21; font-weight: bold; }
tbody th { font-weight: normal; }
.number { text-align: right; }
"""


#: What a paper has otherwise: it is read line by line, and stands upright.
OF_PAPERS = """
@page { size: A4; margin: 18mm 18mm 16mm; }
body { font-size: 9.5pt; line-height: 1.45; }
h1 { font-size: 20pt; }
h2 { font-size: 14pt; margin: 8mm 0 2mm; }
h3 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid; }
p.lines { white-space: pre-line; }
ul { margin: 0 0 3mm; padding-left: 5mm; }
li { margin: 0 0 1mm; }
.contents { margin: 0 0 4mm; padding: 0; list-style: none; }
.contents li { margin: 0 0 0.6mm; }
.contents .inner { padding-left: 5mm; }
.contents a { color: inherit; text-decoration: none; }
.contents li::after { content: leader(".") " " target-counter(attr(data-to), page); color: #565C64; }
.picture { margin: 2mm 0 4mm; break-inside: avoid; }
.picture img { width: 120mm; }
"""

INNER = ' class="inner"'
OTHERWISE = (
    '"Atkinson Hyperlegible Next"',
    "Arial",
    '"Liberation Sans"',
    '"DejaVu Sans Condensed"',
    '"DejaVu Sans"',
    "sans-serif",
)


def write(tables: Sequence[Table], imprint: Imprint) -> bytes:
    """A4 across; the organisation and the day under the title, each table under what is counted."""
    return pdf_of(page_of(tables, imprint))


def write_paper(blocks: Sequence[Block], imprint: Imprint) -> bytes:
    """A4 upright, to be read: the title, the organisation and the day, then the blocks."""
    return pdf_of(page_of_paper(blocks, imprint))


def pdf_of(page: str, *, has_page_numbers: bool = True) -> bytes:
    """A web page as PDF/UA-1; `has_page_numbers` says whether its style writes one on each page."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # It speaks of every style that it does not know; what matters is raised.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    # Nothing is fetched, whatever a text says: the letters stand in the page.
    read = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    finisher = finish_tags if has_page_numbers else finish_heads
    content: bytes = read.write_pdf(pdf_variant="pdf/ua-1", finisher=finisher)
    return content


def finish_heads(document: Any, pdf: Any) -> None:
    """The same of a page that has no number."""
    say_what_heads_head(pdf)


def finish_tags(document: Any, pdf: Any) -> None:
    """What WeasyPrint 70 leaves open of the tags."""
    say_what_heads_head(pdf)
    call_page_numbers_artifacts(pdf)


def call_page_numbers_artifacts(pdf: Any) -> None:
    """A page's number is the last that is written on it, and marked as content that stands nowhere; it is an artifact (7.1)."""
    for stream in pdf.objects:
        words = getattr(stream, "stream", None) or []
        last = max((at for at, word in enumerate(words) if word == b"BDC"), default=None)
        if last is not None:
            words[last - 2 : last + 1] = ["/Artifact", b"BMC"]


def say_what_heads_head(pdf: Any) -> None:
    """Each table head says whether it heads its column or its row (7.5): WeasyPrint tells it to cells alone."""

    def parent(element: Any) -> Any:
        return pdf.objects[int(element["P"].split()[0])]

    for head in pdf.objects:
        if isinstance(head, dict) and head.get("S") == "/TH":
            is_column = parent(parent(head)).get("S") == "/THead"
            head["A"]["Scope"] = "/Column" if is_column else "/Row"


def style_of(imprint: Imprint) -> str:
    """The style sheet with the letters in it."""
    families = [f"desaga-{number}" for number, _ in enumerate(imprint.fonts)]
    faces = [
        f'@font-face {{ font-family: "{family}"; font-weight: 200 800; src: url("{_in_words(path)}") format("woff2"); }}'
        for family, path in zip(families, imprint.fonts, strict=True)
    ]
    names = ", ".join([*(f'"{family}"' for family in families), *OTHERWISE])
    return "\n".join([*faces, STYLE.replace("FAMILY", names)])


@cache
def _in_words(path: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}"


def page_of(tables: Sequence[Table], imprint: Imprint) -> str:
    """The file as a web page, every text escaped."""
    parts = []
    for table in tables:
        if table.title != imprint.title:
            parts.append(f"<h2>{_words(table.title)}</h2>")
        parts += _table(table)
    return _page(parts, imprint, style_of(imprint))


def page_of_paper(blocks: Sequence[Block], imprint: Imprint) -> str:
    """The same for a paper."""
    names = _names(headings_of(blocks))
    left = iter(names)
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Contents):
            parts += _contents(headings_of(blocks), names)
        elif isinstance(block, Heading):
            parts.append(f'<h{block.level} id="{escape(next(left))}">{_words(block.text)}</h{block.level}>')
        else:
            parts += _block(block)
    return _page(parts, imprint, style_of(imprint) + OF_PAPERS)


def _page(parts: Sequence[str], imprint: Imprint, style: str) -> str:
    return "".join(
        [
            '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
            f"<title>{_words(imprint.title)}</title>",
            f'<meta name="author" content="{_words(imprint.organisation)}"><style>{style}</style></head><body>',
            f"<h1>{_words(imprint.title)}</h1>",
            f'<p class="quiet">{_words(imprint.organisation)}, {imprint.day}</p>',
            *parts,
            "</body></html>",
        ]
    )


def _names(headings: Sequence[Heading]) -> list[str]:
    """What each heading is called by links. It is said aloud of the link (7.18.5), so it is the heading's words; of equals the later ones are numbered."""
    names: list[str] = []
    for heading in headings:
        words = " ".join(text_of(heading.text).split())
        names.append(words if words not in names else f"{words} ({len(names)})")
    return names


def _contents(headings: Sequence[Heading], names: Sequence[str]) -> list[str]:
    """The list of a paper's headings, each with its page."""
    lines = [
        f'<li{INNER if one.level > 2 else ""} data-to="#{escape(name)}"><a href="#{quote(name)}">{_words(one.text)}</a></li>'
        for one, name in zip(headings, names, strict=True)
    ]
    return ["<h2>Contents</h2>", '<ul class="contents">', *lines, "</ul>"] if lines else []


def _block(block: Words | Points | Picture | Table) -> list[str]:
    match block:
        case Words(text, is_quiet):
            return [f'<p class="lines{" quiet" if is_quiet else ""}">{_words(text)}</p>']
        case Points(texts):
            return ["<ul>", *(f"<li>{_words(text)}</li>" for text in texts), "</ul>"] if texts else []
        case Picture(svg, described):
            source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
            return [f'<div class="picture"><img src="{source}" alt="{_words(described)}"></div>']
    return [*([f"<h3>{_words(block.title)}</h3>"] if block.title else []), *_table(block, ON_A_LINE_UPRIGHT)]


def _table(table: Table, on_a_line: int = ON_A_LINE) -> list[str]:
    """A table under what is counted, above its notes."""
    parts = []
    if table.subtitle:
        parts.append(f'<p class="above">{_words(table.subtitle)}</p>')
    if table.columns and table.rows:
        parts.append(f'<table style="font-size: {8 * size_of(table, on_a_line):.2f}pt"><colgroup>')
        parts += [f'<col style="width: {share:.2%}">' for share in shares_of(table, on_a_line)]
        parts.append("</colgroup><thead><tr>")
        parts += [f'<th scope="col"{_class(column)}>{_words(column.heading)}</th>' for column in table.columns]
        parts.append("</tr></thead><tbody>")
        parts += [_row(row, table.columns) for row in table.rows]
        parts.append("</tbody></table>")
    return parts + [f'<p class="quiet">{_words(note)}</p>' for note in table.notes]


def _row(row: Sequence[Value], columns: Sequence[Column]) -> str:
    """The first cell is its row's heading."""
    first, *others = zip(row, columns, strict=True)
    cells = [f'<th scope="row"{_class(first[1])}>{_words(first[0])}</th>']
    cells += [f"<td{_class(column)}>{_words(value)}</td>" for value, column in others]
    return f"<tr>{''.join(cells)}</tr>"


def _class(column: Column) -> str:
    return ' class="number"' if column.kind == "number" else ""


def _words(value: Value) -> str:
    return escape(text_of(value))
