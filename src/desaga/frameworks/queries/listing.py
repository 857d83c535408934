"""Frameworks as their list shows them: each with its editions, the one in use first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..models import Edition
from ..states import EditionState, Kind
from ..wordings import folded
from .known import family_of, known_among, own_editions

SHIPPED_STATES = {True: ("Comes with Desaga", "steady"), False: ("Earlier edition", "plain")}
TONES = {
    EditionState.DRAFT: "waiting",
    EditionState.IN_USE: "going",
    EditionState.REPLACED: "plain",
    EditionState.OUT_OF_USE: "stopped",
}
RANKS = {"In use": 0, "Comes with Desaga": 1, "Draft": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One edition in the list."""

    key: str
    name: str
    version: str
    kind: str
    count: int
    state: str
    tone: str
    is_own: bool
    family: str
    words: str


@dataclass(frozen=True, slots=True)
class Family:
    """A framework with its editions; the first is the one that holds now."""

    editions: Sequence[Line]

    @property
    def is_own(self) -> bool:
        return any(line.is_own for line in self.editions)


def families(*, words: str = "", with_drafts: bool = False) -> list[Family]:
    """The frameworks whose name, principles or wording hold all the words, the organisation's own first. Two queries."""
    own = own_editions()
    lines = [*_known_lines(own), *(_draft_lines(own) if with_drafts else ())]
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.family, []).append(line)
    wanted = folded(words).split()
    found = [
        Family(sorted(group, key=lambda line: RANKS.get(line.state, 3)))
        for group in grouped.values()
        if any(all(word in line.words for word in wanted) for line in group)
    ]
    return sorted(found, key=lambda family: (not family.is_own, folded(family.editions[0].name)))


def _known_lines(own: Mapping[int, Edition]) -> Iterable[Line]:
    editions = {one.key: one for one in own.values()}
    for one in known_among(own):
        edition = editions.get(one.key)
        if edition is not None:
            yield _own_line(edition, one.family)
            continue
        state, tone = SHIPPED_STATES[one.is_current]
        told = [one.name, *(word for code, title, _ in one.principles for word in (code, title))]
        yield Line(
            key=one.key,
            name=one.name,
            version=one.version,
            kind=dict(Kind.choices).get(one.kind, one.kind.capitalize()),
            count=len(one.principles),
            state=state,
            tone=tone,
            is_own=False,
            family=one.family,
            words=folded(" ".join(told)),
        )


def _draft_lines(own: Mapping[int, Edition]) -> Iterable[Line]:
    return (_own_line(one, family_of(one, own)) for one in own.values() if one.is_draft)


def _own_line(edition: Edition, family: str) -> Line:
    principles = list(edition.principles.all())
    told = [edition.name, *(word for one in principles for word in (one.code, one.title, one.text, *one.names))]
    return Line(
        key=edition.key,
        name=edition.name,
        version=edition.version,
        kind=edition.get_kind_display(),
        count=len(principles),
        state=edition.get_state_display(),
        tone=TONES[EditionState(edition.state)],
        is_own=True,
        family=family,
        words=folded(" ".join(told)),
    )
