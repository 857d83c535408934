"""Leaving whole tables out of a release: what the steward may choose where hiding figures cannot keep what the release would tell of few people.

A small institution that releases every month meets that: a nought is never hidden, since hiding it would say that it is no true one, and so a figure
that was shown a month ago and reads as nought now tells who has gone. Without the table nobody reads it. That a table is left out tells only that
somewhere in it few people came or went. The audit is the judge: it is asked again after each table that goes, and takes it that readers know
the sums of the tables all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from desaga.disclosure.knowledge import Name

from ..figuring import ALL
from ..states import Audience
from .crowds import Said, crowd_key, dimensions_of, places_of, said_of
from .knowing import At, is_counted
from .shares import behind, is_share
from .sides import Reading, Tables
from .tables import MISSING, Cell, CellKind, Shown

#: What is left out: for whom, a figure, and one of its cuts.
LeftOut = frozenset[tuple[str, str, str]]
NOTHING: LeftOut = frozenset()
WHY = "Left out of this release: beside other figures that are out it would tell of few people."
#: What is said of somebody that stands in no table by itself, but only between its figures.
BETWEEN = ("without", "share", "besides")


def closed(tables: Mapping[str, Sequence[Shown]], left_out: LeftOut) -> dict[str, list[Shown]]:
    """The tables as the audit asks about them: what is left out has its sums, and shows nothing."""
    return _each(tables, left_out, _hidden)


def released(tables: Mapping[str, Sequence[Shown]], left_out: LeftOut) -> dict[str, list[Shown]]:
    """The tables as they are kept and read: in place of what is left out stands why."""
    return _each(tables, left_out, _said_why)


def _each(
    tables: Mapping[str, Sequence[Shown]], left_out: LeftOut, turned: Callable[[Shown], Shown]
) -> dict[str, list[Shown]]:
    return {
        audience: [turned(one) if (audience, *one.key) in left_out else one for one in shown]
        for audience, shown in tables.items()
    }


def _hidden(table: Shown) -> Shown:
    return replace(table, cells=dict.fromkeys(table.cells, Cell(CellKind.SUPPRESSED, None, "..")))


def _said_why(table: Shown) -> Shown:
    return replace(table, rows=(ALL,), columns=(ALL,), cells={(ALL.key, ALL.key): MISSING}, beside=(), why=WHY)


def standing(tables: Iterable[Shown]) -> list[Shown]:
    """The tables that are not left out."""
    return [one for one in tables if one.why != WHY]


def told(tables: Iterable[Shown]) -> list[str]:
    """What is left out, in words: each figure with its cuts."""
    cuts: dict[str, list[str]] = {}
    for one in tables:
        if one.why == WHY:
            cuts.setdefault(one.name, []).append(one.cut_words)
    return [f"{name}: {', '.join(words)}" for name, words in cuts.items()]


# ---- Which


def more_to_leave_out(found: Mapping[Name, Reading], tables: Tables, left_out: LeftOut) -> LeftOut:
    """For each cell that tells too much, the tables that show it; where these are gone, those that are cut alike. None where none is left."""
    more: set[tuple[str, str, str]] = set()
    for name, reading in found.items():
        if isinstance(name, At):
            more |= _of_one(name, reading, tables, left_out)
    return frozenset(more)


def _of_one(name: At, reading: Reading, tables: Tables, left_out: LeftOut) -> set[tuple[str, str, str]]:
    said = frozenset(one for one in name.said if one[0] not in BETWEEN)
    shows: tuple[Callable[[Shown], bool], ...] = (
        lambda table: _shows(table, name, said),
        lambda table: is_counted(table) and crowd_key(table.figure) == name.key and _is_cut_alike(table, said),
        lambda table: _is_cut_alike(table, said),
    )
    # Who reads both is told by either: the public's goes first, which is the coarser.
    audiences = sorted(reading.audiences, key=lambda one: one != Audience.PUBLIC)
    for does in shows:
        for audience in audiences:
            standing = {(audience, *one.key): one for one in tables[audience] if one.is_collected}
            more = {key for key, one in standing.items() if key not in left_out and does(one)}
            if more:
                return more
    return set()


def _shows(table: Shown, name: At, said: Said) -> bool:
    """Whether a figure can be read in a table, or out of a share in it."""
    if is_counted(table):
        return crowd_key(table.figure) == name.key and any(said_of(table, *place) == said for place in places_of(table))
    named = (name.key, name.said)
    return is_share(table) and any(named in behind(table, *place).all for place in table.cells)


def _is_cut_alike(table: Shown, said: Said) -> bool:
    """Whether a table is cut by something that is said of those people; ages are one, however they are cut."""
    return bool(_dimensions(dimension for dimension, _ in said) & _dimensions(dimensions_of(table)))


def _dimensions(names: Iterable[str]) -> set[str]:
    return {"age" if one.startswith("until_") else one for one in names if one}


__all__ = ["NOTHING", "WHY", "LeftOut", "closed", "more_to_leave_out", "released", "standing", "told"]
