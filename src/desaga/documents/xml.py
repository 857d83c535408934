"""XML parsed without a network, without entities and without trust."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from .archive import Archive
from .kinds import refuse

Element = etree._Element
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
PROLOG = 4096


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML part of the file `name`. A part that declares a document type is refused: Office and
    OpenDocument files have none, attacks by entities do. Small damage is mended, a part without a root refused."""
    plain = data[:PROLOG].replace(b"\x00", b"")
    if DOCTYPE.search(plain):
        raise refuse("entities", name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("corrupt", name) from error
    if root is None:
        raise refuse("corrupt", name)
    refuse_document_type(root, name)
    return root


def refuse_document_type(element: Element, name: str) -> None:
    """Refuse what the parser found to declare a document type, however far behind the beginning or however encoded it stood."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise refuse("entities", name)


def local(element: Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute called `name` in whatever namespace (transitional, strict or none)."""
    for key, value in element.attrib.items():
        if key == name or str(key).endswith("}" + name):
            return str(value)
    return None


def children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if local(child) in names]


def child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((found for found in element if local(found) == name), None)


def iterate_xml(data: bytes, name: str, *tags: str) -> Iterator[Element]:
    """The elements called `tags` one after another, each emptied once used, so that a huge part stays small."""
    if DOCTYPE.search(data[:PROLOG].replace(b"\x00", b"")):
        raise refuse("entities", name)
    wanted = [f"{{*}}{tag}" for tag in tags] + list(tags)
    found = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False,
        recover=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        is_first = True
        for _, element in found:
            if is_first:
                refuse_document_type(element, name)
            is_first = False
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("corrupt", name) from error


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id to (kind, target part) of a part of an Office file; "" stands for the package itself.

    The kind is the last word of its type ("worksheet", "comments"). Targets outside the file are left out.
    """
    folder, _, file = part.rpartition("/")
    path = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if path not in archive:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for each in parse_xml(archive.read(path), archive.name):
        target = attribute(each, "Target") or ""
        if attribute(each, "TargetMode") != "External" and target:
            kind = (attribute(each, "Type") or "").rpartition("/")[2]
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[attribute(each, "Id") or ""] = (kind, joined)
    return found
