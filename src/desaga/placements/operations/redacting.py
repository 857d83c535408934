"""Copies of files without names, made by those who run the scheme: the panel reads them while names are hidden."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.checking import CheckedFile
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Application, ApplicationFile, RedactedFile
from .gate import note_event


class NoSuchFile(Refused):
    """The applicant has taken that file away, or put another in its place. Look at the page again."""


@transaction.atomic
def put_redacted(
    *, actor: Any, application: Application, file_id: int, copy: CheckedFile, now: datetime | None = None
) -> RedactedFile:
    """The copy that the panel reads in a file's place; another takes the place of one that is there. Raises `NoSuchFile`."""
    now = now or timezone.now()
    held = locked(application)
    file = ApplicationFile.objects.filter(application=held, pk=file_id).first()
    if file is None:
        raise NoSuchFile
    told = {"organisation_id": held.organisation_id, "file_name": copy.name, "content": copy.content, "scan": copy.scan, "at": now, "by": actor}  # fmt: skip
    redacted, _ = RedactedFile.objects.update_or_create(file=file, defaults=told)
    note_event(held, "redacted", actor=actor, now=now, words=file.name, for_applicant=False)
    audit.record(actor=actor, verb="put a copy without names beside a file of", thing=held, now=now)
    return redacted


@transaction.atomic
def remove_redacted(*, actor: Any, redacted: RedactedFile, now: datetime | None = None) -> None:
    """While names are hidden the panel reads nothing of that file."""
    now, application = now or timezone.now(), redacted.file.application
    name = redacted.file.name
    redacted.delete()
    note_event(application, "redacted_away", actor=actor, now=now, words=name, for_applicant=False)
    audit.record(actor=actor, verb="removed a copy without names of", thing=application, now=now)
