"""Writing an issue: its title and introduction, what stands in it, in which order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from .. import offering, queries
from ..models import Issue, IssuePiece
from .gate import NotNow

MOST_PIECES = 20


class TooMuch(Refused):
    """Twenty pieces are the most that anybody reads. Take one out, or leave some for the next issue."""


class NotOffered(Refused):
    """Something that you chose may not be shown any more. Look at the list again."""


@transaction.atomic
def start_issue(*, actor: Any, organisation: Organisation, title: str, introduction: str = "") -> Issue:
    told = {"title": title.strip(), "introduction": introduction.strip()}
    return add_row(Issue, actor=actor, verb="began", organisation=organisation, made_by=actor, **told)


@transaction.atomic
def save_issue(*, actor: Any, issue: Issue, title: str, introduction: str) -> Issue:
    """Raises `gate.NotNow`."""
    held_draft(issue)
    return change_row(issue, actor=actor, fields={"title": title.strip(), "introduction": introduction.strip()})


@transaction.atomic
def add_pieces(*, actor: Any, issue: Issue, keys: Collection[str]) -> int:
    """Put them at the end, in this order; answers how many are new. Raises `NotOffered`, `TooMuch`, `gate.NotNow`."""
    held = held_draft(issue)
    there = {one.key for one in queries.pieces_of(held)}
    new = [key for key in keys if key not in there]
    if set(new) - set(offering.pieces(held.organisation, new)):
        raise NotOffered
    if len(there) + len(new) > MOST_PIECES:
        raise TooMuch
    last = IssuePiece.objects.filter(issue=held).aggregate(last=Max("order"))["last"] or 0
    IssuePiece.objects.bulk_create(
        IssuePiece(organisation_id=held.organisation_id, issue=held, key=key, order=last + place)
        for place, key in enumerate(new, start=1)
    )
    if new:
        audit.record(actor=actor, verb="chose for", thing=held, changes={"pieces": [None, len(new)]})
    return len(new)


@transaction.atomic
def move_piece(*, actor: Any, piece: IssuePiece, up: bool) -> None:
    """One place up or down; nothing where there is none. Raises `gate.NotNow`."""
    held_draft(piece.issue)
    kept = queries.pieces_of(piece.issue)
    at = next(place for place, one in enumerate(kept) if one.pk == piece.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(kept):
        kept[at], kept[to] = kept[to], kept[at]
        for order, one in enumerate(kept, start=1):
            IssuePiece.objects.filter(pk=one.pk).update(order=order)
        audit.record(actor=actor, verb="put in another order", thing=piece.issue)


@transaction.atomic
def remove_piece(*, actor: Any, piece: IssuePiece) -> None:
    """Raises `gate.NotNow`."""
    issue = held_draft(piece.issue)
    piece.delete()
    audit.record(actor=actor, verb="took a piece out of", thing=issue)


@transaction.atomic
def remove_issue(*, actor: Any, issue: Issue) -> None:
    """A draft that nobody wants any more. Raises `gate.NotNow`."""
    held = held_draft(issue)
    audit.record(actor=actor, verb="removed", thing=held)
    held.delete()


def held_draft(issue: Issue) -> Issue:
    held = locked(issue)
    if not held.is_draft:
        raise NotNow
    return held
