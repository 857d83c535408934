"""The kinds of file that are taken, and the sentences for those that are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind: what it is called, its media type, which check looks at it, and what that check wants to find.

    `wanted` is Pillow's name of a picture's format, or the content type of the main part of a package.
    """

    label: str
    media_type: str
    check: str
    wanted: str = ""


def _open_xml(label: str, name: str, part: str) -> FileKind:
    return FileKind(label, f"{OPEN_XML}{name}", "open_xml", f"{OPEN_XML}{part}.main+xml")


def _open_document(label: str, name: str) -> FileKind:
    return FileKind(label, f"{OPEN_DOCUMENT}{name}", "open_document", f"{OPEN_DOCUMENT}{name}")


JPEG = FileKind("Photograph", "image/jpeg", "picture", "JPEG")
KIND_BY_SUFFIX: Final[dict[str, FileKind]] = {
    "pdf": FileKind("PDF", "application/pdf", "pdf"),
    "docx": _open_xml("Word document", "wordprocessingml.document", "wordprocessingml.document"),
    "xlsx": _open_xml("Excel workbook", "spreadsheetml.sheet", "spreadsheetml.sheet"),
    "pptx": _open_xml("PowerPoint slides", "presentationml.presentation", "presentationml.presentation"),
    "odt": _open_document("Document", "text"),
    "ods": _open_document("Spreadsheet", "spreadsheet"),
    "odp": _open_document("Slides", "presentation"),
    "csv": FileKind("Table", "text/csv", "text"),
    "txt": FileKind("Text", "text/plain", "text"),
    "eml": FileKind("E-mail", "message/rfc822", "mail"),
    "png": FileKind("Picture", "image/png", "picture", "PNG"),
    "jpg": JPEG,
    "jpeg": JPEG,
    "webp": FileKind("Picture", "image/webp", "picture", "WEBP"),
}
#: For the file input of a form.
ACCEPTED: Final = ",".join(f".{suffix}" for suffix in KIND_BY_SUFFIX)

_TAKEN = "Taken are PDF, Word, Excel, PowerPoint and OpenDocument files, .csv, .txt, .eml, and pictures as .jpg, .png or .webp."
_MACROS = "can hold macros, which are not taken. Save it as {instead} and choose that."
_OLD = "is in a format of before 2007. Save it as {instead} and choose that."
#: What people try, and what helps them. Anything else is told what is taken.
REFUSED_SUFFIXES: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("heic", "heif"),
        "is in the format of Apple’s camera, which is not taken. Save it as .jpg, or set the camera to “Most compatible”.",
    ),
    **{name: _MACROS.format(instead=instead) for name, instead in (("docm", ".docx"), ("xlsm", ".xlsx"), ("pptm", ".pptx"), ("xlsb", ".xlsx"))},
    **{name: _OLD.format(instead=instead) for name, instead in (("doc", ".docx"), ("xls", ".xlsx"), ("ppt", ".pptx"))},
    "msg": "is a message of Outlook, which is not taken. Save it as .eml or .pdf and choose that.",
    "zip": "is a folder packed into one file. Choose the files in it one by one.",
    **dict.fromkeys(("html", "htm"), "is a web page. Give its address as a link, or save it as .pdf."),
    "svg": "is a drawing that can hold programs. Save it as .png or .pdf and choose that.",
    "gif": "is not taken. Save it as .png and choose that.",
}  # fmt: skip

#: Whatever can be wrong with a file that is of a taken kind by its name. The name of the file goes before.
TROUBLE: Final[dict[str, str]] = {
    "unknown": f"is not of a kind that is taken. {_TAKEN}",
    "disguised": "is called {suffix}, but what is in it is something else. Choose the file that you mean, or save it anew.",
    "macros": "holds macros, which are not taken. Save it without them and choose that.",
    "programs": "holds a program or a script, which is not taken. Save it without and choose that.",
    "attachments": "is an e-mail with attachments or pictures. Choose those one by one, and the e-mail’s words as .pdf or .txt.",
    "too_many_pixels": "is a picture of more than 50 million points. Save it smaller and choose that.",
    "damaged": "is damaged or was not copied completely. Save it anew from the program that made it and choose that.",
    "password": "is protected by a password. Save it without and choose that.",
    "bomb": "unpacks to far more than a document needs, so it was not opened. Save it anew from the program that made it.",
    "slow": "took too long to look at and was left. Save it smaller or in parts and choose that.",
}
