"""Files as answers of a report or a follow-up: looked at before anything is locked, kept in a table of their own, removed when another comes in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.checking import CheckedFile, FileIsInfected, scanned
from desaga.evidence.states import Scan
from desaga.organisations.operations.rows import locked

from ..asked import file_keys
from ..defining import Follow
from ..models import Award, OutcomeFile, OutcomeFileContent
from .writing import NoSuchQuestion


@transaction.atomic
def keep_outcome_file(
    *, award: Award, follow: Follow, key: str, file: CheckedFile, actor: Any, now: datetime | None = None
) -> OutcomeFile:
    """Put a file under a question, in the place of what stood there. Raises `NoSuchQuestion`. Who may, the door says."""
    now = now or timezone.now()
    held = locked(award)
    if key not in file_keys(follow):
        raise NoSuchQuestion
    OutcomeFile.objects.filter(award=held, about=follow.key, key=key).delete()
    kept = OutcomeFile.objects.create(
        organisation_id=held.organisation_id, award=held, about=follow.key, key=key, name=file.name,
        media_type=file.media_type, size=len(file.content), sha256=hashlib.sha256(file.content).hexdigest(),
        scan=file.scan, given_at=now,
    )  # fmt: skip
    OutcomeFileContent.objects.create(organisation_id=held.organisation_id, file=kept, content=file.content)
    audit.record(actor=actor, verb="gave a file with", thing=held, note=file.name[:200], now=now)
    return kept


@transaction.atomic
def remove_outcome_file(*, award: Award, follow: Follow, key: str, actor: Any) -> None:
    """Take the file away again."""
    held = locked(award)
    OutcomeFile.objects.filter(award=held, about=follow.key, key=key).delete()


def with_files(award: Award, follow: Follow, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, with the files that are kept: what a page sends under such a question counts for nothing."""
    keys = file_keys(follow)
    if not keys:
        return dict(answers)
    rows = OutcomeFile.objects.filter(award=award, about=follow.key, key__in=keys).values_list("key", "pk", "name")
    kept = {key: {"file": pk, "name": name} for key, pk, name in rows}
    return {**answers, **{key: kept.get(key, {}) for key in keys}}


def look_again(*, file_id: int) -> bool:
    """Show one that waits to the scanner, before it is held; whether it answered. What is found removes the file."""
    row = OutcomeFileContent.objects.filter(file=file_id).select_related("file").first()
    if row is None:
        return True
    try:
        scan = scanned(bytes(row.content))
    except FileIsInfected:
        scan = str(Scan.FOUND)
    if scan not in (Scan.CLEAN, Scan.FOUND):
        return False
    _note_scan(row.file, scan)
    return True


@transaction.atomic
def _note_scan(file: OutcomeFile, scan: str) -> None:
    held = locked(file)
    if held.scan != Scan.WAITING:
        return
    held.scan = scan
    held.save(update_fields=["scan"])
    if scan == Scan.FOUND:
        OutcomeFileContent.objects.filter(file=held).delete()
        audit.record(
            actor=None, verb="removed the file of", thing=held, note="The virus scanner found something in it."
        )
