"""Editions of the organisation's own frameworks: begin, word, map, put in use and take out of use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Edition, Principle, PrincipleMove
from ..moving import Move, troubles
from ..queries.editions import moves_of, principles_of, wordings_before, wordings_of
from ..shipped import shipped_frameworks
from ..states import KNOWN, EditionState
from ..wordings import MOST_PRINCIPLES, Wording, faults, fingerprint, folded
from .gate import NotNow, move_edition

#: From 0 to 100: what is less alike than this is no mend of the wording, but another principle.
STILL_THE_SAME = 50
FIELDS = ("code", "title", "text", "names", "optional")


class NameTaken(Refused):
    """Another framework has this name. Name this one so that the two are told apart, for example with its year."""


class NameStays(Refused):
    """The name stays while a framework is in use, because actions name it. Begin a new edition to give it another."""


class FollowedAlready(Refused):
    """There is a new edition of this framework already. Change that one, or take it out of use first."""


class DraftsAreChanged(Refused):
    """This edition is a draft. Change it as it is; a new edition follows one that has been in use."""


class PrinciplesHaveErrors(Refused):
    """Some principles are not right yet. Nothing was kept; mend them and save again."""


class TooManyPrinciples(Refused):
    """A framework holds at most 200 principles. Keep what actions are held against, and leave the rest in its document."""


class ChangedMeanwhile(Refused):
    """Somebody else changed these principles while you were at it. What you typed is still here: compare, and save again."""


class InUseAlready(Refused):
    """It is in use, so that principles can only be worded better. To add, remove or rename one, begin a new edition."""


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
    _create(edition, enumerate(principles))
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


def refuse_faults(principles: Sequence[Wording]) -> None:
    if len(principles) > MOST_PRINCIPLES:
        raise TooManyPrinciples
    if faults(principles):
        raise PrinciplesHaveErrors


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
def write_principles(*, actor: Any, edition: Edition, rows: Sequence[Wording], seen: str | None = None) -> Edition:
    """Make the principles of an edition what `rows` say, in their order; a row that `was` one keeps its place in the mapping.

    `seen` is the fingerprint of what was there when the rows were written. While the edition is in use only titles,
    wordings, other names may be mended. Raises `ChangedMeanwhile`, `PrinciplesHaveErrors`, `TooManyPrinciples`,
    `InUseAlready`, `NotNow`.
    """
    held = locked(edition)
    before = principles_of(held)
    if seen is not None and seen != fingerprint(wordings_of(before)):
        raise ChangedMeanwhile
    refuse_faults(rows)
    if held.state == EditionState.IN_USE:
        _refuse_more_than_a_mend(before, rows)
    elif not held.is_draft:
        raise NotNow
    known = {one.code: one for one in before}
    if any(row.was and row.was not in known for row in rows):
        raise ChangedMeanwhile
    _rewrite(actor, held, known, rows)
    return held


def _refuse_more_than_a_mend(before: Sequence[Principle], rows: Sequence[Wording]) -> None:
    if [(one.code, one.code, one.optional) for one in before] != [(row.was, row.code, row.optional) for row in rows]:
        raise InUseAlready
    for one, row in zip(before, rows, strict=True):
        for was, now in ((one.title, row.title), (one.text, row.text)):
            if was and fuzz.ratio(folded(was), folded(now)) < STILL_THE_SAME:
                raise InUseAlready(
                    f"“{one.code}” would ask for something else. While it is in use, mend single words; begin a new edition for more."
                )


def _rewrite(actor: Any, edition: Edition, known: dict[str, Principle], rows: Sequence[Wording]) -> None:
    changes = _differences(wordings_of(known.values()), rows)
    kept = {row.was for row in rows if row.was}
    gone = {code for code in known if code not in kept}
    renamed = {row.was: row.code for row in rows if row.was and row.was != row.code}
    Principle.objects.filter(edition=edition, code__in=gone).delete()
    # A code is unique at any moment: where one passes to another principle, its holder makes way first.
    for code in {was for was in renamed if folded(was) in {folded(now) for now in renamed.values()}}:
        Principle.objects.filter(pk=known[code].pk).update(code=f"(was {known[code].pk})")
    for order, row in enumerate(rows):
        if row.was:
            fields = {name: getattr(row, name) for name in FIELDS}
            Principle.objects.filter(pk=known[row.was].pk).update(**fields, order=order)
    _create(edition, ((order, row) for order, row in enumerate(rows) if not row.was))
    _carry_mapping(edition, renamed, gone)
    if changes or [row.was for row in rows] != list(known):
        audit.record(actor=actor, verb="worded", thing=edition, changes=changes)


def _differences(before: Sequence[Wording], rows: Sequence[Wording]) -> dict[str, list[Any]]:
    """What changed, by code: [before, after], each as one line of words."""
    after = {row.was: row for row in rows if row.was}
    told = {one.code: [_said(one), _said(after.get(one.code))] for one in before}
    told |= {row.code: [None, _said(row)] for row in rows if not row.was}
    return {code: pair for code, pair in told.items() if pair[0] != pair[1]}


def _said(row: Wording | None) -> str | None:
    if row is None:
        return None
    parts = (row.code, row.title, row.text, ", ".join(row.names), "optional" if row.optional else "")
    return " – ".join(filter(None, parts))


def _carry_mapping(edition: Edition, renamed: dict[str, str], gone: set[str]) -> None:
    """Let the moves towards this edition name its principles as they are called now; what leads nowhere is undecided again."""
    for row in PrincipleMove.objects.filter(edition=edition, new__overlap=[*renamed, *gone]):
        row.new = [renamed.get(code, code) for code in row.new if code not in gone]
        row.save(update_fields=["new"]) if row.new else row.delete()


def _create(edition: Edition, rows: Iterable[tuple[int, Wording]]) -> None:
    Principle.objects.bulk_create(
        Principle(
            organisation_id=edition.organisation_id,
            edition=edition,
            order=order,
            code=row.code,
            title=row.title,
            text=row.text,
            names=list(row.names),
            optional=row.optional,
        )
        for order, row in rows
    )


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
    told = {one.code: [_said(one), None] for one in wordings_of(principles_of(held))}
    audit.record(actor=actor, verb="discarded", thing=held, changes=told)
    held.delete()
