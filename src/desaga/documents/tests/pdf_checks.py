"""What a program can tell of PDF/UA-1 (ISO 14289-1) in the files that we write: a named part of the Matterhorn Protocol 1.1.

https://pdfa.org/resource/the-matterhorn-protocol/ names 136 conditions of failure, 89 of them for programs. Checked here are the
ones that a file of headings, paragraphs and tables can break; there are no forms, notes or scripts in ours. It is no certificate: what
only a person can tell (is the order the right one, is a heading the right heading) is not looked at, and no other validator has been asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI"}
CELLS = {"/TH", "/TD"}
MAY_HOLD = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"}, "/TBody": {"/TR"}, "/TFoot": {"/TR"}, "/TR": CELLS,
}  # fmt: skip
Finding = Iterator[str]


def failures_of(content: bytes) -> list[str]:
    """The conditions of failure that hold of a PDF, each with its number in the Matterhorn Protocol; none is best."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return sorted({f"{number}: {said}" for number, check in CHECKS for said in check(pdf)})


def elements(pdf: Pdf) -> Iterator[tuple[Any, Any]]:
    """Each structure element with the one that holds it, in reading order."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting = [(child, root) for child in reversed(_children(root))] if root is not None else []
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        waiting.extend((child, element) for child in reversed(_children(element)))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _children(element: Any) -> list[Any]:
    return [kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def _tag(element: Any) -> str:
    return str(element.get("/S", ""))


# ---- The checks


def untagged_content(pdf: Pdf) -> Finding:
    """Everything that is painted is either an artifact or has a place in the structure."""
    for number, page in enumerate(pdf.pages, 1):
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                stack.append(_mark(operands))
            elif name == "EMC":
                stack.pop()
            elif name in SHOWS_TEXT | PAINTS and not any(stack):
                yield f"page {number} paints something that has no tag"
                break


def _mark(operands: Any) -> str:
    """What marked content is: "artifact", "tagged", or "" for what says neither."""
    if str(operands[0]) == "/Artifact":
        return "artifact"
    properties = operands[1] if len(operands) > 1 else None
    return "tagged" if isinstance(properties, Dictionary) and "/MCID" in properties else ""


def artifact_within_tag(pdf: Pdf) -> Finding:
    for number, page in enumerate(pdf.pages, 1):
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                mark = _mark(operands)
                if mark and any(one and one != mark for one in stack):
                    yield f"page {number} has tagged content and an artifact within each other"
                stack.append(mark)
            elif str(operator) == "EMC":
                stack.pop()


def tags_without_place(pdf: Pdf) -> Finding:
    """Every tagged piece of content stands in the structure tree."""
    placed = {(page, mcid) for element, _ in elements(pdf) for page, mcid in _pieces(element)}
    for number, page in enumerate(pdf.pages, 1):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and _mark(operands) == "tagged":
                mcid = int(operands[1]["/MCID"])
                if (page.obj.objgen, mcid) not in placed:
                    yield f"page {number}: content {mcid} is in no element"


def _pieces(element: Any) -> Iterator[tuple[Any, int]]:
    page = element.get("/Pg")
    for kid in _kids(element):
        if isinstance(kid, int):
            yield (page.objgen if page is not None else None), kid
        elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
            yield kid.get("/Pg", page).objgen, int(kid["/MCID"])


def not_marked(pdf: Pdf) -> Finding:
    about = pdf.Root.get("/MarkInfo", Dictionary())
    if not about.get("/Marked", False) or about.get("/Suspects", False):
        yield "the file does not say that it is tagged, or doubts it"


def unknown_tags(pdf: Pdf) -> Finding:
    standard = {
        f"/{name}"
        for name in "Document Part Sect Div H1 H2 H3 P Span Table TR TH TD THead TBody Caption L LI Lbl LBody Figure Link NonStruct BlockQuote".split()
    }
    for element, _ in elements(pdf):
        if _tag(element) not in standard:
            yield f"{_tag(element)} is no standard tag"


def no_metadata(pdf: Pdf) -> Finding:
    if "/Metadata" not in pdf.Root:
        yield "there is no XMP metadata"
        return
    told = pdf.Root.Metadata.read_bytes().decode()
    if not re.search(r'pdfuaid:part(="1"|>1<)', told):
        yield "the metadata do not say PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*\S", told, re.DOTALL):
        yield "the metadata have no title"


def title_not_shown(pdf: Pdf) -> Finding:
    if not pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the window would show the file's name"


def wrong_nesting(pdf: Pdf) -> Finding:
    for element, parent in elements(pdf):
        allowed = MAY_HOLD.get(_tag(parent))
        if allowed is not None and _tag(element) not in allowed:
            yield f"{_tag(element)} stands in {_tag(parent)}"
        if _tag(element) in CELLS and _tag(parent) != "/TR":
            yield f"{_tag(element)} stands in {_tag(parent) or 'nothing'}"


def no_language(pdf: Pdf) -> Finding:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(pdf.Root.get("/Lang", ""))):
        yield "the file does not say its language"


def links_without_words(pdf: Pdf) -> Finding:
    """A link says where it leads, and stands in a Link of the structure."""
    placed = {
        kid.Obj.objgen
        for element, _ in elements(pdf)
        if _tag(element) == "/Link"
        for kid in _kids(element)
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    }
    for number, page in enumerate(pdf.pages, 1):
        for note in page.obj.get("/Annots", ()):
            if note.Subtype == Name.Link and not str(note.get("/Contents", "")).strip():
                yield f"page {number}: a link does not say where it leads"
            if note.Subtype == Name.Link and (note.objgen not in placed or "/StructParent" not in note):
                yield f"page {number}: a link stands in no element"


def figures_without_words(pdf: Pdf) -> Finding:
    for element, _ in elements(pdf):
        if _tag(element) == "/Figure" and not str(element.get("/Alt", "")) and not str(element.get("/ActualText", "")):
            yield "a figure has no text instead"


def heading_levels(pdf: Pdf) -> Finding:
    levels = [int(_tag(element)[2]) for element, _ in elements(pdf) if re.fullmatch(r"/H[1-6]", _tag(element))]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"a heading of level {level} follows level {before}"


def heads_without_scope(pdf: Pdf) -> Finding:
    for element, _ in elements(pdf):
        if _tag(element) == "/TH" and str(element.get("/A", Dictionary()).get("/Scope", "")) not in (
            "/Row",
            "/Column",
            "/Both",
        ):
            yield "a table's head does not say what it heads"


def tables_without_heads(pdf: Pdf) -> Finding:
    for element, _ in elements(pdf):
        if _tag(element) == "/Table" and "/TH" not in {_tag(one) for one in _within(element)}:
            yield "a table has no heads"


def uneven_rows(pdf: Pdf) -> Finding:
    for element, _ in elements(pdf):
        if _tag(element) == "/Table":
            rows = [one for one in _within(element) if _tag(one) == "/TR"]
            if (
                len({sum(int(c.get("/A", Dictionary()).get("/ColSpan", 1)) for c in _children(row)) for row in rows})
                > 1
            ):
                yield "rows of a table are not equally long"


def _within(element: Any) -> Iterator[Any]:
    for child in _children(element):
        yield child
        yield from _within(child)


def fonts_left_out(pdf: Pdf) -> Finding:
    for name, font in _fonts(pdf):
        about = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", Dictionary())
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(about.keys()):
            yield f"font {name} is not in the file"


def fonts_without_letters(pdf: Pdf) -> Finding:
    for name, font in _fonts(pdf):
        if "/ToUnicode" not in font:
            yield f"font {name} does not say which letters it shows"


def _fonts(pdf: Pdf) -> Iterator[tuple[str, Any]]:
    for page in pdf.pages:
        yield from page.get("/Resources", Dictionary()).get("/Font", Dictionary()).items()


#: The condition's number in the Matterhorn Protocol, and what looks for it.
CHECKS: tuple[tuple[str, Callable[[Pdf], Finding]], ...] = (
    ("01-003, 01-004", artifact_within_tag),
    ("01-005", untagged_content),
    ("01-006", tags_without_place),
    ("01-007", not_marked),
    ("02-001", unknown_tags),
    ("06-001 to 06-003", no_metadata),
    ("07-001, 07-002", title_not_shown),
    ("09-004, 09-005", wrong_nesting),
    ("11-006", no_language),
    ("13-004", figures_without_words),
    ("14-002, 14-003", heading_levels),
    ("15-001", tables_without_heads),
    ("15-003", heads_without_scope),
    ("15-004", uneven_rows),
    ("28-011, 28-012", links_without_words),
    ("31-009", fonts_left_out),
    ("31-027", fonts_without_letters),
)
