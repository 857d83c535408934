"""Receipts that came while the virus scanner was silent."""

from __future__ import annotations

from django.db import transaction

from desaga.audit import operations as audit
from desaga.evidence.checking import FileIsInfected, scanned
from desaga.evidence.states import Scan
from desaga.organisations.operations.rows import locked

from ..models import Receipt, ReceiptContent


def look_again(*, receipt_id: int) -> bool:
    """Show one to the scanner; whether it answered. What is found removes the file. The scanner is asked before the row is held: it may take its time."""
    row = ReceiptContent.objects.filter(receipt=receipt_id).select_related("receipt").first()
    if row is None:
        return True
    try:
        scan = scanned(bytes(row.content))
    except FileIsInfected:
        scan = str(Scan.FOUND)
    if scan not in (Scan.CLEAN, Scan.FOUND):
        return False
    _write(row.receipt, scan)
    return True


@transaction.atomic
def _write(receipt: Receipt, scan: str) -> None:
    held = locked(receipt)
    if held.scan != Scan.WAITING:
        return
    held.scan = scan
    held.save(update_fields=["scan"])
    if scan == Scan.FOUND:
        ReceiptContent.objects.filter(receipt=held).delete()
        audit.record(
            actor=None, verb="removed the file of", thing=held, note="The virus scanner found something in it."
        )
