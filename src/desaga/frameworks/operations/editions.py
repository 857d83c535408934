"""Editions of the organisation's own frameworks: begin, map, put in use and take out of use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Edition, PrincipleMove
from ..moving import Move, troubles
from ..queries.editions import moves_of, principles_of, wordings_before, wordings_of
from ..shipped import shipped_frameworks
from ..states import KNOWN, EditionState
from ..wordings import Wording, folded
from .gate import NotNow, move_edition
from .wording import create_principles, refuse_faults, said


class NameTaken(Refused):
    """Another framework has this name. Name this one so that the two are told apart, for example with its year."""


class NameStays(Refused):
    """The name stays while a framework is in use, because actions name it. Begin a new edition to give it another."""


class FollowedAlready(Refused):
    """There is a new edition of this framework already. Change that one, or take it out of use first."""


class DraftsAreChanged(Refused):
    """This edition is a draft. Change it as it is; a new edition follows one that has been in use."""


class NothingInIt(Refused):
    """It has no principle yet. Write at least one before it is put in use."""


class MappingIncomplete(Refused):
    """Some principles of the edition before it are not answered yet. Finish the mapping first."""


@transaction.atomic
def begin_edition(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    kind: str,
    version: str = "",
    source: str = "",
    principles: Sequence[Wording] = (),
    replaces: Edition | None = None,
    replaces_name: str = "",
) -> Edition:
    """Begin a framework of the organisation's own, or an edition that follows `replaces` or the shipped `replaces_name`.

    It is a draft until it is put in use. Raises `NameTaken`, `PrinciplesHaveErrors`, `TooManyPrinciples`,
    `DraftsAreChanged`, `FollowedAlready`.
    """
    locked(organisation)
    refuse_name(name)
    if replaces is not None:
        replaces = locked(replaces)
        if replaces.state not in KNOWN:
            raise DraftsAreChanged
    _refuse_second_successor(replaces, replaces_name)
    refuse_faults(principles)
    edition = add_row(
        Edition,
        actor=actor,
        verb="began",
        organisation=organisation,
        name=" ".join(name.split()),
        kind=kind,
        version=version,
        source=source,
        replaces=replaces,
        replaces_name=replaces_name,
    )
    create_principles(edition, enumerate(principles))
    return edition


def refuse_name(name: str, *, of: Edition | None = None) -> None:
    """Raise `NameTaken` where a shipped framework or another edition of the organisation has the name."""
    shipped = {folded(label) for one in shipped_frameworks() for label in (one.name, *one.names)}
    others = {folded(other.name) for other in Edition.objects.all() if other != of}
    if folded(name) in shipped | others:
        raise NameTaken


def _refuse_second_successor(replaces: Edition | None, replaces_name: str) -> None:
    followed = Edition.objects.exclude(state=EditionState.OUT_OF_USE)
    if replaces is not None and followed.filter(replaces=replaces).exists():
        raise FollowedAlready
    if replaces_name and followed.filter(replaces_name=replaces_name).exists():
        raise FollowedAlready


@transaction.atomic
def change_edition(*, actor: Any, edition: Edition, **fields: Any) -> Edition:
    """Change what is said about an edition: name (while it is a draft), kind, version, source. Raises `NameTaken`, `NameStays`."""
    locked(edition.organisation)
    held = locked(edition)
    if "name" in fields and fields["name"] != held.name:
        if not held.is_draft:
            raise NameStays
        refuse_name(fields["name"], of=held)
    return change_row(held, actor=actor, fields=fields)


@transaction.atomic
def write_mapping(*, actor: Any, edition: Edition, moves: Sequence[Move]) -> Edition:
    """Keep what becomes of the principles of the edition before this one; those without a move stay undecided.

    Raises `NotNow` where the edition is no draft, or a move is of a principle that the edition before has not.
    """
    held = locked(edition)
    old = {row.code for row in wordings_before(held)}
    if not held.is_draft or not {move.old for move in moves} <= old:
        raise NotNow
    before = {move.old: _told(move) for move in moves_of(held)}
    PrincipleMove.objects.filter(edition=held).delete()
    PrincipleMove.objects.bulk_create(
        PrincipleMove(
            organisation_id=held.organisation_id,
            edition=held,
            old=move.old,
            new=list(move.new),
            relation=move.relation.value,
            note=move.note,
        )
        for move in moves
    )
    changes = audit.differences(before, {move.old: _told(move) for move in moves})
    changes |= {code: [was, None] for code, was in before.items() if code not in {move.old for move in moves}}
    if changes:
        audit.record(actor=actor, verb="mapped", thing=held, changes=changes)
    return held


def _told(move: Move) -> str:
    return " – ".join(filter(None, (move.relation.value, ", ".join(move.new), move.note)))


@transaction.atomic
def put_in_use(*, actor: Any, edition: Edition) -> Edition:
    """Let plans be held against an edition and documents be read with it; the edition before it becomes replaced.

    Raises `NothingInIt`, `MappingIncomplete`, `FollowedAlready`, `NotNow`.
    """
    locked(edition.organisation)
    held = locked(edition)
    new = [one.code for one in principles_of(held)]
    if not new:
        raise NothingInIt
    if held.is_draft and troubles(moves_of(held), old=[row.code for row in wordings_before(held)], new=new):
        raise MappingIncomplete
    if Edition.objects.filter(replaces=held, state=EditionState.IN_USE).exists():
        raise FollowedAlready
    move_edition(held, "put_in_use", actor=actor)
    if held.replaces is not None and (former := locked(held.replaces)).state != EditionState.REPLACED:
        move_edition(former, "replace", actor=actor)
    return held


@transaction.atomic
def take_out_of_use(*, actor: Any, edition: Edition) -> Edition:
    """Stop holding plans against an edition; what actions say of it stays. Raises `NotNow`."""
    return move_edition(locked(edition), "take_out_of_use", actor=actor)


@transaction.atomic
def discard_draft(*, actor: Any, edition: Edition) -> None:
    """Remove a draft with its principles and its mapping; the audit keeps that there was one. Raises `NotNow`."""
    held = locked(edition)
    if not held.is_draft:
        raise NotNow
    told = {one.code: [said(one), None] for one in wordings_of(principles_of(held))}
    audit.record(actor=actor, verb="discarded", thing=held, changes=told)
    held.delete()
