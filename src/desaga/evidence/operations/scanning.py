"""Looking again at files that came while the virus scanner was silent."""

from __future__ import annotations

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked

from ..checking import FileIsInfected, scanned
from ..models import Evidence, EvidenceContent
from ..states import STANDING, Scan
from .gate import move

FOUND = "The virus scanner found something in the file. It was removed."


def look_again(*, evidence: Evidence) -> bool:
    """Show one waiting file to the scanner; whether it answered. What is found removes the file, and it is not accepted.

    The scanner is asked before the row is locked: it may take its time.
    """
    row = EvidenceContent.objects.filter(evidence=evidence).first()
    if row is None:
        return True
    try:
        scan = scanned(bytes(row.content))
    except FileIsInfected:
        scan = str(Scan.FOUND)
    if scan == Scan.CLEAN or scan == Scan.FOUND:
        _write(evidence, scan)
        return True
    return False


@transaction.atomic
def _write(evidence: Evidence, scan: str) -> None:
    held = locked(evidence)
    if held.scan != Scan.WAITING:
        return
    held.scan = scan
    held.save(update_fields=["scan"])
    if scan == Scan.CLEAN:
        audit.record(actor=None, verb="had the scanner look at", thing=held)
        return
    EvidenceContent.objects.filter(evidence=held).delete()
    if held.state in STANDING:
        move(held, "decline", actor=None, note=FOUND, reason=FOUND)
    else:
        audit.record(actor=None, verb="removed the file of", thing=held, note=FOUND)
