"""What is inside a file: runs in the child process (`desaga.documents.sandbox`), which knows no database."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from .kinds import KIND_BY_SUFFIX, FileKind

WEB = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe")
#: What programs begin with: Windows, ELF, Mach-O, Java, shell, and the containers that mail scanners look for.
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
)
MAIL_HEADERS = ("from", "date")
#: Control characters that text does not have; tab, line ends and form feed it has.
NOT_TEXT = frozenset(range(32)) - {9, 10, 11, 12, 13}


class Trouble(Exception):
    """Why a file is not taken: a key of `kinds.TROUBLE`."""


def look(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`{}` where the file may be kept as it is, `{"content": base64}` where that is kept instead, else `{"trouble": …}`."""
    content, suffix = Path(payload["path"]).read_bytes(), payload["hints"]["suffix"]
    kind = KIND_BY_SUFFIX[suffix]
    try:
        kept = CHECKS[kind.check](content, kind)
    except Trouble as trouble:
        return {"trouble": str(trouble)}
    return {} if kept is None else {"content": base64.b64encode(kept).decode()}


def _pdf(content: bytes, kind: FileKind) -> None:
    """A PDF begins as one and ends as one; ISO 32000-1, 7.5.2 and 7.5.5."""
    if not content.startswith(b"%PDF-"):
        raise Trouble("disguised")
    if b"%%EOF" not in content[-2048:]:
        raise Trouble("damaged")


def _text(content: bytes, kind: FileKind) -> None:
    text = _decoded(content)
    head = text.lstrip().encode()[:200].lower()
    if head.startswith(WEB) or content.startswith(PROGRAMS) or any(ord(sign) in NOT_TEXT for sign in text):
        raise Trouble("disguised")


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble("disguised")


def _mail(content: bytes, kind: FileKind) -> None:
    """An e-mail of words alone: what hangs on it would come in unseen."""
    mail = BytesParser(policy=policy.default).parsebytes(content)
    if content.startswith(PROGRAMS) or not all(mail[name] for name in MAIL_HEADERS):
        raise Trouble("disguised")
    for part in mail.walk():
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if part.get_content_type() not in ("text/plain", "text/html") or part.get_filename():
            raise Trouble("attachments")


def _picture(content: bytes, kind: FileKind) -> bytes:
    from desaga.documents.pictures import PictureIsNotTaken, drawn_anew

    try:
        return drawn_anew(content, kind.wanted)
    except PictureIsNotTaken as error:
        raise Trouble(str(error)) from error


def _open_xml(content: bytes, kind: FileKind) -> None:
    from .packages import check_open_xml

    check_open_xml(content, kind.wanted)


def _open_document(content: bytes, kind: FileKind) -> None:
    from .packages import check_open_document

    check_open_document(content, kind.wanted)


CHECKS: dict[str, Callable[[bytes, FileKind], bytes | None]] = {
    "pdf": _pdf, "text": _text, "mail": _mail, "picture": _picture,
    "open_xml": _open_xml, "open_document": _open_document,
}  # fmt: skip
