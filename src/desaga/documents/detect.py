"""What a file is, told by its bytes; its name is only asked where bytes cannot tell text formats apart."""

from __future__ import annotations

import re
from pathlib import PurePath

from .archive import Archive
from .encoding import BOMS
from .kinds import refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x00\x0cjP",
    b"\x00\x00\x01\x00",
)
OTHERS = (
    (b"{\\rtf", "a rich text file (.rtf)"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a compressed archive"), (b"BZh", "a compressed archive"), (b"\xfd7zXZ", "a compressed archive"),
    (b"%!PS", "a PostScript file"), (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"), (b"\x00\x00\x00\x1cftyp", "a film"), (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"From ", "an e-mail"),
)  # fmt: skip
MAIN_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|title|meta|h[1-6]|ul|ol|article|main|section)\b",
    re.IGNORECASE | re.DOTALL,
)
OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "an OpenDocument text (.odt)", "presentation": "presentation"}
EXTENSIONS = {
    "txt": {".txt", ".text", ".log", ""}, "md": {".md", ".markdown", ".mdown"}, "csv": {".csv", ".tsv", ".tab", ".txt", ""},
    "xlsx": {".xlsx", ".xltx"}, "xlsm": {".xlsm", ".xltm", ".xlam"}, "xls": {".xls", ".xlt"}, "ods": {".ods", ".ots"},
    "docx": {".docx", ".dotx"}, "docm": {".docm", ".dotm"}, "pdf": {".pdf"}, "html": {".html", ".htm", ".xhtml", ".mhtml"},
}  # fmt: skip
FOUND = {
    "txt": "plain text", "md": "Markdown", "csv": "delimited values", "tsv": "delimited values",
    "xlsx": "an Excel workbook", "xlsm": "an Excel workbook with macros", "xls": "an old Excel workbook",
    "ods": "an OpenDocument spreadsheet", "docx": "a Word document", "docm": "a Word document with macros",
    "pdf": "a PDF", "html": "a web page",
}  # fmt: skip


def detect(data: bytes, name: str) -> str:
    """ "zip", "ole", "pdf", "html" or "text"; refuses pictures, programs and other formats by name."""
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    if (
        head.startswith(PICTURES)
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or head[4:12] in {b"ftypheic", b"ftypavif"}
    ):
        raise refuse("picture", name)
    for magic, found in OTHERS:
        if head.startswith(magic) and _is_magic(magic, head):
            raise refuse("unsupported", name, found=found)
    if _is_html(data, name):
        return "html"
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        raise refuse("unsupported", name, found="an XML file")
    return "text"


def zip_format(archive: Archive) -> str:
    """ "xlsx", "xlsm", "docx", "docm" or "ods"; refuses any other zip file by what it seems to be."""
    if "mimetype" in archive and "content.xml" in archive:
        return _open_document(archive)
    macros = any(member.lower().endswith("vbaproject.bin") for member in archive.members)
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive else b""
    if (
        b"wordprocessingml.document.main" in types
        or b"ms-word.document.macro" in types
        or "word/document.xml" in archive
    ):
        return "docm" if macros or b"ms-word.document.macro" in types else "docx"
    if "xl/workbook.bin" in archive:
        raise refuse("unsupported", archive.name, found="a binary Excel workbook (.xlsb)")
    if b"spreadsheetml.sheet.main" in types or b"ms-excel.sheet.macro" in types or "xl/workbook.xml" in archive:
        return "xlsm" if macros or b"ms-excel.sheet.macro" in types else "xlsx"
    if b"presentationml" in types:
        raise refuse("presentation", archive.name)
    if any(member.endswith(".iwa") or member.startswith("Index") for member in archive.members):
        raise refuse("unsupported", archive.name, found="an Apple Pages or Numbers file")
    raise refuse("unsupported", archive.name, found="a zip archive")


def extension_fits(format_: str, name: str) -> bool:
    """Whether the file's name says what it holds; a name without a known extension says nothing wrong."""
    suffix = PurePath(name).suffix.lower()
    known = {extension for extensions in EXTENSIONS.values() for extension in extensions}
    group = "csv" if format_ == "tsv" else format_
    return suffix in EXTENSIONS[group] or suffix not in known


def _open_document(archive: Archive) -> str:
    mime = archive.read("mimetype")[:200].decode("ascii", errors="replace")
    kind = next((kind for kind in OPEN_DOCUMENT if f"opendocument.{kind}" in mime), "")
    if kind == "spreadsheet":
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
        if b"encryption-data" in manifest:
            raise refuse("encrypted", archive.name)
        return "ods"
    if kind == "presentation":
        raise refuse("presentation", archive.name)
    raise refuse("unsupported", archive.name, found=OPEN_DOCUMENT.get(kind, "an OpenDocument file"))


def _is_magic(magic: bytes, head: bytes) -> bool:
    """Short marks of printable letters need something that no text would have after them."""
    return len(magic) > 3 and magic != b"From " or b"\x00" in head or (magic == b"From " and b"\nMIME-Version:" in head)


def _is_html(data: bytes, name: str) -> bool:
    head = data[:4096]
    for bom, encoding in BOMS:
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, errors="replace").encode()
            break
    else:
        head = head.replace(b"\x00", b"")
    if HTML.match(head):
        return True
    return PurePath(name).suffix.lower() in EXTENSIONS["html"] and bool(
        re.search(rb"<(?:p|table|h\d|li|body|br)\b", data, re.I)
    )
