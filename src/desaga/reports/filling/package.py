"""The package that a Word document is: opened with care, and written again with one part changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from desaga.documents.archive import Archive
from desaga.documents.detect import detect, zip_format
from desaga.documents.kinds import refuse
from desaga.documents.limits import Limits
from desaga.documents.xml import DOCTYPE, PROLOG, refuse_document_type, relations

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LIMITS = Limits(file_bytes=25 * 1024 * 1024, inflated_bytes=200 * 1024 * 1024)
EDGES = ("header", "footer")
DEFAULT_PART = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Form:
    """The part that holds the document's text: what it is called in the package, and its tree; `edges` are headers and footers by name."""

    part: str
    root: Element
    edges: Mapping[str, Element]

    @property
    def body(self) -> Element:
        found = self.root.find(f"{W}body")
        assert found is not None
        return found


def open_form(data: bytes, name: str) -> Form:
    """A form from its bytes. Raises `UnreadableDocument` for whatever is no Word document, holds macros, or is not what it says."""
    kind = detect(data, name)
    if kind == "ole":
        raise refuse("old_word", name)
    if kind != "zip":
        raise refuse("unsupported", name, found="no Word document")
    with Archive(data, name, LIMITS) as archive:
        found = zip_format(archive)
        if found != "docx":
            words = "a Word document with macros" if found == "docm" else "no Word document"
            raise refuse("unsupported", name, found=words)
        part = next(
            (target for kind_, target in relations(archive, "").values() if kind_ == "officeDocument"), DEFAULT_PART
        )
        if part not in archive:
            raise refuse("corrupt", name)
        root = _tree(archive.read(part), name)
        if root.find(f"{W}body") is None:
            raise refuse("corrupt", name)
        told = sorted({target for kind_, target in relations(archive, part).values() if kind_ in EDGES})
        return Form(part, root, {one: _tree(archive.read(one), name) for one in told if one in archive})


def with_parts(data: bytes, form: Form, changed: Collection[Element]) -> bytes:
    """The package with the changed trees of the form in their place, every other part byte for byte as it was."""
    parts = {form.part: form.root, **form.edges}
    written = {name: _bytes(root) for name, root in parts.items() if root in changed}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, written.get(info.filename.lstrip("/")) or old.read(info))
    return made.getvalue()


def _bytes(root: Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _tree(data: bytes, name: str) -> Element:
    """Every comment and mark stays: what is read here is written again."""
    if DOCTYPE.search(data[:PROLOG].replace(b"\x00", b"")):
        raise refuse("entities", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("corrupt", name) from error
    refuse_document_type(root, name)
    return root
