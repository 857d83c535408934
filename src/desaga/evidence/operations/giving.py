"""Giving evidence, and putting right what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Person
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from .. import records
from ..checking import CheckedFile
from ..models import LONGEST_TITLE, Evidence, EvidenceContent
from ..states import STANDING, Kind, State
from .gate import NotNow, move, note_change


class NothingGiven(Refused):
    """Choose a file, or give a link."""


class RecordIsGone(Refused):
    """This record is not there any more, or not open to you. Choose another."""


@dataclass(frozen=True, kw_only=True)
class GivenPiece:
    """What somebody gives: one of file, link and record (kind and id), and what they say of it. A title may be left out."""

    file: CheckedFile | None = None
    link: str = ""
    record: tuple[str, int] | None = None
    title: str = ""
    shows: str = ""
    is_technician_voice: bool = False
    expires_on: date | None = None

    @property
    def name(self) -> str:
        """What it is called: its title, else the file's name, else where the link leads."""
        if self.title.strip() or self.record:
            return self.title.strip()[:LONGEST_TITLE]
        if self.file:
            return self.file.name.rpartition(".")[0].replace("_", " ").strip()[:LONGEST_TITLE] or self.file.name
        parts = urlsplit(self.link)
        return f"{parts.hostname or ''}{parts.path.rstrip('/')}"[:LONGEST_TITLE]


@transaction.atomic
def keep_evidence(
    *,
    actor: Any,
    organisation: Organisation,
    piece: GivenPiece,
    given_by: str,
    person: Person | None = None,
    submission: UUID | None = None,
    now: datetime | None = None,
) -> Evidence:
    """Keep a piece of evidence; it waits to be looked at. The same `submission` is one piece.

    `given_by` is who supplied it, in words, `person` where that is known; `actor` is whoever writes it down, None where that is
    Desaga for a link. What it serves is for the caller to say. Raises `NothingGiven`, `RecordIsGone`.
    """
    if submission and (sent := Evidence.objects.filter(submission=submission).first()):
        return sent
    now = now or timezone.now()
    evidence = Evidence.objects.create(
        organisation=organisation,
        **_source_of(piece),
        shows=piece.shows.strip(),
        is_technician_voice=piece.is_technician_voice,
        expires_on=piece.expires_on,
        given_by=given_by,
        person=person,
        entered_by=actor,
        given_at=now,
        submission=submission,
    )
    if piece.file:
        EvidenceContent.objects.create(organisation=organisation, evidence=evidence, content=piece.file.content)
    note_change(evidence, was="", actor=actor, now=now)
    audit.record(actor=actor, verb="gave the evidence", thing=evidence, note=given_by, now=now)
    return evidence


def _source_of(piece: GivenPiece) -> dict[str, Any]:
    """The fields of what was given, one of three; and its title."""
    if file := piece.file:
        told = {"file_name": file.name, "media_type": file.media_type, "size": len(file.content), "scan": file.scan}
        return {"kind": Kind.FILE, "title": piece.name, "sha256": hashlib.sha256(file.content).hexdigest(), **told}
    if piece.link:
        return {"kind": Kind.LINK, "title": piece.name, "link": piece.link}
    if not piece.record:
        raise NothingGiven
    known = records.told_of([piece.record]).get(piece.record)
    if known is None:
        raise RecordIsGone
    kind, pk = piece.record
    return {
        "kind": Kind.RECORD,
        "title": piece.name or known.words[:LONGEST_TITLE],
        "record_kind": kind,
        "record_id": pk,
    }


@transaction.atomic
def correct_evidence(*, actor: Any, evidence: Evidence, reviews: bool = False, **fields: Any) -> Evidence:
    """Put right what stands with a piece: title, what it shows, by whom it was given, until when it holds, whose words it is.

    What was given itself never changes: another file is another piece. What was accepted is looked at again, unless whoever corrects it
    is one who `reviews`. Raises `NotNow` for what was replaced or taken back.
    """
    was = locked(evidence)
    if was.state not in STANDING:
        raise NotNow
    changed = change_row(evidence, actor=actor, fields=fields)
    if was.state != State.ACCEPTED or reviews or all(getattr(was, name) == value for name, value in fields.items()):
        return changed
    return move(changed, "look_again", actor=actor)
