"""Who must not decide on what: which conflicts records tell. Pure: no queries.

An e-mail address is a weak sign of who somebody is: it finds conflicts, and its absence proves none. That is why everybody declares, by person
and by organisation, before they see more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import TextChoices

from .conflict_kinds import EMPLOYER, HOST, KINDS, LABELS, MANAGER, NAMED, NONE, OWN, PAST, Kind
from .defining import Definition

__all__ = ["KINDS", "LABELS", "NONE", "OWN", "Kind", "conflict_label"]


class Source(TextChoices):
    RECORD = "record", "From records"
    DECLARED = "declared", "Declared"
    STAFF = "staff", "Noted by staff"


def conflict_label(definition: Definition | None, kind: str) -> str:
    """What a kind is called: by the scheme, and else as every scheme begins; another scheme's own kind by its key."""
    told = definition.conflict_label(kind) if definition else ""
    return told or LABELS.get(kind) or kind.replace("_", " ").capitalize()


EMAIL_IN_TEXT = re.compile(r"[^@\s<>,;:()]+@[^@\s<>,;:()]+\.[^@\s<>,;:()]+")


@dataclass(frozen=True)
class Applied:
    """What records say of an application: who, for whom they work, where to, and whose addresses it names (address to what they are in it)."""

    pk: int
    reference: str
    applicant: int | None
    email: str
    employer: str
    host: str
    named: Mapping[str, str] = field(default_factory=dict)
    #: The host's other names in the directory.
    host_also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """What records say of somebody who would read: all addresses, for whom they work, and who manages them."""

    person: int
    works_for: frozenset[str]
    emails: frozenset[str] = frozenset()
    managers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Known:
    """What else is known here: who manages whom, who was named in whose earlier application, what was declared of whom before, and whose scheme it is."""

    managers: frozenset[tuple[int, int]] = frozenset()
    #: (applicant, other) to the references of applications in which the first named the second.
    met: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    #: (applicant, other) to the kind that the other declared, and on which application.
    declared: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    home: str = ""
    #: Person to the places to which they went with an award of this organisation, under each of their names: (host, reference).
    went: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class Found(NamedTuple):
    kind: str
    because: str


def conflicts_of(applied: Applied, reader: Reader, known: Known) -> list[Found]:
    """The conflicts that records tell, each kind once."""
    found = [
        *_own(applied, reader),
        *_employers(applied, reader, known),
        *_people(applied, reader, known),
        *_before(applied, reader, known),
    ]
    return list({one.kind: one for one in reversed(found)}.values())[::-1]


def _own(applied: Applied, reader: Reader) -> Iterator[Found]:
    if applied.applicant == reader.person or address(applied.email) in _addresses(reader):
        yield Found(OWN, "They are the applicant.")


def _employers(applied: Applied, reader: Reader, known: Known) -> Iterator[Found]:
    """Where an institution runs a scheme for its own staff, to work there tells nothing: nobody else could read."""
    theirs = {key_of(name) for name in reader.works_for if key_of(name)} - {key_of(known.home)}
    if key_of(applied.employer) in theirs:
        yield Found(EMPLOYER, f"Both work for {applied.employer}.")
    if any(key_of(name) in theirs for name in (applied.host, *applied.host_also)):
        yield Found(HOST, f"They work for {applied.host}, to which it goes.")


def _people(applied: Applied, reader: Reader, known: Known) -> Iterator[Found]:
    named = [what for told, what in applied.named.items() if address(told) in _addresses(reader)]
    if named:
        yield Found(NAMED, f"The application names them: {', '.join(sorted(named))}.")
    if applied.applicant is not None:
        one, other = (applied.applicant, reader.person), (reader.person, applied.applicant)
        if one in known.managers or other in known.managers:
            yield Found(MANAGER, "One of them manages the other.")


def _before(applied: Applied, reader: Reader, known: Known) -> Iterator[Found]:
    if applied.applicant is None:
        return
    pair, turned = (applied.applicant, reader.person), (reader.person, applied.applicant)
    met = [one for one in (*known.met.get(pair, ()), *known.met.get(turned, ())) if one != applied.reference]
    if met:
        yield Found(PAST, f"One named the other in {', '.join(sorted(set(met)))}.")
    yield from _placements(applied, reader, known)
    kind, reference = known.declared.get(pair, (NONE, applied.reference))
    if kind not in (NONE, OWN) and reference != applied.reference:
        yield Found(kind, f"They declared it on {reference}, of the same applicant.")


def _placements(applied: Applied, reader: Reader, known: Known) -> Iterator[Found]:
    """Earlier placements: the applicant went to where the reader works, or the reader to where the applicant works."""
    theirs = {key_of(name) for name in reader.works_for if key_of(name)} - {key_of(known.home)}
    ways = (
        (applied.applicant or 0, theirs, "The applicant went to {host}, for whom they work, in {reference}."),
        (reader.person, {key_of(applied.employer)} - {frozenset()}, "They went to {host}, the applicant’s employer, in {reference}."),
    )  # fmt: skip
    for person, homes, words in ways:
        for host, reference in known.went.get(person, ()):
            if key_of(host) in homes and reference != applied.reference:
                yield Found(PAST, words.format(host=host, reference=reference))


def _addresses(reader: Reader) -> set[str]:
    return {address(one) for one in reader.emails} - {""}


def address(email: str) -> str:
    """An address without what tells no two people apart: case, and what follows a plus sign."""
    name, _, domain = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}" if name else ""


#: Words that tell no two organisations apart, and how others are shortened.
EMPTY_WORDS = frozenset({"the", "of", "and", "at", "for", "in", "ltd", "limited", "plc"})
LONG = {"univ": "university", "uni": "university", "inst": "institute", "coll": "college"}
AKA = re.compile(r"\([^)]*\)")


def key_of(name: str) -> frozenset[str]:
    """The words that make an organisation, in any order: "Leeds University" and "The University of Leeds" are one."""
    words = re.findall(r"\w+", AKA.sub(" ", name).lower().replace("’", "").replace("'", ""))
    return frozenset(LONG.get(word, word) for word in words) - EMPTY_WORDS


def all_conflicts(
    applied: Iterable[Applied], readers: Iterable[Reader], known: Known
) -> Iterator[tuple[int, int, Found]]:
    """(application, person, what was found) of all pairs."""
    people = list(readers)
    for one in applied:
        for reader in people:
            for found in conflicts_of(one, reader, known):
                yield one.pk, reader.person, found
