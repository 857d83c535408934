"""Office files are packages of parts: looked at by their parts, not by what they are called."""

from __future__ import annotations

import re

from desaga.documents.archive import Archive

from .inside import Trouble
from .looking import LIMITS

ZIP = b"PK\x03\x04"
#: Office writes a document with a password into a container of before 2007.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"
MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/)", re.IGNORECASE)
MACROS_OF_OPEN_DOCUMENT = re.compile(r"^(basic|scripts)/", re.IGNORECASE)
PROGRAMS = re.compile(r"\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|lnk|sh|html?|svgz)$", re.IGNORECASE)
#: What Office fetches from elsewhere, or runs, when the file is opened: templates, objects, frames. Links that a reader clicks are none of these.
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*relationships/(?:attachedTemplate|oleObject|frame|subDocument)\b)[^>]*TargetMode\s*=\s*[\"']External",
    re.IGNORECASE,
)
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)


def check_open_xml(content: bytes, wanted: str) -> None:
    """A package of ECMA-376 whose main part is of the wanted type, without macros. Raises `Trouble`, `UnreadableDocument`."""
    with _opened(content) as archive:
        if CONTENT_TYPES not in archive:
            raise Trouble("disguised")
        types = archive.read(CONTENT_TYPES)
        if MACRO_TYPE.search(types) or any(MACROS.search(name) for name in archive.members):
            raise Trouble("macros")
        if f'"{wanted}"'.encode() not in types:
            raise Trouble("disguised")
        if any(FETCHED.search(archive.read(name)) for name in archive.members if name.endswith(".rels")):
            raise Trouble("programs")
        _unpack_all(archive)


def check_open_document(content: bytes, wanted: str) -> None:
    """A package of ISO 26300 of the wanted type, without macros. Raises `Trouble`, `UnreadableDocument`."""
    with _opened(content) as archive:
        if "mimetype" not in archive or "content.xml" not in archive:
            raise Trouble("disguised")
        if archive.read("mimetype").strip() != wanted.encode():
            raise Trouble("disguised")
        if any(MACROS_OF_OPEN_DOCUMENT.search(name) for name in archive.members):
            raise Trouble("macros")
        _unpack_all(archive)


def _opened(content: bytes) -> Archive:
    if content.startswith(OLE):
        raise Trouble("password")
    if not content.startswith(ZIP):
        raise Trouble("disguised")
    return Archive(content, "file", LIMITS)


def _unpack_all(archive: Archive) -> None:
    """Each part once, to nowhere: a part that says it is small and is not, or is damaged, shows itself."""
    if any(PROGRAMS.search(name) for name in archive.members):
        raise Trouble("programs")
    for name in archive.members:
        if not name.endswith("/"):
            archive.read(name)
