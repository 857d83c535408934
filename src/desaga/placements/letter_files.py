"""What was handed in, as a file to keep and nothing else."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from desaga.evidence.checking import FileIsInfected, scanned
from desaga.evidence.states import Scan
from desaga.evidence.views import SEALED

from .models import ApplicationFile, AskingLetter, RedactedFile


def as_answer(letter: AskingLetter | RedactedFile) -> HttpResponse:
    """404 as long as the virus scanner, where there is one, has not seen it, or where it found something."""
    content = bytes(letter.content)
    if letter.scan == Scan.WAITING and not is_clean(content):
        raise Http404
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, letter.file_name) or "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def as_attachment(file: ApplicationFile, content: bytes) -> HttpResponse:
    """A file of an application; 404 until the virus scanner is past it."""
    if not file.can_be_fetched:
        raise Http404
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, file.name) or "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def is_clean(content: bytes) -> bool:
    try:
        return scanned(content) != Scan.WAITING
    except FileIsInfected:
        return False
