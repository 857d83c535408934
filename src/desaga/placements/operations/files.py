"""Files as answers: looked at before anything is locked, kept in a table of their own, removed when another comes in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.evidence.checking import CheckedFile
from desaga.organisations.operations.rows import locked

from ..answering import parts
from ..defining import QuestionKind
from ..models import Answer, Application, ApplicationFile, ApplicationFileContent
from .writing import NoSuchQuestion, refuse_locked


def file_keys(application: Application) -> set[str]:
    """The questions of an application whose answers are files."""
    asked = (question for part in parts(application.definition) for question in part.questions)
    return {one.key for one in asked if one.kind == QuestionKind.FILE}


@transaction.atomic
def keep_file(
    *, actor: Any, application: Application, key: str, file: CheckedFile, now: datetime | None = None
) -> ApplicationFile:
    """Put a file under a question, in the place of what stood there. Raises `IsLocked`, `NoSuchQuestion`."""
    now = now or timezone.now()
    held = locked(application)
    _refuse(held, key)
    ApplicationFile.objects.filter(application=held, key=key).delete()
    kept = _write(held, key, file.name, file.media_type, file.content, file.scan, now)
    _answer(held, key, {"file": kept.pk, "name": kept.name}, now)
    return kept


@transaction.atomic
def remove_file(*, actor: Any, application: Application, key: str, now: datetime | None = None) -> None:
    """Take the file away again. Raises `IsLocked`, `NoSuchQuestion`."""
    held = locked(application)
    _refuse(held, key)
    ApplicationFile.objects.filter(application=held, key=key).delete()
    _answer(held, key, {}, now or timezone.now())


def _refuse(held: Application, key: str) -> None:
    refuse_locked(held, {key: {}})
    if key not in file_keys(held):
        raise NoSuchQuestion


def _answer(held: Application, key: str, value: Mapping[str, Any], now: datetime) -> None:
    Answer.objects.update_or_create(
        application=held, key=key, defaults={"value": value, "at": now, "organisation_id": held.organisation_id}
    )
    Application.objects.filter(pk=held.pk).update(changed_at=now)


def _write(
    held: Application, key: str, name: str, media_type: str, content: bytes, scan: str, now: datetime
) -> ApplicationFile:
    kept = ApplicationFile.objects.create(
        organisation_id=held.organisation_id, application=held, key=key, name=name, media_type=media_type,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), scan=scan, given_at=now,
    )  # fmt: skip
    ApplicationFileContent.objects.create(organisation_id=held.organisation_id, file=kept, content=content)
    return kept


def copy_files(old: Application, new: Application, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The files of an application for another one; the answers that name them. Call inside a transaction."""
    keys = file_keys(new).intersection(answers)
    told: dict[str, Any] = {key: {} for key in keys}
    for row in ApplicationFileContent.objects.filter(file__application=old, file__key__in=keys).select_related("file"):
        one = row.file
        kept = _write(new, one.key, one.name, one.media_type, bytes(row.content), one.scan, timezone.now())
        told[one.key] = {"file": kept.pk, "name": kept.name}
    return told
