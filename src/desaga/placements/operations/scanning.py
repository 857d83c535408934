"""Looking again at files that came while the virus scanner was silent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from desaga.evidence.checking import FileIsInfected, scanned
from desaga.evidence.states import Scan
from desaga.organisations.operations.rows import locked

from ..models import Answer, ApplicationFile, ApplicationFileContent
from .gate import note_event

FOUND = "The virus scanner found something in {name}. It was removed; choose another."


def look_again(*, file: ApplicationFile, now: datetime | None = None) -> bool:
    """Show one waiting file to the scanner, before anything is locked; whether it answered. What is found removes the file, and the applicant reads so."""
    content = ApplicationFileContent.objects.filter(file=file).first()
    if content is None:
        return True
    try:
        scan = scanned(bytes(content.content))
    except FileIsInfected:
        _remove(file, now or timezone.now())
        return True
    if scan != Scan.CLEAN:
        return False
    ApplicationFile.objects.filter(pk=file.pk, scan=Scan.WAITING).update(scan=Scan.CLEAN)
    return True


@transaction.atomic
def _remove(file: ApplicationFile, now: datetime) -> None:
    held = locked(file.application)
    gone, _ = ApplicationFile.objects.filter(pk=file.pk).delete()
    if gone:
        Answer.objects.filter(application=held, key=file.key).update(value={}, at=now)
        note_event(held, "file_removed", now=now, words=FOUND.format(name=file.name))
