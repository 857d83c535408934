"""The principles of an edition: worded anew, mended while it is in use, and carried along in the mapping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Edition, Principle, PrincipleMove
from ..queries.editions import principles_of, wordings_of
from ..states import EditionState
from ..wordings import MOST_PRINCIPLES, Wording, faults, fingerprint, folded
from .gate import NotNow

#: From 0 to 100: what is less alike than this is no mend of the wording, but another principle.
STILL_THE_SAME = 50
FIELDS = ("code", "title", "text", "names", "optional")


class PrinciplesHaveErrors(Refused):
    """Some principles are not right yet. Nothing was kept; mend them and save again."""


class TooManyPrinciples(Refused):
    """A framework holds at most 200 principles. Keep what actions are held against, and leave the rest in its document."""


class ChangedMeanwhile(Refused):
    """Somebody else changed these principles while you were at it. What you typed is still here: compare, and save again."""


class InUseAlready(Refused):
    """It is in use, so that principles can only be worded better. To add, remove or rename one, begin a new edition."""


def refuse_faults(principles: Sequence[Wording]) -> None:
    if len(principles) > MOST_PRINCIPLES:
        raise TooManyPrinciples
    if faults(principles):
        raise PrinciplesHaveErrors


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
    create_principles(edition, ((order, row) for order, row in enumerate(rows) if not row.was))
    _carry_mapping(edition, renamed, gone)
    if changes or [row.was for row in rows] != list(known):
        audit.record(actor=actor, verb="worded", thing=edition, changes=changes)


def _differences(before: Sequence[Wording], rows: Sequence[Wording]) -> dict[str, list[Any]]:
    """What changed, by code: [before, after], each as one line of words."""
    after = {row.was: row for row in rows if row.was}
    told = {one.code: [said(one), said(after.get(one.code))] for one in before}
    told |= {row.code: [None, said(row)] for row in rows if not row.was}
    return {code: pair for code, pair in told.items() if pair[0] != pair[1]}


def said(row: Wording | None) -> str | None:
    if row is None:
        return None
    parts = (row.code, row.title, row.text, ", ".join(row.names), "optional" if row.optional else "")
    return " – ".join(filter(None, parts))


def _carry_mapping(edition: Edition, renamed: dict[str, str], gone: set[str]) -> None:
    """Let the moves towards this edition name its principles as they are called now; what leads nowhere is undecided again."""
    for row in PrincipleMove.objects.filter(edition=edition, new__overlap=[*renamed, *gone]):
        row.new = [renamed.get(code, code) for code in row.new if code not in gone]
        row.save(update_fields=["new"]) if row.new else row.delete()


def create_principles(edition: Edition, rows: Iterable[tuple[int, Wording]]) -> None:
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
