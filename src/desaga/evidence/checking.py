"""A file that somebody chose, looked at and shown to the scanner: before any row is locked, since both take their time."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from desaga.organisations.refusals import Refused

from . import files
from .files.looking import too_large
from .files.scanning import ScannerIsSilent, found_in
from .states import Scan

log = logging.getLogger(__name__)


class FileRefused(Refused):
    """This file is not taken."""


class FileIsInfected(FileRefused):
    """The virus scanner found something in this file, so it was not kept. Tell whoever looks after your computer."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept, and what the scanner said of it. Only `check_file` makes one."""

    name: str
    media_type: str
    content: bytes
    scan: str


def check_file(upload: Any) -> CheckedFile:
    """An uploaded file as it may be kept. Raises `FileRefused`, whose words are for whoever chose it."""
    try:
        if upload.size > settings.LARGEST_EVIDENCE:
            raise too_large(files.looking.plain_name(upload.name), settings.LARGEST_EVIDENCE)
        content = upload.read()
        # What was sent goes to the scanner, not what a picture became.
        found = files.looked_at(upload.name, content, largest=settings.LARGEST_EVIDENCE)
    except files.FileIsNotTaken as refusal:
        raise FileRefused(str(refusal)) from refusal
    return CheckedFile(found.name, found.media_type, found.content, scanned(content))


def scanned(content: bytes) -> str:
    """What the scanner says: nothing where none is set, "waiting" where it is silent. Raises `FileIsInfected`."""
    if not settings.CLAMAV:
        return Scan.NONE
    try:
        found = found_in(content, settings.CLAMAV, wait=settings.CLAMAV_SECONDS)
    except ScannerIsSilent as silence:
        log.warning("The virus scanner gives no answer; a file waits for it. %s", silence)
        return Scan.WAITING
    if found:
        raise FileIsInfected
    return Scan.CLEAN
